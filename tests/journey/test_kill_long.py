"""The real front door and the real worker, killed two hundred times while people leave messages; and then counted.

`make test` leaves this out; tests/bot/handover/test_kill.py does the same for the parts, with smaller processes.
"""

from __future__ import annotations

import os
import random
import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from bot import supervisor
from bot.settings import ROOT, Settings, child_environment
from bot.tokens import service_token

from .conftest import free_ports

sys.path.insert(0, str(ROOT / "tests" / "bot" / "handover"))
from kill_receiver import Receiver

pytestmark = [pytest.mark.journey, pytest.mark.long]

KILLS = {"front-door": 40, "worker": 160}
START_S = 180
PEOPLE = 4
# A worker that was killed while it delivered keeps its lease for five minutes.
END_S = 420
REFERENCE = re.compile(r"\bR-\w{3}-\w{3}\b")  # and not a piece of the code beside it
FORM = {
    "audience": "ouder",
    "age_band": "12-15",
    "gemeente": "Oudewater",
    "channel": "phone",
    "phone": "06 12345678",
    "safe_to_call": "yes",
    "step": "send",
    "consent": "yes",
}


class House:
    """Two processes as `rits run` starts them, and a receiver that is real too."""

    def __init__(self, folder: Path) -> None:
        self.receiver = Receiver(is_kind=True)
        self.folder = folder
        port = free_ports(1)[0]
        self.address = f"http://127.0.0.1:{port}"
        self.environment = {
            **os.environ,
            "RITS_PORT": str(port),
            "RITS_VAR_DIR": str(folder),
            "RITS_DELIVERIES": "webhook",
            "RITS_WEBHOOK_URL": f"http://127.0.0.1:{self.receiver.start()}/",
            "RITS_WEBHOOK_SECRETS": "a-secret-of-the-test",
        }
        settings = Settings(var_dir=folder)
        self.environment = {**child_environment(settings, service_token(settings)), **self.environment}
        self.commands = supervisor._commands()
        self.logs = {name: folder / f"{name}.log" for name in KILLS}
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.kills = 0

    def start(self, name: str) -> None:
        with self.logs[name].open("wb") as log:
            command = self.commands[name]
            self.processes[name] = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)

    def kill(self, name: str) -> None:
        process = self.processes[name]
        process.kill()
        assert process.wait(10) == -9, f"{name} ended by itself"
        self.kills += 1

    def is_open(self, name: str = "front-door") -> bool:
        assert self.processes[name].poll() is None, f"{name} ended by itself: {self.logs[name].read_text()[-2000:]}"
        if name == "worker":
            return "worker.started" in self.logs[name].read_text()
        try:
            return httpx.get(f"{self.address}/api/health/live", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with sqlite3.connect(f"file:{self.folder / 'rits.db'}?mode=ro", uri=True, timeout=30) as file:
            return file.execute(query).fetchall()

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
            process.wait(30)
        self.receiver.stop()


class Person(threading.Thread):
    """Leaves messages one after the other; one that got no answer is sent again until it is confirmed."""

    def __init__(self, address: str, number: int, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.address, self.number, self.stop = address, number, stop
        self.confirmed: dict[str, set[str]] = {}
        self.unanswered = 0

    def run(self) -> None:
        message = 0
        while not self.stop.is_set():
            message += 1
            self.leave(f"bericht {self.number} {message}", f"127.{self.number}.{message // 200}.{message % 200 + 1}")

    def leave(self, words: str, source: str) -> None:
        """From an address of its own, since the form is limited per address."""
        fields: dict[str, str] | None = None
        answered: set[str] = set()
        # Twice: who is not sure that it arrived presses again.
        while len(answered) == 0 or (self.number == 1 and not self.stop.is_set() and random.random() < 0.3):
            try:
                with httpx.Client(transport=httpx.HTTPTransport(local_address=source), timeout=20) as client:
                    if fields is None:
                        page = client.get(f"{self.address}/bericht").text
                        token = re.search(r'name="token" value="([^"]+)"', page)
                        assert token is not None, page[:500]
                        fields = {**FORM, "token": token[1], "question": words}
                    sent = client.post(f"{self.address}/bericht", data=fields)
            except httpx.HTTPError:
                self.unanswered += fields is not None
                if self.stop.is_set() and not answered:
                    return
                time.sleep(0.05)
                continue
            assert sent.status_code in (200, 503), sent.text[:500]
            if sent.status_code == 200:
                answered |= set(REFERENCE.findall(sent.text))
                self.confirmed[words] = set(answered)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.stop()


def test_two_hundred_kills_lose_and_double_nothing(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    started, stop = time.monotonic(), threading.Event()
    for name in KILLS:
        house.start(name)
    _wait(house.is_open, START_S)
    people = [Person(house.address, number, stop) for number in range(1, PEOPLE + 1)]
    for person in people:
        person.start()
    with ThreadPoolExecutor() as killers:
        for done in [killers.submit(_kill_again_and_again, house, name) for name in KILLS]:
            done.result()
    _wait(house.is_open, START_S)
    stop.set()
    for person in people:
        person.join(60)
        assert not person.is_alive()
    _wait(lambda: house.rows("SELECT COUNT(*) FROM outbox WHERE state = 'pending'") == [(0,)], END_S)

    confirmed = [references for person in people for references in person.confirmed.values()]
    stored = [str(row[0]) for row in house.rows("SELECT reference FROM handovers")]
    delivered = house.receiver.took_in
    assert house.kills >= 200
    assert all(len(references) == 1 for references in confirmed), "the same message twice had two references"
    references = [next(iter(found)) for found in confirmed]
    assert len(references) == len(set(references))
    assert set(references) <= set(stored), "confirmed and not there"
    sent = sum(len(person.confirmed) for person in people)
    assert len(stored) <= sent + PEOPLE, "one message was stored twice"
    assert {key: 1 for key in delivered} == dict(delivered)
    assert sorted(delivered) == sorted(f"{reference}:created:webhook" for reference in stored)
    assert house.rows("SELECT COUNT(*) FROM outbox WHERE state != 'delivered'") == [(0,)]
    assert house.rows("PRAGMA integrity_check") == [("ok",)]
    repeats = sum(house.receiver.posts.values()) - len(delivered)
    with capsys.disabled():
        print(  # noqa: T201
            f"\nkill -9 of the real processes: {house.kills} kills; {len(references)} confirmed, {len(stored)} stored, "
            f"{len(delivered)} delivered, 0 lost, 0 doubled; {sum(person.unanswered for person in people)} requests "
            f"cut off, {repeats} repeats recognised by the receiver; {time.monotonic() - started:.0f} s"
        )


def _kill_again_and_again(house: House, name: str) -> None:
    chance = random.Random()
    for _ in range(KILLS[name]):
        _wait(lambda: house.is_open(name), START_S)
        time.sleep(chance.uniform(0, 2.5))
        house.kill(name)
        house.start(name)


def _wait(check, seconds: float) -> None:  # type: ignore[no-untyped-def]
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.1)
