"""The rows of consultations, drafts and submissions."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import cast

from sqlalchemy import CheckConstraint, ForeignKey, Index, Table, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.consultations.respondents import Channel
from webapp.persistence import Base, Id

CONSULTATION = "consultation.id"
DRAFT = "draft.id"
MEMBER = "draft_member.id"
SUBMISSION = "submission.id"
CHANNELS = ", ".join(f"'{each}'" for each in Channel)


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


def table_of(row: type[Base]) -> Table:
    """Return the table of a row, for statements that need no objects."""
    return cast(Table, row.__table__)
