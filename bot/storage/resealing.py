"""Puts everything that is sealed under the first key, a batch at a time, while the other processes go on.

Which columns are sealed follows from the tables: every column of bytes. Nothing is written about how far it came: what
the first key opens is done, so a run that was killed is simply run again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import Column, LargeBinary, Table, select, update
from sqlalchemy.engine import Engine

from bot.storage.sealing import Seal
from bot.storage.tables import metadata
from bot.storage.writing import writing

log = structlog.get_logger(__name__)
BATCH = 100
NONE = -1
"""The place of the key of what no key opens."""


@dataclass(frozen=True)
class SealedColumn:
    """A column of sealed bytes, and what its rows are told apart by."""

    table: Table
    column: Column[Any]
    key: Column[Any]


def sealed_columns() -> tuple[SealedColumn, ...]:
    """Of every table that is known; who calls has imported the parts that have tables."""
    return tuple(
        SealedColumn(table, column, next(iter(table.primary_key.columns)))
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    )


def reseal(engine: Engine, keys: Sequence[bytes], *, batch: int = BATCH) -> int:
    """Gives how many values got the first key. What no key opens is left as it is, and is counted by `opened_by`."""
    seal, first = Seal(keys), Fernet(keys[0])
    renewed = 0
    for one in sealed_columns():
        after: Any = None
        while True:
            with writing(engine) as connection:
                rows = connection.execute(_next(one, after, batch)).all()
                for number, sealed in rows:
                    if _opens(first, sealed) or not any(_opens(Fernet(key), sealed) for key in keys):
                        continue
                    # Only what was read: the lock is ours, and a database without one is safe as well.
                    same = (one.key == number, one.column == sealed)
                    change = update(one.table).where(*same).values({one.column.name: seal.renew(sealed)})
                    renewed += connection.execute(change).rowcount
            if not rows:
                break
            after = rows[-1][0]
    log.info("keys.resealed", count=renewed)
    return renewed


def opened_by(engine: Engine, keys: Sequence[bytes]) -> Counter[int]:
    """How many values each key opens, by its place in the list; `NONE` for what none does."""
    fernets = [Fernet(key) for key in keys]
    found: Counter[int] = Counter()
    for sealed in _all(engine):
        found[next((at for at, fernet in enumerate(fernets) if _opens(fernet, sealed)), NONE)] += 1
    return found


def _all(engine: Engine) -> Iterator[bytes]:
    for one in sealed_columns():
        after: Any = None
        while True:
            with engine.begin() as connection:
                rows = connection.execute(_next(one, after, BATCH)).all()
            if not rows:
                break
            yield from (sealed for _, sealed in rows)
            after = rows[-1][0]


def _next(one: SealedColumn, after: Any, batch: int) -> Any:
    # No bytes: a document that its owner withdrew.
    there = (one.column.is_not(None), one.column != b"")
    query = select(one.key, one.column).where(*there).order_by(one.key).limit(batch)
    return query if after is None else query.where(one.key > after)


def _opens(fernet: Fernet, sealed: bytes) -> bool:
    try:
        fernet.decrypt(bytes(sealed))
    except InvalidToken:
        return False
    return True
