"""The five steps of the meldcode as a sheet, and what follows from the weighing."""

from __future__ import annotations

from typing import Literal

from bot.answers.schema import Knowledge
from bot.routes.crisis import crisis_part, crisis_sources
from bot.routes.schema import MeldcodeStep, RouteBook
from bot.routes.sheet import Part, Sheet, notes, part
from bot.wording import wording

Weighed = Literal["unsafe", "unsure", "safe"]


def meldcode_sheet(book: RouteBook, knowledge: Knowledge, gemeente: str | None = None) -> Sheet:
    """All five steps, to print and fill in with a pen."""
    parts = [crisis_part(book, knowledge, gemeente), *(step_part(step, at) for at, step in numbered(book))]
    parts.append(part("call", wording().text("routes.meldcode_call")))
    keys = [key for step in book.steps for key in step.sources]
    checked = min((step.checked_on for step in book.steps), default=None)
    title = wording().text("routes.meldcode_title")
    return Sheet(title, tuple(parts), notes(knowledge, [*keys, *crisis_sources(book)]), checked, ("meldcode_stappen",))


def numbered(book: RouteBook) -> list[tuple[int, MeldcodeStep]]:
    return list(enumerate(book.steps, start=1))


def step_part(step: MeldcodeStep, at: int) -> Part:
    heading = wording().text("routes.meldcode_step", None, number=at, title=step.title)
    text = "\n\n".join(words for words in (step.what, step.attention) if words)
    return Part(f"step_{at}", heading, text, step.questions)


def decision_part(weighed: Weighed) -> Part:
    """What the weighing leads to; it always ends in phoning."""
    return part("decision", wording().text(f"routes.meldcode_{weighed}"))


def now_part() -> Part:
    """At any step: there is danger at this moment."""
    return part("now", wording().text("routes.meldcode_now"))
