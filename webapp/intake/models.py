"""The rows of what is taken in: items with their sources and transcriptions, and imports.

Words of respondents stand in rows that are emptied once they became a response, and erased with
what was removed; who did what, and when, stays in events that are only ever added to.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import cast

from sqlalchemy import CheckConstraint, ForeignKey, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.consultations.respondents import Channel
from webapp.intake.imports import ImportState
from webapp.intake.items import EventKind, ItemState
from webapp.persistence import Base, Id

CONSULTATION = "consultation.id"
SUBMISSION = "submission.id"
ITEM = "intake_item.id"
IMPORT = "intake_import.id"


def _one_of(column: str, values: type[ItemState | EventKind | ImportState]) -> str:
    return f"{column} IN ({', '.join(repr(each.value) for each in values)})"


_CHANNELS = ", ".join(
    f"'{each}'" for each in Channel if each not in (Channel.WEB, Channel.SPREADSHEET)
)


class IntakeItemRow(Base):
    """Something that came in: how, when, where it stands, and what it became.

    `words` came without a file: notes of a meeting, or what stands on the last pages of a form.
    `round` counts how often it was handed over to be checked.
    """

    __tablename__ = "intake_item"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        UniqueConstraint("submission_id"),
        CheckConstraint(_one_of("state", ItemState), name="state"),
        CheckConstraint(f"channel IN ({_CHANNELS})", name="channel"),
        CheckConstraint("(state = 'taken') = (submission_id IS NOT NULL)", name="taken"),
        CheckConstraint("(state = 'taken') = (reference <> '')", name="reference"),
        CheckConstraint("round >= 1 OR state NOT IN ('checking', 'taken')", name="round"),
    )

    id: Mapped[Id]
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CONSULTATION))
    number: Mapped[int]
    channel: Mapped[str]
    received_at: Mapped[dt.datetime]
    is_time_known: Mapped[bool]
    note: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    state: Mapped[str]
    round: Mapped[int]
    added_at: Mapped[dt.datetime]
    submission_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey(SUBMISSION))
    reference: Mapped[str]


class IntakeSourceRow(Base):
    """A file that came, or was scanned; `text` is what it says where that is plain text."""

    __tablename__ = "intake_source"
    __table_args__ = (UniqueConstraint("item_id", "sha256"),)

    id: Mapped[Id]
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(ITEM))
    sha256: Mapped[str] = mapped_column(String(64))
    name: Mapped[str]
    kind: Mapped[str]
    size: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    added_at: Mapped[dt.datetime]


class IntakeRespondentRow(Base):
    """Who responds, as it was transcribed, and what the response speaks about.

    `chosen` and `positions` hold keys, one a line.
    """

    __tablename__ = "intake_respondent"

    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(ITEM), primary_key=True)
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


class IntakeAnswerRow(Base):
    """An answer as it was transcribed; overwritten by whoever knows its revision."""

    __tablename__ = "intake_answer"

    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(ITEM), primary_key=True)
    item_key: Mapped[str] = mapped_column(primary_key=True)
    question_key: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[str] = mapped_column(primary_key=True)
    choice: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    revision: Mapped[int]
    is_read: Mapped[bool]
    """Whether the program read it from a form, and nobody has changed it since."""


class IntakeTypistRow(Base):
    """Somebody who transcribed some of an item, and so cannot be the one who checks it."""

    __tablename__ = "intake_typist"

    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(ITEM), primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    account_name: Mapped[str]
    typed_at: Mapped[dt.datetime]


class IntakeEventRow(Base):
    """What happened to an item; only ever added to."""

    __tablename__ = "intake_event"
    __table_args__ = (
        UniqueConstraint("item_id", "number"),
        CheckConstraint(_one_of("kind", EventKind), name="kind"),
        CheckConstraint(
            "kind NOT IN ('sent-back', 'removed', 'read-again') OR reason <> ''", name="reason"
        ),
    )

    id: Mapped[Id]
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(ITEM))
    number: Mapped[int]
    kind: Mapped[str]
    happened_at: Mapped[dt.datetime]
    account_id: Mapped[uuid.UUID]
    account_name: Mapped[str]
    detail: Mapped[str]
    """A digest, a reference or a number of answers; never a word of a respondent."""
    reason: Mapped[str] = mapped_column(Text)


class IntakeImportRow(Base):
    """A table of responses that was uploaded; the two people are different accounts."""

    __tablename__ = "intake_import"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        CheckConstraint(_one_of("state", ImportState), name="state"),
        CheckConstraint("responses >= 1 AND done BETWEEN 0 AND responses", name="count"),
        CheckConstraint("state <> 'taken' OR done = responses", name="whole"),
        CheckConstraint(
            "(state IN ('taking', 'taken')) = (taken_by_id IS NOT NULL)", name="taken_by"
        ),
        CheckConstraint("taken_by_id <> uploaded_by_id", name="second_person"),
    )

    id: Mapped[Id]
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CONSULTATION))
    number: Mapped[int]
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    """Of the file as it was uploaded, which is not kept: what it says is in rows."""
    state: Mapped[str]
    responses: Mapped[int]
    answers: Mapped[int]
    done: Mapped[int]
    added: Mapped[int]
    uploaded_at: Mapped[dt.datetime]
    uploaded_by_id: Mapped[uuid.UUID]
    uploaded_by: Mapped[str]
    taken_at: Mapped[dt.datetime | None]
    taken_by_id: Mapped[uuid.UUID | None]
    taken_by: Mapped[str]
    ended_at: Mapped[dt.datetime | None]
    ended_by: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)


class IntakeImportedRow(Base):
    """One response of a table that waits, as JSON; gone once it was taken in or thrown away."""

    __tablename__ = "intake_imported"
    __table_args__ = (UniqueConstraint("import_id", "key"),)

    import_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(IMPORT), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    key_hash: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    said: Mapped[str] = mapped_column(Text)


class IntakeKeyRow(Base):
    """A key of a table under which a response was taken in, with the digest of what it said.

    The key itself may name somebody, so its hash is kept.
    """

    __tablename__ = "intake_key"

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CONSULTATION), primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(SUBMISSION))


def table_of(row: type[Base]) -> Table:
    """Return the table of a row, for statements that need no objects."""
    return cast(Table, row.__table__)
