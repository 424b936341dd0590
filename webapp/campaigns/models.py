"""The rows of campaigns: what was found, which each search replaces, and what people decided."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence import Base, Id

CAMPAIGN = "campaign.id"
SUBMISSION = "submission.id"
KINDS = "kind IN ('identical', 'near-identical')"


class CampaignSearchRow(Base):
    """A search through the responses that count: who asked for it, and once what it found.

    `rules` is JSON. Its outcome is written once, when `searched_at` is.
    """

    __tablename__ = "campaign_search"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        CheckConstraint("(searched_at IS NULL) = (rules = '')", name="searched"),
    )

    id: Mapped[Id]
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    asked_at: Mapped[dt.datetime]
    account_id: Mapped[uuid.UUID | None]
    account_name: Mapped[str]
    searched_at: Mapped[dt.datetime | None]
    rules: Mapped[str] = mapped_column(Text)
    responses: Mapped[int]
    texts: Mapped[int]
    found: Mapped[int]


class CampaignRow(Base):
    """A group under a number that stays its own; `revision` is the number of its last decision.

    `name` and `verdict` follow from the decisions. `found_in` is the last search that found it.
    """

    __tablename__ = "campaign"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        CheckConstraint(KINDS, name="kind"),
        CheckConstraint("verdict IN ('undecided', 'campaign', 'not-a-campaign')", name="verdict"),
    )

    id: Mapped[Id]
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    name: Mapped[str]
    verdict: Mapped[str]
    kind: Mapped[str]
    found_in: Mapped[int]
    revision: Mapped[int]


class CampaignDecisionRow(Base):
    """What a lead decided about a group, or about one response in it; only ever added to."""

    __tablename__ = "campaign_decision"
    __table_args__ = (
        UniqueConstraint("campaign_id", "number"),
        CheckConstraint(
            "kind IN ('named', 'campaign', 'not-a-campaign', 'moved-out', 'put-back')",
            name="kind",
        ),
        CheckConstraint(
            "(kind IN ('moved-out', 'put-back')) = (submission_id IS NOT NULL)", name="response"
        ),
        CheckConstraint("reason <> ''", name="reason"),
    )

    id: Mapped[Id]
    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CAMPAIGN))
    number: Mapped[int]
    kind: Mapped[str]
    submission_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey(SUBMISSION))
    name: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[dt.datetime]
    account_id: Mapped[uuid.UUID]
    account_name: Mapped[str]


class CampaignTextRow(Base):
    """A set text of a campaign. Its words are in the answers, so that they are erased with them."""

    __tablename__ = "campaign_text"
    __table_args__ = (
        UniqueConstraint("campaign_id", "number"),
        CheckConstraint(KINDS, name="kind"),
    )

    id: Mapped[Id]
    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CAMPAIGN))
    number: Mapped[int]
    kind: Mapped[str]


class CampaignMemberRow(Base):
    """That a response is in a campaign, which is one at most; `is_out` where it was moved out."""

    __tablename__ = "campaign_member"

    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(SUBMISSION), primary_key=True)
    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CAMPAIGN), index=True)
    is_out: Mapped[bool]


class CampaignAnswerRow(Base):
    """That an answer has a set text; `closeness` is how near it is to the central one, of 1,000."""

    __tablename__ = "campaign_answer"
    __table_args__ = (CheckConstraint("closeness BETWEEN 0 AND 1000", name="closeness"),)

    answer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("answer.id"), primary_key=True)
    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(SUBMISSION), index=True)
    text_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign_text.id"), index=True)
    closeness: Mapped[int]
    is_same: Mapped[bool]
