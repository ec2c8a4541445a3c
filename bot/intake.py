"""A message at the door: cleaned, and set apart when no answer can be looked up for it.

Used by the front door and in the pipeline, so that every channel treats such messages alike. HTML is left as it is
typed: it is text, and the page escapes it.
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
_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_KEPT_CONTROLS = {"\n", "\t"}
_JOINERS = {"\u200c", "\u200d"}  # they hold emoji and Persian words together
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


@dataclass(frozen=True)
class Look:
    """What was seen at the door; `problem` is None for an ordinary message."""

    problem: Problem | None


def clean(text: str) -> str:
    """Without characters that nobody sees, in one Unicode form; line breaks stay.

    What is unseen would hide a danger word or a number from every later step.
    """
    kept: list[str] = []
    for character in unicodedata.normalize("NFC", _LINE_BREAKS.sub("\n", text)):
        if _is_kept(character, kept[-1] if kept else ""):
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def look_at(text: str) -> Look:
    """Why this message cannot be looked up, if so."""
    if REMOVED_NUMBER in text or _bsn_spans(text):
        return Look("bsn_typed")
    if len(text) > LONGEST_ANSWERED:
        return Look("too_long")
    if not any(character.isalnum() for character in text):
        return Look("no_words")
    return Look(None)


def without_bsn(text: str) -> str:
    """The text with every citizen service number taken out; a telephone number stays."""
    for start, end in reversed(_bsn_spans(text)):
        text = text[:start] + REMOVED_NUMBER + text[end:]
    return text


def _bsn_spans(text: str) -> list[tuple[int, int]]:
    # Imported here because the handover must know what the door leaves in the place of a number.
    from bot.handover.personal_number import bsn_spans

    return bsn_spans(text)


def _is_kept(character: str, previous: str) -> bool:
    if character in _KEPT_CONTROLS:
        return True
    if character in _JOINERS:
        return bool(previous) and not previous.isascii() and not previous.isspace() and previous not in _JOINERS
    return unicodedata.category(character) not in _UNSEEN
