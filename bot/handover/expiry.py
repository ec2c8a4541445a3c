"""Which handovers have had their time, and their erasure. The rule itself, in days, is given by `retention.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from sqlalchemy import and_, delete, exists, not_, or_, select
from sqlalchemy.engine import Connection

from bot.handover.announcements import WITHDRAWN
from bot.handover.model import handovers, outbox


@dataclass(frozen=True)
class Due:
    """A handover that may be erased."""

    reference: str
    status: str


def due(connection: Connection, today: date, rules: Mapping[str, int]) -> Sequence[Due]:
    """Past its own date, or so many days in a status; the oldest first."""
    past = [handovers.c.expires_at <= today]
    past += [
        and_(handovers.c.status == status, handovers.c.status_changed_at < _end_of(today - timedelta(days=days)))
        for status, days in rules.items()
    ]
    query = select(handovers.c.reference, handovers.c.status).where(or_(*past), not_(_must_still_be_told()))
    return [Due(*row) for row in connection.execute(query.order_by(handovers.c.id))]


def erase(connection: Connection, references: Sequence[str]) -> int:
    """Notes and deliveries go along: the database sees to that."""
    erase_one = (delete(handovers).where(handovers.c.reference == reference) for reference in references)
    return sum(connection.execute(statement).rowcount for statement in erase_one)


def _must_still_be_told() -> object:
    """Withdrawn, while a receiver does not know yet. The row holds nothing personal, but it is our duty to tell."""
    return exists().where(
        outbox.c.handover_id == handovers.c.id,
        outbox.c.event == WITHDRAWN,
        outbox.c.state.in_(("pending", "dead")),
    )


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, timezone.utc)
