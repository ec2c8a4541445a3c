"""What a change of the content does to the answers that people read, before it goes live."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import unified_diff
from typing import Literal

from bot.answers.local_team import render_local_team
from bot.answers.render import render
from bot.answers.schema import Knowledge
from bot.answers.select import select_answer
from bot.errors import UnknownTopicError
from bot.turn import AUDIENCES, Audience, Message

Change = Literal["added", "removed", "changed"]


@dataclass(frozen=True)
class Difference:
    """One answer as one reader gets it. `what` is a topic, or the slug of a gemeente for its local team."""

    what: str
    audience: Audience
    gemeente: str | None
    change: Change
    lines: tuple[str, ...]
    """As `diff -u` shows them: `-` goes, `+` comes."""


def differences(before: Knowledge, after: Knowledge, *, now: datetime) -> list[Difference]:
    """Every answer that reads otherwise. A local answer is only named where it is not the national one."""
    slugs = sorted({*before.slugs(), *after.slugs(), *_local(before), *_local(after)})
    places = sorted({slug for slug in (*before.gemeenten, *after.gemeenten)})
    found = [one for slug in slugs for one in _topic(slug, before, after, now)]
    found += [one for place in places for one in _team(place, before, after, now)]
    return found


def _topic(slug: str, before: Knowledge, after: Knowledge, now: datetime) -> Iterator[Difference]:
    for audience in AUDIENCES:
        if not _is_for(slug, audience, before) and not _is_for(slug, audience, after):
            continue
        for gemeente in (None, *sorted(_places(slug, before) | _places(slug, after))):
            old = _answer(before, slug, audience, gemeente, now)
            new = _answer(after, slug, audience, gemeente, now)
            yield from _compared(slug, audience, gemeente, old, new)


def _team(place: str, before: Knowledge, after: Knowledge, now: datetime) -> Iterator[Difference]:
    for audience in AUDIENCES:
        old = _lines((render_local_team(before, place, audience=audience, now=now),))
        new = _lines((render_local_team(after, place, audience=audience, now=now),))
        yield from _compared(place, audience, place, old, new)


def _compared(
    what: str, audience: Audience, gemeente: str | None, old: list[str], new: list[str]
) -> Iterator[Difference]:
    if old == new:
        return
    change: Change = "changed" if old and new else "added" if new else "removed"
    diff = tuple(unified_diff(old, new, lineterm="", n=0))[2:]
    yield Difference(what, audience, gemeente, change, tuple(line for line in diff if not line.startswith("@@")))


def _answer(knowledge: Knowledge, slug: str, audience: Audience, gemeente: str | None, now: datetime) -> list[str]:
    """The lines that this reader gets; none when the topic does not exist."""
    try:
        found = select_answer(knowledge, slug, audience=audience, gemeente=gemeente, age=None, today=now.date())
    except UnknownTopicError:
        return []
    return _lines(render(found, knowledge=knowledge, audience=audience, now=now))


def _lines(messages: tuple[Message, ...]) -> list[str]:
    lines: list[str] = []
    for message in messages:
        lines += [line for line in message.text.splitlines() if line.strip()]
        lines += [f"[{button.title}]" for button in message.buttons]
        lines += [f"({source.title}, {source.checked_on.isoformat()})" for source in message.sources]
    return lines


def _is_for(slug: str, audience: Audience, knowledge: Knowledge) -> bool:
    return any(audience in topic.audiences for topic in knowledge.files_of(slug))


def _places(slug: str, knowledge: Knowledge) -> set[str]:
    return {topic.gemeente for topic in knowledge.files_of(slug) if topic.gemeente}


def _local(knowledge: Knowledge) -> set[str]:
    return {slug for slug, gemeente, _ in knowledge.topics if gemeente}
