"""The document as Markdown for the chat: precisely the rows of the worker's card, in the same order and words."""

from __future__ import annotations

from bot.handover.document import HandoverDocument
from bot.handover.rendering.readable import on_one_line
from bot.handover.rendering.row import Row, Section
from bot.handover.rendering.sections import sections
from bot.turn import Audience


def preview(document: HandoverDocument, audience: Audience) -> str:
    """Dutch Markdown: exactly what the worker will read, so the same whoever looks at it."""
    return "\n\n".join(map(_section, sections(document)))


def plain_markdown(text: str) -> str:
    """On one line, and no link or emphasis can be made by what somebody types."""
    flat = on_one_line(text)
    return flat.replace("](", "] (").replace("**", "* *").replace("<", "‹").replace(">", "›").replace("`", "'")


def _section(section: Section) -> str:
    rows = "\n".join(map(_line, section.rows))
    return f"**{section.title}**\n\n{rows}"


def _line(row: Row) -> str:
    return f"- **{row.label}:** {plain_markdown(row.value)}"
