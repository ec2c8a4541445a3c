"""Finds a citizen service number (BSN) in what somebody types. Rits refuses those: they are never stored."""

from __future__ import annotations

import re

from bot.intake import REMOVED_NUMBER

MARK = "[…]"
# What the door of the conversation leaves in the place of such a number.
_LEFT_AT_THE_DOOR = REMOVED_NUMBER

# Ten digits from 0, or an international number: a telephone, whatever the elfproef says.
_TELEPHONE = re.compile(r"(?<!\d)(?:\+|00)\d(?:[ .\-/]{0,2}\d){7,14}(?!\d)|(?<!\d)0[1-9](?:[ .\-/]{0,2}\d){8}(?!\d)")
_NUMBERS = re.compile(r"\d(?:[ .\-/]{0,2}\d)*")
_GROUP = re.compile(r"\d+")


def is_bsn(digits: str) -> bool:
    """The elfproef: weights 9 to 2 and -1, and the sum is divisible by eleven."""
    if len(digits) != 9 or not digits.isdecimal() or len(set(digits)) == 1:
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11 == 0


def bsn_spans(text: str) -> list[tuple[int, int]]:
    """Where the citizen service numbers are, also when written with dots, dashes or spaces."""
    masked = _TELEPHONE.sub(lambda match: "x" * len(match.group()), text)
    spans: list[tuple[int, int]] = []
    for run in _NUMBERS.finditer(masked):
        spans += _spans_in(masked, run.start(), run.end())
    return spans


def has_bsn(text: str) -> bool:
    return _LEFT_AT_THE_DOOR in text or bool(bsn_spans(text))


def without_bsn(text: str) -> str:
    """The text with every citizen service number taken out; a mark shows that something was there."""
    for start, end in reversed(bsn_spans(text)):
        text = text[:start] + MARK + text[end:]
    return text.replace(_LEFT_AT_THE_DOOR, MARK)


def _spans_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Neighbouring groups of digits that are nine digits together."""
    groups = [match.span() for match in _GROUP.finditer(text, start, end)]
    spans: list[tuple[int, int]] = []
    first = 0
    while first < len(groups):
        last = _end_of_nine(text, groups, first)
        if last is not None:
            spans.append((groups[first][0], groups[last][1]))
            first = last
        first += 1
    return spans


def _end_of_nine(text: str, groups: list[tuple[int, int]], first: int) -> int | None:
    digits = ""
    for index in range(first, len(groups)):
        digits += text[groups[index][0] : groups[index][1]]
        if len(digits) >= 9:
            return index if is_bsn(digits) else None
    return None
