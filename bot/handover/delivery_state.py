"""How it stands with each delivery, for the desk and the command line; nothing of what is in it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.handover.model import handovers, outbox

_OWN = ("id", "event", "delivery", "state", "attempts", "created_at", "next_attempt_at", "delivered_at", "last_error")


@dataclass(frozen=True)
class DeliveryState:
    """One row of the outbox."""

    id: int
    key: str
    reference: str
    team: str
    event: str
    delivery: str
    state: str
    attempts: int
    created_at: datetime
    next_attempt_at: datetime
    delivered_at: datetime | None
    last_error: str | None


def states(
    connection: Connection, team: str | None, reference: str | None, states: Collection[str], limit: int
) -> Sequence[DeliveryState]:
    """Those in one of these states: the dead first, then the oldest."""
    query = _query().where(outbox.c.state.in_(states))
    if team is not None:
        query = query.where(handovers.c.team == team)
    if reference is not None:
        query = query.where(handovers.c.reference == reference)
    query = query.order_by(outbox.c.state != "dead", outbox.c.id).limit(limit)
    return [DeliveryState(**row) for row in connection.execute(query).mappings()]


def state_of(connection: Connection, key: str) -> DeliveryState | None:
    """By its key; None when there is none."""
    row = connection.execute(_query().where(outbox.c.delivery_key == key)).mappings().first()
    return DeliveryState(**row) if row is not None else None


def _query() -> Any:
    columns = [outbox.c[name] for name in _OWN]
    of_handover = (outbox.c.delivery_key.label("key"), handovers.c.reference, handovers.c.team)
    return select(*columns, *of_handover).join(handovers, handovers.c.id == outbox.c.handover_id)
