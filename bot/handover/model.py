"""The tables. What is personal sits in one sealed column; only what the list must sort and filter on is in clear."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)
from sqlalchemy.types import TypeDecorator

STATUSES = ("new", "taken", "closed", "withdrawn")
DELIVERY_STATES = ("pending", "delivered", "dead")

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


class UtcDateTime(TypeDecorator[Any]):
    """A moment, always with its zone in Python and always UTC in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(timezone.utc).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Any) -> datetime | None:
        return value.replace(tzinfo=timezone.utc) if value is not None else None


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


handovers = Table(
    "handovers",
    metadata,
    Column("id", Integer, primary_key=True, comment="Internal only; never shown, never in a link."),
    Column("reference", String(10), nullable=False, unique=True, comment="What the person and the team call it."),
    Column(
        "idempotency_hash",
        String(64),
        nullable=False,
        unique=True,
        comment="SHA-256 of the caller's key: the same confirmation twice is one handover. Hashed, since a key "
        "may name a conversation.",
    ),
    Column("schema_version", String(20), nullable=False, comment="Which document version `sealed` holds."),
    Column("gemeente", String(60), comment="Slug, to show each team its own list. Empty when it was not told."),
    Column("urgency", String(20), nullable=False, comment="now, today, three_workdays or normal: sorts the list."),
    Column("status", String(12), nullable=False, comment="new, taken, closed or withdrawn."),
    Column(
        "created_at",
        UtcDateTime,
        nullable=False,
        comment="When it was committed; the promise counts from here.",
    ),
    Column("status_changed_at", UtcDateTime, nullable=False, comment="Since when it has this status."),
    Column("status_changed_by", String(60), comment="Account id of the worker, for accountability. No name."),
    Column(
        "expires_at",
        Date,
        nullable=False,
        comment="The day it may be erased; told to the person in the preview.",
    ),
    Column("sealed", LargeBinary, nullable=False, comment="The whole document, encrypted. All that is personal."),
    CheckConstraint(_one_of("status", STATUSES), name="status"),
    Index("ix_handovers_gemeente_created_at", "gemeente", "created_at"),
    Index("ix_handovers_expires_at", "expires_at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True, comment="The order in which things happened."),
    Column(
        "handover_id",
        Integer,
        ForeignKey("handovers.id", ondelete="CASCADE"),
        nullable=False,
        comment="What must be delivered. Content is read from the handover at delivery, so it is never kept twice.",
    ),
    Column("event", String(30), nullable=False, comment="What happened: handover.created, handover.withdrawn."),
    Column(
        "delivery_key",
        String(80),
        nullable=False,
        unique=True,
        comment="Sent along with each try, so that a receiver can recognise a repeat.",
    ),
    Column(
        "state",
        String(12),
        nullable=False,
        comment="pending, delivered, or dead: gave up, an operator must look.",
    ),
    Column(
        "attempts",
        Integer,
        nullable=False,
        comment="How often it was tried; sets the wait before the next try.",
    ),
    Column("next_attempt_at", UtcDateTime, nullable=False, comment="Not before this moment."),
    Column("created_at", UtcDateTime, nullable=False, comment="In the same transaction as the handover."),
    Column(
        "last_error",
        String(60),
        comment="A code such as `timeout` or `http_503`. Never a message: it may quote.",
    ),
    CheckConstraint(_one_of("state", DELIVERY_STATES), name="state"),
    Index("ix_outbox_state_next_attempt_at", "state", "next_attempt_at"),
    Index("ix_outbox_handover_id", "handover_id"),
)
