"""The small pattern language of the lexicon, compiled to sequences of word sets.

What an editor may type is explained at the top of `lexicon/woorden.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

from bot.errors import KnowledgeError
from bot.safety import inflection
from bot.safety.words import plain

RANGE = re.compile(r"^(\d{1,2})\.\.(\d{1,3})$")
GAP = 5
MOST_VARIANTS = 3000

Words = frozenset[str]
Option = tuple[Words, ...]  # the word sets that one alternative needs, in order


@dataclass(frozen=True, slots=True)
class Item:
    """One place in a sequence: which words fit, and how many other words may come before it."""

    words: Words
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Sequence:
    """A compiled pattern: parts that stand near each other in any order; each part is a run of items."""

    parts: tuple[tuple[Item, ...], ...]
    source: str


def compile_pattern(source: str, groups: Mapping[str, tuple[Option, ...]]) -> list[Sequence]:
    """Every sequence that `source` stands for."""
    choices = [_part(text.strip(), groups, source) for text in source.split(" + ")]
    found = [Sequence(tuple(parts), source) for parts in product(*choices)]
    if not found or len(found) > MOST_VARIANTS or not all(part for one in found for part in one.parts):
        raise KnowledgeError(f"patroon '{source}' heeft {len(found)} varianten; maak het kleiner")
    return found


def compile_group(entries: list[str], groups: Mapping[str, tuple[Option, ...]]) -> tuple[Option, ...]:
    """A word group: one set for all its single words, and an alternative for each that has more words."""
    options = [option for entry in entries for option in _options(str(entry), groups, str(entry))]
    return _merge(options)


def _part(text: str, groups: Mapping[str, tuple[Option, ...]], source: str) -> list[tuple[Item, ...]]:
    slots: list[tuple[int, tuple[Option, ...]]] = []
    gap = 0
    for piece in split_outside(text, " "):
        if piece == "...":
            gap = GAP
            continue
        slots.append((gap, _options(piece, groups, source)))
        gap = 0
    return [_items(slots, choice) for choice in product(*(options for _, options in slots))]


def _items(slots: list[tuple[int, tuple[Option, ...]]], choice: tuple[Option, ...]) -> tuple[Item, ...]:
    items: list[Item] = []
    pending = 0
    for (gap, _), option in zip(slots, choice, strict=True):
        pending = max(pending, gap)
        for words in option:
            items.append(_item(words, pending))
            pending = 0
    return tuple(items)


@cache
def _item(words: Words, gap: int) -> Item:
    """Equal items are one object: the lexicon has tens of thousands of them, and few that differ."""
    return Item(words, gap)


def _options(piece: str, groups: Mapping[str, tuple[Option, ...]], source: str) -> tuple[Option, ...]:
    if piece.startswith("[") and piece.endswith("]"):
        return ((), *_options(piece[1:-1], groups, source))
    options: list[Option] = []
    for alternative in split_outside(piece, "|"):
        if alternative.startswith("(") and alternative.endswith(")"):
            for inner in split_outside(alternative[1:-1], "|"):
                pieces = (_options(word, groups, source) for word in split_outside(inner, " "))
                options += [sum(run, ()) for run in product(*pieces)]
        elif alternative.startswith("<") and alternative.endswith(">"):
            if alternative[1:-1] not in groups:
                raise KnowledgeError(f"patroon '{source}': groep {alternative} bestaat niet in woorden.yml")
            options += groups[alternative[1:-1]]
        else:
            options.append((_word(alternative),))
    return _merge(options)


def split_outside(text: str, separator: str) -> list[str]:
    """Split on the separators that are not inside brackets."""
    found, depth, current = [], 0, ""
    for char in text:
        depth += (char in "([") - (char in ")]")
        if char == separator and depth == 0:
            found.append(current)
            current = ""
        else:
            current += char
    return [piece.strip() for piece in [*found, current] if piece.strip()]


def _word(text: str) -> Words:
    numbers = RANGE.match(text)
    if numbers:
        return frozenset(f"{n}.." for n in range(int(numbers[1]), int(numbers[2]) + 1))
    if text.endswith("~"):
        return frozenset(plain(form) for form in inflection.forms(text[:-1]))
    ending = text[-1] if text[-1] in "*." else ""
    return frozenset({plain(text.rstrip("*.")) + ending})


def _merge(options: list[Option]) -> tuple[Option, ...]:
    """Alternatives of one word become one set, so a pattern has few variants."""
    single = frozenset(word for option in options if len(option) == 1 for word in option[0])
    rest = [option for option in dict.fromkeys(options) if len(option) != 1]
    return ((single,), *rest) if single else tuple(rest)
