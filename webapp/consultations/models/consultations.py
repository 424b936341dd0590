"""The rows of consultations: what is shown, and what staff did."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence import Base, Id

CONSULTATION = "consultation.id"


class ConsultationRow(Base):
    """A consultation; `revision` guards its text, the digests are empty until it is opened."""

    __tablename__ = "consultation"
    __table_args__ = (
        UniqueConstraint("slug"),
        CheckConstraint("state IN ('draft', 'opened', 'closed')", name="state"),
        CheckConstraint("opens_at < closes_at", name="period"),
        CheckConstraint(
            "state = 'draft' OR (framework_digest <> '' AND questionnaire_digest <> '')",
            name="pinned",
        ),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed"),
    )

    id: Mapped[Id]
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    slug: Mapped[str]
    title: Mapped[str]
    purpose: Mapped[str] = mapped_column(Text)
    open_to_change: Mapped[str] = mapped_column(Text)
    not_open_to_change: Mapped[str] = mapped_column(Text)
    alternatives: Mapped[str] = mapped_column(Text)
    use_of_answers: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[str]
    decides_on: Mapped[dt.date | None]
    authority: Mapped[str]
    privacy_notice: Mapped[str] = mapped_column(Text)
    formats: Mapped[str] = mapped_column(Text)
    contact: Mapped[str]
    framework_slug: Mapped[str]
    framework_version: Mapped[str]
    framework_digest: Mapped[str]
    questionnaire_slug: Mapped[str]
    questionnaire_version: Mapped[str]
    questionnaire_digest: Mapped[str]
    opens_at: Mapped[dt.datetime]
    closes_at: Mapped[dt.datetime]
    state: Mapped[str]
    closed_at: Mapped[dt.datetime | None]
    revision: Mapped[int]
    edition: Mapped[int]
    """The newest of its editions; 0 before it is opened."""
    replaced_questionnaires: Mapped[str] = mapped_column(Text)
    """The versions that earlier editions asked, the first in front: version and digest, one a line.

    It says what the editions say, and stands here because every page of a response needs it.
    """
    authorised_on: Mapped[dt.date | None]
    """When the named authority gave leave to open it."""


class ConsultationEditionRow(Base):
    """Everything that respondents are shown from a moment on; only ever added to.

    `texts` are the words of the consultation as JSON, `documents` the attached files as JSON. A
    submission names the edition that was shown when it was sent.
    """

    __tablename__ = "consultation_edition"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("number = 1 OR notice <> ''", name="notice"),
    )

    id: Mapped[Id]
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CONSULTATION))
    number: Mapped[int]
    shown_from: Mapped[dt.datetime]
    notice: Mapped[str] = mapped_column(Text)
    """What the public is told about why this edition differs from the one before."""
    texts: Mapped[str] = mapped_column(Text)
    texts_digest: Mapped[str]
    privacy_notice_digest: Mapped[str]
    framework_digest: Mapped[str]
    questionnaire_version: Mapped[str]
    questionnaire_digest: Mapped[str]
    documents: Mapped[str] = mapped_column(Text)
    impact_assessment_digest: Mapped[str]
    """The SHA-256 of the attached impact assessment; empty where an older program opened it."""


class ConsultationDocumentRow(Base):
    """A file that is attached to a consultation, and in which editions it is shown.

    A document of a draft is in no edition yet; what is replaced stays, for the record.
    """

    __tablename__ = "consultation_document"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('consultation-document', 'impact-assessment', 'supporting')", name="kind"
        ),
    )

    id: Mapped[Id]
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CONSULTATION), index=True)
    kind: Mapped[str]
    title: Mapped[str]
    file_name: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    added_at: Mapped[dt.datetime]
    first_edition: Mapped[int | None]
    last_edition: Mapped[int | None]


class ConsultationEventRow(Base):
    """What a member of staff did to a consultation; only ever added to."""

    __tablename__ = "consultation_event"
    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    id: Mapped[Id]
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CONSULTATION))
    number: Mapped[int]
    kind: Mapped[str]
    happened_at: Mapped[dt.datetime]
    account_id: Mapped[uuid.UUID]
    account_name: Mapped[str]
    note: Mapped[str] = mapped_column(Text)
    closes_at: Mapped[dt.datetime | None]
    """The closing that an opening or an extension announced."""


class ConsultationPreviewRow(Base):
    """A link with which somebody without an account sees a consultation that is not open.

    Only the hash of its secret is kept.
    """

    __tablename__ = "consultation_preview"
    __table_args__ = (UniqueConstraint("secret_hash"),)

    id: Mapped[Id]
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CONSULTATION), index=True)
    secret_hash: Mapped[str]
    made_at: Mapped[dt.datetime]
    account_id: Mapped[uuid.UUID]
    account_name: Mapped[str]
    ends_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    """When a lead ended it before its time."""
