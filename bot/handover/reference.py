"""The reference a person gets: short enough to read out on the telephone, at most ten characters everywhere."""

from __future__ import annotations

import re
import secrets

# No vowels (no words by accident), no 0/O, 1/I/L, 5/S, 8/B, 2/Z: nothing that is misread or misheard in print.
ALPHABET = "CDFGHJKMNPQRTVWX34679"
PREFIX = "R-"
_GROUP = 3
_SHAPE = re.compile(rf"^R-[{ALPHABET}]{{3}}-[{ALPHABET}]{{3}}$")


def new_reference() -> str:
    """Such as `R-7K3-M9Q`: 86 million of them; the store draws again when one is taken."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(2 * _GROUP))
    return f"{PREFIX}{drawn[:_GROUP]}-{drawn[_GROUP:]}"


def read_reference(typed: str) -> str | None:
    """The reference in the way people type it (small letters, no dashes), or None when it is not one."""
    letters = re.sub(r"[^A-Z0-9]", "", typed.upper())
    if len(letters) != 1 + 2 * _GROUP or not letters.startswith("R"):
        return None
    reference = f"{PREFIX}{letters[1:4]}-{letters[4:]}"
    return reference if _SHAPE.match(reference) else None
