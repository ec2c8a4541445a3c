"""What the page with the queue shows, as plain values: the same for the page itself and for its news."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.handover.team_list import MOST_SHOWN
from bot.handover.waiting import Waiting
from bot.web.team.line import Line, is_deserted, line
from bot.web.team.moments import at
from bot.web.team.names import Names
from bot.web.team.parts import TeamParts
from bot.wording import wording

LISTS = ("nieuw", "mij", "alles", "klaar")
"""What nobody took up, what I took up, all that is open, and what was settled not long ago."""


@dataclass(frozen=True)
class QueueView:
    """One look at the queue of a team."""

    chosen: str
    counts: dict[str, int]
    lines: tuple[Line, ...]
    withdrawn: tuple[Line, ...]
    dead: int
    # A sentence for who does not see the page, and for the title of the tab.
    summary: str
    # When the last one came in; None when there never was one.
    last: str | None
    # There is more than a page holds; what is left out comes last.
    is_cut: bool


def queue_view(parts: TeamParts, team: str, me: str, chosen: str, now: datetime) -> QueueView:
    """Reads what the team has; opens nothing for the worker."""
    waiting, settled = parts.queue.waiting(team, now), parts.queue.settled(team, now)
    looked = parts.looks.last([one.reference for one in (*waiting, *settled)])
    names = Names(parts, me)
    lists = {
        "nieuw": [one for one in waiting if one.is_free or is_deserted(one, names)],
        "mij": [one for one in waiting if one.taken_by == me and not one.is_free],
        "alles": list(waiting),
        "klaar": list(settled),
    }

    def lines(found: list[Waiting]) -> tuple[Line, ...]:
        return tuple(line(one, names, looked.get(one.reference, {}), now) for one in found)

    unseen = [one for one in settled if one.status == "withdrawn" and one.has_news(looked.get(one.reference, {}))]
    last_at = parts.queue.last_at(team)
    return QueueView(
        chosen=chosen,
        counts={name: len(found) for name, found in lists.items() if name != "klaar"},
        lines=lines(lists[chosen]),
        withdrawn=lines(unseen),
        dead=len(parts.outbox.overview(team, states=("dead",))),
        summary=_summary(waiting, now),
        last=at(last_at, now) if last_at else None,
        is_cut=len(waiting) == MOST_SHOWN,
    )


def _summary(waiting: tuple[Waiting, ...], now: datetime) -> str:
    """Counts only, so that it may be read aloud."""
    new = [one for one in waiting if one.is_free]
    said = [_counted("summary_new", len(new))]
    said += [_counted("summary_now", urgent) for urgent in [sum(one.urgency == "now" for one in new)] if urgent]
    said += [_counted("summary_overdue", late) for late in [sum(one.is_overdue(now) for one in waiting)] if late]
    return " ".join(said)


def _counted(key: str, count: int) -> str:
    return wording().text(f"desk.{key}_one" if count == 1 else f"desk.{key}", None, count=count)
