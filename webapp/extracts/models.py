"""The rows of exports: what was asked for and by whom stays when the file is deleted."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.extracts.extract import ExtractState, FileFormat, Layout, Which
from webapp.persistence import Base, Id


def _one_of(values: type[ExtractState | FileFormat | Layout | Which]) -> str:
    return ", ".join(f"'{each.value}'" for each in values)


class ExtractRow(Base):
    """An export; what was asked for never changes, state, progress and outcome do.

    `attempt` is the worker that makes it: of two, the one that came last, and it alone ends it.
    `sha256` stays when the file is deleted, for the record.
    """

    __tablename__ = "consultation_extract"
    __table_args__ = (
        CheckConstraint(f"state IN ({_one_of(ExtractState)})", name="state"),
        CheckConstraint(f"layout IN ({_one_of(Layout)})", name="layout"),
        CheckConstraint(f"file_format IN ({_one_of(FileFormat)})", name="file_format"),
        CheckConstraint(f"which IN ({_one_of(Which)})", name="which"),
        CheckConstraint("total >= 0 AND responses >= 0 AND rows_made >= 0", name="progress"),
        CheckConstraint(
            "(state IN ('making', 'checking')) = (attempt IS NOT NULL)", name="attempt"
        ),
        CheckConstraint("(sha256 IS NULL) = (size IS NULL)", name="outcome"),
        CheckConstraint("state <> 'finished' OR sha256 IS NOT NULL", name="finished"),
        CheckConstraint("sha256 IS NULL OR state IN ('finished', 'deleted')", name="checked"),
        CheckConstraint("sha256 IS NULL OR read_at IS NOT NULL", name="read"),
        CheckConstraint("state <> 'failed' OR reason <> ''", name="reason"),
        CheckConstraint("(state = 'deleted') = (deleted_at IS NOT NULL)", name="deleted"),
    )

    id: Mapped[Id]
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"), index=True)
    layout: Mapped[str]
    file_format: Mapped[str]
    which: Mapped[str]
    with_campaigns: Mapped[bool]
    with_names: Mapped[bool]
    state: Mapped[str]
    attempt: Mapped[uuid.UUID | None]
    total: Mapped[int]
    responses: Mapped[int]
    rows_made: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    read_at: Mapped[dt.datetime | None]
    words_mark: Mapped[str]
    sha256: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[dt.datetime] = mapped_column(index=True)
    created_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    created_by: Mapped[str]
    ended_at: Mapped[dt.datetime | None]
    ended_by: Mapped[str]
    deleted_at: Mapped[dt.datetime | None]
    deleted_by: Mapped[str]
