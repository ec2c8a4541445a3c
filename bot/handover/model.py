"""The tables. What is personal sits in one sealed column; only what the list must sort and filter on is in clear."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
)

from bot.storage.tables import UtcDateTime, metadata, one_of

STATUSES = ("new", "taken", "closed", "withdrawn")
DELIVERY_STATES = ("pending", "delivered", "dead", "cancelled")
NOTE_KINDS = ("note", "addition", "correction")
NO_GEMEENTE_TEAM = "algemeen"
"""The team that reads what names no municipality."""

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
    Column(
        "team",
        String(60),
        nullable=False,
        server_default=NO_GEMEENTE_TEAM,
        comment="Slug of the team that may see it: that of the municipality, or the one it was handed on to.",
    ),
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
    Column("promised_by", UtcDateTime, comment="What the person was told: answered before this moment."),
    Column("taken_by", String(12), comment="Id of the account that took it up."),
    Column(
        "version",
        Integer,
        nullable=False,
        server_default="1",
        comment="Counts changes: who acts on an older page is told so.",
    ),
    Column("code_sealed", LargeBinary, comment="The code with which the person finds it back, encrypted."),
    Column(
        "sealed",
        LargeBinary,
        nullable=False,
        comment="The whole document, encrypted. All that is personal. No bytes once it was withdrawn.",
    ),
    CheckConstraint(one_of("status", STATUSES), name="status"),
    Index("ix_handovers_gemeente_created_at", "gemeente", "created_at"),
    Index("ix_handovers_expires_at", "expires_at"),
    Index("ix_handovers_team_status", "team", "status"),
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
    Column(
        "event",
        String(30),
        nullable=False,
        comment="What happened: handover.created, handover.changed or handover.withdrawn.",
    ),
    Column(
        "delivery",
        String(30),
        nullable=False,
        server_default="inbox",
        comment="Which way it goes: a name of bot/handover/delivery.",
    ),
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
        comment="pending, delivered, cancelled (withdrawn before it went), or dead: gave up, somebody must look.",
    ),
    Column(
        "attempts",
        Integer,
        nullable=False,
        comment="How often it was tried; sets the wait before the next try.",
    ),
    Column("next_attempt_at", UtcDateTime, nullable=False, comment="Not before this moment."),
    Column("created_at", UtcDateTime, nullable=False, comment="In the same transaction as the handover."),
    Column("delivered_at", UtcDateTime, comment="When the receiver said that it has it."),
    Column("leased_by", String(40), comment="The worker process that is trying now."),
    Column("leased_until", UtcDateTime, comment="After this moment another worker may try: the first one died."),
    Column(
        "last_error",
        String(60),
        comment="A code such as `timeout` or `http_503`. Never a message: it may quote.",
    ),
    CheckConstraint(one_of("state", DELIVERY_STATES), name="state"),
    Index("ix_outbox_state_next_attempt_at", "state", "next_attempt_at"),
    Index("ix_outbox_handover_id", "handover_id"),
)

notes = Table(
    "notes",
    metadata,
    Column("id", Integer, primary_key=True, comment="The order in which they were written."),
    Column(
        "handover_id",
        Integer,
        ForeignKey("handovers.id", ondelete="CASCADE"),
        nullable=False,
        comment="Goes when the handover goes.",
    ),
    Column("kind", String(12), nullable=False, comment="note (of the team), addition or correction (of the person)."),
    Column("written_by", String(12), nullable=False, comment="Account id of the worker, or `person`."),
    Column("written_at", UtcDateTime, nullable=False, comment="When it was committed."),
    Column("nonce", String(64), nullable=False, unique=True, comment="Of the form: sent twice is written once."),
    Column("sealed", LargeBinary, nullable=False, comment="The text, encrypted."),
    CheckConstraint(one_of("kind", NOTE_KINDS), name="kind"),
    Index("ix_notes_handover_id", "handover_id"),
)
