"""One line of a list, in words. Urgency and lateness are always words; colour only repeats them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.handover.waiting import OPEN, Waiting
from bot.web.team.moments import at, deadline, lasted
from bot.web.team.names import Names
from bot.wording import wording


@dataclass(frozen=True)
class Line:
    """What the list shows of a handover: enough to choose the next one, nothing that tells who it is about."""

    reference: str
    urgency: str
    urgency_words: str
    who: str
    place: str
    facts: tuple[str, ...]
    # Short sentences that must not be missed.
    flags: tuple[str, ...]
    is_overdue: bool
    shouts: bool


def line(one: Waiting, names: Names, looked: Mapping[str, datetime], now: datetime) -> Line:
    """In words for who looks now."""
    is_open = one.status in OPEN or one.is_back
    return Line(
        reference=one.reference,
        urgency=one.urgency if is_open else one.status,
        urgency_words=_say(f"urgency_{one.urgency}") if is_open else _say(f"status_{one.status}"),
        who=who(one),
        place=one.place or names.team(one.gemeente or one.team),
        facts=tuple(_facts(one, names, now)),
        flags=tuple(_flags(one, names, looked, now)),
        is_overdue=one.is_overdue(now),
        shouts=one.shouts(now),
    )


def who(one: Waiting) -> str:
    """Who asks, about somebody of which age: never a name."""
    if one.audience is None:
        return _say("who_withdrawn")
    age = _say(f"age_{(one.age_band or 'unknown').replace('-', '_').replace('+', '_plus')}")
    return _say(f"who_{one.audience}", age=age)


def is_deserted(one: Waiting, names: Names) -> bool:
    """Taken up by somebody who works here no more: it waits for a colleague, though it says that it is taken."""
    return one.status == "taken" and one.taken_by is not None and not names.works_at(one.taken_by, one.team)


def _facts(one: Waiting, names: Names, now: datetime) -> list[str]:
    changed = at(one.status_changed_at, now)
    if one.status not in OPEN:
        return [_say(f"{one.status}_at", moment=changed)]
    is_fresh = now - one.created_at < timedelta(minutes=1)
    facts = [_say("waits_now") if is_fresh else _say("waits", time=lasted(one.created_at, now))]
    if one.promised_by and not one.is_overdue(now):
        facts.append(_say("promised", deadline=deadline(one.promised_by, now)))
    taken = _say("taken_by", name=names.actor(one.taken_by)) if one.taken_by else _say("taken_by_nobody")
    return [*facts, taken]


def _flags(one: Waiting, names: Names, looked: Mapping[str, datetime], now: datetime) -> list[str]:
    flags = []
    if one.shouts(now):
        flags.append(_say("flag_shouts"))
    if one.is_overdue(now) and one.promised_by:
        flags.append(_say("flag_overdue", deadline=deadline(one.promised_by, now)))
    if is_deserted(one, names):
        flags.append(_say("flag_deserted"))
    if one.is_back and one.person_wrote_at:
        flags.append(_say("flag_back", moment=at(one.person_wrote_at, now)))
    elif one.has_news(looked):
        flags.append(_say("flag_withdrawn" if one.status == "withdrawn" else "flag_news"))
    return flags


def _say(key: str, **values: object) -> str:
    return wording().text(f"desk.{key}", None, **values)
