"""Two tables of the tests' own, with one of every kind of rule."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence import Base, Id


class Shelf(Base):
    __tablename__ = "test_shelves"
    __table_args__ = (
        UniqueConstraint("room", "row"),
        CheckConstraint("height > 0", name="height"),
        Index(
            "uq_test_shelves__one_best",
            "best",
            unique=True,
            sqlite_where=text("best"),
            postgresql_where=text("best"),
        ),
        Index("uq_test_shelves__lower_label", text("lower(label)"), unique=True),
    )

    id: Mapped[Id]
    room: Mapped[str]
    row: Mapped[int]
    height: Mapped[int] = mapped_column(default=1)
    best: Mapped[bool] = mapped_column(default=False)
    label: Mapped[str | None]


class Book(Base):
    __tablename__ = "test_books"

    id: Mapped[Id]
    shelf_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Shelf.id))
    read_at: Mapped[dt.datetime]
