"""Responses that come in other ways."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables; the way back is a backup."""
    op.create_table(
        "submission_recording",
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("taken_in_by_id", sa.Uuid(), nullable=False),
        sa.Column("taken_in_by", sa.String(), nullable=False),
        sa.Column("checked_by_id", sa.Uuid(), nullable=False),
        sa.Column("checked_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_submission_recording__submission_id"),
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_submission_recording")),
    )
