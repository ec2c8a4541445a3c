"""Chats in a real SQLite file, with a clock in the hand of the test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from live_database import copied
from sqlalchemy.engine import Connection, Engine

from bot.live.chat import Worker
from bot.live.notices import Notices
from bot.live.store import Asking, LiveStore
from bot.storage.engine import open_engine
from bot.storage.sealing import Seal

START = datetime(2026, 11, 24, 10, 0, tzinfo=timezone.utc)
WAIT = timedelta(seconds=180)
FATMA = Worker("aaaaaaaaaaaa", "Fatma", "oudewater")
SEM = Worker("bbbbbbbbbbbb", "Sem", "oudewater")
OTHER = Worker("cccccccccccc", "Kim", "woerden")


@dataclass
class Desk:
    """A store, its file, and what the log of the desk was told."""

    store: LiveStore
    engine: Engine
    seal: Seal
    file: Path
    logged: list[tuple[str, str, str | None]] = field(default_factory=list)

    def another(self) -> LiveStore:
        """As a second process would open it."""
        engine = open_engine(f"sqlite:///{self.file}")
        return LiveStore(engine, self.seal, Notices(lambda team: None), _nothing, wait=WAIT)


def _nothing(actor: str, action: str, reference: str | None, detail: str | None, connection: Connection | None) -> None:
    return None


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    file = tmp_path / "rits.db"
    engine = copied(tmp_path)
    seal = Seal([Fernet.generate_key()])
    logged: list[tuple[str, str, str | None]] = []

    def record(
        actor: str, action: str, reference: str | None, detail: str | None, connection: Connection | None
    ) -> None:
        assert connection is not None
        logged.append((actor, action, detail))

    store = LiveStore(engine, seal, Notices({"oudewater": "Stadsteam"}.get), record, wait=WAIT)
    return Desk(store, engine, seal, file, logged)


@pytest.fixture
def asking() -> Callable[..., Asking]:
    def make(conversation: str = "gesprek-1", team: str = "oudewater", **more: object) -> Asking:
        return Asking(conversation, team, **more)  # type: ignore[arg-type]

    return make
