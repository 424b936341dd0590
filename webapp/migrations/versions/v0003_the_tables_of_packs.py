"""The tables of packs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables; the way back is a backup."""
    op.create_table(
        "pack",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("framework_slug", sa.String(), nullable=False),
        sa.Column("framework_version", sa.String(), nullable=False),
        sa.Column("framework_digest", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("vacancy", sa.String(), nullable=False),
        sa.Column("rule_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("archive", sa.String(length=64), nullable=True),
        sa.Column("manifest", sa.String(length=64), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'finished') = (archive IS NOT NULL)", name=op.f("ck_pack__finished")
        ),
        sa.CheckConstraint(
            "(archive IS NULL) = (manifest IS NULL) AND (archive IS NULL) = (size IS NULL)",
            name=op.f("ck_pack__outcome"),
        ),
        sa.CheckConstraint("state <> 'finished' OR made = total", name=op.f("ck_pack__whole")),
        sa.CheckConstraint("form IN ('appraisal', 'scorecard')", name=op.f("ck_pack__form")),
        sa.CheckConstraint(
            "made = 0 OR state NOT IN ('checked', 'waiting')", name=op.f("ck_pack__begun")
        ),
        sa.CheckConstraint(
            "state IN ('checked', 'waiting', 'making', 'finished', 'cancelled', 'failed', 'deleted')",
            name=op.f("ck_pack__state"),
        ),
        sa.CheckConstraint("total >= 1 AND made BETWEEN 0 AND total", name=op.f("ck_pack__count")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_pack__created_by")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_pack__organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack")),
    )
    op.create_index(op.f("ix_pack__created_at"), "pack", ["created_at"], unique=False)
    op.create_index(op.f("ix_pack__organisation_id"), "pack", ["organisation_id"], unique=False)
    op.create_table(
        "pack_part",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pack_id", sa.Uuid(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("first >= 0 AND first < until", name=op.f("ck_pack_part__people")),
        sa.ForeignKeyConstraint(["pack_id"], ["pack.id"], name=op.f("fk_pack_part__pack_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_part")),
        sa.UniqueConstraint("pack_id", "first", name=op.f("uq_pack_part__pack_id_first")),
    )
    op.create_table(
        "pack_people",
        sa.Column("pack_id", sa.Uuid(), nullable=False),
        sa.Column("people", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["pack_id"], ["pack.id"], name=op.f("fk_pack_people__pack_id")),
        sa.PrimaryKeyConstraint("pack_id", name=op.f("pk_pack_people")),
    )
