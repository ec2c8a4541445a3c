"""The worker's card: the rows as a structure that a page draws with `team/card.html`."""

from __future__ import annotations

from dataclasses import dataclass

from bot.handover.document import HandoverDocument
from bot.handover.rendering.row import Kind, Row, Section, say
from bot.handover.rendering.sections import sections


@dataclass(frozen=True)
class Card:
    """All that is shown, and the words that mark what kind of thing a row is."""

    sections: tuple[Section, ...]
    is_urgent: bool
    marks: dict[Kind, str]

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for section in self.sections for row in section.rows)


def card(document: HandoverDocument) -> Card:
    """For the template: text only, which the template escapes."""
    # Own words stand between quotation marks: a word beside every one of them would only be in the way.
    marks: dict[Kind, str] = {"fact": "", "own_words": "", "guess": say("mark_guess"), "reminder": say("mark_reminder")}
    is_urgent = document.urgency.level in ("now", "today")
    return Card(sections(document), is_urgent, marks)
