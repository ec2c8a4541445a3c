"""Is everything there for a JW315? Only yes or no is asked about each field; no value is ever taken in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, cast

from bot.answers.schema import Knowledge
from bot.routes.crisis import crisis_part, crisis_sources
from bot.routes.schema import CheckItem, RouteBook, Sender
from bot.routes.sheet import Part, Sheet, notes, part
from bot.wording import wording

Answer = Literal["ja", "nee"]
ANSWERS: tuple[Answer, ...] = ("ja", "nee")
NEEDS_NO_REQUEST: Sender = "team"
"""Help that the local team decides on is assigned by the municipality itself."""


def items_for(book: RouteBook, sender: Sender) -> tuple[CheckItem, ...]:
    return tuple(item for item in book.items.values() if sender in item.senders)


def readiness_sheet(
    book: RouteBook,
    knowledge: Knowledge,
    sender: Sender,
    answers: Mapping[str, Answer],
    *,
    gemeente: str | None = None,
) -> Sheet:
    """Complete, or what is missing and who has it. A field that nobody answered counts as not looked at."""
    items = items_for(book, sender)
    missing = [item for item in items if answers.get(item.key) == "nee"]
    unseen = [item for item in items if item.key not in answers]
    parts = [crisis_part(book, knowledge, gemeente), *_verdict(sender, missing, unseen)]
    if missing:
        parts.append(part("missing", None, [_line(item) for item in missing]))
    if unseen and sender != NEEDS_NO_REQUEST:
        parts.append(part("unseen", None, [item.name for item in unseen]))
    keys = [key for item in items for key in item.sources]
    checked = min((item.checked_on for item in items), default=None)
    title = wording().text("routes.jw315_result_title")
    topics = ("jw315_toewijzing", "woonplaatsbeginsel")
    return Sheet(title, tuple(parts), notes(knowledge, [*keys, *crisis_sources(book)]), checked, topics)


def _verdict(sender: Sender, missing: list[CheckItem], unseen: list[CheckItem]) -> list[Part]:
    if sender == NEEDS_NO_REQUEST and not missing:
        return [part("verdict", wording().text("routes.jw315_not_needed"))]
    if missing:
        return [part("verdict", wording().text("routes.jw315_missing", None, count=len(missing)))]
    key = "jw315_not_all_seen" if unseen else "jw315_complete"
    return [part("verdict", wording().text(f"routes.{key}"))]


def _line(item: CheckItem) -> str:
    return wording().text("routes.jw315_missing_line", None, name=item.name, who=item.who_has_it, remedy=item.remedy)


def given_answers(book: RouteBook, given: Mapping[str, str]) -> dict[str, Answer]:
    """The answers among the values of an address; anything else in it is left alone."""
    return {key: cast(Answer, given[key]) for key in book.items if given.get(key) in ANSWERS}
