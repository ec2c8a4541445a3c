"""Empties the write-ahead log after an erasure: until then the erased bytes stand in a file beside the database."""

from __future__ import annotations

from sqlalchemy.engine import Engine


def empty_log(engine: Engine) -> None:
    """As far as no other process is reading; the next round does the rest. Nothing to do on another database."""
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
