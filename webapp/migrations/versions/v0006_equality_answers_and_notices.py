"""Equality answers and notices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables; the way back is a backup."""
    op.create_table(
        "equality_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equality_key")),
    )
    op.create_table(
        "equality_count",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("question_set", sa.String(), nullable=False),
        sa.Column("respondent_class", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "respondent_class IN ('individual', 'organisation')",
            name=op.f("ck_equality_count__respondent_class"),
        ),
        sa.CheckConstraint("n > 0", name=op.f("ck_equality_count__n")),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_equality_count__consultation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equality_count")),
        sa.UniqueConstraint(
            "consultation_id",
            "question_set",
            "respondent_class",
            "question",
            "choice",
            name="uq_equality_count__answer",
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "equality_tray",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("question_set", sa.String(), nullable=False),
        sa.Column("respondent_class", sa.String(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "respondent_class IN ('individual', 'organisation')",
            name=op.f("ck_equality_tray__respondent_class"),
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_equality_tray__consultation_id")
        ),
        sa.ForeignKeyConstraint(
            ["key_id"], ["equality_key.id"], name=op.f("fk_equality_tray__key_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equality_tray")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("equality_tray", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_equality_tray__key_id"), ["key_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("account_name", sa.String(), nullable=False),
        sa.Column("recipients", sa.Integer(), nullable=False),
        sa.Column("delivered", sa.Integer(), nullable=False),
        sa.Column("given_up", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "delivered >= 0 AND given_up >= 0 AND delivered + given_up <= recipients",
            name=op.f("ck_notice__counts"),
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_notice__consultation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_notice__consultation_id"), ["consultation_id"], unique=False
        )

    op.create_table(
        "notice_subscriber",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_times", sa.Integer(), nullable=False),
        sa.Column("owes_mail", sa.Boolean(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("is_mixed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("asked_times >= 1", name=op.f("ck_notice_subscriber__asked_times")),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_notice_subscriber__consultation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_subscriber")),
        sa.UniqueConstraint(
            "consultation_id", "email", name=op.f("uq_notice_subscriber__consultation_id_email")
        ),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("notice_subscriber", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_subscriber__email"), ["email"], unique=False)

    op.create_table(
        "notice_delivery",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("subscriber_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["notice.id"],
            name=op.f("fk_notice_delivery__notice_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["subscriber_id"],
            ["notice_subscriber.id"],
            name=op.f("fk_notice_delivery__subscriber_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("notice_id", "subscriber_id", name=op.f("pk_notice_delivery")),
    )
    with op.batch_alter_table("notice_delivery", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_notice_delivery__notice_id_due_at"),
            ["notice_id", "due_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_notice_delivery__subscriber_id"), ["subscriber_id"], unique=False
        )
