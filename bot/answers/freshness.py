"""What an editor must look at again: too long ago, past its date, on an expired source, or of nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from dateutil.relativedelta import relativedelta

from bot.answers.editorial_file import Editorial
from bot.answers.schema import Knowledge, Topic

Reason = Literal["expired", "expires_soon", "review", "source_expired", "owner_lost"]
REASONS: tuple[Reason, ...] = ("expired", "expires_soon", "review", "source_expired", "owner_lost")
SOON = relativedelta(months=2)


@dataclass(frozen=True)
class Stale:
    """One thing to do: which file, why, and since or from which day. `name` is a source or an owner."""

    path: Path
    reason: Reason
    since: date | None = None
    name: str = ""


def stale(knowledge: Knowledge, editorial: Editorial, folder: Path, *, today: date) -> list[Stale]:
    """Everything to look at, in the order of `REASONS`, the oldest first."""
    found = [
        *(one for topic in knowledge.topics.values() for one in _topic(topic, knowledge, editorial, today)),
        *_help_lines(knowledge, editorial, folder, today),
        *_gemeenten(knowledge, editorial, folder, today),
    ]
    return sorted(found, key=lambda one: (REASONS.index(one.reason), one.since or date.min, str(one.path)))


def _topic(topic: Topic, knowledge: Knowledge, editorial: Editorial, today: date) -> Iterator[Stale]:
    if topic.valid_until and topic.valid_until <= today:
        yield Stale(topic.path, "expired", topic.valid_until)
    elif topic.valid_until and topic.valid_until <= today + SOON:
        yield Stale(topic.path, "expires_soon", topic.valid_until)
    yield from _review(topic.path, topic.checked_on, editorial.months_of(topic.theme), today)
    yield from _sources(topic.path, topic.sources, knowledge, editorial, today)
    if editorial.owners and topic.owner not in editorial.owners:
        yield Stale(topic.path, "owner_lost", name=topic.owner)


def _review(path: Path, checked_on: date, months: int, today: date) -> Iterator[Stale]:
    due = checked_on + relativedelta(months=months)
    if due <= today:
        yield Stale(path, "review", due)


def _sources(
    path: Path, keys: tuple[str, ...], knowledge: Knowledge, editorial: Editorial, today: date
) -> Iterator[Stale]:
    for key in keys:
        source = knowledge.sources.get(key)
        if source is None:  # the check says so
            continue
        ends = source.withdrawn_on or source.checked_on + relativedelta(months=editorial.source_months)
        if ends <= today:
            yield Stale(path, "source_expired", ends, key)


def _help_lines(knowledge: Knowledge, editorial: Editorial, folder: Path, today: date) -> Iterator[Stale]:
    for line in knowledge.help_lines.values():
        path = folder / "hulplijnen.yml"
        for found in _review(path, line.checked_on, editorial.months_of("hulplijnen"), today):
            yield Stale(path, found.reason, found.since, line.name)
        yield from _sources(path, line.sources, knowledge, editorial, today)


def _gemeenten(knowledge: Knowledge, editorial: Editorial, folder: Path, today: date) -> Iterator[Stale]:
    for slug, gemeente in knowledge.gemeenten.items():
        path = folder / "gemeenten" / slug / "gemeente.yml"
        yield from _review(path, gemeente.checked_on, editorial.months_of("gemeenten"), today)
        yield from _sources(path, gemeente.sources, knowledge, editorial, today)
