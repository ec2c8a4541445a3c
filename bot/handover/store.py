"""The only SQL of the handover. `save` returns after the commit and not before: then it may be confirmed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import Any

import structlog
from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from bot.errors import NotStoredError
from bot.handover.document import HandoverDocument
from bot.handover.model import NO_GEMEENTE_TEAM, STATUSES, handovers, outbox
from bot.handover.reference import new_reference, read_reference
from bot.storage.sealing import Seal

log = structlog.get_logger(__name__)

_DRAWS = 5


@dataclass(frozen=True)
class Stored:
    """Proof that it is in the database. `again` when the same confirmation had come before."""

    reference: str
    created_at: datetime
    again: bool = False


@dataclass(frozen=True)
class StoredHandover:
    """A handover as kept, opened."""

    reference: str
    status: str
    created_at: datetime
    status_changed_at: datetime
    status_changed_by: str | None
    gemeente: str | None
    urgency: str
    expires_at: date
    document: HandoverDocument


def _utc_now() -> datetime:
    return datetime.now(timezone.utc)


class HandoverStore:
    """Saves, finds, lists, marks and erases handovers."""

    def __init__(
        self,
        engine: Engine,
        seal: Seal,
        *,
        clock: Callable[[], datetime] = _utc_now,
        draw_reference: Callable[[], str] = new_reference,
    ) -> None:
        self._engine = engine
        self._seal = seal
        self._clock = clock
        self._draw_reference = draw_reference

    def save(self, document: HandoverDocument, *, idempotency_key: str) -> Stored:
        """Commits the handover and its delivery in one transaction; anything else is NotStoredError."""
        key = hashlib.sha256(idempotency_key.encode("utf-8", "replace")).hexdigest()
        try:
            stored = self._insert_or_find(document, key)
        except Exception as error:
            # Broad on purpose: whatever went wrong, the person must hear that it was not stored, and the way by
            # telephone. Without the cause: the text of a database error repeats the values, and they are the person's.
            reason = type(error).__name__
            log.error("handover.not_stored", reason=reason, handover_id=document.handover_id)
            raise NotStoredError(f"the handover was not stored ({reason})") from None
        log.info("handover.stored", reference=stored.reference, again=stored.again)
        return stored

    def find(self, reference: str) -> StoredHandover | None:
        """By reference, in any way a person types it."""
        known = read_reference(reference)
        if known is None:
            return None
        with self._engine.begin() as connection:
            row = connection.execute(select(handovers).where(handovers.c.reference == known)).first()
        return self._opened(row) if row is not None else None

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
        return [self._opened(row) for row in rows]

    def set_status(self, reference: str, status: str, *, by: str | None = None) -> bool:
        """False when there is no such handover."""
        if status not in STATUSES:
            raise ValueError(f"'{status}' is not one of {', '.join(STATUSES)}")
        change = update(handovers).where(handovers.c.reference == (read_reference(reference) or ""))
        values = {"status": status, "status_changed_at": self._clock(), "status_changed_by": by}
        with self._writing() as connection:
            changed = connection.execute(change.values(**values)).rowcount
        log.info("handover.status", reference=reference, status=status, found=bool(changed))
        return bool(changed)

    def expired(self, today: date) -> Sequence[str]:
        """References of what was to be erased on this day or earlier; the rule is in retention.py."""
        query = select(handovers.c.reference).where(handovers.c.expires_at <= today).order_by(handovers.c.id)
        with self._engine.begin() as connection:
            return list(connection.execute(query).scalars())

    def erase(self, references: Sequence[str]) -> int:
        """Gone for good, with their deliveries. Returns how many there were."""
        with self._writing() as connection:
            erased = sum(
                connection.execute(delete(handovers).where(handovers.c.reference == reference)).rowcount
                for reference in references
            )
        log.info("handover.erased", count=erased)
        return int(erased)

    def _insert_or_find(self, document: HandoverDocument, key: str) -> Stored:
        """Insert first and look after: two confirmations at the same moment cannot both find nothing."""
        sealed = self._seal.close(document.to_json())
        for draw in range(_DRAWS):
            try:
                return self._insert(document, key, sealed)
            except IntegrityError:
                earlier = self._by_key(key)
                if earlier is not None:
                    return earlier
                if draw == _DRAWS - 1:
                    raise
        raise AssertionError("unreachable")

    def _insert(self, document: HandoverDocument, key: str, sealed: bytes) -> Stored:
        now = self._clock()
        reference = self._draw_reference()
        with self._writing() as connection:
            row = self._row(document, now) | {
                "reference": reference,
                "idempotency_hash": key,
                "sealed": sealed,
            }
            inserted = connection.execute(insert(handovers).values(**row)).inserted_primary_key
            connection.execute(insert(outbox).values(**self._delivery(inserted[0], reference, now)))
        return Stored(reference, now)

    def _by_key(self, key: str) -> Stored | None:
        query = select(handovers.c.reference, handovers.c.created_at).where(handovers.c.idempotency_hash == key)
        with self._engine.begin() as connection:
            row = connection.execute(query).first()
        return Stored(row.reference, row.created_at, again=True) if row is not None else None

    def _writing(self) -> Any:
        return _Writing(self._engine)

    def _opened(self, row: Any) -> StoredHandover:
        document = HandoverDocument.from_json(self._seal.open(row.sealed))
        fields = {name: getattr(row, name) for name in StoredHandover.__dataclass_fields__ if name != "document"}
        return StoredHandover(**fields, document=document)

    @staticmethod
    def _row(document: HandoverDocument, now: datetime) -> dict[str, Any]:
        return {
            "schema_version": document.schema_version,
            "gemeente": document.gemeente,
            "team": document.gemeente or NO_GEMEENTE_TEAM,
            "urgency": document.urgency.level,
            "status": "new",
            "created_at": now,
            "status_changed_at": now,
            "expires_at": document.expires_at,
        }

    @staticmethod
    def _delivery(handover_id: int, reference: str, now: datetime) -> dict[str, Any]:
        return {
            "handover_id": handover_id,
            "event": "handover.created",
            "delivery_key": f"{reference}:created",
            "state": "pending",
            "attempts": 0,
            "next_attempt_at": now,
            "created_at": now,
        }


class _Writing:
    """A transaction that takes the write lock at its start and commits when the block ends well."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __enter__(self) -> Connection:
        self._connection = self._engine.connect().execution_options(writes=True)
        try:
            self._transaction = self._connection.begin()
        except BaseException:
            self._connection.close()
            raise
        return self._connection

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        try:
            self._transaction.__exit__(kind, error, trace)
        finally:
            self._connection.close()
