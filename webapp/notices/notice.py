"""What is sent to a list, and to whom it still goes."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

SUBJECT_LENGTH = 150
TEXT_LENGTH = 6000


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice that was sent, and how far its sending is."""

    id: uuid.UUID
    subject: str
    text: str
    sent_at: dt.datetime
    sent_by: str
    recipients: int
    delivered: int
    given_up: int
    finished_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Somebody on a list, or about to be: an address and one consultation."""

    id: uuid.UUID
    consultation_id: uuid.UUID
    email: str
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail of a notice, for whoever has claimed it."""

    notice: Notice
    subscriber: Subscriber
    tries: int


@dataclass(frozen=True, slots=True)
class Sender:
    """The member of staff who sends a notice."""

    account_id: uuid.UUID
    name: str
