"""Who does know, when a message is not for Rits: the town hall, the huisarts, an employer. None when that is not clear.

First by words in a list that anybody can read, then by likeness to the examples in data/nlu/out_of_scope, of which the
file name says the kind. Counting pieces of words is enough for that. A wrong address is worse than none, so it must
be sure."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from bot.settings import ROOT
from bot.understanding.normalise import normalise

WORDS = Path(__file__).parent / "elsewhere.yml"
EXAMPLES = ROOT / "data" / "nlu" / "out_of_scope"
PIECE = 4
SURE = 0.99
"""Counting takes the pieces as if each stood alone, which makes it too sure of itself; hence so high."""
SMOOTHING = 0.1
Lists = Mapping[str, re.Pattern[str]]


@dataclass(frozen=True)
class Kinds:
    """How often each piece of a word occurs in the examples of a kind."""

    counts: Mapping[str, Counter[str]]

    @staticmethod
    def learn(examples: Mapping[str, list[str]]) -> Kinds:
        return Kinds(
            {kind: Counter(piece for text in texts for piece in _pieces(text)) for kind, texts in examples.items()}
        )

    def of(self, text: str) -> str | None:
        """The kind that is surely meant; None in doubt, or when nothing in the message is known."""
        known = set().union(*self.counts.values()) if self.counts else set()
        pieces = [piece for piece in _pieces(text) if piece in known]
        if not pieces:
            return None
        scores = {kind: _score(pieces, counts, len(known)) for kind, counts in self.counts.items()}
        best = max(scores, key=lambda kind: scores[kind])
        share = 1 / sum(math.exp(min(score - scores[best], 0.0)) for score in scores.values())
        return best if share >= SURE else None


def find_elsewhere(text: str, lists: Lists | None = None, kinds: Kinds | None = None) -> str | None:
    """A kind from the list of words, or else the name of the file whose examples are like this."""
    folded = normalise(text)
    by_word = next((kind for kind, words in (lists or word_lists()).items() if words.search(folded)), None)
    return by_word or (kinds or learned_kinds()).of(text)


@lru_cache(maxsize=1)
def word_lists() -> Lists:
    """The lists of this installation, read once."""
    read = YAML(typ="safe", pure=True).load(WORDS)
    return {kind: _any_of([normalise(str(word)) for word in words]) for kind, words in read.items()}


@lru_cache(maxsize=1)
def learned_kinds() -> Kinds:
    """From the examples that the model is trained on, at the first message that needs it."""
    return Kinds.learn({path.stem: list(_examples(path)) for path in sorted(EXAMPLES.glob("*.yml"))})


def _examples(path: Path) -> Iterator[str]:
    read = YAML(typ="safe", pure=True).load(path)
    for block in read["nlu"]:
        yield from (line.removeprefix("- ") for line in block["examples"].splitlines() if line)


def _score(pieces: list[str], counts: Counter[str], known: int) -> float:
    total = sum(counts.values()) + SMOOTHING * known
    return sum(math.log((counts[piece] + SMOOTHING) / total) for piece in pieces)


def _pieces(text: str) -> list[str]:
    words = [f" {word} " for word in normalise(text).split() if len(word) > 2]
    return [word[at : at + PIECE] for word in words for at in range(max(len(word) - PIECE + 1, 1))]


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(word) for word in words) + ")")
