"""The rows of bundles: who asked for one, and what it was."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence import Base, Id

STATES = "'waiting', 'finished', 'failed', 'deleted'"


class BundleRow(Base):
    """A bundle that somebody asked for; its digest stays when the file is deleted.

    `sha256` is of the whole file and `entries` how many things it tells, empty and 0 until it is
    finished; `reason` says why it could not be made.
    """

    __tablename__ = "bundle"
    __table_args__ = (
        # One at a time is made of a consultation: it would be the same again.
        Index(
            "uq_bundle__waiting",
            "consultation_id",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        CheckConstraint(f"state IN ({STATES})", name="state"),
        CheckConstraint("(sha256 <> '') = (finished_at IS NOT NULL)", name="made"),
        CheckConstraint("state <> 'finished' OR sha256 <> ''", name="finished"),
        CheckConstraint("(state = 'failed') = (reason <> '')", name="failed"),
    )

    id: Mapped[Id]
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"), index=True)
    state: Mapped[str]
    asked_at: Mapped[dt.datetime]
    account_id: Mapped[uuid.UUID]
    account_name: Mapped[str]
    finished_at: Mapped[dt.datetime | None]
    sha256: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    entries: Mapped[int]
    files: Mapped[int]
    reason: Mapped[str]
