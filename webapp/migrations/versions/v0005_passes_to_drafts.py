"""Passes to drafts."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NEW_WORDS = (sa.Text(), "")
NEW_KEY = (sa.String(), "")
FILLED: dict[str, dict[str, tuple[Any, Any]]] = {
    "draft": {
        "role": NEW_KEY,
        "interest": NEW_KEY,
        "interests": NEW_WORDS,
        "language": NEW_KEY,
        "joining_hash": NEW_KEY,
        "joining_number": (sa.Integer(), 0),
        "mails": (sa.Integer(), 0),
    },
    "draft_answer": {"operations": NEW_WORDS, "language": NEW_KEY},
    "submission": {
        "interest": NEW_KEY,
        "language": NEW_KEY,
        "lodged_late": (sa.Boolean(), False),
        "held_for": NEW_KEY,
    },
    "submission_person": {"role": NEW_KEY, "interests": NEW_WORDS, "late_reason": NEW_WORDS},
    "answer": {"language": NEW_KEY},
    "answer_text": {"operations": NEW_WORDS},
}
"""New columns of tables that may have rows, with what stands in the rows that there are."""


def upgrade() -> None:
    """Change the tables; the way back is a backup."""
    op.create_table(
        "submission_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("publish", sa.String(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("account_name", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'permission') = (publish <> '')", name=op.f("ck_submission_event__publish")
        ),
        sa.CheckConstraint(
            "kind IN ('replaced', 'withdrawn', 'permission', 'removed', 'admitted', 'declined', 'released', 'set-aside')",
            name=op.f("ck_submission_event__kind"),
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_submission_event__submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_event")),
        sa.UniqueConstraint(
            "submission_id", "number", name=op.f("uq_submission_event__submission_id_number")
        ),
    )
    op.create_table(
        "draft_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("is_lead", sa.Boolean(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_draft_member__draft_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_member")),
    )
    with op.batch_alter_table("draft_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_member__draft_id"), ["draft_id"], unique=False)
        batch_op.create_index(
            "uq_draft_member__lead",
            ["draft_id"],
            unique=True,
            sqlite_where=sa.text("is_lead"),
            postgresql_where=sa.text("is_lead"),
        )

    op.create_table(
        "draft_assignment",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("item_key", sa.String(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["draft.id"],
            name=op.f("fk_draft_assignment__draft_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["draft_member.id"],
            name=op.f("fk_draft_assignment__member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("draft_id", "item_key", name=op.f("pk_draft_assignment")),
    )
    with op.batch_alter_table("draft_assignment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_draft_assignment__member_id"), ["member_id"], unique=False
        )

    op.create_table(
        "draft_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("item_key", sa.String(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_draft_note__draft_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["draft_member.id"],
            name=op.f("fk_draft_note__member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_note")),
    )
    with op.batch_alter_table("draft_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_note__draft_id"), ["draft_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_draft_note__member_id"), ["member_id"], unique=False)

    op.create_table(
        "draft_pass",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_draft_pass__draft_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["draft_member.id"],
            name=op.f("fk_draft_pass__member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_draft_pass")),
    )
    with op.batch_alter_table("draft_pass", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_pass__draft_id"), ["draft_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_draft_pass__member_id"), ["member_id"], unique=False)

    for table, columns in FILLED.items():
        for column, (kind, value) in columns.items():
            op.add_column(table, sa.Column(column, kind, nullable=True))
            filled = sa.table(table, sa.column(column, kind))
            op.execute(filled.update().values({column: value}))
    _hand_over_tokens()

    with op.batch_alter_table("draft", schema=None) as batch_op:
        _fill(batch_op, "draft")
        batch_op.add_column(sa.Column("replaces_id", sa.Uuid(), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_draft__token_hash"), type_="unique")
        batch_op.create_index(
            "uq_draft__joining_hash",
            ["joining_hash"],
            unique=True,
            sqlite_where=sa.text("joining_hash <> ''"),
            postgresql_where=sa.text("joining_hash <> ''"),
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_draft__replaces_id"), "submission", ["replaces_id"], ["id"]
        )
        batch_op.drop_column("token_hash")

    with op.batch_alter_table("submission", schema=None) as batch_op:
        _fill(batch_op, "submission")
        batch_op.add_column(sa.Column("replaces_id", sa.Uuid(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_submission__replaces_id"), ["replaces_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_submission__replaces_id"), "submission", ["replaces_id"], ["id"]
        )

    with op.batch_alter_table("draft_answer", schema=None) as batch_op:
        _fill(batch_op, "draft_answer")
        batch_op.add_column(sa.Column("member_id", sa.Uuid(), nullable=True))

    for table in ("submission_person", "answer", "answer_text"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            _fill(batch_op, table)


def _fill(batch_op: BatchOperations, table: str) -> None:
    for column, (kind, _) in FILLED[table].items():
        batch_op.alter_column(column, existing_type=kind, nullable=False)


def _hand_over_tokens() -> None:
    # Whoever had begun a response goes on with the same cookie.
    draft = sa.table("draft", *map(sa.column, ("id", "token_hash", "started_at")))
    passes = sa.table("draft_pass", *map(sa.column, ("token_hash", "draft_id", "place", "made_at")))
    op.execute(
        passes.insert().from_select(
            ["token_hash", "draft_id", "place", "made_at"],
            sa.select(draft.c.token_hash, draft.c.id, sa.literal(""), draft.c.started_at),
        )
    )
