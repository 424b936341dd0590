"""The rows of equality answers: sealed forms that wait, and counts. None has a time.

Without row ids of SQLite's own, rows lie in the order of their random keys and not as they came.
"""

from __future__ import annotations

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence import Base, Id

CLASSES = "'individual', 'organisation'"


class EqualityKeyRow(Base):
    """The key that seals forms now; what it is made of lies in a file and in no row."""

    __tablename__ = "equality_key"

    id: Mapped[Id]


class EqualityTrayRow(Base):
    """A form that waits for others, sealed, so that only the worker can open it.

    A form that is posted twice has the same id. Mixing gives those that stay another.
    """

    __tablename__ = "equality_tray"
    __table_args__ = (
        CheckConstraint(f"respondent_class IN ({CLASSES})", name="respondent_class"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[Id]
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"))
    question_set: Mapped[str]
    respondent_class: Mapped[str]
    key_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("equality_key.id"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class EqualityCountRow(Base):
    """How many of one class chose one answer; an empty choice is a question left blank.

    All rows of a consultation are written anew, shuffled, whenever forms are counted.
    """

    __tablename__ = "equality_count"
    __table_args__ = (
        UniqueConstraint(
            "consultation_id",
            "question_set",
            "respondent_class",
            "question",
            "choice",
            # With the columns in it, the name would be longer than PostgreSQL takes.
            name="uq_equality_count__answer",
        ),
        CheckConstraint(f"respondent_class IN ({CLASSES})", name="respondent_class"),
        CheckConstraint("n > 0", name="n"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[Id]
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"))
    question_set: Mapped[str]
    respondent_class: Mapped[str]
    question: Mapped[str]
    choice: Mapped[str]
    n: Mapped[int]
