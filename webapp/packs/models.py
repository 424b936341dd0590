"""The rows of packs; people's names stand in a row of their own that is erased with the pack."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence import Base, Id

STATES = "'checked', 'waiting', 'making', 'finished', 'cancelled', 'failed', 'deleted'"


class PackRow(Base):
    """A pack and what it is pinned to; state, count and outcome alone ever change."""

    __tablename__ = "pack"
    __table_args__ = (
        CheckConstraint(f"state IN ({STATES})", name="state"),
        CheckConstraint("form IN ('appraisal', 'scorecard')", name="form"),
        CheckConstraint("total >= 1 AND made BETWEEN 0 AND total", name="count"),
        CheckConstraint("made = 0 OR state NOT IN ('checked', 'waiting')", name="begun"),
        CheckConstraint("(state = 'finished') = (archive IS NOT NULL)", name="finished"),
        CheckConstraint(
            "(archive IS NULL) = (manifest IS NULL) AND (archive IS NULL) = (size IS NULL)",
            name="outcome",
        ),
        CheckConstraint("state <> 'finished' OR made = total", name="whole"),
    )

    id: Mapped[Id]
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    form: Mapped[str]
    framework_slug: Mapped[str]
    framework_version: Mapped[str]
    framework_digest: Mapped[str]
    stage: Mapped[str]
    vacancy: Mapped[str]
    rule_on: Mapped[dt.date]
    state: Mapped[str]
    total: Mapped[int]
    made: Mapped[int]
    reason: Mapped[str]
    archive: Mapped[str | None] = mapped_column(String(64))
    manifest: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[dt.datetime] = mapped_column(index=True)
    created_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))


class PackPeopleRow(Base):
    """Who is in a pack, as JSON; erased when the pack is cancelled, deleted or a week old."""

    __tablename__ = "pack_people"

    pack_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pack.id"), primary_key=True)
    people: Mapped[str] = mapped_column(Text)


class PackPartRow(Base):
    """A slice that is made; of two workers that make the same one, one is let in."""

    __tablename__ = "pack_part"
    __table_args__ = (
        UniqueConstraint("pack_id", "first"),
        CheckConstraint("first >= 0 AND first < until", name="people"),
    )

    id: Mapped[Id]
    pack_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pack.id"))
    first: Mapped[int]
    until: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    length: Mapped[int] = mapped_column(BigInteger)
