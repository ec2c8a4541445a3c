"""Chats with a worker behind the front door: the real store in a real file, and a desk that is open or not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from live_database import copied
from sqlalchemy.exc import OperationalError

from bot.live.chat import Worker
from bot.live.lines import Line
from bot.live.notices import Notices
from bot.live.said_before import SaidBefore
from bot.live.store import LiveStore
from bot.storage.sealing import Seal
from bot.web.live_parts import LiveParts, ReadyTeam

from . import fakes

FATMA = Worker("aaaaaaaaaaaa", "Fatma", "oudewater")
WAIT = timedelta(seconds=180)


def team_name(team: str) -> str | None:
    return {"oudewater": "Stadsteam"}.get(team)


@dataclass
class FakeDesk:
    """`open` says whether somebody is there; `broken` makes the database fail as a locked one does."""

    store: LiveStore
    open: bool = True
    broken: bool = False
    now: datetime = fakes.NOW
    before: tuple[Line, ...] = (Line("person", "mijn kind slaapt slecht"),)
    logged: list[tuple[str, str]] = field(default_factory=list)

    def clock(self) -> datetime:
        return self.now

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)

    def found(self) -> LiveStore:
        if self.broken:
            raise OperationalError("SELECT kanariepiet", {}, Exception("database is locked"))
        return self.store

    def ready(self, gemeente: str | None, now: datetime) -> ReadyTeam | None:
        self.found()
        return ReadyTeam("oudewater", "Stadsteam") if self.open and gemeente == "oudewater" else None

    def parts(self) -> LiveParts:
        return LiveParts(self.found, self.ready, team_name, lambda conversation: SaidBefore(self.before))

    def chat_of(self, conversation: str) -> Any:
        chat = self.store.current(conversation)
        assert chat is not None
        return chat

    def join(self, conversation: str) -> Any:
        return self.store.join(self.chat_of(conversation).id, FATMA, self.now)


def a_desk(tmp_path: Path) -> FakeDesk:
    engine = copied(tmp_path)
    logged: list[tuple[str, str]] = []

    def record(actor: str, action: str, *_: object) -> None:
        logged.append((actor, action))

    store = LiveStore(engine, Seal([Fernet.generate_key()]), Notices(team_name), record, wait=WAIT)
    return FakeDesk(store, logged=logged)
