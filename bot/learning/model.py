"""The tables for learning. Nothing in here can be traced to a conversation."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Integer, LargeBinary, String, Table, UniqueConstraint

from bot.storage.tables import metadata, one_of

VERDICTS = ("up", "down")

reply_counts = Table(
    "reply_counts",
    metadata,
    Column("id", Integer, primary_key=True, comment="Internal only."),
    Column("week", String(8), nullable=False, comment="ISO, such as 2026-W47: no day, no hour."),
    Column("gemeente", String(60), nullable=False, comment="Slug, or empty."),
    Column("category", String(20), nullable=False, comment="Kind of reply, as in the contract."),
    Column("topic", String(80), nullable=False, comment="Slug, or empty."),
    Column("count", Integer, nullable=False, comment="How often that week."),
    UniqueConstraint("week", "gemeente", "category", "topic", name="uq_reply_counts_once"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True, comment="Internal only."),
    Column("week", String(8), nullable=False, comment="ISO: no day, no hour."),
    Column("gemeente", String(60), nullable=False, comment="Slug, or empty."),
    Column("topic", String(80), nullable=False, comment="Slug, or empty."),
    Column("verdict", String(4), nullable=False, comment="up or down."),
    Column("sealed", LargeBinary, comment="Why it did not help, de-identified and encrypted."),
    Column("checked", Boolean, nullable=False, comment="Seen by the second de-identification."),
    CheckConstraint(one_of("verdict", VERDICTS), name="verdict"),
    Index("ix_feedback_week", "week"),
)

unanswered = Table(
    "unanswered",
    metadata,
    Column("id", Integer, primary_key=True, comment="Internal only."),
    Column("week", String(8), nullable=False, comment="ISO: no day, no hour."),
    Column("gemeente", String(60), nullable=False, comment="Slug, or empty."),
    Column("kind", String(20), nullable=False, comment="unknown, clarify or out_of_scope."),
    Column("sealed", LargeBinary, nullable=False, comment="The question, de-identified and encrypted."),
    Column("checked", Boolean, nullable=False, comment="Seen by the second de-identification."),
    Index("ix_unanswered_week", "week"),
)
