"""What the person may do with their own record afterwards: find it back, correct it, add to it, withdraw it.

SQL of one transaction each; `HandoverStore` is what others use.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from bot.handover.announcements import announce_changed, announce_withdrawn
from bot.handover.code import is_same_code, new_code, read_code
from bot.handover.document import HandoverDocument
from bot.handover.model import handovers, notes
from bot.handover.reference import read_reference
from bot.handover.stored import ERASED, Note
from bot.storage.sealing import Seal
from bot.storage.writing import writing

TOMBSTONE_DAYS = 30
"""How long the team still sees that there was something, and that it was withdrawn."""


class OwnRecord:
    """The transactions on one stored handover."""

    def __init__(self, engine: Engine, seal: Seal) -> None:
        self._engine = engine
        self._seal = seal
        # Opened when nothing was found, so that an unknown reference takes as long as a wrong code.
        self._nobodys_code = seal.close(new_code())

    def row_with_code(self, reference: str, code: str) -> Any | None:
        """The row, for who knows both."""
        with self._engine.begin() as connection:
            row = connection.execute(select(handovers).where(_is(reference))).first()
        kept = row.code_sealed if row is not None else None
        is_right = is_same_code(read_code(code) or "", self._seal.open(kept or self._nobodys_code))
        return row if is_right and kept else None

    def change(self, reference: str, document: HandoverDocument, expected_version: int, now: datetime) -> bool:
        """False when somebody else was first, or when there is nothing to change any more."""
        values = {
            "sealed": self._seal.close(document.to_json()),
            "schema_version": document.schema_version,
            "urgency": document.urgency.level,
            "expires_at": document.expires_at,
            "version": expected_version + 1,
        }
        is_as_expected = (_is(reference), handovers.c.version == expected_version, handovers.c.status != "withdrawn")
        with writing(self._engine) as connection:
            if not connection.execute(update(handovers).where(*is_as_expected).values(**values)).rowcount:
                return False
            row = connection.execute(select(handovers.c.id, handovers.c.reference).where(_is(reference))).one()
            announce_changed(connection, row.id, row.reference, expected_version + 1, now)
        return True

    def withdraw(self, reference: str, by: str, now: datetime) -> bool:
        """Erases what was told and what was written about it. False when there is nothing, or when it was done before.

        Reference, team and dates stay a while, so that nobody calls a person who took it back."""
        there = select(handovers.c.id, handovers.c.reference).where(_is(reference), handovers.c.status != "withdrawn")
        with writing(self._engine) as connection:
            row = connection.execute(there.with_for_update()).first()
            if row is None:
                return False
            connection.execute(update(handovers).where(handovers.c.id == row.id).values(**_tombstone(by, now)))
            connection.execute(delete(notes).where(notes.c.handover_id == row.id))
            announce_withdrawn(connection, row.id, row.reference, now)
        return True

    def add_note(self, reference: str, note: Note, nonce: str) -> bool:
        """False when this form was sent before, or when there is no such handover (any more)."""
        try:
            with writing(self._engine) as connection:
                return self._insert_note(connection, reference, note, nonce)
        except IntegrityError:
            return False

    def notes(self, reference: str) -> Sequence[Note]:
        """The oldest first."""
        query = select(notes).join(handovers, notes.c.handover_id == handovers.c.id).where(_is(reference))
        with self._engine.begin() as connection:
            rows = connection.execute(query.order_by(notes.c.id)).all()
        return [Note(row.kind, row.written_by, row.written_at, self._seal.open(row.sealed)) for row in rows]

    def _insert_note(self, connection: Connection, reference: str, note: Note, nonce: str) -> bool:
        there = select(handovers.c.id).where(_is(reference), handovers.c.status != "withdrawn")
        handover_id = connection.execute(there.with_for_update()).scalar()
        if handover_id is None:
            return False
        row = {
            "handover_id": handover_id,
            "kind": note.kind,
            "written_by": note.by,
            "written_at": note.at,
            "nonce": hashlib.sha256(nonce.encode("utf-8", "replace")).hexdigest(),
            "sealed": self._seal.close(note.text),
        }
        connection.execute(insert(notes).values(**row))
        return True


def _is(reference: str) -> Any:
    """In any way a person types it."""
    return handovers.c.reference == (read_reference(reference) or "")


def _tombstone(by: str, now: datetime) -> dict[str, Any]:
    return {
        "sealed": ERASED,
        "urgency": "normal",
        "status": "withdrawn",
        "status_changed_at": now,
        "status_changed_by": by,
        "taken_by": None,
        "version": handovers.c.version + 1,
        "expires_at": (now + timedelta(days=TOMBSTONE_DAYS)).date(),
    }
