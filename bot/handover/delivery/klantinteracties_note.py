"""The explanation of an internal task: 1000 characters that say first what must not be missed.

Order: urgency (with promise, consent and referrer), safety, safe contact, request, situation, the rest, where the whole
is. Urgency and safe contact always keep their place; what was cut ends in a mark, and the last line says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.handover.delivery.fitting import shortened
from bot.handover.delivery.klantinteracties_lines import first_line, rest_lines, safe_lines, safety_lines
from bot.handover.document import HandoverDocument
from bot.wording import wording

LIMIT = 1000
_LEAST = 25
"""Less room than this is not worth half a line."""


def explanation(document: HandoverDocument, reference: str, promised_by: datetime | None) -> str:
    """At most 1000 characters."""
    first, safety, safe = first_line(document, promised_by), safety_lines(document), safe_lines(document)
    rest = rest_lines(document)
    whole = "\n".join([first, *safety, *safe, *rest, _say("end", reference)])
    return whole if len(whole) <= LIMIT else _cut(document, reference, promised_by, safety, rest)


def _cut(
    document: HandoverDocument, reference: str, promised_by: datetime | None, safety: list[str], rest: list[str]
) -> str:
    """Long values within the first and the safe line are shortened, so that there is room for what was said."""
    first, safe = first_line(document, promised_by, tight=True), safe_lines(document, tight=True)
    kept = [first, *safe, _say("end_cut", reference)]
    room = LIMIT - sum(map(len, kept)) - (len(kept) - 1)
    said = _fitting(safety, room)
    room -= sum(len(line) + 1 for line in said)
    # What was said about danger fills the room before the rest gets any.
    others = _fitting(rest, room) if len(said) == len(safety) and said == safety else []
    return "\n".join([first, *said, *safe, *others, kept[-1]])


def _fitting(lines: Iterable[str], room: int) -> list[str]:
    """Whole lines while there is room, the next one cut, and nothing after it: the order is the rule."""
    found: list[str] = []
    for line in lines:
        if len(line) + 1 <= room:
            found.append(line)
            room -= len(line) + 1
            continue
        if room - 1 >= _LEAST:
            found.append(shortened(line, room - 1))
        break
    return found


def _say(key: str, reference: str) -> str:
    return wording().text(f"deliveries.{key}", reference=reference)
