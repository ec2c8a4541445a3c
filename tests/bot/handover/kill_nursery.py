"""A warmed-up process that forks savers and workers on command, so that killing one costs milliseconds.

    saver NAME RESEND CRASH     saves handovers until it is killed; first RESEND, a key that was tried before, or `-`
    worker NAME - CRASH         delivers until it is killed or told to stop
    reap PID                    waits until that process is gone

Each line on stdin is answered with one on stdout: the new pid, or the exit status. CRASH is the number of the event
in the database at which the process kills itself; 0 is never. What a saver was told is written to the report pipe
as `tried KEY`, `confirmed KEY REFERENCE CODE`, `changing/changed/withdrawing/withdrawn REFERENCE`.
"""

from __future__ import annotations

import hashlib
import http.client
import logging
import os
import random
import signal
import sys
import tempfile
import threading
from datetime import date, datetime, timedelta, timezone
from typing import Any

import structlog
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.handover.delivery.parcel import Parcel, TryAgainError
from bot.handover.document import Contact, HandoverDocument
from bot.handover.outbox import Outbox
from bot.handover.postman import Postman
from bot.handover.store import HandoverStore
from bot.handover.worker import work
from bot.storage.engine import open_engine
from bot.storage.migrations import upgrade
from bot.storage.sealing import Seal

DELIVERY = "receiver"
LEASE = timedelta(seconds=0.5)


def now() -> datetime:
    return datetime.now(timezone.utc)


def handover_id(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def a_document(key: str, situation: str = "Zij slaapt slecht.") -> HandoverDocument:
    return HandoverDocument(
        handover_id=handover_id(key),
        created_at=now(),
        gemeente="voorbeeldgemeente",
        trigger="asked",
        audience="ouder",
        situation=situation,
        contact=Contact(channel="phone", address="0612345678"),
        expires_at=date(2030, 1, 1),
    )


class OverHttp:
    """Posts a parcel with its key. The receiver is at liberty to fail, to be slow, and to forget to answer."""

    name = DELIVERY

    def __init__(self, port: int) -> None:
        self._port = port

    def deliver(self, parcel: Parcel) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=5)
        body = parcel.document.to_json() if parcel.document else ""
        headers = {"Idempotency-Key": parcel.key}
        try:
            connection.request("POST", "/", body.encode(), headers)
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException):
            raise TryAgainError("no_answer") from None
        finally:
            connection.close()
        if status != 200:
            raise TryAgainError(f"http_{status}")

    def close(self) -> None:
        pass


def save_until_killed(store: HandoverStore, name: str, resend: str, report: int) -> None:
    """Handovers as fast as it goes; some are changed afterwards, and some withdrawn."""
    chance = random.Random(name)
    keys = [resend] if resend != "-" else []
    for number in range(10_000):
        key = keys.pop() if keys else f"{name}-{number}"
        _say(report, "tried", key)
        stored = store.save(a_document(key), idempotency_key=key)
        _say(report, "confirmed", key, stored.reference, stored.code)
        if chance.random() < 0.3:
            _say(report, "changing", stored.reference)
            changed = a_document(key, "Het gaat slechter.")
            if store.change(stored.reference, changed, by="person", expected_version=1):
                _say(report, "changed", stored.reference)
        if chance.random() < 0.3:
            _say(report, "withdrawing", stored.reference)
            store.withdraw(stored.reference, by="person")
            _say(report, "withdrawn", stored.reference)
        if chance.random() < 0.1:
            keys.append(key)


def deliver_until_killed(engine: Engine, seal: Seal, name: str, port: int) -> int:
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    # On a slow machine the same row may be killed under many workers, and here that says nothing about the row.
    soon = timedelta(milliseconds=30)
    outbox = Outbox(engine, now, lease=LEASE, wait=lambda *_: soon, most_attempts=10_000)
    postman = Postman(outbox, HandoverStore(engine, seal), {DELIVERY: OverHttp(port)}, worker_id=name)
    return work(postman, stop, pause_s=0.005)


def kill_at(engine: Engine, number: int) -> None:
    """Ends this process, as `kill -9` would, at the so-manieth event in the database."""
    seen = 0

    def count(*_: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == number:
            os.kill(os.getpid(), signal.SIGKILL)

    for moment in ("begin", "before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(engine, moment, count)
    event.listen(engine.pool, "checkin", count)  # after a commit


def _say(report: int, *words: str) -> None:
    os.write(report, (" ".join(words) + "\n").encode())  # short enough to arrive whole or not at all


def _child(role: str, name: str, resend: str, crash: int, url: str, seal: Seal, port: int, report: int) -> int:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    engine = open_engine(url)
    if crash:
        kill_at(engine, crash)
    if role == "worker":
        return deliver_until_killed(engine, seal, name, port)
    save_until_killed(HandoverStore(engine, seal, deliveries=(DELIVERY,)), name, resend, report)
    return 0


def _warm_up(seal: Seal) -> None:
    """What is imported lazily is there before the first fork."""
    with tempfile.TemporaryDirectory() as folder:
        _live_a_little(open_engine(f"sqlite:///{folder}/warm-up.db"), seal)


def _live_a_little(engine: Engine, seal: Seal) -> None:
    upgrade(engine)
    store = HandoverStore(engine, seal, deliveries=(DELIVERY,))
    reference = store.save(a_document("warm-up"), idempotency_key="warm-up").reference
    Postman(Outbox(engine, now), store, {DELIVERY: OverHttp(1)}, worker_id="warm-up").round()
    store.change(reference, a_document("warm-up"), by="person", expected_version=1)
    store.withdraw(reference, by="person")
    engine.dispose()


def main() -> None:
    url, key, port, report = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    seal = Seal([key])
    _warm_up(seal)
    print("ready", flush=True)  # noqa: T201
    alive: set[int] = set()
    for line in sys.stdin:
        command, *rest = line.split()
        if command == "reap":
            answer = os.waitpid(int(rest[0]), 0)[1]
            alive.discard(int(rest[0]))
        else:
            name, resend, crash = rest
            answer = os.fork()
            if answer == 0:
                os._exit(_child(command, name, resend, int(crash), url, seal, port, report))
            alive.add(answer)
        print(answer, flush=True)  # noqa: T201
    for pid in alive:  # of a test that failed halfway
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
