"""What waits for a team: what the list knows of a handover, and in which order it stands. Pure: `now` is given.

No name, address or words of the person here: a list is open on a screen all day, with colleagues and visitors behind
it. Urgency, age, who it is and where is enough to choose what comes first. Who needs more opens the handover, and that
is written down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

URGENCIES = ("now", "today", "three_workdays", "normal")
OPEN = ("new", "taken")
SHOUT_AFTER = timedelta(minutes=15)
"""Danger does not wait longer than this without the list saying so."""


@dataclass(frozen=True)
class Waiting:
    """One line of the list."""

    reference: str
    team: str
    urgency: str
    status: str
    created_at: datetime
    status_changed_at: datetime
    version: int
    gemeente: str | None = None
    promised_by: datetime | None = None
    taken_by: str | None = None
    # Out of the document; empty once it was withdrawn.
    place: str | None = None
    audience: str | None = None
    age_band: str | None = None
    # When the person last added or corrected something.
    person_wrote_at: datetime | None = None

    @property
    def is_back(self) -> bool:
        """It was closed, and after that the person wrote something: it waits again, or nobody would ever read it."""
        wrote = self.person_wrote_at
        return self.status == "closed" and wrote is not None and wrote > self.status_changed_at

    @property
    def is_free(self) -> bool:
        """Waits for somebody to take it up."""
        return self.status == "new" or self.is_back

    def is_overdue(self, now: datetime) -> bool:
        """The person was told that somebody would have answered by now."""
        return self.status in OPEN and self.promised_by is not None and self.promised_by < now

    def shouts(self, now: datetime) -> bool:
        """Danger that nobody has taken up."""
        since = self.person_wrote_at if self.is_back and self.person_wrote_at else self.created_at
        return self.is_free and self.urgency == "now" and now - since > SHOUT_AFTER

    def has_news(self, looked: Mapping[str, datetime]) -> bool:
        """The person did something after the last look; `looked` is the last look of each account.

        Once it is taken only who took it counts: a look of a colleague does not tell the one who will call.
        """
        did = self.status_changed_at if self.status == "withdrawn" else self.person_wrote_at
        if did is None:
            return False
        seen = looked.get(self.taken_by) if self.taken_by else max(looked.values(), default=None)
        return seen is None or seen < did


def in_order(waiting: Iterable[Waiting], now: datetime) -> tuple[Waiting, ...]:
    """The most urgent first; within that what is overdue, then what nobody took, then what was promised soonest."""
    return tuple(sorted(waiting, key=lambda one: _place(one, now)))


def _place(one: Waiting, now: datetime) -> tuple[int, bool, bool, bool, datetime, datetime]:
    return (
        URGENCIES.index(one.urgency),
        not one.is_overdue(now),
        not one.is_free,
        one.promised_by is None,
        one.promised_by or one.created_at,
        one.created_at,
    )
