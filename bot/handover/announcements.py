"""Rows of the outbox, written in the transaction of what happened: nothing happens that is not told on.

Content never stands here; it is read from the handover when it goes. `outbox.py` gives the rows to who delivers them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, or_, select, update
from sqlalchemy.engine import Connection

from bot.handover.model import outbox

CREATED, CHANGED, WITHDRAWN = "handover.created", "handover.changed", "handover.withdrawn"


def announce_created(
    connection: Connection, handover_id: int, reference: str, deliveries: Iterable[str], now: datetime
) -> None:
    """One row for every way it must go."""
    for delivery in deliveries:
        _write(connection, handover_id, CREATED, f"{reference}:created:{delivery}", delivery, now)


def announce_changed(connection: Connection, handover_id: int, reference: str, version: int, now: datetime) -> None:
    """To everybody who may have it. A change that still waits is left out: the newer one carries it along."""
    connection.execute(select(outbox.c.id).where(outbox.c.handover_id == handover_id).with_for_update())
    is_changed = outbox.c.event == CHANGED
    _cancel(connection, *_waiting(handover_id, now), is_changed)
    _cancel(connection, outbox.c.handover_id == handover_id, outbox.c.state == "dead", is_changed)
    for delivery in _perhaps_received(connection, handover_id):
        _write(connection, handover_id, CHANGED, f"{reference}:changed-{version}:{delivery}", delivery, now)


def announce_withdrawn(connection: Connection, handover_id: int, reference: str, now: datetime) -> None:
    """Calls back what never left, and tells everybody who may have received anything to erase it.

    What is on its way at this moment (leased) is left alone: the message to erase waits behind it.
    """
    of_this = outbox.c.handover_id == handover_id
    connection.execute(select(outbox.c.id).where(of_this).with_for_update())
    perhaps = _perhaps_received(connection, handover_id)  # asked before the rows are closed
    _cancel(connection, *_waiting(handover_id, now))
    _cancel(connection, of_this, outbox.c.state == "dead")
    for delivery in perhaps:
        _write(connection, handover_id, WITHDRAWN, f"{reference}:withdrawn:{delivery}", delivery, now)


def withdraw_again(connection: Connection, row: Any, now: datetime) -> None:
    """For a receiver that got the content after it had been told to erase: under a new key, or it would not listen."""
    prefix = f"{row.delivery_key.split(':')[0]}:withdrawn-"
    key = f"{prefix}{row.id}:{row.delivery}"
    is_there = connection.execute(select(outbox.c.id).where(outbox.c.delivery_key == key)).first()
    if is_there is None:
        _write(connection, row.handover_id, WITHDRAWN, key, row.delivery, now)


def _perhaps_received(connection: Connection, handover_id: int) -> Sequence[str]:
    """The deliveries that were ever tried: the receiver may have it although the answer was lost.

    What was not tried yet reads the content when it goes, so it needs no word of a change."""
    was_tried = or_(outbox.c.attempts > 0, outbox.c.last_error.is_not(None))
    of_this = (outbox.c.handover_id == handover_id, outbox.c.event == CREATED, outbox.c.state != "cancelled")
    return list(
        connection.execute(select(outbox.c.delivery).where(*of_this, was_tried).order_by(outbox.c.id)).scalars()
    )


def _cancel(connection: Connection, *which: Any) -> None:
    connection.execute(update(outbox).where(*which).values(state="cancelled", leased_by=None, leased_until=None))


def _waiting(handover_id: int, now: datetime) -> tuple[Any, ...]:
    """Rows of this handover that nobody is busy with."""
    idle = or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= now)
    return (outbox.c.handover_id == handover_id, outbox.c.state == "pending", idle)


def _write(connection: Connection, handover_id: int, event: str, key: str, delivery: str, now: datetime) -> None:
    row = {
        "handover_id": handover_id,
        "event": event,
        "delivery": delivery,
        "delivery_key": key,
        "state": "pending",
        "attempts": 0,
        "next_attempt_at": now,
        "created_at": now,
    }
    connection.execute(insert(outbox).values(**row))
