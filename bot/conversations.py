"""Rasa's store of running conversations, and its erasure: what is not handed over is not kept."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from bot.errors import SettingsError

_OLD = "SELECT sender_id FROM events GROUP BY sender_id HAVING MAX(timestamp) < ?"


def erase_before(file: Path, moment: datetime, *, dry_run: bool = False) -> int:
    """Erase every conversation whose last event is older; gives the number of events. Overwrites what it deletes."""
    if not file.exists():
        return 0
    try:
        with closing(sqlite3.connect(file, timeout=5)) as connection:
            return _erase(connection, moment, dry_run)
    except sqlite3.Error as error:
        raise SettingsError(f"{file}: conversations could not be erased ({type(error).__name__})") from None


def _erase(connection: sqlite3.Connection, moment: datetime, dry_run: bool) -> int:
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchone():
        return 0
    connection.execute("PRAGMA secure_delete=ON")
    before = (moment.timestamp(),)
    count = connection.execute(f"SELECT COUNT(*) FROM events WHERE sender_id IN ({_OLD})", before).fetchone()[0]
    if count and not dry_run:
        with connection:
            connection.execute(f"DELETE FROM events WHERE sender_id IN ({_OLD})", before)
        _empty_log(connection)
    return int(count)


def _empty_log(connection: sqlite3.Connection) -> None:
    """In a write-ahead log the erased rows would stand until the next checkpoint; without one this does nothing."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
