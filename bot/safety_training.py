"""Makes the model of the second opinion from data/safety and ordinary questions. Only this needs scikit-learn."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from bot.errors import InvalidFileError
from bot.safety.assessment import assess_with
from bot.safety.grams import BUCKETS, grams
from bot.safety.lexicon import LEVELS
from bot.safety.matcher import matcher
from bot.safety.second_opinion import SecondOpinion, weighted
from bot.safety.words import Token, tokenize, visible

HARMLESS = "none"
SEEN_TWICE = 2
"""A gram of one message only says nothing about the next."""
STRENGTH = 4.0
ROUNDS = 300


@dataclass(frozen=True)
class Example:
    """A message, its level, and its kind of danger (None for harmless)."""

    text: str
    level: str
    kind: str | None = None
    everyday: bool = False
    """A question to the assistant, not written for this model."""


def read_examples(folder: Path) -> list[Example]:
    """Every message of data/safety: `<kind>.yml` holds levels with messages, `harmless.yml` styles with theirs."""
    return [example for file in sorted(folder.glob("*.yml")) for example in _of_file(file)]


def _of_file(file: Path) -> Iterator[Example]:
    try:
        content = YAML(typ="safe", pure=True).load(file)
    except YAMLError as error:
        raise InvalidFileError(file, None, "geen leesbare YAML") from error
    harmless = file.stem == "harmless"
    for name, texts in content.items():
        if not harmless and name not in LEVELS[1:]:
            raise InvalidFileError(file, None, f"onbekend niveau {name}: kies uit {', '.join(LEVELS[1:])}")
        yield from (
            Example(str(text), HARMLESS if harmless else name, None if harmless else file.stem) for text in texts
        )


def train(examples: Sequence[Example], say: Callable[[str], None]) -> SecondOpinion:
    """Learn levels from all examples and kinds from the dangerous ones."""
    say(f"{len(examples)} messages, {sum(example.level != HARMLESS for example in examples)} of danger")
    tokens = [tokenize(visible(example.text)) for example in examples]
    rarity = _rarity(tokens)
    rows = _rows(tokens, rarity)
    say("what the lexicon finds in each")
    found = np.zeros((len(examples), len(LEVELS)), dtype=np.float32)
    for row, example in enumerate(examples):
        found[row, LEVELS.index(assess_with(matcher(), example.text).level)] = 1.0
    say("learning levels")
    levels = np.array([LEVELS.index(example.level) for example in examples])  # type: ignore[arg-type]
    by_level = LogisticRegression(C=STRENGTH, max_iter=ROUNDS, tol=1e-3).fit(hstack([rows, found]).tocsr(), levels)
    say("learning kinds")
    dangerous = [row for row, example in enumerate(examples) if example.kind]
    kinds = [str(examples[row].kind) for row in dangerous]
    by_kind = LogisticRegression(C=STRENGTH, max_iter=ROUNDS, tol=1e-3).fit(rows[dangerous], kinds)
    return SecondOpinion(
        rarity=rarity,
        levels=by_level.coef_[:, :BUCKETS].T.astype(np.float32),
        level_bias=by_level.intercept_.astype(np.float32),
        lexicon=by_level.coef_[:, BUCKETS:].T.astype(np.float32),
        kinds=by_kind.coef_.T.astype(np.float32),
        kind_bias=by_kind.intercept_.astype(np.float32),
        kind_names=tuple(str(name) for name in by_kind.classes_),
        made_from=fingerprint(examples),
    )


def fingerprint(examples: Sequence[Example]) -> str:
    """Changes when an example of danger, or a harmless one beside it, does; everyday questions change too often."""
    lines = sorted(f"{example.level} {example.kind} {example.text}" for example in examples if not example.everyday)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _rarity(tokens: Sequence[Sequence[Token]]) -> NDArray[np.float32]:
    """How telling each bucket is: rare weighs more, seen once weighs nothing."""
    seen = np.zeros(BUCKETS)
    for message in tokens:
        seen[np.unique(grams(message).buckets)] += 1
    rarity = np.log((1 + len(tokens)) / (1 + seen)) + 1
    rarity[seen < SEEN_TWICE] = 0
    # As stored: what is learned here must be what is used there.
    stored: NDArray[np.float32] = rarity.astype(np.float16).astype(np.float32)
    return stored


def _rows(tokens: Sequence[Sequence[Token]], rarity: NDArray[np.float32]) -> csr_matrix:
    read = [weighted(message, rarity) for message in tokens]
    ends = np.cumsum([0, *(len(message.buckets) for message in read)])
    values = np.concatenate([message.values for message in read])
    buckets = np.concatenate([message.buckets for message in read])
    return csr_matrix((values, buckets, ends), shape=(len(tokens), BUCKETS))


def read_ordinary(nlu: Path, tender_topics: Path) -> list[Example]:
    """Everyday messages: those of every intent except the topics that lie next to danger."""
    tender = {line.strip() for line in tender_topics.read_text(encoding="utf-8").splitlines()}
    files = (file for file in sorted(nlu.rglob("*.yml")) if file.stem not in tender)
    return [Example(text, HARMLESS, everyday=True) for file in files for text in _messages(file)]


def _messages(file: Path) -> Iterator[str]:
    for intent in YAML(typ="safe", pure=True).load(file)["nlu"]:
        lines = (line.strip() for line in intent["examples"].splitlines())
        yield from (line[2:] for line in lines if line.startswith("- "))
