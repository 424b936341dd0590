"""What a response was shown, how it came, and the words that everybody reads."""

from __future__ import annotations

import json
import uuid
from typing import Any, Literal

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

from frameworks.digest import texts_digest

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NEW_WORDS = (sa.Text(), "")
NEW_LINE = (sa.String(), "")
FILLED: dict[str, dict[str, tuple[Any, Any]]] = {
    "consultation": {
        "alternatives": NEW_WORDS,
        "decided_by": NEW_LINE,
        "authority": NEW_LINE,
        "privacy_notice": NEW_WORDS,
        "formats": NEW_WORDS,
        "edition": (sa.Integer(), 0),
        "replaced_questionnaires": NEW_WORDS,
    },
    "draft_answer": {"questionnaire_version": NEW_LINE},
    "submission": {"edition": (sa.Integer(), 1), "channel": (sa.String(), "web")},
}
"""New columns of tables that may have rows, with what stands in the rows that there are."""
CHANNELS = "'web', 'email', 'letter', 'meeting', 'telephone', 'form', 'spreadsheet'"
TEXTS = ("title", "purpose", "open_to_change", "not_open_to_change", "use_of_answers", "contact")
"""What the page of a consultation said before this migration."""


def upgrade() -> None:
    """Change the tables; the way back is a backup."""
    op.create_table(
        "consultation_edition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("shown_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.Column("texts_digest", sa.String(), nullable=False),
        sa.Column("privacy_notice_digest", sa.String(), nullable=False),
        sa.Column("framework_digest", sa.String(), nullable=False),
        sa.Column("questionnaire_version", sa.String(), nullable=False),
        sa.Column("questionnaire_digest", sa.String(), nullable=False),
        sa.Column("documents", sa.Text(), nullable=False),
        sa.Column("impact_assessment_digest", sa.String(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_consultation_edition__number")),
        sa.CheckConstraint(
            "number = 1 OR notice <> ''", name=op.f("ck_consultation_edition__notice")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_consultation_edition__consultation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_edition")),
        sa.UniqueConstraint(
            "consultation_id",
            "number",
            name=op.f("uq_consultation_edition__consultation_id_number"),
        ),
    )
    op.create_table(
        "consultation_document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_edition", sa.Integer(), nullable=True),
        sa.Column("last_edition", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('consultation-document', 'impact-assessment', 'supporting')",
            name=op.f("ck_consultation_document__kind"),
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_consultation_document__consultation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_document")),
    )
    with op.batch_alter_table("consultation_document", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consultation_document__consultation_id"),
            ["consultation_id"],
            unique=False,
        )
    op.create_table(
        "consultation_preview",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("account_name", sa.String(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_consultation_preview__consultation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_preview")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_consultation_preview__secret_hash")),
    )
    with op.batch_alter_table("consultation_preview", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consultation_preview__consultation_id"),
            ["consultation_id"],
            unique=False,
        )
    op.create_table(
        "redacted_answer",
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f("fk_redacted_answer__answer_id")
        ),
        sa.PrimaryKeyConstraint("answer_id", name=op.f("pk_redacted_answer")),
    )
    op.create_table(
        "redacted_person",
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_redacted_person__submission_id")
        ),
        sa.PrimaryKeyConstraint("submission_id", "field", name=op.f("pk_redacted_person")),
    )

    for table, columns in FILLED.items():
        for column, (kind, value) in columns.items():
            op.add_column(table, sa.Column(column, kind, nullable=True))
            filled = sa.table(table, sa.column(column, kind))
            op.execute(filled.update().values({column: value}))
    _name_questionnaires()
    _keep_first_editions()

    with op.batch_alter_table("consultation", schema=None) as batch_op:
        _fill(batch_op, "consultation")
        batch_op.add_column(sa.Column("decides_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("authorised_on", sa.Date(), nullable=True))
    # SQLite would write the new column behind the constraints; PostgreSQL names what it rebuilds.
    rebuild: Literal["always", "never"] = (
        "always" if op.get_context().dialect.name == "sqlite" else "never"
    )
    with op.batch_alter_table("consultation_event", schema=None, recreate=rebuild) as batch_op:
        batch_op.add_column(sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("draft_answer", schema=None) as batch_op:
        _fill(batch_op, "draft_answer")
    with op.batch_alter_table("submission", schema=None) as batch_op:
        _fill(batch_op, "submission")
        batch_op.add_column(sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_submission__channel"), f"channel IN ({CHANNELS})"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_submission__recorded"), "(channel = 'web') = (recorded_at IS NULL)"
        )


def _fill(batch_op: BatchOperations, table: str) -> None:
    for column, (kind, _) in FILLED[table].items():
        batch_op.alter_column(column, existing_type=kind, nullable=False)


def _name_questionnaires() -> None:
    # Until now a consultation had one questionnaire from its beginning to its end.
    draft = sa.table("draft", *map(sa.column, ("id", "consultation_id")))
    consultation = sa.table("consultation", *map(sa.column, ("id", "questionnaire_version")))
    answer = sa.table("draft_answer", *map(sa.column, ("draft_id", "questionnaire_version")))
    version = (
        sa.select(consultation.c.questionnaire_version)
        .join(draft, draft.c.consultation_id == consultation.c.id)
        .where(draft.c.id == answer.c.draft_id)
        .scalar_subquery()
    )
    op.execute(answer.update().values(questionnaire_version=version))


def _keep_first_editions() -> None:
    connection = op.get_bind()
    pinned = ("framework_digest", "questionnaire_version", "questionnaire_digest")
    consultation = sa.table(
        "consultation",
        sa.column("id", sa.Uuid()),
        sa.column("opens_at", sa.DateTime(timezone=True)),
        sa.column("edition", sa.Integer()),
        *map(sa.column, ("state", *pinned, *TEXTS)),
    )
    edition = sa.table(
        "consultation_edition",
        sa.column("id", sa.Uuid()),
        sa.column("consultation_id", sa.Uuid()),
        sa.column("shown_from", sa.DateTime(timezone=True)),
        *map(
            sa.column,
            (
                "number",
                "notice",
                "texts",
                "texts_digest",
                "privacy_notice_digest",
                *pinned,
                "documents",
                "impact_assessment_digest",
            ),
        ),
    )
    opened = consultation.c.state != "draft"
    for row in connection.execute(sa.select(consultation).where(opened)).all():
        texts = {name: getattr(row, name) for name in TEXTS}
        values = {
            "id": uuid.uuid4(),
            "consultation_id": row.id,
            "number": 1,
            "shown_from": row.opens_at,
            "notice": "",
            "texts": json.dumps(texts, sort_keys=True, ensure_ascii=False),
            "texts_digest": texts_digest(texts),
            "privacy_notice_digest": "",
            "documents": "[]",
            "impact_assessment_digest": "",
            **{name: getattr(row, name) for name in pinned},
        }
        connection.execute(edition.insert(), values)
    connection.execute(consultation.update().where(opened).values(edition=1))
