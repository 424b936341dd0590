"""The files of reviews."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables; the way back is a backup."""
    op.create_table(
        "file_hold",
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("holder_id", name=op.f("pk_file_hold")),
    )
    with op.batch_alter_table("file_hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_file_hold__sha256"), ["sha256"], unique=False)

    op.create_table(
        "review_attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("typist_id", sa.Uuid(), nullable=True),
        sa.Column("typist_relation", sa.String(), nullable=True),
        sa.CheckConstraint(
            "state IN ('attached', 'finished', 'confirmed', 'removed')",
            name=op.f("ck_review_attachment__state"),
        ),
        sa.CheckConstraint(
            "(typist_id IS NULL) = (typist_relation IS NULL)",
            name=op.f("ck_review_attachment__typist"),
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_review_attachment__review_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_attachment")),
    )
    with op.batch_alter_table("review_attachment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_review_attachment__review_id"), ["review_id"], unique=False
        )
        batch_op.create_index(
            "uq_review_attachment__kept",
            ["review_id", "sha256"],
            unique=True,
            sqlite_where=sa.text("state <> 'removed'"),
            postgresql_where=sa.text("state <> 'removed'"),
        )

    op.create_table(
        "review_copy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("identifier", sa.String(), nullable=False),
        sa.Column("base", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_review_copy__review_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_copy")),
        sa.UniqueConstraint(
            "identifier", "review_id", name=op.f("uq_review_copy__identifier_review_id")
        ),
    )
    with op.batch_alter_table("review_copy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_copy__review_id"), ["review_id"], unique=False)

    op.create_table(
        "review_upload",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("sender_id", sa.Uuid(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("copy", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_taken", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_review_upload__review_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_upload")),
    )
    with op.batch_alter_table("review_upload", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_review_upload__review_id"), ["review_id"], unique=False
        )

    op.create_table(
        "review_attachment_text",
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("attached_by", sa.String(), nullable=False),
        sa.Column("typed_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["review_attachment.id"],
            name=op.f("fk_review_attachment_text__attachment_id"),
        ),
        sa.PrimaryKeyConstraint("attachment_id", name=op.f("pk_review_attachment_text")),
    )
    op.create_table(
        "review_copy_answer",
        sa.Column("copy_id", sa.Uuid(), nullable=False),
        sa.Column("item_key", sa.String(), nullable=False),
        sa.Column("question_key", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["copy_id"], ["review_copy.id"], name=op.f("fk_review_copy_answer__copy_id")
        ),
        sa.PrimaryKeyConstraint(
            "copy_id", "item_key", "question_key", name=op.f("pk_review_copy_answer")
        ),
    )
    op.create_table(
        "review_taking",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("upload_id", sa.Uuid(), nullable=True),
        sa.Column("attachment_id", sa.Uuid(), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("copy", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(upload_id IS NULL) <> (attachment_id IS NULL)",
            name=op.f("ck_review_taking__one_source"),
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["review_attachment.id"],
            name=op.f("fk_review_taking__attachment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["review_event.id"], name=op.f("fk_review_taking__event_id")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_review_taking__review_id")
        ),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["review_upload.id"], name=op.f("fk_review_taking__upload_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_taking")),
        sa.UniqueConstraint("attachment_id", name=op.f("uq_review_taking__attachment_id")),
        sa.UniqueConstraint("event_id", name=op.f("uq_review_taking__event_id")),
        sa.UniqueConstraint("review_id", "sha256", name=op.f("uq_review_taking__review_id_sha256")),
        sa.UniqueConstraint("upload_id", name=op.f("uq_review_taking__upload_id")),
    )
    op.create_table(
        "review_upload_text",
        sa.Column("upload_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["review_upload.id"], name=op.f("fk_review_upload_text__upload_id")
        ),
        sa.PrimaryKeyConstraint("upload_id", name=op.f("pk_review_upload_text")),
    )
    op.create_table(
        "transcribed_text",
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("item_key", sa.String(), nullable=False),
        sa.Column("question_key", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("choices", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("typed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["review_attachment.id"],
            name=op.f("fk_transcribed_text__attachment_id"),
        ),
        sa.PrimaryKeyConstraint(
            "attachment_id", "item_key", "question_key", name=op.f("pk_transcribed_text")
        ),
    )
    op.create_table(
        "transcription",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("typist_id", sa.Uuid(), nullable=False),
        sa.Column("typist_relation", sa.String(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["review_attachment.id"],
            name=op.f("fk_transcription__attachment_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcription")),
        sa.UniqueConstraint(
            "attachment_id", "round", name=op.f("uq_transcription__attachment_id_round")
        ),
        sa.UniqueConstraint(
            "id",
            "typist_id",
            "typist_relation",
            name=op.f("uq_transcription__id_typist_id_typist_relation"),
        ),
    )
    op.create_table(
        "review_save_origin",
        sa.Column("save_id", sa.Uuid(), nullable=False),
        sa.Column("taking_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["save_id"], ["review_save.id"], name=op.f("fk_review_save_origin__save_id")
        ),
        sa.ForeignKeyConstraint(
            ["taking_id"], ["review_taking.id"], name=op.f("fk_review_save_origin__taking_id")
        ),
        sa.PrimaryKeyConstraint("save_id", name=op.f("pk_review_save_origin")),
    )
    with op.batch_alter_table("review_save_origin", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_review_save_origin__taking_id"), ["taking_id"], unique=False
        )

    op.create_table(
        "transcription_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("transcription_id", sa.Uuid(), nullable=False),
        sa.Column("typist_id", sa.Uuid(), nullable=False),
        sa.Column("typist_relation", sa.String(), nullable=False),
        sa.Column("checker_id", sa.Uuid(), nullable=False),
        sa.Column("checker_relation", sa.String(), nullable=False),
        sa.Column("is_right", sa.Boolean(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "checker_id <> typist_id", name=op.f("ck_transcription_check__another_person")
        ),
        sa.CheckConstraint(
            "checker_relation <> typist_relation",
            name=op.f("ck_transcription_check__another_relation"),
        ),
        sa.ForeignKeyConstraint(
            ["transcription_id", "typist_id", "typist_relation"],
            ["transcription.id", "transcription.typist_id", "transcription.typist_relation"],
            name="fk_transcription_check__typist",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcription_check")),
        sa.UniqueConstraint(
            "transcription_id", name=op.f("uq_transcription_check__transcription_id")
        ),
    )
    op.create_table(
        "transcription_check_text",
        sa.Column("check_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_id"],
            ["transcription_check.id"],
            name=op.f("fk_transcription_check_text__check_id"),
        ),
        sa.PrimaryKeyConstraint("check_id", name=op.f("pk_transcription_check_text")),
    )
