"""The log of who did and saw what. It is only ever added to: the database itself refuses a change or an erasure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection, Engine

from bot.desk.model import audit
from bot.storage.writing import writing

PERSON, OPERATOR, WORKER, NOBODY = "person", "operator", "worker", "nobody"
"""Actors that are no account: the person of the handover, the command line, a process of ours, an unknown login."""
_CODE = re.compile(r"[A-Za-z0-9_.:>/-]+")


@dataclass(frozen=True)
class AuditEntry:
    """One line of the log: codes and ids, no words of anybody."""

    id: int
    at: datetime
    actor: str
    action: str
    reference: str | None
    detail: str | None


class AuditLog:
    """Adds lines, and reads them newest first."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def record(
        self,
        actor: str,
        action: str,
        reference: str | None = None,
        detail: str | None = None,
        connection: Connection | None = None,
    ) -> None:
        """With `connection` the line is part of that transaction: what did not happen is not in the log."""
        row = {"actor": actor, "action": action, "reference": reference, "detail": detail}
        for name, value in row.items():
            _demand_code(name, value)
        statement = insert(audit).values(at=self._clock(), **row)
        if connection is not None:
            connection.execute(statement)
            return
        with writing(self._engine) as own:
            own.execute(statement)

    def entries(
        self,
        reference: str | None = None,
        limit: int = 200,
        *,
        actor: str | None = None,
        before: int | None = None,
        between: tuple[datetime, datetime] | None = None,
    ) -> tuple[AuditEntry, ...]:
        """`before` is the id of the last line of the previous page."""
        query = select(audit).order_by(audit.c.id.desc()).limit(limit)
        if reference is not None:
            query = query.where(audit.c.reference == reference)
        if actor is not None:
            query = query.where(audit.c.actor == actor)
        if before is not None:
            query = query.where(audit.c.id < before)
        if between is not None:
            query = query.where(audit.c.at >= between[0], audit.c.at < between[1])
        with self._engine.begin() as connection:
            return tuple(_entry(row) for row in connection.execute(query))


def _demand_code(name: str, value: str | None) -> None:
    """A sentence in the log would be there for ever, so it is refused and not cut."""
    longest = audit.c[name].type.length
    if value is not None and (len(value) > longest or not _CODE.fullmatch(value)):
        raise ValueError(f"audit {name}: a code of at most {longest} characters, no text")


def _entry(row: Any) -> AuditEntry:
    return AuditEntry(row.id, row.at, row.actor, row.action, row.reference, row.detail)
