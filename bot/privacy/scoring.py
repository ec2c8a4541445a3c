"""How much is found of what was marked in example sentences (recall), and how much was taken out without need.

A sentence is marked as `mijn zoon {naam:daan} van 8`. The kinds are Dutch, since people write these files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML

_MARKED = re.compile(r"\{(?P<kind>[a-z-]+):(?P<text>[^}]*)\}")
_WORD = re.compile(r"\w+")
# A kind of school is no secret, nor is a particle of a name.
_NO_SECRET = frozenset("van de der den het t op in el en basisschool obs cbs kdv bso school college gymnasium".split())
Cleaner = Callable[[str], str]


@dataclass(frozen=True)
class Example:
    """A sentence as typed, and what has to go: kind, start and end."""

    text: str
    marked: tuple[tuple[str, int, int], ...]


@dataclass
class Score:
    """Counts over many sentences."""

    asked: Counter[str] = field(default_factory=Counter)
    gone: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, str]] = field(default_factory=list)
    words_kept_wanted: int = 0
    words_lost: int = 0
    words_taken: int = 0
    words_right: int = 0

    @property
    def recall(self) -> float:
        return sum(self.gone.values()) / max(1, sum(self.asked.values()))

    @property
    def precision(self) -> float:
        """Of the words that were taken out, how many had to go."""
        return self.words_right / max(1, self.words_taken)

    @property
    def lost(self) -> float:
        """Of the words that could stay, how many went."""
        return self.words_lost / max(1, self.words_kept_wanted)

    def recall_of(self, kind: str) -> float:
        return self.gone[kind] / max(1, self.asked[kind])


def read_examples(path: Path) -> tuple[Example, ...]:
    lines = YAML(typ="safe", pure=True).load(path)["sentences"].splitlines()
    return tuple(read_example(line) for line in lines if line.strip())


def read_example(line: str) -> Example:
    text, marked, at = "", [], 0
    for match in _MARKED.finditer(line):
        text += line[at : match.start()]
        marked.append((match["kind"], len(text), len(text) + len(match["text"])))
        text += match["text"]
        at = match.end()
    return Example(text + line[at:], tuple(marked))


def score(examples: Iterable[Example], clean: Cleaner) -> Score:
    """`clean` gives the text without what it found, as one of our ways does."""
    total = Score()
    for example in examples:
        _count(total, example, left_over(example.text, clean(example.text)))
    return total


def left_over(text: str, cleaned: str) -> Sequence[bool]:
    """For each word of the text whether it is still there, in order; so any way of cleaning can be compared."""
    remaining = [match.group().casefold() for match in _WORD.finditer(re.sub(r"\[[^\]]*\]|<[^>]*>", " ¤ ", cleaned))]
    words = [match.group().casefold() for match in _WORD.finditer(text)]
    return _kept_words(words, remaining)


def _kept_words(words: Sequence[str], remaining: Sequence[str]) -> list[bool]:
    """The longest common row of words."""
    longest = [[0] * (len(remaining) + 1) for _ in range(len(words) + 1)]
    for one in range(len(words) - 1, -1, -1):
        for other in range(len(remaining) - 1, -1, -1):
            same = words[one] == remaining[other]
            skipped = max(longest[one + 1][other], longest[one][other + 1])
            longest[one][other] = longest[one + 1][other + 1] + 1 if same else skipped
    kept, other = [], 0
    for one, word in enumerate(words):
        while other < len(remaining) and longest[one][other] == longest[one][other + 1]:
            other += 1
        is_there = other < len(remaining) and word == remaining[other] and longest[one][other] > longest[one + 1][other]
        kept.append(is_there)
        other += is_there
    return kept


def _count(total: Score, example: Example, kept: Sequence[bool]) -> None:
    spans = [match.span() for match in _WORD.finditer(example.text)]
    secret = [False] * len(spans)
    for kind, start, end in example.marked:
        inside = [at for at, (first, last) in enumerate(spans) if first < end and last > start]
        for at in inside:
            secret[at] = True
        telling = [at for at in inside if example.text[slice(*spans[at])].casefold() not in _NO_SECRET] or inside
        total.asked[kind] += 1
        if any(kept[at] for at in telling):
            total.missed.append((kind, example.text))
        else:
            total.gone[kind] += 1
    for is_kept, is_secret in zip(kept, secret, strict=True):
        total.words_kept_wanted += not is_secret
        total.words_lost += not is_secret and not is_kept
        total.words_taken += not is_kept
        total.words_right += is_secret and not is_kept
