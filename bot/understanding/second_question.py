"""Whether a message holds two questions: each way to cut it is read, and both halves must be sure of another topic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.understanding.follow_up import leans_on_what_was_said
from bot.understanding.message_parts import Cut, asks, sentences

Numbers = NDArray[np.float32]

SURE = 0.6
"""Both halves, when the second begins like an addition ("en ...", "daarnaast ...") or both ask."""
SURE_WITHOUT_JOINT = 0.9
"""Both halves, when nothing says that the second is something new."""
SHARE_OF_WHOLE = 0.15
"""How much a half leans on the whole: "en hoe vraag je die aan" says little by itself."""
FLOOR = 0.02
_ADDITION = re.compile(
    r"^\W*(?:en|ook|daarnaast|verder|trouwens|bovendien|daarbij|nog een|nog iets|andere vraag|tweede vraag)\b"
    r"|^\W*(?:\w+\W+){1,4}ook\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class TwoQuestions:
    """Columns of the two topics: the one that the whole message is most about, and the other."""

    first: int
    second: int
    first_chance: float
    second_chance: float


def find_two(whole: Numbers, found: Sequence[Cut], halves: Numbers, is_topic: Sequence[bool]) -> TwoQuestions | None:
    """`halves` has two rows for each cut: what stands before it and what stands after it."""
    best: tuple[float, TwoQuestions] | None = None
    for at, cut in enumerate(found):
        if leans_on_what_was_said(cut.after):
            continue
        pair = _pair(whole, halves[2 * at], halves[2 * at + 1])
        margin = min(pair.first_chance, pair.second_chance) - (SURE if _adds(cut) else SURE_WITHOUT_JOINT)
        other = pair.first != pair.second and is_topic[pair.first] and is_topic[pair.second]
        if other and margin >= 0 and (best is None or margin > best[0]):
            best = (margin, pair)
    return best[1] if best else None


def _pair(whole: Numbers, before: Numbers, after: Numbers) -> TwoQuestions:
    tops = []
    for half in (before, after):
        chances = half * (whole + FLOOR) ** SHARE_OF_WHOLE
        chances = chances / chances.sum()
        tops.append((int(chances.argmax()), float(chances.max())))
    (first, first_chance), (second, second_chance) = sorted(tops, key=lambda top: -whole[top[0]])
    return TwoQuestions(first, second, first_chance, second_chance)


def _adds(cut: Cut) -> bool:
    if _ADDITION.search(cut.after):
        return True
    return asks(sentences(cut.before)[-1]) and asks(sentences(cut.after)[0])
