"""How long each thing is kept, with a clock of our own; and that nothing is left on the disk."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import handover_examples
import pytest
from builders import NOW
from sqlalchemy import select, update

from bot.conversations import erase_before
from bot.handover.model import handovers, outbox
from bot.learning.store import Batch, Question
from bot.learning.week import week_of
from bot.live.store import LiveStore
from bot.retention import erase_all
from bot.services import Services
from bot.settings import Settings
from bot.storage.writing import writing


@pytest.fixture
def parts(tmp_path: Path) -> Services:
    made = Services(Settings(_env_file=None, var_dir=tmp_path / "var"))
    made.clock = lambda: NOW
    return made


def stored(parts: Services, key: str, status: str = "new") -> str:
    far = handover_examples.parent().copy(update={"expires_at": (NOW + timedelta(days=180)).date()})
    reference = parts.handovers.save(far, idempotency_key=key).reference
    if status == "withdrawn":
        parts.handovers.withdraw(reference, by="person")
    elif status != "new":
        parts.handovers.set_status(reference, status, by="aaaaaaaaaaaa")
    with writing(parts.database) as connection:
        connection.execute(update(outbox).values(state="delivered"))
    return reference


def after(parts: Services, **time: float) -> set[str]:
    erase_all(parts, NOW + timedelta(**time))
    return {one.reference for one in parts.handovers.list(100)}


def test_each_status_has_its_own_time(parts: Services) -> None:
    new, taken = stored(parts, "a"), stored(parts, "b", "taken")
    closed, withdrawn = stored(parts, "c", "closed"), stored(parts, "d", "withdrawn")
    assert after(parts, days=29) == {new, taken, closed, withdrawn}
    assert after(parts, days=32) == {new, taken}
    assert after(parts, days=179) == {new, taken}
    assert after(parts, days=181) == set()


def test_the_days_of_a_finished_one_are_a_setting(tmp_path: Path) -> None:
    parts = Services(Settings(_env_file=None, var_dir=tmp_path / "var", keep_closed_days=3))
    parts.clock = lambda: NOW
    stored(parts, "a", "closed")
    assert after(parts, days=5) == set()


def test_a_dry_run_says_what_would_go_and_leaves_it(parts: Services) -> None:
    reference = stored(parts, "a", "closed")
    told = erase_all(parts, NOW + timedelta(days=40), dry_run=True)
    assert told.handovers.references == (reference,) and dict(told.handovers.by_status) == {"closed": 1}
    assert parts.handovers.find(reference) is not None


def test_the_erased_bytes_are_nowhere_on_the_disk_also_not_in_the_log_of_the_database(parts: Services) -> None:
    reference = stored(parts, "a")
    with parts.database.begin() as connection:
        sealed = connection.execute(select(handovers.c.sealed).where(handovers.c.reference == reference)).scalar_one()
    assert sealed[20:60] in on_disk(parts)
    assert after(parts, days=200) == set()
    assert sealed[20:60] not in on_disk(parts)


def test_lessons_go_after_a_year(parts: Services) -> None:
    old = week_of(NOW - timedelta(days=400))
    parts.lessons.add(
        Batch(questions=[Question(old, "", "unknown", "oud"), Question(week_of(NOW), "", "unknown", "nu")])
    )
    assert erase_all(parts, NOW).lessons == 1
    assert parts.lessons.weeks() == [week_of(NOW)]


def test_a_chat_with_a_worker_goes_with_the_conversation(parts: Services) -> None:
    live: LiveStore = parts.live
    from sqlalchemy import insert

    from bot.live.model import live_chats

    assert live
    row = {"id": "c" * 32, "conversation_hash": "h", "team": "oudewater", "state": "ended", "asked_at": NOW}
    with writing(parts.database) as connection:
        sealed = parts.seal.close("wat eerder gezegd is")
        connection.execute(insert(live_chats).values(**row, answer_by=NOW, ended_at=NOW, sealed=sealed))
    assert erase_all(parts, NOW + timedelta(hours=23)).chats == 0
    assert sealed[20:60] in on_disk(parts)
    assert erase_all(parts, NOW + timedelta(hours=25)).chats == 1
    assert sealed[20:60] not in on_disk(parts)


def on_disk(parts: Services) -> bytes:
    return b"".join(path.read_bytes() for path in parts.settings.var_dir.glob("*.db*"))


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_a_conversation_is_gone_after_its_hours_and_so_are_its_bytes(tmp_path: Path, mode: str) -> None:
    store, secret = tmp_path / "conversations.db", "kanariegeel verhaal"
    with closing(sqlite3.connect(store)) as reader:
        reader.execute(f"PRAGMA journal_mode={mode}")
        reader.execute("create table events (id integer primary key, sender_id text, timestamp float, data text)")
        rows = [("a", NOW.timestamp() + at, secret * 50) for at in range(30)]
        with reader:
            reader.executemany("insert into events (sender_id, timestamp, data) values (?, ?, ?)", rows)
        hours = timedelta(hours=24)
        assert erase_before(store, datetime.fromtimestamp(rows[-1][1]).astimezone() - hours) == 0
        # The store stays open, as that of Rasa does.
        assert erase_before(store, NOW + timedelta(hours=25)) == 30
        assert secret.encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_conversations_go_also_while_the_database_is_away(tmp_path: Path) -> None:
    from bot.errors import NotStoredError

    var = tmp_path / "var"
    var.mkdir()
    parts = Services(Settings(_env_file=None, var_dir=var, database_url=f"sqlite:///{tmp_path}/none/rits.db"))
    with closing(sqlite3.connect(var / "conversations.db")) as connection, connection:
        connection.execute("create table events (id integer primary key, sender_id text, timestamp float, data text)")
        connection.execute("insert into events (sender_id, timestamp) values ('a', ?)", (NOW.timestamp(),))
    with pytest.raises(NotStoredError):
        erase_all(parts, NOW + timedelta(hours=30))
    with closing(sqlite3.connect(var / "conversations.db")) as connection:
        assert connection.execute("select count(*) from events").fetchone() == (0,)
