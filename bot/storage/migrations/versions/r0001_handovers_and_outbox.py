"""The first tables: handovers, and the outbox that is written in the same transaction."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handovers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("reference", sa.String(10), nullable=False),
        sa.Column("idempotency_hash", sa.String(64), nullable=False),
        sa.Column("schema_version", sa.String(20), nullable=False),
        sa.Column("gemeente", sa.String(60)),
        sa.Column("urgency", sa.String(20), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("status_changed_at", sa.DateTime, nullable=False),
        sa.Column("status_changed_by", sa.String(60)),
        sa.Column("expires_at", sa.Date, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("reference", name="uq_handovers_reference"),
        sa.UniqueConstraint("idempotency_hash", name="uq_handovers_idempotency_hash"),
        sa.CheckConstraint("status IN ('new', 'taken', 'closed', 'withdrawn')", name=op.f("ck_handovers_status")),
    )
    op.create_index("ix_handovers_gemeente_created_at", "handovers", ["gemeente", "created_at"])
    op.create_index("ix_handovers_expires_at", "handovers", ["expires_at"])
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "handover_id",
            sa.Integer,
            sa.ForeignKey("handovers.id", ondelete="CASCADE", name="fk_outbox_handover_id"),
            nullable=False,
        ),
        sa.Column("event", sa.String(30), nullable=False),
        sa.Column("delivery_key", sa.String(80), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt_at", sa.DateTime, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("last_error", sa.String(60)),
        sa.UniqueConstraint("delivery_key", name="uq_outbox_delivery_key"),
        sa.CheckConstraint("state IN ('pending', 'delivered', 'dead')", name=op.f("ck_outbox_state")),
    )
    op.create_index("ix_outbox_state_next_attempt_at", "outbox", ["state", "next_attempt_at"])
    op.create_index("ix_outbox_handover_id", "outbox", ["handover_id"])


def downgrade() -> None:
    op.drop_table("outbox")
    op.drop_table("handovers")
