"""What was found in a text, and the text without it. A mark stands in its place: a reader sees what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "name", "phone", "email", "link", "handle", "number", "account", "plate", "postcode", "address", "date", "school",
    "word",
]  # fmt: skip
MARKS: dict[Kind, str] = {
    "name": "[naam]",
    "phone": "[telefoon]",
    "email": "[e-mail]",
    "link": "[link]",
    "handle": "[account]",
    "number": "[nummer]",
    "account": "[rekening]",
    "plate": "[kenteken]",
    "postcode": "[postcode]",
    "address": "[adres]",
    "date": "[datum]",
    "school": "[school]",
    # No word that we know, so it may be a name.
    "word": "[…]",
}


@dataclass(frozen=True)
class Found:
    """A stretch of text that has to go."""

    kind: Kind
    start: int
    end: int


def without(text: str, found: Iterable[Found]) -> str:
    """The text with a mark for each stretch; neighbours of one kind become one mark."""
    kept: list[str] = []
    at = 0
    for one in found:
        between, mark = text[at : one.start], MARKS[one.kind]
        if not (kept and kept[-1] == mark and not between.strip(" -")):
            kept += [between, mark]
        at = one.end
    return "".join([*kept, text[at:]])


def joined(found: Iterable[Found]) -> tuple[Found, ...]:
    """In order and without overlap; where two overlap, what was found first gives its kind to all of it."""
    whole: list[Found] = []
    for one in found:
        over = [other for other in whole if other.start < one.end and one.start < other.end]
        if over:
            whole = [other for other in whole if other not in over]
            start, end = min(one.start, *(o.start for o in over)), max(one.end, *(o.end for o in over))
            one = Found(over[0].kind, start, end)
        whole.append(one)
    return tuple(sorted(whole, key=lambda one: one.start))
