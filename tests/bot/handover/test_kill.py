"""Confirmed is committed and never doubled, whatever is killed and when: `kill -9`, over and over, and then counted.

Real processes, a real file, a real server. What this cannot show is a power cut: a killed process leaves what it wrote
to the operating system; for the rest there is `synchronous=FULL` (test_handover_store.py).
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from kill_nursery import DELIVERY, a_document, handover_id
from kill_receiver import Receiver
from sqlalchemy import func, select

from bot.handover.announcements import CREATED
from bot.handover.model import handovers, outbox
from bot.handover.store import HandoverStore
from bot.storage.engine import open_engine
from bot.storage.migrations import upgrade
from bot.storage.sealing import Seal

ROUNDS = 90
KILLS = 200
LONGEST_LIFE_S = 0.12
END_S = 60.0
MOMENTS = 40


@dataclass
class Told:
    """What savers were told, as they wrote it down themselves before they died."""

    tried: list[str] = field(default_factory=list)
    confirmed: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    withdrawing: set[str] = field(default_factory=set)
    withdrawn: set[str] = field(default_factory=set)

    def hear(self, line: str) -> None:
        word, *rest = line.split()
        if word == "tried":
            self.tried.append(rest[0])
        elif word == "confirmed":
            self.confirmed.setdefault(rest[0], set()).add((rest[1], rest[2]))
        elif word in ("changed", "withdrawing", "withdrawn"):
            getattr(self, word).add(rest[0])


class House:
    """The nursery, the file, the receiver and the report of what was confirmed."""

    def __init__(self, folder: Path) -> None:
        self.url = f"sqlite:///{folder / 'rits.db'}"
        self.file = folder / "rits.db"
        key = Fernet.generate_key().decode()
        self.engine = open_engine(self.url)
        upgrade(self.engine)
        self.store = HandoverStore(self.engine, Seal([key]), deliveries=(DELIVERY,))
        self.receiver = Receiver()
        self.told = Told()
        self.kills = 0
        self._numbers = count(1)
        self.names_of: dict[int, str] = {}
        read, write = os.pipe()
        command = [sys.executable, str(Path(__file__).with_name("kill_nursery.py")), self.url, key]
        self._nursery = subprocess.Popen(
            [*command, str(self.receiver.start()), str(write)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=[write],
            text=True,
            bufsize=1,
        )
        os.close(write)
        self._listener = threading.Thread(target=self._listen, args=(read,), daemon=True)
        self._listener.start()
        assert self._answer() == "ready"

    def start(self, role: str, resend: str = "-", crash: int = 0) -> int:
        name = f"{role}{next(self._numbers)}"
        pid = self._ask(f"{role} {name} {resend} {crash}")
        self.names_of[pid] = name
        return pid

    def kill(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)
        assert self.reap(pid) == signal.SIGKILL

    def reap(self, pid: int) -> int:
        """The exit status; counts who was killed."""
        status = self._ask(f"reap {pid}")
        self.kills += status == signal.SIGKILL
        return status

    def wait_for(self, busy: Callable[[], int]) -> None:
        """However slow the machine is: there is something to be killed in."""
        before, deadline = busy(), time.monotonic() + 2
        while busy() == before and time.monotonic() < deadline:
            time.sleep(0.001)

    def last_tried(self) -> str:
        return self.told.tried[-1] if self.told.tried else "-"

    def deliver_the_rest(self) -> int:
        """A worker runs until nothing is left, and is then asked to stop. Gives its exit status."""
        self.receiver.is_kind = True
        pid = self.start("worker")
        deadline = time.monotonic() + END_S
        while self.rows(outbox.c.state == "pending"):
            assert time.monotonic() < deadline, "there are deliveries that do not come to an end"
            time.sleep(0.02)
        os.kill(pid, signal.SIGTERM)
        return self.reap(pid)

    def rows(self, *which: object) -> int:
        with self.engine.begin() as connection:
            query = select(func.count()).select_from(outbox.join(handovers)).where(*which)
            return int(connection.execute(query).scalar() or 0)

    def close(self) -> None:
        self._nursery.stdin.close()  # type: ignore[union-attr]
        self._nursery.wait(10)
        self._listener.join(10)
        self.receiver.stop()
        self.engine.dispose()

    def _ask(self, command: str) -> int:
        self._nursery.stdin.write(command + "\n")  # type: ignore[union-attr]
        return int(self._answer())

    def _answer(self) -> str:
        return self._nursery.stdout.readline().strip()  # type: ignore[union-attr]

    def _listen(self, read: int) -> None:
        with os.fdopen(read) as report:
            for line in report:
                self.told.hear(line)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.close()


def test_killed_at_random_moments_loses_and_doubles_nothing(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    started, chance = time.monotonic(), random.Random()
    in_save = in_delivery = 0
    for number in range(ROUNDS):
        alive = [house.start("saver", resend=house.last_tried()), house.start("worker")]
        if number % 3 == 0:  # sometimes a second one, so that they meet
            alive.append(house.start(chance.choice(["saver", "worker"])))
        if number % 4:  # the others are killed while they start
            house.wait_for((lambda: len(house.told.tried)) if number % 2 else house.receiver.knocks)
        time.sleep(chance.uniform(0, LONGEST_LIFE_S))
        for pid in chance.sample(alive, k=len(alive)):
            house.kill(pid)
            time.sleep(chance.uniform(0, 0.01))
        time.sleep(0.002)
        in_save += house.last_tried() not in house.told.confirmed
        killed = [house.names_of[pid] for pid in alive]
        in_delivery += bool(house.rows(outbox.c.leased_by.in_(killed), outbox.c.state == "pending"))
    assert house.deliver_the_rest() == 0, "a worker that is asked to stop ends well"
    told = house.told
    stored = the_books_are_right(house)
    assert house.kills >= KILLS
    assert in_save >= 5 and in_delivery >= 5, "too few kills were in the middle of something"
    repeats = sum(house.receiver.posts.values()) - len(house.receiver.posts)
    with capsys.disabled():
        print(  # noqa: T201
            f"\nkill -9: {house.kills} kills ({in_save} during a save, {in_delivery} during a delivery); "
            f"{len(told.confirmed)} confirmed, {stored} stored, 0 lost, 0 doubled; {len(told.withdrawn)} withdrawn; "
            f"{len(house.receiver.took_in)} parcels taken in, {repeats} repeats recognised; "
            f"{time.monotonic() - started:.0f} s"
        )


@pytest.mark.parametrize("role", ["saver", "worker"])
def test_killed_at_each_moment_in_turn_loses_and_doubles_nothing(house: House, role: str) -> None:
    """Not by chance: at the first event in the database, at the second, and so on, before and after each statement."""
    for moment in range(1, MOMENTS + 1):
        if role == "worker":
            house.store.save(a_document(f"for-{moment}"), idempotency_key=f"for-{moment}")
        pid = house.start(role, resend=house.last_tried(), crash=moment)
        assert house.reap(pid) == signal.SIGKILL
    assert house.deliver_the_rest() == 0
    assert the_books_are_right(house) >= 10
    assert house.kills == MOMENTS


def the_books_are_right(house: House) -> int:
    """Everything that was promised, counted in the file and at the receiver. Gives how many handovers there are."""
    with house.engine.begin() as connection:
        kept = {row.reference: row for row in connection.execute(select(handovers))}
        rows = list(connection.execute(select(outbox, handovers.c.reference).join(handovers)))
    _every_confirmation_is_kept_once(house, kept)
    _every_handover_goes_once(house, kept, rows)
    _what_was_withdrawn_is_gone(house, kept)
    with sqlite3.connect(house.file) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
    return len(kept)


def _every_confirmation_is_kept_once(house: House, kept: dict[str, object]) -> None:
    told = house.told
    references = [reference for answers in told.confirmed.values() for reference, _ in answers]
    assert len(references) == len(set(references)) == len(told.confirmed), "a key has one answer, and its own"
    assert set(references) <= set(kept), "confirmed and not there"
    assert len(kept) <= len(set(told.tried)) + MOMENTS, "more than was ever tried"
    for key in set(told.tried):
        again = house.store.save(a_document(key), idempotency_key=key)
        if key in told.confirmed:
            assert {(again.reference, again.code)} == told.confirmed[key] and again.again
        found = house.store.find_with_code(again.reference, again.code)
        assert found is not None
        if found.document is not None:
            assert found.document.handover_id == handover_id(key), "somebody else's handover"


def _every_handover_goes_once(house: House, kept: dict[str, object], rows: list[object]) -> None:
    receiver = house.receiver
    created = [row.reference for row in rows if row.event == CREATED]  # type: ignore[attr-defined]
    assert sorted(created) == sorted(kept), "each handover has one row to be delivered by, no more and no less"
    assert {row.state for row in rows} <= {"delivered", "cancelled"}  # type: ignore[attr-defined]
    delivered = {row.delivery_key for row in rows if row.state == "delivered"}  # type: ignore[attr-defined]
    assert delivered <= set(receiver.took_in), "marked as delivered, and it is not there"
    assert set(receiver.took_in.values()) <= {1}, "taken in twice"
    assert not [key for key in receiver.took_in if key.split(":")[0] not in kept], "delivered and not stored"
    for reference in set(kept) - house.told.withdrawing:
        assert receiver.events[reference].count("created") == 1
        assert receiver.events[reference][0] == "created"
        if reference in house.told.changed:
            assert "slechter" in receiver.content[reference], "the last change did not arrive"


def _what_was_withdrawn_is_gone(house: House, kept: dict[str, object]) -> None:
    for reference in house.told.withdrawn:
        assert kept[reference].sealed == b"" and kept[reference].status == "withdrawn"  # type: ignore[attr-defined]
        assert reference not in house.receiver.content, "withdrawn, and the receiver was not told"
        heard = house.receiver.events.get(reference, [])
        assert not heard or heard[-1] == "withdrawn"
