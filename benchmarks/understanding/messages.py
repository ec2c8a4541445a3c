"""What the benchmark learns from and asks: messages with their labels, and the held-out entries."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

OUT_OF_SCOPE = "out_of_scope"
QUESTION = "vraag/"
GRAVE = frozenset({"urgent", "life_threatening"})
# What Rits says to the intents that are no question; every other one is small talk.
CATEGORY_OF_INTENT = {
    OUT_OF_SCOPE: OUT_OF_SCOPE,
    "ask_for_human": "human",
    "cancel": "clarify",
    "where_i_live": "clarify",
    "other_language": "clarify",
}


@dataclass(frozen=True)
class Labelled:
    """A message that is learned from."""

    text: str
    label: str


@dataclass(frozen=True)
class Asked:
    """A held-out message. `labels`: any of these is right, the first is the best; empty where no topic is asked for."""

    text: str
    labels: tuple[str, ...] = ()
    category: str | None = None
    danger: bool | None = None
    """None: nothing was said about danger."""

    @property
    def is_question(self) -> bool:
        """Asks for a topic, and is no emergency (which is answered before any topic)."""
        return bool(self.labels) and not self.danger


def training_messages(folder: Path) -> list[Labelled]:
    """Every example of `data/nlu`, in the order of the files."""
    found: list[Labelled] = []
    for path in sorted(folder.rglob("*.yml")):
        for intent in _read(path)["nlu"]:
            lines = (line.strip() for line in intent["examples"].splitlines())
            found += [Labelled(line[2:], intent["intent"]) for line in lines if line.startswith("- ")]
    return found


def asked_messages(tests: Path) -> list[Asked]:
    """The report half (`report/`), or all held-out files as long as there is no report half. The only reader."""
    half = tests / "report"
    folder = half if any(half.glob("*.yml")) else tests
    entries = [entry for path in sorted(folder.glob("*.yml")) for entry in _read(path)]
    return [asked for asked in map(asked_of, entries) if asked]


def asked_of(entry: Mapping[str, Any]) -> Asked | None:
    """None for what no classifier of one label can be scored on: two questions at once."""
    if "topics" in entry:
        return None
    topics = [] if "language" in entry else _as_list(entry.get("topic"))
    level = entry.get("safety")
    danger = None if level is None else any(one in GRAVE for one in _as_list(level))
    return Asked(entry["text"], tuple(QUESTION + topic for topic in topics), entry.get("category"), danger)


def category_of(label: str, topics: Mapping[str, str]) -> str | None:
    """The kind of reply a label leads to. `topics`: category of every topic."""
    if label.startswith(QUESTION):
        return topics.get(label[len(QUESTION) :])
    return CATEGORY_OF_INTENT.get(label, "smalltalk")


def limited(messages: Sequence[Labelled], most: int | None) -> list[Labelled]:
    """At most so many messages a label, the first of each: for trying out."""
    if most is None:
        return list(messages)
    seen: Counter[str] = Counter()
    kept = []
    for message in messages:
        seen[message.label] += 1
        if seen[message.label] <= most:
            kept.append(message)
    return kept


def limited_asked(asked: Sequence[Asked], most: int | None) -> list[Asked]:
    """At most so many entries of each kind: of a topic, of a category, about danger or not."""
    if most is None:
        return list(asked)
    seen: Counter[Any] = Counter()
    kept = []
    for one in asked:
        kind = (one.labels[:1], one.category, one.danger)
        seen[kind] += 1
        if seen[kind] <= most:
            kept.append(one)
    return kept


def fingerprint(messages: Iterable[Labelled], asked: Iterable[Asked]) -> str:
    """Changes when anything that is learned from or asked does: rows of one table must share it."""
    lines = json.dumps([[asdict(one) for one in messages], [asdict(one) for one in asked]], sort_keys=True)
    return hashlib.sha256(lines.encode()).hexdigest()[:12]


def _as_list(value: str | list[str] | None) -> list[str]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _read(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path) or []
