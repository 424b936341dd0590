"""The rows of what leaves a review as a form and comes back filled in, scanned or on paper.

What is in a file, what it is called and who people are stands apart from what was done with it.
"""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from webapp.appraisals.models.reviews import REVIEW
from webapp.persistence import Base, Id

EVENT = "review_event.id"
UPLOAD = "review_upload.id"
ATTACHMENT = "review_attachment.id"
STATES = "'attached', 'finished', 'confirmed', 'removed'"
KEPT = text("state <> 'removed'")


class CopyRow(Base):
    """A prefilled copy of a review's form that somebody took; only ever added to.

    Two reviews that say the same of the same people have the same copy, to the byte.
    """

    __tablename__ = "review_copy"
    __table_args__ = (UniqueConstraint("identifier", "review_id"),)

    id: Mapped[Id]
    review_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(REVIEW), index=True)
    identifier: Mapped[str]
    base: Mapped[str]
    """The identifier of the form that the copy was made from."""
    number: Mapped[int]
    """The revision of the review that was drafted."""
    relation: Mapped[str]
    issued_at: Mapped[dt.datetime]


class CopyAnswerRow(Base):
    """Which save of an answer a copy carries; what was blank has no row."""

    __tablename__ = "review_copy_answer"

    copy_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("review_copy.id"), primary_key=True)
    item_key: Mapped[str] = mapped_column(primary_key=True)
    question_key: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int]


class UploadRow(Base):
    """A filled form that somebody brought back; deleted unless they take what it says."""

    __tablename__ = "review_upload"

    id: Mapped[Id]
    review_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(REVIEW), index=True)
    sender_id: Mapped[uuid.UUID]
    """Who sent it: an account, or a person named in the review who has none."""
    relation: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    copy: Mapped[str]
    """The identifier of the copy; empty for a form that was not prefilled."""
    sent_at: Mapped[dt.datetime]
    is_taken: Mapped[bool]


class UploadTextRow(Base):
    """What a filled form is called and says, as JSON."""

    __tablename__ = "review_upload_text"

    upload_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(UPLOAD), primary_key=True)
    name: Mapped[str]
    said: Mapped[str] = mapped_column(Text)


class AttachmentRow(Base):
    """A form on paper, as a file, that is typed by one person and checked by another."""

    __tablename__ = "review_attachment"
    __table_args__ = (
        CheckConstraint(f"state IN ({STATES})", name="state"),
        CheckConstraint("(typist_id IS NULL) = (typist_relation IS NULL)", name="typist"),
        Index(
            "uq_review_attachment__kept",
            "review_id",
            "sha256",
            unique=True,
            sqlite_where=KEPT,
            postgresql_where=KEPT,
        ),
    )

    id: Mapped[Id]
    review_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(REVIEW), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    media_type: Mapped[str]
    size: Mapped[int]
    relation: Mapped[str]
    attached_at: Mapped[dt.datetime]
    state: Mapped[str]
    round: Mapped[int]
    """How often it was typed to the end."""
    typist_id: Mapped[uuid.UUID | None]
    typist_relation: Mapped[str | None]


class AttachmentTextRow(Base):
    """What an attached file is called, and the names of who attached and who typed it."""

    __tablename__ = "review_attachment_text"

    attachment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(ATTACHMENT), primary_key=True)
    name: Mapped[str]
    attached_by: Mapped[str]
    typed_by: Mapped[str]


class TranscribedTextRow(Base):
    """What somebody typed from an attachment, apart from what is drafted."""

    __tablename__ = "transcribed_text"

    attachment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(ATTACHMENT), primary_key=True)
    item_key: Mapped[str] = mapped_column(primary_key=True)
    question_key: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int]
    choices: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    typed_at: Mapped[dt.datetime]


class TranscriptionRow(Base):
    """Somebody typed an attachment to the end, for another person to check; only added to."""

    __tablename__ = "transcription"
    __table_args__ = (
        UniqueConstraint("attachment_id", "round"),
        # Redundant, so that a check can refer to who typed.
        UniqueConstraint("id", "typist_id", "typist_relation"),
    )

    id: Mapped[Id]
    attachment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(ATTACHMENT))
    round: Mapped[int]
    typist_id: Mapped[uuid.UUID]
    typist_relation: Mapped[str]
    finished_at: Mapped[dt.datetime]


class TranscriptionCheckRow(Base):
    """Somebody compared what was typed with the paper; the database refuses the typist.

    Only ever added to.
    """

    __tablename__ = "transcription_check"
    __table_args__ = (
        UniqueConstraint("transcription_id"),
        ForeignKeyConstraint(
            ["transcription_id", "typist_id", "typist_relation"],
            ["transcription.id", "transcription.typist_id", "transcription.typist_relation"],
            # The name by convention would be longer than PostgreSQL keeps.
            name="fk_transcription_check__typist",
        ),
        CheckConstraint("checker_id <> typist_id", name="another_person"),
        CheckConstraint("checker_relation <> typist_relation", name="another_relation"),
    )

    id: Mapped[Id]
    transcription_id: Mapped[uuid.UUID]
    typist_id: Mapped[uuid.UUID]
    typist_relation: Mapped[str]
    checker_id: Mapped[uuid.UUID]
    checker_relation: Mapped[str]
    is_right: Mapped[bool]
    checked_at: Mapped[dt.datetime]


class TranscriptionCheckTextRow(Base):
    """Who checked, and why it was sent back if it was."""

    __tablename__ = "transcription_check_text"

    check_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("transcription_check.id"), primary_key=True
    )
    name: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)


class TakingRow(Base):
    """A file whose answers were taken into the draft, once; only ever added to.

    The event says who did it and when.
    """

    __tablename__ = "review_taking"
    __table_args__ = (
        UniqueConstraint("review_id", "sha256"),
        UniqueConstraint("upload_id"),
        UniqueConstraint("attachment_id"),
        UniqueConstraint("event_id"),
        CheckConstraint("(upload_id IS NULL) <> (attachment_id IS NULL)", name="one_source"),
    )

    id: Mapped[Id]
    review_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(REVIEW))
    upload_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey(UPLOAD))
    attachment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey(ATTACHMENT))
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(EVENT))
    sha256: Mapped[str] = mapped_column(String(64))
    copy: Mapped[str]


class SaveOriginRow(Base):
    """From which file a save of an answer came; a save without such a row was typed."""

    __tablename__ = "review_save_origin"

    save_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("review_save.id"), primary_key=True)
    taking_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("review_taking.id"), index=True)
