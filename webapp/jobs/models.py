"""The rows of work for later."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import JSON, CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence import Base, Id

WAITING = text("done_at IS NULL AND failed_at IS NULL")


class Job(Base):
    """One piece of work; its payload is emptied when it is done or given up."""

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("done_at IS NULL OR failed_at IS NULL", name="one_end"),
        Index(
            "ix_job__waiting",
            "run_at",
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        ),
    )

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(60))
    payload: Mapped[dict[str, str]] = mapped_column(JSON)
    enqueued_at: Mapped[dt.datetime]
    run_at: Mapped[dt.datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[uuid.UUID | None]
    leased_until: Mapped[dt.datetime | None]
    done_at: Mapped[dt.datetime | None]
    failed_at: Mapped[dt.datetime | None]
    # The kind of error alone: its text may name a person.
    last_error: Mapped[str | None] = mapped_column(String(100))
