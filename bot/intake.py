"""A message at the door: cleaned, and set apart when no answer can be looked up for it.

Used by the front door and in the pipeline, so that every channel treats such messages alike.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Problem = Literal["bsn_typed", "too_long", "no_words"]

LONGEST_ANSWERED = 4000
"""Characters; a longer message is not looked up but answered with the request to tell it shorter."""

REMOVED_NUMBER = "[nummer weggelaten]"
_NINE_DIGITS = re.compile(r"(?<![\d+])(?:\d[ .\-]?){8}\d(?!\d)")
_KEPT_CONTROLS = {"\n", "\t"}


@dataclass(frozen=True)
class Look:
    """What was seen at the door; `problem` is None for an ordinary message."""

    problem: Problem | None


def clean(text: str) -> str:
    """Without control characters, in one Unicode form; line breaks stay."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (
        character
        for character in composed
        if character in _KEPT_CONTROLS or unicodedata.category(character) not in {"Cc", "Cs", "Co", "Cn"}
    )
    return "".join(kept).strip()


def look_at(text: str) -> Look:
    """Why this message cannot be looked up, if so."""
    if REMOVED_NUMBER in text or contains_bsn(text):
        return Look("bsn_typed")
    if len(text) > LONGEST_ANSWERED:
        return Look("too_long")
    if not any(character.isalpha() for character in text):
        return Look(None if _is_number_answer(text) else "no_words")
    return Look(None)


def contains_bsn(text: str) -> bool:
    """Nine digits that pass the eleven-test of a citizen service number; a phone number is not one."""
    return any(_is_bsn(match.group(0)) for match in _NINE_DIGITS.finditer(text))


def without_bsn(text: str) -> str:
    """The text with every such number taken out."""
    return _NINE_DIGITS.sub(lambda match: REMOVED_NUMBER if _is_bsn(match.group(0)) else match.group(0), text)


def _is_bsn(written: str) -> bool:
    digits = [int(character) for character in written if character.isdigit()]
    if len(digits) != 9 or not any(digits):
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * digit for weight, digit in zip(weights, digits)) % 11 == 0


def _is_number_answer(text: str) -> bool:
    return any(character.isdigit() for character in text)
