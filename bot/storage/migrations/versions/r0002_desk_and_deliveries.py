"""Teams, promises, notes; ways of delivery; accounts and their log; chats with a worker; what is learned.

The table of handovers is extended in place: making it anew would drop the rows that hang on it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = """
CREATE TRIGGER audit_no_{name} BEFORE {event} ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END
"""
APPEND_ONLY_POSTGRESQL = """
CREATE FUNCTION audit_is_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'the audit log is only added to'; END; $$ LANGUAGE plpgsql;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
"""


def upgrade() -> None:
    _extend_handovers()
    _extend_outbox()
    _new_tables()
    _protect_audit()


def _extend_handovers() -> None:
    op.add_column("handovers", sa.Column("team", sa.String(60), nullable=False, server_default="algemeen"))
    op.add_column("handovers", sa.Column("promised_by", sa.DateTime))
    op.add_column("handovers", sa.Column("taken_by", sa.String(12)))
    op.add_column("handovers", sa.Column("version", sa.Integer, nullable=False, server_default="1"))
    op.add_column("handovers", sa.Column("code_sealed", sa.LargeBinary))
    op.create_index("ix_handovers_team_status", "handovers", ["team", "status"])
    op.execute("UPDATE handovers SET team = gemeente WHERE gemeente IS NOT NULL")


def _extend_outbox() -> None:
    with op.batch_alter_table("outbox") as batch:
        batch.add_column(sa.Column("delivery", sa.String(30), nullable=False, server_default="inbox"))
        batch.add_column(sa.Column("delivered_at", sa.DateTime))
        batch.add_column(sa.Column("leased_by", sa.String(40)))
        batch.add_column(sa.Column("leased_until", sa.DateTime))
        batch.drop_constraint(op.f("ck_outbox_state"), type_="check")
        batch.create_check_constraint(op.f("ck_outbox_state"), "state IN ('pending', 'delivered', 'dead', 'cancelled')")


def _one_open_chat() -> None:
    is_open = sa.text("state IN ('asked', 'active')")
    op.create_index(
        "uq_live_chats_open",
        "live_chats",
        ["conversation_hash"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def _protect_audit() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(APPEND_ONLY_POSTGRESQL)
        return
    for event in ("UPDATE", "DELETE"):
        op.execute(APPEND_ONLY.format(name=event.lower(), event=event))


def _new_tables() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(length=12), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=10)),
        sa.Column("detail", sa.String(length=60)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit") as batch:
        batch.create_index("ix_audit_at", ["at"])
        batch.create_index("ix_audit_reference", ["reference"])

    op.create_table(
        "ended_sessions",
        sa.Column("id_hash", sa.String(length=64), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_ended_sessions")),
    )
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("gemeente", sa.String(length=60), nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("verdict", sa.String(length=4), nullable=False),
        sa.Column("sealed", sa.LargeBinary()),
        sa.Column("checked", sa.Boolean(), nullable=False),
        sa.CheckConstraint("verdict IN ('up', 'down')", name=op.f("ck_feedback_verdict")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
    )
    with op.batch_alter_table("feedback") as batch:
        batch.create_index("ix_feedback_week", ["week"])

    op.create_table(
        "live_chats",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("conversation_hash", sa.String(length=64), nullable=False),
        sa.Column("team", sa.String(length=60), nullable=False),
        sa.Column("gemeente", sa.String(length=60)),
        sa.Column("audience", sa.String(length=12)),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("answer_by", sa.DateTime(), nullable=False),
        sa.Column("joined_at", sa.DateTime()),
        sa.Column("ended_at", sa.DateTime()),
        sa.Column("ended_by", sa.String(length=12)),
        sa.Column("staff_id", sa.String(length=12)),
        sa.Column("staff_name", sa.String(length=60)),
        sa.Column("reference", sa.String(length=10)),
        sa.Column("danger", sa.String(length=20)),
        sa.Column("person_seen_at", sa.DateTime()),
        sa.Column("person_typed_at", sa.DateTime()),
        sa.Column("staff_seen_at", sa.DateTime()),
        sa.Column("staff_typed_at", sa.DateTime()),
        sa.Column("sealed", sa.LargeBinary()),
        sa.CheckConstraint("state IN ('asked', 'active', 'ended', 'missed')", name=op.f("ck_live_chats_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_chats")),
    )
    with op.batch_alter_table("live_chats") as batch:
        batch.create_index("ix_live_chats_conversation_hash", ["conversation_hash"])
        batch.create_index("ix_live_chats_team_state", ["team", "state"])
    _one_open_chat()

    op.create_table(
        "reply_counts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("gemeente", sa.String(length=60), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_counts")),
        sa.UniqueConstraint("week", "gemeente", "category", "topic", name="uq_reply_counts_once"),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("shown_name", sa.String(length=60), nullable=False),
        sa.Column("team", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("password_hash", sa.String(length=200)),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("totp_sealed", sa.LargeBinary()),
        sa.Column("totp_last", sa.Integer(), nullable=False),
        sa.Column("openid_subject", sa.String(length=200)),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime()),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime()),
        sa.CheckConstraint("role IN ('medewerker', 'coordinator', 'beheerder')", name=op.f("ck_staff_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("login", name=op.f("uq_staff_login")),
        sa.UniqueConstraint("openid_subject", name=op.f("uq_staff_openid_subject")),
    )
    with op.batch_alter_table("staff") as batch:
        batch.create_index("ix_staff_team", ["team"])

    op.create_table(
        "unanswered",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("gemeente", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("checked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unanswered")),
    )
    with op.batch_alter_table("unanswered") as batch:
        batch.create_index("ix_unanswered_week", ["week"])

    op.create_table(
        "live_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("sender", sa.String(length=12), nullable=False),
        sa.Column("client_id", sa.String(length=128), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("sender IN ('person', 'staff', 'assistant')", name=op.f("ck_live_messages_sender")),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["live_chats.id"], name=op.f("fk_live_messages_chat_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_messages")),
        sa.UniqueConstraint("chat_id", "sender", "client_id", name="uq_live_messages_once"),
    )
    with op.batch_alter_table("live_messages") as batch:
        batch.create_index("ix_live_messages_chat_id", ["chat_id", "id"])

    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("written_by", sa.String(length=12), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind IN ('note', 'addition', 'correction')", name=op.f("ck_notes_kind")),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handovers.id"], name=op.f("fk_notes_handover_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
        sa.UniqueConstraint("nonce", name=op.f("uq_notes_nonce")),
    )
    with op.batch_alter_table("notes") as batch:
        batch.create_index("ix_notes_handover_id", ["handover_id"])


def downgrade() -> None:
    raise NotImplementedError("a backup from before is the way back: going down would erase notes and accounts")
