"""The tables of a chat with a worker. Texts are sealed, and erased with the conversation."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    text,
)

from bot.storage.tables import UtcDateTime, metadata, one_of

CHAT_STATES = ("asked", "active", "ended", "missed")
SENDERS = ("person", "staff", "assistant")
OPEN = "state IN ('asked', 'active')"

live_chats = Table(
    "live_chats",
    metadata,
    Column("id", String(32), primary_key=True, comment="Random."),
    Column("conversation_hash", String(64), nullable=False, comment="SHA-256 of the number of the conversation."),
    Column("team", String(60), nullable=False, comment="Slug of the team that may see it."),
    Column("gemeente", String(60), comment="Slug, when it was told."),
    Column("audience", String(12), comment="How the person is addressed."),
    Column("state", String(12), nullable=False, comment="asked, active, ended or missed (nobody came)."),
    Column("asked_at", UtcDateTime, nullable=False, comment="When the person asked for a worker."),
    Column("answer_by", UtcDateTime, nullable=False, comment="After this the person gets a call-back instead."),
    Column("joined_at", UtcDateTime, comment="When a worker came in."),
    Column("ended_at", UtcDateTime, comment="When the assistant spoke again."),
    Column("ended_by", String(12), comment="person, staff or time."),
    Column("staff_id", String(12), comment="The account in the chat."),
    Column("staff_name", String(60), comment="First name or role of that account, as the person sees it."),
    Column("reference", String(10), comment="Of a handover from the same conversation."),
    Column("danger", String(20), comment="Gravest level of danger that was said, if any."),
    Column("person_seen_at", UtcDateTime, comment="Last sign of the person's page."),
    Column("person_typed_at", UtcDateTime, comment="Last key press, to show that the other types."),
    Column("staff_seen_at", UtcDateTime, comment="Last sign of the worker's page."),
    Column("staff_typed_at", UtcDateTime, comment="Last key press of the worker."),
    Column("sealed", LargeBinary, comment="What was said before, as far as the person agreed to show it."),
    CheckConstraint(one_of("state", CHAT_STATES), name="state"),
    Index("ix_live_chats_conversation_hash", "conversation_hash"),
    Index("ix_live_chats_team_state", "team", "state"),
)
# One open chat a conversation, also when two processes of the front door are asked at once.
Index(
    "uq_live_chats_open",
    live_chats.c.conversation_hash,
    unique=True,
    sqlite_where=text(OPEN),
    postgresql_where=text(OPEN),
)

live_messages = Table(
    "live_messages",
    metadata,
    Column("id", Integer, primary_key=True, comment="The order for both sides."),
    Column(
        "chat_id",
        String(32),
        ForeignKey("live_chats.id", ondelete="CASCADE"),
        nullable=False,
        comment="Goes when the chat goes.",
    ),
    Column("at", UtcDateTime, nullable=False, comment="When it came in."),
    Column("sender", String(12), nullable=False, comment="person, staff or assistant."),
    Column("client_id", String(128), nullable=False, comment="Of the sender: sent twice is said once."),
    Column("sealed", LargeBinary, nullable=False, comment="The text, encrypted."),
    UniqueConstraint("chat_id", "sender", "client_id", name="uq_live_messages_once"),
    CheckConstraint(one_of("sender", SENDERS), name="sender"),
    Index("ix_live_messages_chat_id", "chat_id", "id"),
)
