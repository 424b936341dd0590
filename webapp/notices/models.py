"""The rows of lists and notices. Of who is on a list there are days and no times.

Without row ids of SQLite's own, addresses lie in the order of random keys and not as they came.
"""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence import Base, Id

CONSULTATION = "consultation.id"
SUBSCRIBER = "notice_subscriber.id"


class SubscriberRow(Base):
    """An address that asked for the notices of a consultation; stopping deletes the row.

    `asked_times` counts the mails of the day `asked_on`; `owes_mail` says that one is due.
    `is_mixed` says that the row was written again among others of its day.
    """

    __tablename__ = "notice_subscriber"
    __table_args__ = (
        UniqueConstraint("consultation_id", "email"),
        Index(None, "email"),
        CheckConstraint("asked_times >= 1", name="asked_times"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[Id]
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CONSULTATION))
    email: Mapped[str]
    asked_on: Mapped[dt.date]
    asked_times: Mapped[int]
    owes_mail: Mapped[bool]
    confirmed_on: Mapped[dt.date | None]
    is_mixed: Mapped[bool]


class NoticeRow(Base):
    """A notice that was sent; only the counts of its sending change."""

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint(
            "delivered >= 0 AND given_up >= 0 AND delivered + given_up <= recipients",
            name="counts",
        ),
    )

    id: Mapped[Id]
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CONSULTATION), index=True)
    subject: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[dt.datetime]
    account_id: Mapped[uuid.UUID]
    account_name: Mapped[str]
    recipients: Mapped[int]
    delivered: Mapped[int]
    given_up: Mapped[int]
    finished_at: Mapped[dt.datetime | None]


class DeliveryRow(Base):
    """A mail that is still to be sent; the row is deleted when it was.

    `due_at` is when it may be tried; whoever tries it moves that on first.
    """

    __tablename__ = "notice_delivery"
    __table_args__ = (Index(None, "notice_id", "due_at"),)

    notice_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("notice.id", ondelete="CASCADE"), primary_key=True
    )
    subscriber_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey(SUBSCRIBER, ondelete="CASCADE"), primary_key=True, index=True
    )
    due_at: Mapped[dt.datetime]
    tries: Mapped[int]
