"""The rows of reviews; personal names and texts stand apart, so that retention can erase them.

Accounts and participants are another room's rows: they are held by id alone.
"""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence import Base, Id

REVIEW = "review.id"
PERSON = "review_person.id"
REVISION = "review_revision.id"
STATES = "'prepared', 'draft', 'shared', 'ready', 'signing', 'signed', 'amending', 'withdrawn'"


class ReviewRow(Base):
    """A review and what it is pinned to; only state, number and grant ever change."""

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint(f"state IN ({STATES})", name="state"),
        CheckConstraint("from_on <= until_on", name="period"),
        CheckConstraint("number >= 1", name="number"),
    )

    id: Mapped[Id]
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    framework_slug: Mapped[str]
    framework_version: Mapped[str]
    framework_digest: Mapped[str]
    profile_key: Mapped[str]
    position: Mapped[str]
    rule: Mapped[str] = mapped_column(Text)
    """The accountability rule in force when the review began, word for word, as JSON."""
    rule_on: Mapped[dt.date]
    from_on: Mapped[dt.date]
    until_on: Mapped[dt.date]
    state: Mapped[str]
    number: Mapped[int]
    secretaries_read: Mapped[bool]
    salt: Mapped[str]
    """Goes into the digests of drafted texts, so that a short text cannot be guessed."""
    prepared_by: Mapped[uuid.UUID | None]
    started_at: Mapped[dt.datetime]


class ReviewPersonRow(Base):
    """Somebody named in a review; the participant is known once that person was invited."""

    __tablename__ = "review_person"
    __table_args__ = (UniqueConstraint("review_id", "relation", "step"),)

    id: Mapped[Id]
    review_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(REVIEW))
    relation: Mapped[str]
    step: Mapped[str]
    name: Mapped[str]
    email: Mapped[str]
    account_id: Mapped[uuid.UUID | None]
    participant_id: Mapped[uuid.UUID | None] = mapped_column(unique=True)


class ReviewSaveRow(Base):
    """One save of one drafted answer; the unique revision lets only one of two saves pass."""

    __tablename__ = "review_save"
    __table_args__ = (UniqueConstraint("review_id", "item_key", "question_key", "revision"),)

    id: Mapped[Id]
    review_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(REVIEW))
    item_key: Mapped[str]
    question_key: Mapped[str]
    revision: Mapped[int]
    digest: Mapped[str]
    saved_at: Mapped[dt.datetime]
    saved_by: Mapped[str]
    """The relation to the review of whoever saved it."""


class ReviewDraftTextRow(Base):
    """What a drafted answer says now."""

    __tablename__ = "review_draft_text"

    review_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(REVIEW), primary_key=True)
    item_key: Mapped[str] = mapped_column(primary_key=True)
    question_key: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int]
    choices: Mapped[str]
    """Keys of options, one a line."""
    text: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[dt.datetime]
    saved_by: Mapped[str]


class ReviewRevisionRow(Base):
    """Frozen content; only ever added to.

    A revision that was opened again before anybody signed is frozen anew under the next attempt.
    """

    __tablename__ = "review_revision"
    __table_args__ = (UniqueConstraint("review_id", "number", "attempt"),)

    id: Mapped[Id]
    review_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(REVIEW))
    number: Mapped[int]
    attempt: Mapped[int]
    digest: Mapped[str]
    frozen_at: Mapped[dt.datetime]


class RevisionReasonRow(Base):
    """Why a revision amends the one before, in the appraiser's words."""

    __tablename__ = "review_revision_reason"

    revision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(REVISION), primary_key=True)
    salt: Mapped[str]
    text: Mapped[str] = mapped_column(Text)


class RevisionAnswerRow(Base):
    """One answer of a revision by its salted digest; only ever added to."""

    __tablename__ = "revision_answer"
    __table_args__ = (
        UniqueConstraint("revision_id", "item_key", "question_key"),
        UniqueConstraint("revision_id", "place"),
    )

    id: Mapped[Id]
    revision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(REVISION))
    place: Mapped[int]
    item_key: Mapped[str]
    question_key: Mapped[str]
    digest: Mapped[str]


class RevisionTextRow(Base):
    """What an answer of a revision says; retention erases it and the answer stays."""

    __tablename__ = "revision_text"

    answer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("revision_answer.id"), primary_key=True)
    salt: Mapped[str]
    choices: Mapped[str]
    text: Mapped[str] = mapped_column(Text)


class SignatureRow(Base):
    """One signature; only ever added to, and the database itself keeps the order.

    Each step has one place, and a place needs the place before it.
    """

    __tablename__ = "signature"
    __table_args__ = (
        UniqueConstraint("revision_id", "step"),
        UniqueConstraint("revision_id", "place"),
        ForeignKeyConstraint(
            ["revision_id", "previous"], ["signature.revision_id", "signature.place"]
        ),
        CheckConstraint(
            "(place = 1 AND previous IS NULL) OR (place > 1 AND previous IS NOT NULL"
            " AND previous = place - 1)",
            name="order",
        ),
    )

    id: Mapped[Id]
    revision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(REVISION))
    step: Mapped[str]
    place: Mapped[int]
    previous: Mapped[int | None]
    relation: Mapped[str]
    title: Mapped[str]
    words: Mapped[str] = mapped_column(Text)
    digest: Mapped[str]
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(PERSON))
    signed_at: Mapped[dt.datetime]


class SignatureTextRow(Base):
    """The name under a signature, and what the signer wanted recorded with it."""

    __tablename__ = "signature_text"

    signature_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("signature.id"), primary_key=True)
    name: Mapped[str]
    remark: Mapped[str] = mapped_column(Text)


class ReviewEventRow(Base):
    """Who did what and when; only ever added to. `number` is the revision it was about."""

    __tablename__ = "review_event"
    __table_args__ = (UniqueConstraint("review_id", "place"),)

    id: Mapped[Id]
    review_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(REVIEW))
    place: Mapped[int]
    kind: Mapped[str]
    number: Mapped[int]
    happened_at: Mapped[dt.datetime]
    relation: Mapped[str]
    account_id: Mapped[uuid.UUID | None]
    participant_id: Mapped[uuid.UUID | None]


class ReviewEventTextRow(Base):
    """The name of whoever did it and, where one was given, the reason."""

    __tablename__ = "review_event_text"

    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("review_event.id"), primary_key=True)
    name: Mapped[str]
    detail: Mapped[str] = mapped_column(Text)
