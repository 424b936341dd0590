"""The rows of responses that are being written."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence import Base, Id

CONSULTATION = "consultation.id"
DRAFT = "draft.id"
MEMBER = "draft_member.id"
SUBMISSION = "submission.id"


class DraftRow(Base):
    """A response that is being written by one person, or by several of one organisation.

    `chosen` and `positions` hold keys, one a line. `joining_hash` is empty while nobody can join.
    What was sent is no draft any more: its rows are deleted later, so that nobody who sends waits
    for that.
    """

    __tablename__ = "draft"
    __table_args__ = (
        Index(
            "uq_draft__joining_hash",
            "joining_hash",
            unique=True,
            sqlite_where=text("joining_hash <> ''"),
            postgresql_where=text("joining_hash <> ''"),
        ),
    )

    id: Mapped[Id]
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CONSULTATION), index=True)
    started_at: Mapped[dt.datetime]
    changed_at: Mapped[dt.datetime]
    sent_at: Mapped[dt.datetime | None]
    responds_as: Mapped[str]
    respondent_class: Mapped[str]
    region: Mapped[str]
    publish: Mapped[str]
    name: Mapped[str]
    organisation_name: Mapped[str]
    gathered: Mapped[str] = mapped_column(Text)
    role: Mapped[str]
    interest: Mapped[str]
    interests: Mapped[str] = mapped_column(Text)
    chosen: Mapped[str] = mapped_column(Text)
    positions: Mapped[str] = mapped_column(Text)
    language: Mapped[str]
    """The tag of the language in which it is answered; empty is the framework's own."""
    joining_hash: Mapped[str]
    joining_number: Mapped[int]
    """How many joining codes were made: the next follows from it."""
    mails: Mapped[int]
    """How many times its link was asked for by mail."""
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey(SUBMISSION))


class DraftMemberRow(Base):
    """One of several colleagues who write a response together; `name` is for them alone."""

    __tablename__ = "draft_member"
    __table_args__ = (
        Index(
            "uq_draft_member__lead",
            "draft_id",
            unique=True,
            sqlite_where=text("is_lead"),
            postgresql_where=text("is_lead"),
        ),
    )

    id: Mapped[Id]
    draft_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(DRAFT, ondelete="CASCADE"), index=True)
    name: Mapped[str]
    is_lead: Mapped[bool]
    joined_at: Mapped[dt.datetime]
    left_at: Mapped[dt.datetime | None]


class DraftPassRow(Base):
    """A way into a draft: the hash of a secret that one person, browser or mail holds.

    `member_id` is empty while somebody writes alone; `place` is where its holder left off.
    """

    __tablename__ = "draft_pass"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    draft_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(DRAFT, ondelete="CASCADE"), index=True)
    member_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey(MEMBER, ondelete="CASCADE"), index=True
    )
    place: Mapped[str]
    made_at: Mapped[dt.datetime]


class DraftAssignmentRow(Base):
    """Which colleague looks after an item of a response that is written together."""

    __tablename__ = "draft_assignment"

    draft_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey(DRAFT, ondelete="CASCADE"), primary_key=True
    )
    item_key: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(MEMBER, ondelete="CASCADE"), index=True)
    assigned_at: Mapped[dt.datetime]


class DraftNoteRow(Base):
    """What colleagues tell each other about an item; never sent, and gone with the draft."""

    __tablename__ = "draft_note"

    id: Mapped[Id]
    draft_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(DRAFT, ondelete="CASCADE"), index=True)
    item_key: Mapped[str]
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(MEMBER, ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[dt.datetime]


class DraftAnswerRow(Base):
    """An answer of a draft; it may be overwritten by whoever knows its revision.

    It has everything that the answer will have when it is sent, so that sending copies rows;
    `answer_id` is what that answer will be known by.
    """

    __tablename__ = "draft_answer"

    draft_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey(DRAFT, ondelete="CASCADE"), primary_key=True
    )
    item_key: Mapped[str] = mapped_column(primary_key=True)
    question_key: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[str] = mapped_column(primary_key=True)
    answer_id: Mapped[uuid.UUID]
    choice: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    text_digest: Mapped[str]
    salt: Mapped[str]
    operations: Mapped[str] = mapped_column(Text)
    """How a suggested wording was made from the words consulted on; empty without one."""
    item_digest: Mapped[str]
    language: Mapped[str]
    questionnaire_version: Mapped[str]
    """The questionnaire that was answered, which a later edition may have replaced."""
    revision: Mapped[int]
    changed_at: Mapped[dt.datetime]
    member_id: Mapped[uuid.UUID | None]
    """Who of several colleagues changed it last."""
