"""The rows of responses that were sent, and of the words that others read of them."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.consultations.respondents import Channel
from webapp.persistence import Base, Id

CONSULTATION = "consultation.id"
SUBMISSION = "submission.id"
CHANNELS = ", ".join(f"'{each}'" for each in Channel)


class SubmissionRow(Base):
    """A response that was sent; never changed: what happens to it later is an event.

    Names and texts are in rows of their own. `edition` is what was shown when it was sent.
    `channel` says how it came; what somebody took in for its sender has the moment of that in
    `recorded_at`, and when it was received in `submitted_at`. `held_for` has what a person should
    look at before it counts, one key a line; empty for nearly all.
    """

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("key_hash"),
        UniqueConstraint("code_hash"),
        UniqueConstraint("reference"),
        UniqueConstraint("replaces_id"),
        CheckConstraint("responds_as IN ('individual', 'organisation')", name="responds_as"),
        CheckConstraint("publish IN ('named', 'unnamed', 'not-at-all')", name="publish"),
        CheckConstraint(f"channel IN ({CHANNELS})", name="channel"),
        CheckConstraint("(channel = 'web') = (recorded_at IS NULL)", name="recorded"),
        Index(None, "consultation_id", "submitted_on"),
    )

    id: Mapped[Id]
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CONSULTATION))
    key_hash: Mapped[str]
    code_hash: Mapped[str]
    reference: Mapped[str]
    submitted_at: Mapped[dt.datetime]
    submitted_on: Mapped[dt.date]
    """The calendar day in the UK, so that counting by day needs no time zones in a query."""
    responds_as: Mapped[str]
    respondent_class: Mapped[str]
    region: Mapped[str]
    publish: Mapped[str]
    interest: Mapped[str]
    language: Mapped[str]
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey(SUBMISSION))
    lodged_late: Mapped[bool]
    held_for: Mapped[str]
    edition: Mapped[int]
    channel: Mapped[str]
    recorded_at: Mapped[dt.datetime | None]


class SubmissionEventRow(Base):
    """What happened to a submission after it was sent; only ever added to.

    `account_id` is empty for what its sender did; `publish` is there for a new permission alone.
    """

    __tablename__ = "submission_event"
    __table_args__ = (
        UniqueConstraint("submission_id", "number"),
        CheckConstraint(
            "kind IN ('replaced', 'withdrawn', 'permission', 'removed', 'admitted', 'declined',"
            " 'released', 'set-aside')",
            name="kind",
        ),
        CheckConstraint("(kind = 'permission') = (publish <> '')", name="publish"),
    )

    id: Mapped[Id]
    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(SUBMISSION))
    number: Mapped[int]
    kind: Mapped[str]
    happened_at: Mapped[dt.datetime]
    publish: Mapped[str]
    account_id: Mapped[uuid.UUID | None]
    account_name: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)


class SubmissionRecordingRow(Base):
    """Who took in a response that came in another way than the website, and who checked it."""

    __tablename__ = "submission_recording"

    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(SUBMISSION), primary_key=True)
    taken_in_by_id: Mapped[uuid.UUID]
    taken_in_by: Mapped[str]
    checked_by_id: Mapped[uuid.UUID]
    checked_by: Mapped[str]


class SubmissionPersonRow(Base):
    """Who sent a submission; retention erases it and the submission stays."""

    __tablename__ = "submission_person"

    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(SUBMISSION), primary_key=True)
    name: Mapped[str]
    organisation_name: Mapped[str]
    gathered: Mapped[str] = mapped_column(Text)
    role: Mapped[str]
    interests: Mapped[str] = mapped_column(Text)
    late_reason: Mapped[str] = mapped_column(Text)


class SubmissionPositionRow(Base):
    """A position that a respondent chose to comment on."""

    __tablename__ = "submission_position"

    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(SUBMISSION), primary_key=True)
    position: Mapped[str] = mapped_column(primary_key=True)


class AnswerRow(Base):
    """One answer: to which words, of which questionnaire; `choice` holds option keys, one a line.

    `text_digest` is the SHA-256 of salt and text, empty without a text; the salt goes with the
    text when that is erased, so that a short text cannot be guessed from its digest.
    """

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("submission_id", "item_key", "question_key", "position"),)

    id: Mapped[Id]
    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(SUBMISSION))
    item_key: Mapped[str]
    question_key: Mapped[str]
    position: Mapped[str]
    item_digest: Mapped[str]
    questionnaire_version: Mapped[str]
    language: Mapped[str]
    choice: Mapped[str]
    text_digest: Mapped[str]


class AnswerTextRow(Base):
    """The words of an answer; retention erases them and the answer stays."""

    __tablename__ = "answer_text"

    answer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("answer.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    operations: Mapped[str] = mapped_column(Text)
    salt: Mapped[str]


class RedactedAnswerRow(Base):
    """The words of an answer as everybody but its sender and moderators reads them.

    Without a row that is what was written.
    """

    __tablename__ = "redacted_answer"

    answer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("answer.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class RedactedPersonRow(Base):
    """A text about who sent a submission, such as `gathered`, as everybody else reads it."""

    __tablename__ = "redacted_person"

    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(SUBMISSION), primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
