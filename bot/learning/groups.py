"""Puts questions that look alike together, by the words and pieces of words they share. Cheap, and without a model."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.learning.store import Question

ALIKE = 0.3
MOST = 400
_WORD = re.compile(r"\[[^\]]*\]|[^\W\d_]+")
_EMPTY = frozenset(
    "ik je jij u hij zij ze we wij jullie het de een en of maar dat die dit deze er is was ben bent zijn heb hebt "
    "heeft had kan kun wil moet mag ga gaat doe doet niet geen wel ook nog al dan als om te van voor met bij naar "
    "in op aan uit over door tot mijn m'n mij me jouw uw haar hem hun ons onze wat hoe waar wie wanneer waarom".split()
)


@dataclass(frozen=True)
class Group:
    """Questions that look alike; the first is the one most like the others."""

    questions: tuple[Question, ...]


def grouped(questions: Sequence[Question]) -> tuple[Group, ...]:
    """The largest group first. Above `MOST` questions only the newest are put together."""
    recent = list(questions)[-MOST:]
    pieces = [_pieces(question.text) for question in recent]
    weights = _weights(pieces)
    groups: list[list[int]] = []
    for at in range(len(recent)):
        best = max(groups, key=lambda group: _likeness(pieces, weights, at, group), default=None)
        if best is not None and _likeness(pieces, weights, at, best) >= ALIKE:
            best.append(at)
        else:
            groups.append([at])
    ordered = sorted(groups, key=lambda group: (-len(group), group[0]))
    return tuple(Group(tuple(recent[at] for at in _central_first(pieces, weights, group))) for group in ordered)


def _pieces(text: str) -> frozenset[str]:
    words = [word for word in (found.lower() for found in _WORD.findall(text)) if word not in _EMPTY and word[0] != "["]
    parts = {word[at : at + 3] for word in words for at in range(max(1, len(word) - 2))}
    return frozenset(words) | parts


def _weights(pieces: Sequence[frozenset[str]]) -> dict[str, float]:
    seen = Counter(piece for one in pieces for piece in one)
    return {piece: math.log(1 + len(pieces) / number) for piece, number in seen.items()}


def _likeness(pieces: Sequence[frozenset[str]], weights: dict[str, float], at: int, group: Sequence[int]) -> float:
    """With the mean of the group, so that a chain of neighbours does not run on."""
    return sum(_alike(pieces[at], pieces[other], weights) for other in group[:12]) / min(len(group), 12)


def _alike(one: frozenset[str], other: frozenset[str], weights: dict[str, float]) -> float:
    if not one or not other:
        return 0.0
    shared = sum(weights[piece] for piece in one & other)
    return shared / math.sqrt(sum(weights[p] for p in one) * sum(weights[p] for p in other))


def _central_first(pieces: Sequence[frozenset[str]], weights: dict[str, float], group: Sequence[int]) -> list[int]:
    return sorted(group, key=lambda at: (-_likeness(pieces, weights, at, group), at))
