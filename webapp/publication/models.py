"""The rows of rulings; only ever added to, and without any words that a respondent wrote."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence import Base, Id

CONSULTATION = "consultation.id"
SUBMISSION = "submission.id"
RULING = "ruling.id"


class RulingRow(Base):
    """What a moderator proposes about one response, which somebody else has to look at.

    `permission_number` is that of the event by which its sender said last what may be published:
    a ruling is about that permission alone. `accepted` and `refused` count the suggestions of the
    program that the moderator took up and those that were left.
    """

    __tablename__ = "ruling"
    __table_args__ = (
        UniqueConstraint("submission_id", "number"),
        # What a second look refers to, so that nobody looks at their own ruling.
        UniqueConstraint("id", "account_id"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("outcome IN ('publish', 'withhold')", name="outcome"),
        CheckConstraint("accepted >= 0 AND refused >= 0", name="suggestions"),
    )

    id: Mapped[Id]
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CONSULTATION), index=True)
    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(SUBMISSION))
    number: Mapped[int]
    outcome: Mapped[str]
    note: Mapped[str] = mapped_column(Text)
    permission_number: Mapped[int]
    accepted: Mapped[int]
    refused: Mapped[int]
    proposed_at: Mapped[dt.datetime]
    account_id: Mapped[uuid.UUID]
    account_name: Mapped[str]


class RulingSpanRow(Base):
    """A stretch of one passage that a ruling takes out, counted in code points.

    `passage` is the id of an answer in hexadecimal digits, or the name of a text about the sender.
    The digest and the length are those of the whole passage: a span fits no other words.
    """

    __tablename__ = "ruling_span"
    __table_args__ = (
        CheckConstraint(
            "0 <= start_point AND start_point < end_point AND end_point <= text_length",
            name="inside",
        ),
        CheckConstraint(
            "reason IN ('personal', 'somebody-else', 'defamatory', 'offensive', 'confidential',"
            " 'other')",
            name="reason",
        ),
    )

    ruling_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(RULING), primary_key=True)
    passage: Mapped[str] = mapped_column(primary_key=True)
    start_point: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    end_point: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reason: Mapped[str]
    note: Mapped[str] = mapped_column(Text)
    text_digest: Mapped[str]
    text_length: Mapped[int]


class SecondLookRow(Base):
    """What a second person says of a ruling, once; never the one who proposed it."""

    __tablename__ = "second_look"
    __table_args__ = (
        ForeignKeyConstraint(["ruling_id", "proposed_by"], ["ruling.id", "ruling.account_id"]),
        CheckConstraint("account_id <> proposed_by", name="two_people"),
        CheckConstraint("verdict IN ('approved', 'sent-back')", name="verdict"),
        CheckConstraint("verdict = 'approved' OR reason <> ''", name="reason"),
    )

    ruling_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    proposed_by: Mapped[uuid.UUID]
    verdict: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[dt.datetime]
    account_id: Mapped[uuid.UUID]
    account_name: Mapped[str]


class OriginalReadingRow(Base):
    """That somebody read a response as it was written after it had been ruled on, and why."""

    __tablename__ = "original_reading"

    id: Mapped[Id]
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CONSULTATION), index=True)
    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(SUBMISSION), index=True)
    reason: Mapped[str] = mapped_column(Text)
    read_at: Mapped[dt.datetime]
    account_id: Mapped[uuid.UUID]
    account_name: Mapped[str]
