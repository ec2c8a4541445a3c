"""Erasing conversations that led to nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from builders import NOW

from bot.conversations import erase_before
from bot.errors import SettingsError

OLD, NEW = NOW - timedelta(hours=30), NOW - timedelta(hours=1)


def a_store(path: Path, *events: tuple[str, datetime]) -> Path:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("create table events (id integer primary key, sender_id text, timestamp float, data text)")
        rows = [(sender, moment.timestamp(), f"geheim van {sender}") for sender, moment in events]
        connection.executemany("insert into events (sender_id, timestamp, data) values (?, ?, ?)", rows)
    return path


def senders(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("select sender_id from events order by id")]


def test_old_conversations_go_and_new_ones_stay(tmp_path: Path) -> None:
    store = a_store(tmp_path / "c.db", ("old", OLD), ("old", OLD), ("new", NEW))
    assert erase_before(store, NOW - timedelta(hours=24)) == 2
    assert senders(store) == ["new"]
    assert b"geheim van old" not in store.read_bytes()


def test_a_conversation_that_still_runs_stays_whole(tmp_path: Path) -> None:
    store = a_store(tmp_path / "c.db", ("runs", OLD), ("runs", NEW))
    assert erase_before(store, NOW - timedelta(hours=24)) == 0
    assert senders(store) == ["runs", "runs"]


def test_a_dry_run_counts_and_leaves_everything(tmp_path: Path) -> None:
    store = a_store(tmp_path / "c.db", ("old", OLD), ("new", NEW))
    assert erase_before(store, NOW - timedelta(hours=24), dry_run=True) == 1
    assert senders(store) == ["old", "new"]


def test_no_store_or_an_empty_one_is_nothing_to_erase(tmp_path: Path) -> None:
    assert erase_before(tmp_path / "none.db", NOW) == 0
    sqlite3.connect(tmp_path / "empty.db").close()
    assert erase_before(tmp_path / "empty.db", NOW) == 0


def test_a_file_that_is_no_database_is_one_clear_error(tmp_path: Path) -> None:
    broken = tmp_path / "c.db"
    broken.write_bytes(b"this is no database at all, but long enough to look at" * 100)
    with pytest.raises(SettingsError, match="could not be erased"):
        erase_before(broken, NOW)
