"""Groups of like responses."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from webapp.persistence import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables; the way back is a backup."""
    op.create_table(
        "campaign",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("found_in", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('identical', 'near-identical')", name=op.f("ck_campaign__kind")
        ),
        sa.CheckConstraint(
            "verdict IN ('undecided', 'campaign', 'not-a-campaign')",
            name=op.f("ck_campaign__verdict"),
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_campaign__consultation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint(
            "consultation_id", "number", name=op.f("uq_campaign__consultation_id_number")
        ),
    )
    op.create_table(
        "campaign_search",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("account_name", sa.String(), nullable=False),
        sa.Column("searched_at", UtcDateTime(), nullable=True),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("responses", sa.Integer(), nullable=False),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(searched_at IS NULL) = (rules = '')", name=op.f("ck_campaign_search__searched")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_campaign_search__consultation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_search")),
        sa.UniqueConstraint(
            "consultation_id", "number", name=op.f("uq_campaign_search__consultation_id_number")
        ),
    )
    op.create_table(
        "campaign_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("account_name", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(kind IN ('moved-out', 'put-back')) = (submission_id IS NOT NULL)",
            name=op.f("ck_campaign_decision__response"),
        ),
        sa.CheckConstraint(
            "kind IN ('named', 'campaign', 'not-a-campaign', 'moved-out', 'put-back')",
            name=op.f("ck_campaign_decision__kind"),
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_campaign_decision__reason")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_decision__campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_campaign_decision__submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_decision")),
        sa.UniqueConstraint(
            "campaign_id", "number", name=op.f("uq_campaign_decision__campaign_id_number")
        ),
    )
    op.create_table(
        "campaign_member",
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("is_out", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_member__campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_campaign_member__submission_id")
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_campaign_member")),
    )
    with op.batch_alter_table("campaign_member", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_campaign_member__campaign_id"), ["campaign_id"], unique=False
        )

    op.create_table(
        "campaign_text",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('identical', 'near-identical')", name=op.f("ck_campaign_text__kind")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_text__campaign_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_text")),
        sa.UniqueConstraint(
            "campaign_id", "number", name=op.f("uq_campaign_text__campaign_id_number")
        ),
    )
    op.create_table(
        "campaign_answer",
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("closeness", sa.Integer(), nullable=False),
        sa.Column("is_same", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "closeness BETWEEN 0 AND 1000", name=op.f("ck_campaign_answer__closeness")
        ),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f("fk_campaign_answer__answer_id")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_campaign_answer__submission_id")
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["campaign_text.id"], name=op.f("fk_campaign_answer__text_id")
        ),
        sa.PrimaryKeyConstraint("answer_id", name=op.f("pk_campaign_answer")),
    )
    with op.batch_alter_table("campaign_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_campaign_answer__submission_id"), ["submission_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_campaign_answer__text_id"), ["text_id"], unique=False)
