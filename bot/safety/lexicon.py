"""The lexicon in memory: rules that say what is alarming, and contexts that make it weaker or stronger.

Read once from `lexicon/*.yml`. Editors change those files; a mistake in them stops the start with file and rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from ruamel.yaml import YAML

from bot.errors import InvalidFileError, KnowledgeError
from bot.safety.pattern import Option, Sequence, compile_group, compile_pattern
from bot.safety.spelling import Spelling, ordinary_words
from bot.safety.words import plain
from bot.turn import SafetyLevel

FOLDER = Path(__file__).parent / "lexicon"
WORDS, CONTEXT, HARMLESS = "woorden.yml", "context.yml", "onschuldig.yml"
LEVELS: tuple[SafetyLevel, ...] = ("none", "concern", "urgent", "life_threatening")
WORD_LISTS = frozenset({"ontkenning", "ontkenning_brug", "ontkenning_telt_niet_na", "ontkenning_telt_niet_voor"})
PATTERN_KEYS = {"patronen": "rule", "behalve": "except", "zwakker": "weaker", "samen_met": "needs"}
RULE_KEYS = frozenset(
    {
        "naam", "soort", "niveau", "patronen", "behalve", "zwakker", "samen_met", "taal",
        "drempel", "steekwoorden", "los_woord", "ontkenbaar", "verleden", "nu", "dader_onbekend", "lachen", "algemeen",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """One kind of alarming thing to say. The Dutch keys of the file are explained in `lexicon/LEESMIJ.md`."""

    name: str
    kind: str
    level: SafetyLevel
    language: str | None = None
    bare_word: bool = False
    negatable: bool = True
    past_weakens: bool = True
    laughing_weakens: bool = False
    general_weakens: bool = True
    now_escalates: bool = False
    unknown_agent: bool = False
    needs: bool = False
    threshold: int = 0


@dataclass(frozen=True)
class Use:
    """What a sequence is for: a rule's own pattern, its exception, its weakening, or a context by name."""

    purpose: str  # "rule", "cue", "except", "weaker", "needs", "context", "harmless"
    name: str
    group: int = 0
    weight: int = 0


@dataclass(frozen=True)
class Lexicon:
    """Everything the matcher needs."""

    rules: Mapping[str, Rule]
    sequences: tuple[tuple[Sequence, Use], ...]
    word_lists: Mapping[str, frozenset[str]]
    fillers: frozenset[str]
    contractions: Mapping[str, tuple[str, ...]]
    joined: frozenset[str]
    spelling: Spelling


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon of this installation, read once."""
    return load()


def load(folder: Path = FOLDER) -> Lexicon:
    words = _read(folder / WORDS)
    groups = _groups(words["groepen"])
    context = _read(folder / CONTEXT)
    rules = list(_rules(folder))
    sequences = tuple(_sequences(rules, context, _read(folder / HARMLESS), groups))
    contractions = {plain(k): tuple(plain(w) for w in v.split()) for k, v in words["samengetrokken"].items()}
    lists = {name: frozenset(plain(word) for word in context[name]) for name in WORD_LISTS}
    variants = {plain(v): plain(word) for word, spellings in words["schrijfwijzen"].items() for v in spellings}
    fillers = frozenset(plain(word) for word in words["vulwoorden"])
    joined = frozenset(plain(word) for word in words["losgeschreven"])
    vocabulary = _vocabulary(sequences) | joined | fillers | {w for ws in contractions.values() for w in ws}
    vocabulary |= {word for found in lists.values() for word in found} | set(variants.values())
    return Lexicon(
        rules={name: rule for name, rule, _ in rules},
        sequences=sequences,
        word_lists=lists,
        fillers=fillers,
        contractions=contractions,
        joined=joined,
        spelling=Spelling(vocabulary, variants, ordinary_words()),
    )


def _read(path: Path) -> dict[str, Any]:
    loaded = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    if not isinstance(loaded, dict):
        raise InvalidFileError(path, None, "dit bestand moet uit sleutels en lijsten bestaan")
    return cast(dict[str, Any], loaded)


def _groups(entries: Mapping[str, list[str]]) -> dict[str, tuple[Option, ...]]:
    groups: dict[str, tuple[Option, ...]] = {}
    for name, words in entries.items():
        groups[name] = compile_group([str(word) for word in words], groups)
    return groups


def _rules(folder: Path) -> Iterator[tuple[str, Rule, Mapping[str, Any]]]:
    names: set[str] = set()
    for path in sorted(folder.glob("*.yml")):
        if path.name in {WORDS, CONTEXT, HARMLESS}:
            continue
        content = _read(path)
        for entry in content["regels"]:
            rule = _rule(path, content, entry)
            if rule.name in names:
                raise InvalidFileError(path, None, f"regel '{rule.name}' staat er twee keer")
            names.add(rule.name)
            yield rule.name, rule, entry


def _rule(path: Path, content: Mapping[str, Any], entry: Mapping[str, Any]) -> Rule:
    unknown = set(entry) - RULE_KEYS
    if unknown or entry.get("niveau") not in LEVELS:
        raise InvalidFileError(path, None, f"regel '{entry.get('naam')}': onbekend {sorted(unknown) or 'niveau'}")
    return Rule(
        name=entry["naam"],
        kind=entry.get("soort", content.get("soort")),
        level=entry["niveau"],
        language=entry.get("taal"),
        bare_word=entry.get("los_woord", False),
        negatable=entry.get("ontkenbaar", True),
        past_weakens=entry.get("verleden", "zwakt_af") == "zwakt_af",
        laughing_weakens=entry.get("lachen") == "zwakt_af",
        general_weakens=entry.get("algemeen", "zwakt_af") == "zwakt_af",
        now_escalates=entry.get("nu", "blijft") == "levensgevaar",
        unknown_agent=entry.get("dader_onbekend", False),
        needs=bool(entry.get("samen_met")),
        threshold=entry.get("drempel", 0),
    )


def _sequences(
    rules: Iterable[tuple[str, Rule, Mapping[str, Any]]],
    context: Mapping[str, Any],
    harmless: Mapping[str, Any],
    groups: Mapping[str, tuple[Option, ...]],
) -> Iterator[tuple[Sequence, Use]]:
    for name, _, entry in rules:
        for key, purpose in PATTERN_KEYS.items():
            yield from _compiled(entry.get(key) or (), Use(purpose, name), groups)
        for number, cues in enumerate(entry.get("steekwoorden") or ()):
            yield from _compiled(cues["patronen"], Use("cue", name, number, cues["gewicht"]), groups)
    for name, patterns in context.items():
        if name not in WORD_LISTS:
            yield from _compiled(patterns, Use("context", name), groups)
    yield from _compiled(harmless["patronen"], Use("harmless", "onschuldig"), groups)


def _compiled(
    patterns: Iterable[str], use: Use, groups: Mapping[str, tuple[Option, ...]]
) -> Iterator[tuple[Sequence, Use]]:
    for pattern in patterns:
        try:
            for sequence in compile_pattern(str(pattern), groups):
                yield sequence, use
        except KnowledgeError as error:
            raise KnowledgeError(f"bot/safety/lexicon, {use.name}: {error}") from error


def _vocabulary(sequences: Iterable[tuple[Sequence, Use]]) -> set[str]:
    return {
        word.rstrip(".")
        for sequence, _ in sequences
        for part in sequence.parts
        for item in part
        for word in item.words
        if not word.endswith("..")
    }
