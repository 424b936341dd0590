"""The log of who was told, and bundles of the record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables; the way back is a backup."""
    op.create_table(
        "outreach_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("newest", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("struck_by_id", sa.Uuid(), nullable=True),
        sa.Column("struck_by_name", sa.String(), nullable=False),
        sa.Column("struck_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(struck_at IS NULL) = (struck_by_id IS NULL)"
            " AND (struck_at IS NULL) = (struck_reason = '')",
            name=op.f("ck_outreach_entry__struck"),
        ),
        sa.CheckConstraint("newest >= 1", name=op.f("ck_outreach_entry__newest")),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_outreach_entry__consultation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach_entry")),
    )
    with op.batch_alter_table("outreach_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outreach_entry__consultation_id"), ["consultation_id"], unique=False
        )

    op.create_table(
        "outreach_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("audience_key", sa.String(), nullable=False),
        sa.Column("audience_class", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("account_name", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(number = 1) = (reason = '')", name=op.f("ck_outreach_version__reason")
        ),
        sa.CheckConstraint(
            "(sha256 = '') = (file_name = '')", name=op.f("ck_outreach_version__file")
        ),
        sa.CheckConstraint("audience <> ''", name=op.f("ck_outreach_version__audience")),
        sa.CheckConstraint(
            "kind IN ('organisation', 'group')", name=op.f("ck_outreach_version__kind")
        ),
        sa.CheckConstraint(
            "way IN ('email', 'letter', 'meeting', 'telephone', 'website',"
            " 'social-media', 'press', 'poster', 'other')",
            name=op.f("ck_outreach_version__way"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_outreach_version__number")),
        sa.CheckConstraint("reached >= 1", name=op.f("ck_outreach_version__reached")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["outreach_entry.id"], name=op.f("fk_outreach_version__entry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach_version")),
        sa.UniqueConstraint(
            "entry_id", "number", name=op.f("uq_outreach_version__entry_id_number")
        ),
    )

    op.create_table(
        "bundle",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("account_name", sa.String(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(sha256 <> '') = (finished_at IS NOT NULL)", name=op.f("ck_bundle__made")
        ),
        sa.CheckConstraint("(state = 'failed') = (reason <> '')", name=op.f("ck_bundle__failed")),
        sa.CheckConstraint("state <> 'finished' OR sha256 <> ''", name=op.f("ck_bundle__finished")),
        sa.CheckConstraint(
            "state IN ('waiting', 'finished', 'failed', 'deleted')", name=op.f("ck_bundle__state")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_bundle__consultation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle")),
    )
    with op.batch_alter_table("bundle", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_bundle__consultation_id"), ["consultation_id"], unique=False
        )
        batch_op.create_index(
            "uq_bundle__waiting",
            ["consultation_id"],
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
