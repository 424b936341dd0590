"""The rows of holds and erasures. Subjects are rows of other rooms, known by their id alone."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence import Base, Id

UNWRITTEN = text("written_at IS NULL")


class ErasureRow(Base):
    """Something that was erased and must stay so; it goes into the journal outside the database.

    The row stays: it says which lines of a journal this database has been through.
    """

    __tablename__ = "erasure"
    __table_args__ = (
        Index(
            "ix_erasure__unwritten",
            "happened_at",
            sqlite_where=UNWRITTEN,
            postgresql_where=UNWRITTEN,
        ),
        # In the order of random keys: who left which list has a day and no time.
        {"sqlite_with_rowid": False},
    )

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[uuid.UUID]
    happened_at: Mapped[dt.datetime]
    written_at: Mapped[dt.datetime | None]


class HoldEventRow(Base):
    """A hold that was placed on a subject or lifted; only ever added to, in turn."""

    __tablename__ = "hold_event"
    __table_args__ = (
        UniqueConstraint("subject_id", "number"),
        CheckConstraint("kind IN ('placed', 'lifted')", name="kind"),
        CheckConstraint("number >= 1 AND (kind = 'placed') = (number % 2 = 1)", name="turn"),
        CheckConstraint("reason <> ''", name="reason"),
    )

    id: Mapped[Id]
    subject_id: Mapped[uuid.UUID]
    number: Mapped[int]
    kind: Mapped[str]
    happened_at: Mapped[dt.datetime]
    account_id: Mapped[uuid.UUID]
    account_name: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)


class ErasureWarningRow(Base):
    """Administrators were told that a class of a subject is erased soon, and from when on."""

    __tablename__ = "erasure_warning"

    class_key: Mapped[str] = mapped_column(String(60), primary_key=True)
    subject_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    warned_at: Mapped[dt.datetime]
    erased_from: Mapped[dt.datetime]


class ErasureRecordRow(Base):
    """A class of a subject was erased, how much of it and by which rule; it names nobody."""

    __tablename__ = "erasure_record"
    __table_args__ = (CheckConstraint("erased >= 0", name="erased"),)

    id: Mapped[Id]
    class_key: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[uuid.UUID] = mapped_column(index=True)
    erased: Mapped[int]
    erased_at: Mapped[dt.datetime]
    rule: Mapped[str]
