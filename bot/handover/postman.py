"""Brings the rows of the outbox to their receivers. A delivery has its own lane: one that hangs stops no other.

A kill at any moment is harmless: the lease runs out, and the same key goes again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import Protocol

import structlog

from bot.handover.announcements import WITHDRAWN
from bot.handover.delivery.parcel import Delivery, GiveUpError, Parcel, TryAgainError
from bot.handover.outbox import Leased, Outbox
from bot.handover.stored import StoredHandover
from bot.storage.sealing import SealBrokenError

log = structlog.get_logger(__name__)

ROUND_S = 30.0
"""A round waits so long for its lanes; one that takes longer goes on by itself, and the others are not kept waiting."""

NO_SUCH_DELIVERY = "no_such_delivery"
OnDead = Callable[[Leased, str], None]


class Records(Protocol):
    """Where the content is read at the moment that it goes."""

    def find(self, reference: str) -> StoredHandover | None: ...


class Postman:
    """Delivers what is due. One of these in a process; several processes may do it at once."""

    def __init__(
        self,
        outbox: Outbox,
        store: Records,
        deliveries: Mapping[str, Delivery],
        *,
        worker_id: str,
        on_dead: OnDead | None = None,
        round_s: float = ROUND_S,
    ) -> None:
        self._outbox = outbox
        self._store = store
        self._deliveries = dict(deliveries)
        self._worker = worker_id
        self._on_dead = on_dead
        self._round_s = round_s
        self._lanes: dict[str, _Lane] = {}
        self._stopping = threading.Event()

    def round(self) -> int:
        """Everything that is due, once. Gives how many arrived."""
        for name in self._deliveries:
            if name not in self._lanes or not self._lanes[name].is_alive():
                self._lanes[name] = _Lane(name, self._run_lane)
                self._lanes[name].start()
        self._mark_strangers()
        deadline = time.monotonic() + self._round_s
        for lane in self._lanes.values():
            lane.join(max(0.0, deadline - time.monotonic()))
        return sum(lane.taken() for lane in self._lanes.values())

    def longest_busy_s(self) -> float:
        """How long the slowest lane is busy with one parcel; the process that owns us decides when that is too long."""
        return max((lane.busy_s() for lane in self._lanes.values()), default=0.0)

    def stop(self, patience_s: float) -> None:
        """No new parcels; those on their way get a moment to arrive. What does not, goes again later."""
        self._stopping.set()
        deadline = time.monotonic() + patience_s
        for lane in self._lanes.values():
            lane.join(max(0.0, deadline - time.monotonic()))
        for name, lane in self._lanes.items():
            if not lane.is_alive():
                self._deliveries[name].close()

    def _run_lane(self, lane: _Lane) -> None:
        # A row that fails waits for its next attempt, so this ends.
        while not self._stopping.is_set():
            leased = self._outbox.lease(self._worker, only=(lane.delivery,))
            if not leased:
                return
            lane.begins()
            if self._bring(leased[0]):
                lane.arrived()

    def _bring(self, leased: Leased) -> bool:
        ids = {"reference": leased.reference, "delivery": leased.delivery, "event_name": leased.event}
        try:
            parcel = self._parcel(leased)
            if parcel is None:
                self._outbox.cancel(leased.id, self._worker)
                return False
            self._deliveries[leased.delivery].deliver(parcel)
        except TryAgainError as error:
            state = self._outbox.failed(leased.id, self._worker, error.code, error.retry_after)
            self._tell(leased, state, error.code, ids)
        except GiveUpError as error:
            self._tell(leased, self._outbox.dead(leased.id, self._worker, error.code), error.code, ids)
        except SealBrokenError:
            state = self._outbox.failed(leased.id, self._worker, "seal_broken")
            self._tell(leased, state, "seal_broken", ids)
        except Exception as error:
            # Broad on purpose: a mistake in one delivery may not stop it, nor the others. The type only: a text quotes.
            log.error("delivery.unexpected", reason=type(error).__name__, **ids)
            self._tell(leased, self._outbox.failed(leased.id, self._worker, "unexpected"), "unexpected", ids)
        else:
            return self._outbox.delivered(leased.id, self._worker)
        return False

    def _parcel(self, leased: Leased) -> Parcel | None:
        """None when it was withdrawn or erased since: then there is nothing to bring but the word of that."""
        stored = self._store.find(leased.reference)
        if stored is None or (stored.document is None and leased.event != WITHDRAWN):
            return None
        return Parcel(
            event=leased.event,
            reference=leased.reference,
            key=leased.key,
            team=stored.team,
            gemeente=stored.gemeente,
            promised_by=stored.promised_by,
            created_at=stored.created_at,
            document=None if leased.event == WITHDRAWN else stored.document,
            attempt=leased.attempt,
        )

    def _mark_strangers(self) -> None:
        """Rows for a delivery that we do not have. It was taken out of the settings, and then a person must see them in
        the end; or we are a worker from before it was put in, and then another one must find them alive."""
        for leased in self._outbox.lease(self._worker, limit=50, other_than=tuple(self._deliveries)):
            ids = {"reference": leased.reference, "delivery": leased.delivery, "event_name": leased.event}
            self._tell(leased, self._outbox.failed(leased.id, self._worker, NO_SUCH_DELIVERY), NO_SUCH_DELIVERY, ids)

    def _tell(self, leased: Leased, state: str, code: str, ids: Mapping[str, str]) -> None:
        if state != "dead":
            log.warning("delivery.failed", code=code, attempt=leased.attempt, state=state, **ids)
            return
        log.error("delivery.dead", code=code, attempt=leased.attempt, **ids)
        if self._on_dead is not None:
            self._on_dead(leased, code)


class _Lane(threading.Thread):
    """The thread of one delivery in one round. A daemon: a receiver that hangs does not keep the process alive."""

    def __init__(self, delivery: str, run: Callable[[_Lane], None]) -> None:
        super().__init__(name=f"lane-{delivery}", daemon=True)
        self.delivery = delivery
        self._run = run
        self._began: float | None = None
        self._arrived = 0

    def run(self) -> None:
        try:
            self._run(self)
        except Exception as error:  # of the database, mostly; the next round is a second away
            log.error("delivery.lane", delivery=self.delivery, reason=type(error).__name__)
        finally:
            self._began = None

    def begins(self) -> None:
        self._began = time.monotonic()

    def arrived(self) -> None:
        self._arrived += 1

    def busy_s(self) -> float:
        began = self._began
        return time.monotonic() - began if began is not None and self.is_alive() else 0.0

    def taken(self) -> int:
        """What arrived since this was last asked."""
        count, self._arrived = self._arrived, 0
        return count
