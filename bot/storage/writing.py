"""A transaction that writes: it takes the write lock at its start and commits when the block ends well."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import Connection, Engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """All or nothing. On SQLite a second writer waits its turn here instead of failing halfway."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection
