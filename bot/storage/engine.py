"""Opens the database. SQLite is set up so that "committed" means "on the disk"; any SQLAlchemy address works."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.pool import StaticPool

BUSY_MS = 5000


def open_engine(url: str) -> Engine:
    """An engine for this address; connects only when first used."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return create_engine(address, future=True, pool_pre_ping=True)
    options: dict[str, Any] = {"connect_args": {"timeout": BUSY_MS / 1000, "check_same_thread": False}}
    if not address.database or address.database == ":memory:":
        options["poolclass"] = StaticPool
    engine = create_engine(address, future=True, **options)
    if address.database and "poolclass" not in options:
        event.listen(engine, "connect", _kept_private(Path(address.database)))
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def _kept_private(file: Path) -> Callable[[Any, Any], None]:
    """For the owner only, whatever the umask of a command was; the files beside it follow the file itself."""

    def restrict(_connection: Any, _record: Any) -> None:
        for found in (file, *(file.with_name(f"{file.name}{ending}") for ending in ("-wal", "-shm"))):
            # The ones beside it come and go with other processes; only the owner may say so.
            with suppress(FileNotFoundError, PermissionError):
                if found.stat().st_mode & 0o077:
                    found.chmod(0o600)

    return restrict


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    # The driver would open transactions on its own, and too late for DDL and for locking: `_begin` does it.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    cursor.execute("PRAGMA foreign_keys=ON")
    # FULL: a confirmed handover survives a power cut right after the commit.
    cursor.execute("PRAGMA synchronous=FULL")
    # Erased rows are overwritten, not only unlinked.
    cursor.execute("PRAGMA secure_delete=ON")
    # Only when needed: asking again would need a write lock.
    if cursor.execute("PRAGMA journal_mode").fetchone()[0] not in ("wal", "memory"):
        cursor.execute("PRAGMA journal_mode=WAL")
    cursor.close()


def _begin(connection: Any) -> None:
    """A writer takes the lock at the start, so that it waits its turn instead of failing halfway."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
