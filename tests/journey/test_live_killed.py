"""The front door is killed at random moments while two people chat: what was acknowledged is there, once."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

import httpx
import pytest
from cryptography.fernet import Fernet
from live_database import copied

from bot.live.chat import Worker
from bot.live.lines import Said
from bot.live.notices import Notices
from bot.live.store import LiveStore
from bot.storage.engine import open_engine
from bot.storage.sealing import Seal

from .conftest import free_ports

pytestmark = pytest.mark.journey
KILLS = 3
TALK = "gesprek-van-de-proef"
FATMA = Worker("aaaaaaaaaaaa", "Fatma", "oudewater")
# The front door with fakes around the real chats, as a process of its own.
DOOR = """
import sys
from datetime import datetime, timedelta, timezone
sys.path[:0] = ["tests", "tests/bot", "."]
import uvicorn
from bot.live.notices import Notices
from bot.live.said_before import SaidBefore
from bot.live.store import LiveStore
from bot.storage.engine import open_engine
from bot.storage.sealing import Seal
from bot.web.app import create_app
from bot.web.live_parts import LiveParts, ReadyTeam
from bot.web.ports import Rate
from bot.web.server import server_config
from web import fakes

file, key, port = sys.argv[1:]
now = lambda: datetime.now(timezone.utc)
store = LiveStore(open_engine("sqlite:///" + file), Seal([key]), Notices(lambda team: None), lambda *_: None,
                  wait=timedelta(minutes=3))
parts = LiveParts(lambda: store, lambda *_: ReadyTeam("oudewater", None), lambda team: None, lambda _: SaidBefore())
plenty = Rate(100_000, 10_000.0)
limits = fakes.Limits(conversation=plenty, address=plenty, flood=plenty)
app = create_app(fakes.services(live=parts, clock=now, limits=limits))
uvicorn.Server(server_config(app, host="127.0.0.1", port=int(port))).run()
"""


@dataclass
class Door:
    file: Path
    key: bytes
    port: int
    process: subprocess.Popen[bytes] | None = None
    acknowledged: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def open(self) -> None:
        command = [sys.executable, "-W", "ignore", "-c", DOOR, str(self.file), self.key.decode(), str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                httpx.get(f"{self.address}/api/health/live", timeout=1)
                return
            except httpx.HTTPError:
                time.sleep(0.1)
        raise RuntimeError("the front door did not open")

    def kill(self) -> None:
        assert self.process
        self.process.kill()
        self.process.wait()

    def store(self) -> LiveStore:
        """The other side: the desk in another process."""
        engine = open_engine(f"sqlite:///{self.file}")
        words = Notices(lambda team: None)
        return LiveStore(engine, Seal([self.key]), words, lambda *_: None, wait=timedelta(minutes=3))


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    copied(tmp_path).dispose()
    made = Door(tmp_path / "rits.db", Fernet.generate_key(), free_ports(1)[0])
    yield made
    if made.process and made.process.poll() is None:
        made.kill()


def test_what_was_acknowledged_survives_a_kill(door: Door) -> None:
    now = datetime.now(timezone.utc)
    door.open()
    wish = {"conversation": TALK, "payload": '/live_ask{"show": "no"}'}
    assert httpx.post(f"{door.address}/api/turn", json=wish).json()["live"]["state"] == "asked"
    desk = door.store()
    chat = desk.current(TALK)
    assert chat is not None
    desk.join(chat.id, FATMA, now)
    sent = 0
    for _ in range(KILLS):
        end = time.monotonic() + random.uniform(0.05, 0.5)
        while time.monotonic() < end:
            say(door, f"bericht {sent}")
            sent += 1
        say(door, f"bericht {sent}", in_flight=True)
        door.kill()
        door.open()
        # The page sends again what it got no answer to.
        assert say(door, f"bericht {sent}")
        sent += 1
        desk.say(chat.id, "staff", Said(f"s{sent}", "ik ben er"), datetime.now(timezone.utc), worker=FATMA)
    kept = [line.text for line in desk.messages(chat.id, limit=5000) if line.sender == "person"]
    assert len(door.acknowledged) > KILLS
    assert sorted(set(door.acknowledged) - set(kept)) == []
    assert len(kept) == len(set(kept))
    assert [text for text in kept if text in set(door.acknowledged)] == sorted(
        set(door.acknowledged), key=lambda text: int(text.split()[1])
    )


def say(door: Door, text: str, *, in_flight: bool = False) -> bool:
    """`in_flight`: the answer is not waited for, as when the line drops."""
    body = {"conversation": TALK, "id": text.replace(" ", "-"), "text": text}
    try:
        timeout = 0.004 if in_flight else 10
        answer = httpx.post(f"{door.address}/api/turn", json=body, timeout=timeout)
    except httpx.HTTPError:
        return False
    if answer.status_code != 200 or not answer.json()["live"]["delivered"]:
        return False
    door.acknowledged.append(text)
    return True
