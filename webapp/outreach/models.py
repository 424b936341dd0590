"""The rows of the log: an entry, and each of its versions; neither is ever rewritten."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.outreach.entries import Kind, Way
from webapp.persistence import Base, Id

KINDS = ", ".join(f"'{each}'" for each in Kind)
WAYS = ", ".join(f"'{each}'" for each in Way)


class OutreachEntryRow(Base):
    """An entry of the log; `newest` guards its corrections, and striking it out ends them.

    `place` orders those that were added at one moment from a list.
    """

    __tablename__ = "outreach_entry"
    __table_args__ = (
        CheckConstraint("newest >= 1", name="newest"),
        CheckConstraint(
            "(struck_at IS NULL) = (struck_by_id IS NULL)"
            " AND (struck_at IS NULL) = (struck_reason = '')",
            name="struck",
        ),
    )

    id: Mapped[Id]
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"), index=True)
    added_at: Mapped[dt.datetime]
    place: Mapped[int]
    newest: Mapped[int]
    struck_at: Mapped[dt.datetime | None]
    struck_by_id: Mapped[uuid.UUID | None]
    struck_by_name: Mapped[str]
    struck_reason: Mapped[str] = mapped_column(Text)


class OutreachVersionRow(Base):
    """What an entry said from a moment on; only ever added to.

    `audience_key` is what two names of one organisation share. The file columns are empty where
    nothing is attached; a version holds the file that it names.
    """

    __tablename__ = "outreach_version"
    __table_args__ = (
        UniqueConstraint("entry_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("(number = 1) = (reason = '')", name="reason"),
        CheckConstraint(f"kind IN ({KINDS})", name="kind"),
        CheckConstraint(f"way IN ({WAYS})", name="way"),
        CheckConstraint("audience <> ''", name="audience"),
        CheckConstraint("reached >= 1", name="reached"),
        CheckConstraint("(sha256 = '') = (file_name = '')", name="file"),
    )

    id: Mapped[Id]
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("outreach_entry.id"))
    number: Mapped[int]
    kind: Mapped[str]
    audience: Mapped[str]
    audience_key: Mapped[str]
    audience_class: Mapped[str]
    way: Mapped[str]
    told_on: Mapped[dt.date]
    reached: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text)
    file_name: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    made_at: Mapped[dt.datetime]
    account_id: Mapped[uuid.UUID]
    account_name: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
