"""A part of an answer as a bubble of its own, with the sources of the whole."""

from __future__ import annotations

from bot.answers.aspects import Aspect, Excerpt, part_about
from bot.answers.placeholders import fill
from bot.answers.schema import Knowledge
from bot.answers.select import Answer
from bot.answers.source_notes import source_notes
from bot.turn import Audience, Button, Message


def short_answer(
    answer: Answer, lead: str, *, knowledge: Knowledge, audience: Audience | None, buttons: tuple[Button, ...]
) -> Message:
    """Only the first words of an answer; the button beside it gives the rest."""
    return _bubble(answer, lead, Excerpt(None, answer.topic.short_answer), knowledge, audience, buttons)


def part_of_answer(
    answer: Answer,
    aspect: Aspect,
    lead: str,
    *,
    knowledge: Knowledge,
    audience: Audience | None,
    buttons: tuple[Button, ...],
) -> Message | None:
    """The part about what was asked; None when the answer says nothing of it."""
    part = part_about(answer.topic, aspect, answer.age)
    return _bubble(answer, lead, part, knowledge, audience, buttons) if part else None


def _bubble(
    answer: Answer,
    lead: str,
    part: Excerpt,
    knowledge: Knowledge,
    audience: Audience | None,
    buttons: tuple[Button, ...],
) -> Message:
    heading = f"**{part.heading}**" if part.heading else ""
    text = "\n\n".join(piece for piece in (lead, heading, part.text) if piece)
    filled = fill(text, knowledge=knowledge, gemeente=answer.gemeente, audience=audience)
    return Message(filled, buttons, source_notes(knowledge, answer.topic.sources))
