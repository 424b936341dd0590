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
    _items()
    _transcriptions()
    _imports()


def _items() -> None:
    op.create_table(
        "intake_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_time_known", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=True),
        sa.Column("reference", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(state = 'taken') = (reference <> '')", name=op.f("ck_intake_item__reference")
        ),
        sa.CheckConstraint(
            "(state = 'taken') = (submission_id IS NOT NULL)", name=op.f("ck_intake_item__taken")
        ),
        sa.CheckConstraint(
            "channel IN ('email', 'letter', 'meeting', 'telephone', 'form')",
            name=op.f("ck_intake_item__channel"),
        ),
        sa.CheckConstraint(
            "round >= 1 OR state NOT IN ('checking', 'taken')", name=op.f("ck_intake_item__round")
        ),
        sa.CheckConstraint(
            "state IN ('transcribing', 'checking', 'taken', 'removed')",
            name=op.f("ck_intake_item__state"),
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_intake_item__consultation_id")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_intake_item__submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_item")),
        sa.UniqueConstraint(
            "consultation_id", "number", name=op.f("uq_intake_item__consultation_id_number")
        ),
        sa.UniqueConstraint("submission_id", name=op.f("uq_intake_item__submission_id")),
    )
    op.create_table(
        "intake_source",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["intake_item.id"], name=op.f("fk_intake_source__item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_source")),
        sa.UniqueConstraint("item_id", "sha256", name=op.f("uq_intake_source__item_id_sha256")),
    )
    op.create_table(
        "intake_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("account_name", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('received', 'attached', 'detached', 'read', 'finished', 'sent-back', 'approved', 'read-again', 'removed')",
            name=op.f("ck_intake_event__kind"),
        ),
        sa.CheckConstraint(
            "kind NOT IN ('sent-back', 'removed', 'read-again') OR reason <> ''",
            name=op.f("ck_intake_event__reason"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["intake_item.id"], name=op.f("fk_intake_event__item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_event")),
        sa.UniqueConstraint("item_id", "number", name=op.f("uq_intake_event__item_id_number")),
    )


def _transcriptions() -> None:
    op.create_table(
        "intake_respondent",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("responds_as", sa.String(), nullable=False),
        sa.Column("respondent_class", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("publish", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("gathered", sa.Text(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("interest", sa.String(), nullable=False),
        sa.Column("interests", sa.Text(), nullable=False),
        sa.Column("chosen", sa.Text(), nullable=False),
        sa.Column("positions", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["intake_item.id"], name=op.f("fk_intake_respondent__item_id")
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_intake_respondent")),
    )
    op.create_table(
        "intake_answer",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("item_key", sa.String(), nullable=False),
        sa.Column("question_key", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("is_read", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["intake_item.id"], name=op.f("fk_intake_answer__item_id")
        ),
        sa.PrimaryKeyConstraint(
            "item_id", "item_key", "question_key", "position", name=op.f("pk_intake_answer")
        ),
    )
    op.create_table(
        "intake_typist",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("account_name", sa.String(), nullable=False),
        sa.Column("typed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["intake_item.id"], name=op.f("fk_intake_typist__item_id")
        ),
        sa.PrimaryKeyConstraint("item_id", "account_id", name=op.f("pk_intake_typist")),
    )


def _imports() -> None:
    op.create_table(
        "intake_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("responses", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by_id", sa.Uuid(), nullable=False),
        sa.Column("uploaded_by", sa.String(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_by_id", sa.Uuid(), nullable=True),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('taking', 'taken')) = (taken_by_id IS NOT NULL)",
            name=op.f("ck_intake_import__taken_by"),
        ),
        sa.CheckConstraint(
            "state <> 'taken' OR done = responses", name=op.f("ck_intake_import__whole")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'taking', 'taken', 'discarded')",
            name=op.f("ck_intake_import__state"),
        ),
        sa.CheckConstraint(
            "responses >= 1 AND done BETWEEN 0 AND responses", name=op.f("ck_intake_import__count")
        ),
        sa.CheckConstraint(
            "taken_by_id <> uploaded_by_id", name=op.f("ck_intake_import__second_person")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_intake_import__consultation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_import")),
        sa.UniqueConstraint(
            "consultation_id", "number", name=op.f("uq_intake_import__consultation_id_number")
        ),
    )
    op.create_table(
        "intake_imported",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["intake_import.id"], name=op.f("fk_intake_imported__import_id")
        ),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_intake_imported")),
        sa.UniqueConstraint("import_id", "key", name=op.f("uq_intake_imported__import_id_key")),
    )
    op.create_table(
        "intake_key",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_intake_key__consultation_id")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_intake_key__submission_id")
        ),
        sa.PrimaryKeyConstraint("consultation_id", "key_hash", name=op.f("pk_intake_key")),
    )
