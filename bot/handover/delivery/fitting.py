"""Makes text fit another system: no characters that it refuses, and cut at a word with a mark that it was cut."""

from __future__ import annotations

import re
from collections.abc import Iterable

CUT = "…"
# What databases and frameworks refuse: control characters but the line end, and halves of a character.
_REFUSED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def clean(text: str | None) -> str:
    """As typed, on as many lines, without what another system refuses; no space at either end."""
    lines = _REFUSED.sub(" ", text or "").split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def flat(text: str | None) -> str:
    """On one line."""
    return " ".join(clean(text).split())


def shortened(text: str, limit: int) -> str:
    """At most so many characters; what was cut ends in a mark, so that a reader knows. Nothing when nothing fits."""
    if len(text) <= limit:
        return text
    if limit <= len(CUT):
        return ""
    room = text[: limit - len(CUT)]
    at_word = room[: room.rfind(" ")] if " " in room[len(room) // 2 :] else room
    return at_word.rstrip() + CUT


def whole_items(items: Iterable[str], limit: int, separator: str = ", ") -> str:
    """As many whole items as fit; a mark when there were more. The first is shortened rather than left out."""
    found = [item for item in items if item]
    for count in range(len(found), 0, -1):
        text = separator.join([*found[:count], *([CUT] if count < len(found) else [])])
        if len(text) <= limit:
            return text
    return shortened(found[0], limit) if found else ""
