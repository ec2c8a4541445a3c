"""One door with real parts for a whole file, something of two teams behind it, and what the database holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal
from desk_door import DeskDoor, csrf_of, desk_door
from sqlalchemy import event, insert
from starlette.testclient import TestClient

from bot.answers.load import KnowledgeShelf
from bot.handover.document import HandoverDocument
from bot.live.model import live_chats
from bot.storage.writing import writing
from bot.web.ports import Rate
from bot.web.team import guard, team_pages

OWN, OTHER = "oudewater", "gouda"
# Of who is signed in: written by being there, not by doing something.
PRESENCE = {"staff": {"seen_at"}, "live_chats": {"staff_seen_at"}}

Dump = dict[str, list[tuple[Any, ...]]]


@dataclass
class Building:
    """The door, and things behind it that belong to a team."""

    door: DeskDoor
    _number: Iterator[int] = field(default_factory=count)

    def handover(self, team: str) -> str:
        """The reference of a new one."""
        number = next(self._number)
        document = HandoverDocument(
            handover_id=f"handover-{number}",
            created_at=self.door.now,
            gemeente=team,
            trigger="asked",
            audience="ouder",
            question_own_words="Kanariegeel slaapt slecht.",
            expires_at=self.door.now.date().replace(year=2027),
        )
        return self.door.parts.handovers.save(document, idempotency_key=f"key-{number}").reference

    def delivery(self, team: str) -> str:
        """The number of a delivery of a new handover."""
        reference = self.handover(team)
        found = self.door.parts.outbox.overview(team, states=("pending", "dead", "delivered"))
        return next(str(row.id) for row in found if row.reference == reference)

    def chat(self, team: str) -> str:
        """The id of a new one that waits for a worker."""
        number = next(self._number)
        now = self.door.now
        row = {"id": f"{number:032x}", "conversation_hash": f"{number:064x}", "team": team, "state": "asked"}
        with writing(self.door.parts.database) as connection:
            connection.execute(insert(live_chats).values(**row, asked_at=now, answer_by=now + timedelta(minutes=3)))
        return str(row["id"])

    def worker(self, role: str, team: str = OWN) -> TestClient:
        """Signed in with an account of its own, so that the speed limit of one does not count for another."""
        return self.door.worker(role, team, f"{role}-{next(self._number)}")

    def send(self, client: TestClient, address: str, **fields: str) -> Any:
        return client.post(address, data={"csrf": csrf_of(client), **fields})

    def dump(self) -> Dump:
        """Every row of every table, but for the log and for who was seen when."""
        path = self.door.parts.settings.var_dir / "rits.db"
        with sqlite3.connect(path) as connection:
            tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {table: _rows(connection, table) for table in tables if table != "audit"}

    def actions(self, after: int = 0) -> list[str]:
        entries = self.door.parts.audit.entries(limit=10_000)
        return [entry.action for entry in reversed(entries) if entry.id > after]

    def last_line(self) -> int:
        return max((entry.id for entry in self.door.parts.audit.entries(limit=1)), default=0)


def _rows(connection: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    kept = [column for column in columns if column not in PRESENCE.get(table, set())]
    return sorted(connection.execute(f"SELECT {', '.join(kept)} FROM {table}").fetchall(), key=repr)


@pytest.fixture(scope="session", autouse=True)
def _templates_compiled_once() -> Iterator[None]:
    """Every test has an application of its own; reading the same templates each time takes longer than the test."""
    real, made = team_pages.environment, []

    def environment(static_address: Callable[[str], str], theme: str) -> Any:
        if not made:
            made.append(real(static_address, theme))
        return made[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(team_pages, "environment", environment)
        yield


@pytest.fixture(scope="module")
def building(tmp_path_factory: pytest.TempPathFactory, shelf: KnowledgeShelf) -> Iterator[Building]:
    """Shared by a file: its tests make what they need anew. No limit of speed, no waiting for a disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard, "SPEED", Rate(10**6, 10**6))
        door = desk_door(tmp_path_factory.mktemp("building"), shelf)
    with start_blocking_portal() as door.portal:
        event.listen(door.parts.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
        door.parts.engine.dispose()
        yield Building(door)


@pytest.fixture
def own_building(tmp_path: Path, shelf: KnowledgeShelf) -> Callable[..., Building]:
    """For a test that turns the clock or sets something up in another way."""

    def make(**settings: Any) -> Building:
        return Building(desk_door(tmp_path, shelf, **settings))

    return make
