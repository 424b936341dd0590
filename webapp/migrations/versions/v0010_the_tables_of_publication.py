"""Moderation, and what is published."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables; the way back is a backup."""
    op.create_table(
        "original_reading",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("account_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_original_reading__consultation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_original_reading__submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_original_reading")),
    )
    with op.batch_alter_table("original_reading", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_original_reading__consultation_id"), ["consultation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_original_reading__submission_id"), ["submission_id"], unique=False
        )

    op.create_table(
        "ruling",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("permission_number", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("account_name", sa.String(), nullable=False),
        sa.CheckConstraint("outcome IN ('publish', 'withhold')", name=op.f("ck_ruling__outcome")),
        sa.CheckConstraint("accepted >= 0 AND refused >= 0", name=op.f("ck_ruling__suggestions")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_ruling__number")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_ruling__consultation_id")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_ruling__submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling")),
        sa.UniqueConstraint("id", "account_id", name=op.f("uq_ruling__id_account_id")),
        sa.UniqueConstraint(
            "submission_id", "number", name=op.f("uq_ruling__submission_id_number")
        ),
    )
    with op.batch_alter_table("ruling", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ruling__consultation_id"), ["consultation_id"], unique=False
        )

    op.create_table(
        "ruling_span",
        sa.Column("ruling_id", sa.Uuid(), nullable=False),
        sa.Column("passage", sa.String(), nullable=False),
        sa.Column("start_point", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("end_point", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("text_digest", sa.String(), nullable=False),
        sa.Column("text_length", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "reason IN ('personal', 'somebody-else', 'defamatory', 'offensive', 'confidential', 'other')",
            name=op.f("ck_ruling_span__reason"),
        ),
        sa.CheckConstraint(
            "0 <= start_point AND start_point < end_point AND end_point <= text_length",
            name=op.f("ck_ruling_span__inside"),
        ),
        sa.ForeignKeyConstraint(
            ["ruling_id"], ["ruling.id"], name=op.f("fk_ruling_span__ruling_id")
        ),
        sa.PrimaryKeyConstraint(
            "ruling_id", "passage", "start_point", "end_point", name=op.f("pk_ruling_span")
        ),
    )
    op.create_table(
        "second_look",
        sa.Column("ruling_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("account_name", sa.String(), nullable=False),
        sa.CheckConstraint(
            "verdict = 'approved' OR reason <> ''", name=op.f("ck_second_look__reason")
        ),
        sa.CheckConstraint(
            "verdict IN ('approved', 'sent-back')", name=op.f("ck_second_look__verdict")
        ),
        sa.CheckConstraint("account_id <> proposed_by", name=op.f("ck_second_look__two_people")),
        sa.ForeignKeyConstraint(
            ["ruling_id", "proposed_by"],
            ["ruling.id", "ruling.account_id"],
            name=op.f("fk_second_look__ruling_id_proposed_by"),
        ),
        sa.PrimaryKeyConstraint("ruling_id", name=op.f("pk_second_look")),
    )
