"""The rows of the outbox, for who delivers them and for who looks after them. Each method is one transaction.

A row is leased for some minutes: a worker that dies lets go by itself. Of one handover and delivery one row goes at a
time, in the order in which things happened, and nothing goes before its `created` arrived.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import and_, exists, not_, or_, select, update
from sqlalchemy.engine import Connection, Engine

from bot.handover import delivery_state
from bot.handover.announcements import CREATED, WITHDRAWN, withdraw_again
from bot.handover.backoff import MOST_ATTEMPTS, wait_after
from bot.handover.delivery_state import DeliveryState
from bot.handover.model import handovers, outbox
from bot.storage.writing import writing

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=5)
_DIED = {"state": "dead", "last_error": "worker_died", "leased_by": None, "leased_until": None}
_CODE = re.compile(r"[a-z0-9_]{1,60}")


@dataclass(frozen=True)
class Leased:
    """A row that is ours for a while."""

    id: int
    reference: str
    event: str
    delivery: str
    key: str
    attempt: int


class Outbox:
    """Leases rows, and writes down what came of them."""

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], datetime],
        *,
        lease: timedelta = LEASE,
        wait: Callable[[int, float, timedelta | None], timedelta] = wait_after,
        chance: Callable[[], float] = random.random,
        most_attempts: int = MOST_ATTEMPTS,
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._lease = lease
        self._wait = wait
        self._chance = chance
        self._most_attempts = most_attempts

    def lease(
        self,
        worker_id: str,
        limit: int = 1,
        *,
        only: Collection[str] | None = None,
        other_than: Collection[str] = (),
    ) -> Sequence[Leased]:
        """At most so many rows whose time has come: of these deliveries, or of all but those."""
        now = self._clock()
        query = select(outbox.c.id).where(*_may_go(now)).order_by(outbox.c.id).limit(limit)
        if only is not None:
            query = query.where(outbox.c.delivery.in_(only))
        if other_than:
            query = query.where(outbox.c.delivery.not_in(other_than))
        if not self._finds(query):  # a look costs nothing; a write would take the lock each second
            return ()
        with writing(self._engine) as connection:
            ids = connection.execute(query.with_for_update(skip_locked=True, of=outbox)).scalars().all()
            taken = [found for found in ids if self._take(connection, found, worker_id, now)]
            return [_leased(connection, found) for found in taken]

    def delivered(self, row_id: int, worker_id: str) -> bool:
        """The receiver has it. That is a fact, also when the lease ran out in the meantime."""
        now = self._clock()
        values = {"state": "delivered", "delivered_at": now, "leased_by": None, "leased_until": None}
        still_open = (outbox.c.id == row_id, outbox.c.state.in_(("pending", "dead")))
        with writing(self._engine) as connection:
            done = connection.execute(update(outbox).where(*still_open).values(**values)).rowcount
            if not done:
                self._too_late(connection, row_id, now)
        log.info("delivery.delivered", delivery_id=row_id, worker=worker_id, counted=bool(done))
        return bool(done)

    def failed(self, row_id: int, worker_id: str, code: str, retry_after: timedelta | None = None) -> str:
        """Not now. Gives the state of the row: `pending` again, `dead` after the last attempt, `cancelled`."""
        with writing(self._engine) as connection:
            attempts = connection.execute(select(outbox.c.attempts).where(outbox.c.id == row_id)).scalar() or 0
            wait = self._wait(attempts, self._chance(), retry_after)
            values: dict[str, Any] = {"next_attempt_at": self._clock() + wait}
            if attempts >= self._most_attempts:
                values["state"] = "dead"
            return self._close(connection, row_id, worker_id, code, values)

    def dead(self, row_id: int, worker_id: str, code: str) -> str:
        """Never like this: a person must look. Gives the state of the row."""
        with writing(self._engine) as connection:
            return self._close(connection, row_id, worker_id, code, {"state": "dead"})

    def cancel(self, row_id: int, worker_id: str) -> str:
        """There is nothing to deliver any more."""
        with writing(self._engine) as connection:
            return self._close(connection, row_id, worker_id, None, {"state": "cancelled"})

    def retry(self, row_id: int) -> bool:
        """A person says: again, from the start. False when it is busy or done."""
        now = self._clock()
        idle = or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= now)
        which = (outbox.c.id == row_id, outbox.c.state.in_(("pending", "dead")), idle)
        # The last error stays: it says that this was tried, so that a withdrawal still reaches the receiver.
        values = {"state": "pending", "attempts": 0, "next_attempt_at": now, "leased_by": None, "leased_until": None}
        with writing(self._engine) as connection:
            retried = bool(connection.execute(update(outbox).where(*which).values(**values)).rowcount)
        log.info("delivery.retried", delivery_id=row_id, retried=retried)
        return retried

    def overview(
        self,
        team: str | None = None,
        *,
        reference: str | None = None,
        states: Collection[str] = ("dead", "pending"),
        limit: int = 200,
    ) -> Sequence[DeliveryState]:
        """What did not arrive (yet): the dead first, then the oldest."""
        with self._engine.begin() as connection:
            return delivery_state.states(connection, team, reference, states, limit)

    def find(self, key: str) -> DeliveryState | None:
        """By the key that `overview` shows."""
        with self._engine.begin() as connection:
            return delivery_state.state_of(connection, key)

    def _finds(self, query: Any) -> bool:
        with self._engine.begin() as connection:
            return connection.execute(query).first() is not None

    def _take(self, connection: Connection, row_id: int, worker_id: str, now: datetime) -> bool:
        """The attempt counts from here, so a row that kills its worker each time ends as dead too."""
        # Asked again in the update itself: on a server another worker may have been between.
        row = update(outbox).where(outbox.c.id == row_id, *_is_free(now))
        if connection.execute(row.where(outbox.c.attempts >= self._most_attempts).values(**_DIED)).rowcount:
            log.error("delivery.dead", delivery_id=row_id, code=_DIED["last_error"])
            return False
        values = {"leased_by": worker_id, "leased_until": now + self._lease, "attempts": outbox.c.attempts + 1}
        return bool(connection.execute(row.values(**values)).rowcount)

    def _close(
        self, connection: Connection, row_id: int, worker_id: str, code: str | None, values: dict[str, Any]
    ) -> str:
        """Only for who holds the lease; what was withdrawn in the meantime is not tried again."""
        mine = (outbox.c.id == row_id, outbox.c.leased_by == worker_id, outbox.c.state == "pending")
        values = {**values, "leased_by": None, "leased_until": None}
        if code is not None:
            values["last_error"] = code if _CODE.fullmatch(code) else "unnamed"
        connection.execute(update(outbox).where(*mine).values(**values))
        gone = (outbox.c.id == row_id, outbox.c.event != WITHDRAWN, outbox.c.state.in_(("pending", "dead")))
        connection.execute(update(outbox).where(*gone, _is_withdrawn()).values(state="cancelled"))
        return str(connection.execute(select(outbox.c.state).where(outbox.c.id == row_id)).scalar() or "cancelled")

    def _too_late(self, connection: Connection, row_id: int, now: datetime) -> None:
        """Content arrived although it was called back: its receiver must hear of that once more."""
        late = (outbox.c.id == row_id, outbox.c.state == "cancelled", outbox.c.event != WITHDRAWN)
        row = connection.execute(select(outbox).where(*late, _is_withdrawn())).first()
        if row is not None:
            withdraw_again(connection, row, now)


def _is_free(now: datetime) -> tuple[Any, ...]:
    lapsed = or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= now)
    return (outbox.c.state == "pending", outbox.c.next_attempt_at <= now, lapsed)


def _may_go(now: datetime) -> tuple[Any, ...]:
    """Free, and nothing of the same handover and delivery stands before it."""
    earlier = outbox.alias("earlier")
    stands_before = exists().where(
        earlier.c.handover_id == outbox.c.handover_id,
        earlier.c.delivery == outbox.c.delivery,
        earlier.c.id < outbox.c.id,
        or_(earlier.c.state == "pending", and_(earlier.c.event == CREATED, earlier.c.state == "dead")),
    )
    return (*_is_free(now), not_(stands_before))


def _is_withdrawn() -> Any:
    return exists().where(handovers.c.id == outbox.c.handover_id, handovers.c.status == "withdrawn")


def _leased(connection: Connection, row_id: int) -> Leased:
    """As it stands after the lease: the attempt that begins now is counted."""
    columns = (outbox.c.id, handovers.c.reference, outbox.c.event, outbox.c.delivery, outbox.c.delivery_key)
    query = select(*columns, outbox.c.attempts).join(handovers, handovers.c.id == outbox.c.handover_id)
    return Leased(*connection.execute(query.where(outbox.c.id == row_id)).one())
