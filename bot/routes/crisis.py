"""The first part of every result: danger comes before any route."""

from __future__ import annotations

from bot.answers.local_team import crisis_lines
from bot.answers.schema import Knowledge
from bot.routes.schema import CrisisLine, RouteBook
from bot.routes.sheet import Part, part
from bot.wording import wording


def crisis_part(book: RouteBook, knowledge: Knowledge, gemeente: str | None) -> Part:
    """The national numbers, then the crisis service of the region for those who may call it."""
    lines = [_filled(line, knowledge) for line in book.crisis]
    return part("crisis", None, [*lines, *_regional(knowledge, gemeente)])


def crisis_sources(book: RouteBook) -> tuple[str, ...]:
    return tuple(key for line in book.crisis for key in line.sources)


def _filled(line: CrisisLine, knowledge: Knowledge) -> str:
    """The number comes from the register of help lines, so that it is checked in one place."""
    known = knowledge.help_lines.get(line.help_line or "")
    return line.text.replace("{nummer}", f"**{known.number}**") if known and known.number else line.text


def _regional(knowledge: Knowledge, gemeente: str | None) -> list[str]:
    found = knowledge.gemeenten.get(gemeente or "")
    lines = crisis_lines(found, "professional") if found else []
    return lines or [wording().text("routes.crisis_region_unknown")]
