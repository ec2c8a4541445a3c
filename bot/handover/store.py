"""Saves, finds and erases handovers. `save` returns after the commit and not before: then it may be confirmed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timezone
from typing import Any

import structlog
from sqlalchemy import insert, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from bot.errors import NotStoredError
from bot.handover import expiry
from bot.handover.announcements import announce_created
from bot.handover.code import new_code
from bot.handover.document import HandoverDocument
from bot.handover.model import NO_GEMEENTE_TEAM, NOTE_KINDS, STATUSES, handovers
from bot.handover.own_record import OwnRecord
from bot.handover.reference import new_reference, read_reference
from bot.handover.stored import Note, Stored, StoredHandover, opened
from bot.storage.sealing import Seal
from bot.storage.writing import writing

__all__ = ["HandoverStore", "Note", "Stored", "StoredHandover"]
log = structlog.get_logger(__name__)

_DRAWS = 5


def _utc_now() -> datetime:
    return datetime.now(timezone.utc)


class HandoverStore:
    """All that is done with handovers, but for the work of the team (queue.py) and of who delivers (outbox.py)."""

    def __init__(
        self,
        engine: Engine,
        seal: Seal,
        *,
        clock: Callable[[], datetime] = _utc_now,
        draw_reference: Callable[[], str] = new_reference,
        deliveries: Sequence[str] = ("inbox",),
    ) -> None:
        self._engine = engine
        self._seal = seal
        self._clock = clock
        self._draw_reference = draw_reference
        self._deliveries = tuple(deliveries)
        self._own = OwnRecord(engine, seal)

    def save(self, document: HandoverDocument, *, idempotency_key: str, promised_by: datetime | None = None) -> Stored:
        """Commits the handover and its deliveries in one transaction; anything else is NotStoredError."""
        key = hashlib.sha256(idempotency_key.encode("utf-8", "replace")).hexdigest()
        with _honest("handover.not_stored", handover_id=document.handover_id):
            stored = self._insert_or_find(document, key, promised_by)
        log.info("handover.stored", reference=stored.reference, again=stored.again)
        return stored

    def find(self, reference: str) -> StoredHandover | None:
        """By reference, in any way a person types it."""
        known = read_reference(reference)
        if known is None:
            return None
        with self._engine.begin() as connection:
            row = connection.execute(select(handovers).where(handovers.c.reference == known)).first()
        return opened(row, self._seal) if row is not None else None

    def find_with_code(self, reference: str, code: str) -> StoredHandover | None:
        """For the person. None does not tell which of the two was wrong, nor does the time it takes."""
        row = self._own.row_with_code(reference, code)
        return opened(row, self._seal) if row is not None else None

    def list(
        self, limit: int = 50, *, gemeente: str | None = None, status: str | None = None
    ) -> Sequence[StoredHandover]:
        """The newest first."""
        query = select(handovers).order_by(handovers.c.created_at.desc(), handovers.c.id.desc()).limit(limit)
        if gemeente is not None:
            query = query.where(handovers.c.gemeente == gemeente)
        if status is not None:
            query = query.where(handovers.c.status == status)
        with self._engine.begin() as connection:
            rows = connection.execute(query).all()
        return [opened(row, self._seal) for row in rows]

    def set_status(self, reference: str, status: str, *, by: str | None = None) -> bool:
        """False when there is no such handover, or when it was withdrawn; `withdraw` is the only way to that."""
        if status not in STATUSES or status == "withdrawn":
            raise ValueError(f"'{status}' is not one of {', '.join(STATUSES[:-1])}")
        is_there = (handovers.c.reference == (read_reference(reference) or ""), handovers.c.status != "withdrawn")
        values = {"status": status, "status_changed_at": self._clock(), "status_changed_by": by}
        with writing(self._engine) as connection:
            change = update(handovers).where(*is_there).values(**values, version=handovers.c.version + 1)
            changed = bool(connection.execute(change).rowcount)
        log.info("handover.status", reference=reference, status=status, found=changed)
        return changed

    def change(self, reference: str, document: HandoverDocument, *, by: str, expected_version: int) -> bool:
        """False when the record was changed or withdrawn since it was read. Deliveries are told."""
        with _honest("handover.not_changed", reference=reference):
            changed = self._own.change(reference, document, expected_version, self._clock())
        log.info("handover.changed", reference=reference, by=by, changed=changed)
        return changed

    def withdraw(self, reference: str, *, by: str) -> bool:
        """What was told is gone when this returns. False when there is nothing, or when it was withdrawn before."""
        with _honest("handover.not_withdrawn", reference=reference):
            withdrawn = self._own.withdraw(reference, by, self._clock())
        log.info("handover.withdrawn", reference=reference, by=by, withdrawn=withdrawn)
        return withdrawn

    def add_note(self, reference: str, *, kind: str, by: str, text: str, nonce: str) -> bool:
        """False when this nonce was there, or when there is no such handover (any more)."""
        if kind not in NOTE_KINDS:
            raise ValueError(f"'{kind}' is not one of {', '.join(NOTE_KINDS)}")
        with _honest("handover.note_not_stored", reference=reference):
            added = self._own.add_note(reference, Note(kind, by, self._clock(), text), nonce)
        log.info("handover.note", reference=reference, kind=kind, by=by, added=added)
        return added

    def notes(self, reference: str) -> tuple[Note, ...]:
        """The oldest first."""
        return tuple(self._own.notes(reference))

    def expired(self, today: date) -> Sequence[str]:
        """References of what was to be erased on this day or earlier."""
        return [due.reference for due in self.due(today, {})]

    def due(self, today: date, rules: Mapping[str, int]) -> Sequence[expiry.Due]:
        """What may be erased: past its own date, or past the days that `rules` gives its status."""
        with self._engine.begin() as connection:
            return expiry.due(connection, today, rules)

    def erase(self, references: Sequence[str]) -> int:
        """Gone for good, with their notes and deliveries. Returns how many there were."""
        with writing(self._engine) as connection:
            erased = expiry.erase(connection, references)
        log.info("handover.erased", count=erased)
        return erased

    def _insert_or_find(self, document: HandoverDocument, key: str, promised_by: datetime | None) -> Stored:
        """Insert first and look after: two confirmations at the same moment cannot both find nothing."""
        sealed = self._seal.close(document.to_json())
        for draw in range(_DRAWS):
            try:
                return self._insert(document, {"idempotency_hash": key, "sealed": sealed, "promised_by": promised_by})
            except IntegrityError:
                earlier = self._by_key(key)
                if earlier is not None:
                    return earlier
                if draw == _DRAWS - 1:
                    raise
        raise AssertionError("unreachable")

    def _insert(self, document: HandoverDocument, given: Mapping[str, Any]) -> Stored:
        now, reference, code = self._clock(), self._draw_reference(), new_code()
        own = {"reference": reference, "code_sealed": self._seal.close(code)}
        with writing(self._engine) as connection:
            row = {**_row(document, now), **given, **own}
            handover_id = connection.execute(insert(handovers).values(**row)).inserted_primary_key[0]
            announce_created(connection, handover_id, reference, self._deliveries, now)
        return Stored(reference, now, code=code)

    def _by_key(self, key: str) -> Stored | None:
        query = select(handovers).where(handovers.c.idempotency_hash == key)
        with self._engine.begin() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        code = self._seal.open(row.code_sealed) if row.code_sealed else ""
        return Stored(row.reference, row.created_at, again=True, code=code)


@contextmanager
def _honest(event: str, **ids: str) -> Iterator[None]:
    """Whatever goes wrong is NotStoredError: the person must hear that it was not stored, and the way by telephone."""
    try:
        yield
    except Exception as error:
        # Without the cause: the text of a database error repeats the values, and they are the person's.
        reason = type(error).__name__
        log.error(event, reason=reason, **ids)
        raise NotStoredError(f"the handover was not stored ({reason})") from None


def _row(document: HandoverDocument, now: datetime) -> dict[str, Any]:
    return {
        "schema_version": document.schema_version,
        "gemeente": document.gemeente,
        "team": document.gemeente or NO_GEMEENTE_TEAM,
        "urgency": document.urgency.level,
        "status": "new",
        "version": 1,
        "created_at": now,
        "status_changed_at": now,
        "expires_at": document.expires_at,
    }
