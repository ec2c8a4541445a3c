"""The work of a team on its handovers: see what waits, open, take up, write down, hand on, close.

Every change names the team of the worker and the version of the page that it was decided on in its WHERE. The line in
the audit log is written in the same transaction: nothing is seen or done that is not in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import func, insert, literal, select, update
from sqlalchemy.engine import Connection, Engine

from bot.handover.announcements import announce_changed
from bot.handover.model import handovers, notes
from bot.handover.stored import Note, StoredHandover, opened
from bot.handover.team_list import PERSON, TeamList, row_of
from bot.handover.working import (
    MOVES,
    Audit,
    ChangedMeanwhileError,
    NobodyThereError,
    NoSuchHandoverError,
    NotYoursError,
    Step,
    Worker,
    check_may,
    checked_note,
)
from bot.storage.sealing import Seal
from bot.storage.writing import writing

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Opened:
    """A handover that a worker looks at."""

    handover: StoredHandover
    notes: tuple[Note, ...] = field(repr=False)

    @property
    def person_wrote_at(self) -> datetime | None:
        return max((note.at for note in self.notes if note.by == PERSON), default=None)


class HandoverQueue(TeamList):
    """One for all teams; the worker that is given says which part of it exists."""

    def __init__(
        self,
        engine: Engine,
        seal: Seal,
        audit: Audit,
        *,
        clock: Callable[[], datetime],
        anybody_at: Callable[[str], bool],
        works_at: Callable[[str, str], bool] = lambda account, team: True,
    ) -> None:
        super().__init__(engine, seal)
        self._audit = audit
        self._clock = clock
        self._anybody_at = anybody_at
        self._works_at = works_at

    def look(self, worker: Worker, reference: str, *, action: str = "handover.seen") -> Opened:
        """Opens it. That it was seen is committed before anybody sees it."""
        with writing(self._engine) as connection:
            row = self._demanded(connection, worker, reference)
            self._audit.record(worker.id, action, row.reference, connection=connection)
            written = connection.execute(select(notes).where(notes.c.handover_id == row.id).order_by(notes.c.id)).all()
        return Opened(opened(row, self._seal), tuple(self._note(one) for one in written))

    def take(self, worker: Worker, reference: str, *, expected_version: int) -> None:
        self._move("take", worker, reference, expected_version, taken_by=worker.id)

    def release(self, worker: Worker, reference: str, *, expected_version: int) -> None:
        self._move("release", worker, reference, expected_version, taken_by=None)

    def close(self, worker: Worker, reference: str, *, expected_version: int, note: str = "", nonce: str = "") -> None:
        """With a last note or without: it stays readable who did it."""
        text = checked_note(note) if note.strip() else None
        self._move("close", worker, reference, expected_version, note=text, nonce=nonce)

    def reopen(self, worker: Worker, reference: str, *, expected_version: int) -> None:
        self._move("reopen", worker, reference, expected_version, taken_by=worker.id)

    def hand_on(
        self,
        worker: Worker,
        reference: str,
        *,
        expected_version: int,
        to_team: str,
        reason: str,
        nonce: str,
        promised_by: datetime | None = None,
    ) -> None:
        """To another team, as new, with all notes and the reason.

        What the person was told still holds: it was not the person who moved. `promised_by`, by the hours of the new
        team, counts only where nothing was promised yet.
        """
        text = checked_note(reason)
        if to_team == worker.team or not self._anybody_at(to_team):
            raise NobodyThereError(f"nobody at {to_team} could read it")
        changes = {"team": to_team, "taken_by": None}
        column = handovers.c.promised_by
        promise = func.coalesce(column, literal(promised_by, column.type))
        self._move(
            "hand_on", worker, reference, expected_version, note=text, nonce=nonce, promised_by=promise, **changes
        )

    def add_note(self, worker: Worker, reference: str, *, text: str, nonce: str) -> bool:
        """False when this form was sent before. Needs no version: whatever a colleague did, a note stays true."""
        note = checked_note(text)
        with writing(self._engine) as connection:
            row = self._demanded(connection, worker, reference)
            if row.status == "withdrawn":
                raise ChangedMeanwhileError("it was withdrawn: nothing more is kept")
            added = self._write_note(connection, worker, row, note, nonce)
        log.info("handover.noted", reference=row.reference, by=worker.id, added=added)
        return added

    def holder(self, team: str, taken_by: str | None) -> str | None:
        """Who keeps it from colleagues: nobody once that account is closed or moved, or it would lie there for ever."""
        return taken_by if taken_by is not None and self._works_at(taken_by, team) else None

    def _move(self, step: Step, worker: Worker, reference: str, version: int, **changes: Any) -> None:
        try:
            self._moved(step, worker, reference, version, **changes)
        except NotYoursError as refused:
            if self.holder(worker.team, refused.holder) is not None:
                raise
            self._moved(step, replace(worker, coordinator=True), reference, version, **changes)

    def _moved(
        self,
        step: Step,
        worker: Worker,
        reference: str,
        version: int,
        *,
        note: str | None = None,
        nonce: str = "",
        **changes: Any,
    ) -> None:
        move = MOVES[step]
        with writing(self._engine) as connection:
            row = self._demanded(connection, worker, reference)
            if step != "hand_on" and self._is_repeat(row, worker, move.target, version):
                return
            if row.version != version:
                raise ChangedMeanwhileError(f"version {version} was asked for, and it is {row.version} now")
            check_may(worker, move, row.status, row.taken_by)
            self._write(connection, row, worker, status=move.target, **changes)
            if note is not None:
                self._write_note(connection, worker, row, note, nonce)
            detail = changes.get("team")
            self._audit.record(worker.id, move.action, row.reference, detail, connection=connection)
            if "team" in changes:
                # Those who deliver must know that another team is to be told.
                announce_changed(connection, row.id, row.reference, version + 1, self._clock())
        log.info(move.action, reference=row.reference, by=worker.id, team=changes.get("team", row.team))

    @staticmethod
    def _is_repeat(row: Any, worker: Worker, target: str, version: int) -> bool:
        """The same form a second time, such as a double click: it was done, so nothing is wrong."""
        own = row.status_changed_by == worker.id
        return bool(own and row.status == target and row.version == version + 1)

    def _write(self, connection: Connection, row: Any, worker: Worker, **changes: Any) -> None:
        values = {"status_changed_at": self._clock(), "status_changed_by": worker.id, "version": row.version + 1}
        is_as_seen = (handovers.c.id == row.id, handovers.c.team == worker.team, handovers.c.version == row.version)
        if not connection.execute(update(handovers).where(*is_as_seen).values({**values, **changes})).rowcount:
            raise ChangedMeanwhileError("somebody else was first")

    def _write_note(self, connection: Connection, worker: Worker, row: Any, text: str, nonce: str) -> bool:
        """Once for every form; the same form with other words (gone back and mended) is another note."""
        once = hashlib.sha256(f"{worker.id} {nonce} {text}".encode("utf-8", "replace")).hexdigest()
        if connection.execute(select(notes.c.id).where(notes.c.nonce == once)).first() is not None:
            return False
        values = {
            "handover_id": row.id,
            "kind": "note",
            "written_by": worker.id,
            "written_at": self._clock(),
            "nonce": once,
            "sealed": self._seal.close(text),
        }
        connection.execute(insert(notes).values(**values))
        self._audit.record(worker.id, "handover.noted", row.reference, connection=connection)
        return True

    def _demanded(self, connection: Connection, worker: Worker, reference: str) -> Any:
        row = row_of(connection, worker.team, reference, lock=True)
        if row is None:
            raise NoSuchHandoverError("no such handover at this team")
        return row

    def _note(self, row: Any) -> Note:
        return Note(row.kind, row.written_by, row.written_at, self._seal.open(row.sealed))
