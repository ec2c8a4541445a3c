"""The document as plain text in the four parts that care knows: situation, background, assessment, recommendation.

The assessment is the person's own and says so; Rits has none. Lines of at most 72 columns fit any mail and any file.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from bot.handover.document import HandoverDocument
from bot.handover.rendering.row import Row, say
from bot.handover.rendering.sections import sections

WIDTH = 72
_PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("sbar_s", ("first", "question", "people")),
    ("sbar_b", ("situation", "eighteen", "professional", "told", "transcript")),
    ("sbar_a", ("own_view", "guess")),
    ("sbar_r", ("wish", "consent", "law")),
)
# Rows of the situation that are a view of the person and not a fact about what happened.
_OWN_VIEW = frozenset({"worries", "going_well", "scale"})


def sbar(document: HandoverDocument) -> str:
    """Every row of the card, under one of the four letters."""
    found = {section.name: list(section.rows) for section in sections(document)}
    told = found.get("situation", [])
    found["own_view"] = [row for row in told if row.name in _OWN_VIEW]
    found["situation"] = [row for row in told if row.name not in _OWN_VIEW]
    parts = (_part(say(key), [row for name in names for row in found.get(name, [])]) for key, names in _PARTS)
    return "\n\n".join(parts) + "\n"


def _part(title: str, rows: Iterable[Row]) -> str:
    lines = [line for row in rows for line in lines_of(row)] or [say("sbar_nothing")]
    return "\n".join([title, "-" * len(title), *lines])


def lines_of(row: Row) -> list[str]:
    """A row as a list item; a paragraph that somebody typed stays a paragraph."""
    first, *rest = f"- {row.label}: {row.value}".split("\n")
    return [part for line in (first, *(f"  {more}" for more in rest)) for part in _wrapped(line)]


def _wrapped(line: str) -> list[str]:
    indent = "  " if line.strip() else ""
    return textwrap.wrap(line, WIDTH, subsequent_indent=indent, break_on_hyphens=False) or [""]
