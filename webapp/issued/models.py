"""The rows of the register of documents."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence import Base, Id


class IssuedDocumentRow(Base):
    """A document that left, as anybody may know it: nothing in it leads to a person.

    `series` tells that documents are states of one thing, such as the revisions of a review; it
    is a digest that says nothing else.
    """

    __tablename__ = "issued_document"
    __table_args__ = (
        UniqueConstraint("identifier"),
        CheckConstraint("(series = '') = (number = 0)", name="series"),
        Index("ix_issued_document__series", "series", "number"),
    )

    id: Mapped[Id]
    identifier: Mapped[str] = mapped_column(String(19))
    kind: Mapped[str] = mapped_column(String(50))
    framework_slug: Mapped[str]
    framework_version: Mapped[str]
    framework_digest: Mapped[str]
    base: Mapped[str] = mapped_column(String(19))
    content_digest: Mapped[str] = mapped_column(String(64))
    seal_sha256: Mapped[str] = mapped_column(String(64))
    series: Mapped[str] = mapped_column(String(64))
    number: Mapped[int]
    issued_at: Mapped[dt.datetime]
