"""The code that goes with a reference: who has both may see, correct and withdraw the handover. Kept sealed."""

from __future__ import annotations

import hmac
import re
import secrets

from bot.handover.reference import ALPHABET

_GROUPS, _SIZE = 3, 3
_LETTERS = _GROUPS * _SIZE


def new_code() -> str:
    """Such as `K3M-9QF-7HX`: 39 bits, which cannot be guessed where the number of tries is limited."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(_LETTERS)))


def read_code(typed: str) -> str | None:
    """The code in the way people type it (small letters, no dashes), or None when it is not one."""
    letters = re.sub(r"[^A-Z0-9]", "", typed.upper())
    if len(letters) != _LETTERS or set(letters) - set(ALPHABET):
        return None
    return _grouped(letters)


def is_same_code(one: str, other: str) -> bool:
    """Takes as long whichever letter differs."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


def _grouped(letters: str) -> str:
    return "-".join(letters[at : at + _SIZE] for at in range(0, _LETTERS, _SIZE))
