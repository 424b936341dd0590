"""Holds, erasures and their journal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

UNWRITTEN = sa.text("written_at IS NULL")


def upgrade() -> None:
    """Change the tables; the way back is a backup."""
    op.create_table(
        "erasure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_erasure__unwritten",
        "erasure",
        ["happened_at"],
        sqlite_where=UNWRITTEN,
        postgresql_where=UNWRITTEN,
    )
    op.create_table(
        "hold_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("account_name", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('placed', 'lifted')", name=op.f("ck_hold_event__kind")),
        sa.CheckConstraint(
            "number >= 1 AND (kind = 'placed') = (number % 2 = 1)",
            name=op.f("ck_hold_event__turn"),
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_hold_event__reason")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold_event")),
        sa.UniqueConstraint("subject_id", "number", name=op.f("uq_hold_event__subject_id_number")),
    )
    op.create_table(
        "erasure_warning",
        sa.Column("class_key", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("warned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_from", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("class_key", "subject_id", name=op.f("pk_erasure_warning")),
    )
    op.create_table(
        "erasure_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("class_key", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("erased", sa.Integer(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.CheckConstraint("erased >= 0", name=op.f("ck_erasure_record__erased")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_record")),
    )
    op.create_index(op.f("ix_erasure_record__subject_id"), "erasure_record", ["subject_id"])
