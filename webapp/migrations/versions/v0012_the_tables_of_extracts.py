"""Tables to download."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables; the way back is a backup."""
    op.create_table(
        "consultation_extract",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("layout", sa.String(), nullable=False),
        sa.Column("file_format", sa.String(), nullable=False),
        sa.Column("which", sa.String(), nullable=False),
        sa.Column("with_campaigns", sa.Boolean(), nullable=False),
        sa.Column("with_names", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempt", sa.Uuid(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("responses", sa.Integer(), nullable=False),
        sa.Column("rows_made", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words_mark", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(state = 'deleted') = (deleted_at IS NOT NULL)",
            name=op.f("ck_consultation_extract__deleted"),
        ),
        sa.CheckConstraint(
            "(state IN ('making', 'checking')) = (attempt IS NOT NULL)",
            name=op.f("ck_consultation_extract__attempt"),
        ),
        sa.CheckConstraint(
            "file_format IN ('xlsx', 'ods', 'csv', 'jsonl')",
            name=op.f("ck_consultation_extract__file_format"),
        ),
        sa.CheckConstraint(
            "layout IN ('comments', 'responses')", name=op.f("ck_consultation_extract__layout")
        ),
        sa.CheckConstraint(
            "sha256 IS NULL OR state IN ('finished', 'deleted')",
            name=op.f("ck_consultation_extract__checked"),
        ),
        sa.CheckConstraint(
            "state <> 'failed' OR reason <> ''", name=op.f("ck_consultation_extract__reason")
        ),
        sa.CheckConstraint(
            "state <> 'finished' OR sha256 IS NOT NULL",
            name=op.f("ck_consultation_extract__finished"),
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'making', 'checking', 'finished', 'cancelled', 'failed', 'deleted')",
            name=op.f("ck_consultation_extract__state"),
        ),
        sa.CheckConstraint(
            "which IN ('counting', 'all')", name=op.f("ck_consultation_extract__which")
        ),
        sa.CheckConstraint(
            "(sha256 IS NULL) = (size IS NULL)", name=op.f("ck_consultation_extract__outcome")
        ),
        sa.CheckConstraint(
            "sha256 IS NULL OR read_at IS NOT NULL", name=op.f("ck_consultation_extract__read")
        ),
        sa.CheckConstraint(
            "total >= 0 AND responses >= 0 AND rows_made >= 0",
            name=op.f("ck_consultation_extract__progress"),
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_consultation_extract__consultation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["account.id"], name=op.f("fk_consultation_extract__created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_extract")),
    )
    op.create_index(
        op.f("ix_consultation_extract__consultation_id"),
        "consultation_extract",
        ["consultation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_consultation_extract__created_at"),
        "consultation_extract",
        ["created_at"],
        unique=False,
    )
