"""The tables of the desk: accounts of workers, and the log to which is only ever added."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Integer, LargeBinary, String, Table

from bot.storage.tables import UtcDateTime, metadata, one_of

ROLES = ("medewerker", "coordinator", "beheerder")

staff = Table(
    "staff",
    metadata,
    Column("id", String(12), primary_key=True, comment="Random; what other tables and the log call this account."),
    Column("login", String(60), nullable=False, unique=True, comment="In small letters."),
    Column("shown_name", String(60), nullable=False, comment="First name or role, as a person in the chat sees it."),
    Column("team", String(60), nullable=False, comment="Slug of the team whose handovers this account sees."),
    Column("role", String(12), nullable=False, comment="medewerker, coordinator or beheerder."),
    Column("password_hash", String(200), comment="argon2id; empty for who signs in elsewhere."),
    Column("must_change", Boolean, nullable=False, comment="The password was given by somebody else."),
    Column("totp_sealed", LargeBinary, comment="Secret of the one-time codes, encrypted; empty until set up."),
    Column("totp_last", Integer, nullable=False, comment="Period of the last accepted code: none counts twice."),
    Column("openid_subject", String(200), unique=True, comment="Who this is at the municipality's own sign-in."),
    Column("failures", Integer, nullable=False, comment="Wrong passwords or codes since the last right one."),
    Column("locked_until", UtcDateTime, comment="No sign-in before this moment."),
    Column("active", Boolean, nullable=False, comment="May sign in."),
    Column("epoch", Integer, nullable=False, comment="Raised to end every session of this account."),
    Column("created_at", UtcDateTime, nullable=False, comment="When the account was made."),
    Column("seen_at", UtcDateTime, comment="Last time a page of the desk was open: is anybody there."),
    CheckConstraint(one_of("role", ROLES), name="role"),
    Index("ix_staff_team", "team"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, comment="The order in which things happened."),
    Column("at", UtcDateTime, nullable=False, comment="When."),
    Column("actor", String(12), nullable=False, comment="Account id, `person`, `operator` or `worker`."),
    Column("action", String(40), nullable=False, comment="Such as handover.seen, handover.taken, login.failed."),
    Column("reference", String(10), comment="Of the handover, if it is about one."),
    Column("detail", String(60), comment="A slug or id; never text of a person."),
    Index("ix_audit_reference", "reference"),
    Index("ix_audit_at", "at"),
)

ended_sessions = Table(
    "ended_sessions",
    metadata,
    Column("id_hash", String(64), primary_key=True, comment="SHA-256 of the number of a session, or of a sign-in."),
    Column("until", UtcDateTime, nullable=False, comment="It would have ended by itself then: the row may go."),
)
