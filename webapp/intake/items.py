"""Something that came in, and how far it has come on its way to be a response."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from frameworks.questions import AnswerKey, Given
from webapp.consultations.opening import uk_day
from webapp.consultations.respondents import Channel, Respondent

NOTE_LENGTH = 2000
WORDS_LENGTH = 100_000
REASON_LENGTH = 2000
MOST_SOURCES = 20

CHANNELS = (
    Channel.EMAIL,
    Channel.LETTER,
    Channel.TELEPHONE,
    Channel.MEETING,
    Channel.FORM,
)
"""How an item can have come; what comes in a spreadsheet is imported."""


class ItemState(StrEnum):
    """Where an item stands."""

    TRANSCRIBING = "transcribing"
    CHECKING = "checking"
    TAKEN = "taken"
    REMOVED = "removed"


OPEN = (ItemState.TRANSCRIBING, ItemState.CHECKING)
"""The states in which somebody still has to do something."""


class EventKind(StrEnum):
    """What can happen to an item."""

    RECEIVED = "received"
    ATTACHED = "attached"
    DETACHED = "detached"
    READ = "read"
    FINISHED = "finished"
    SENT_BACK = "sent-back"
    APPROVED = "approved"
    READ_AGAIN = "read-again"
    """Somebody read what came, although words were taken out of the response since."""
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that an item came in; `text` is what it says where that is plain text."""

    id: uuid.UUID
    sha256: str
    name: str
    kind: str
    size: int
    text: str
    added_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Typist:
    """Somebody who transcribed some of an item."""

    account_id: uuid.UUID
    name: str


@dataclass(frozen=True, slots=True)
class ItemEvent:
    """Something that happened to an item; never changed afterwards."""

    kind: EventKind
    at: dt.datetime
    account_id: uuid.UUID
    by: str
    detail: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An item as a list shows it: no word of a respondent is in it.

    `typists` are in the order in which they wrote, the last of them last.
    """

    id: uuid.UUID
    consultation_id: uuid.UUID
    number: int
    channel: Channel
    received_at: dt.datetime
    is_time_known: bool
    state: ItemState
    round: int
    added_at: dt.datetime
    reference: str = ""
    typists: tuple[Typist, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state in OPEN

    def days_since(self, now: dt.datetime) -> int:
        """Return how many days ago it was received, by the calendar of the UK."""
        return (uk_day(now) - uk_day(self.received_at)).days

    def was_typed_by(self, account_id: uuid.UUID | None) -> bool:
        """Say whether an account transcribed some of it."""
        return any(each.account_id == account_id for each in self.typists)


@dataclass(frozen=True, slots=True)
class Typed:
    """An answer as it was transcribed, with the revision that a page must know to change it."""

    key: AnswerKey
    given: Given
    revision: int
    is_read: bool = False
    """Whether the program read it from a form, and nobody has changed it since."""


@dataclass(frozen=True)
class Transcription:
    """What was transcribed of an item so far."""

    respondent: Respondent = field(default_factory=Respondent)
    chosen: tuple[str, ...] = ()
    typed: tuple[Typed, ...] = ()

    @cached_property
    def by_key(self) -> dict[AnswerKey, Typed]:
        """Everything that was typed, blanks too, by key."""
        return {each.key: each for each in self.typed}

    @cached_property
    def answers(self) -> dict[AnswerKey, Given]:
        """What counts as an answer, by key."""
        return {each.key: each.given for each in self.typed if not each.given.is_blank}


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is known of something that came, before anything of it was transcribed."""

    channel: Channel
    received_at: dt.datetime
    is_time_known: bool
    note: str = ""
    words: str = ""


class IntakeError(Exception):
    """This cannot be done with an item or an import; the text says why, for a person."""


class UnknownItem(IntakeError):
    """There is no such item, or nothing like that belongs to it."""


class ItemMoved(IntakeError):
    """The item is not where it was: somebody else handed it on, took it in or removed it."""


class OwnWork(IntakeError):
    """Whoever transcribed cannot check, and whoever uploaded cannot take in."""


class NothingTyped(IntakeError):
    """Nothing was transcribed that could be a response."""


class AttachedAlready(IntakeError):
    """The very same file is attached to the item."""


class TooManySources(IntakeError):
    """No more files can be attached to one item."""


def left_out(answers: Collection[AnswerKey], sent: Collection[AnswerKey]) -> int:
    """Return how many answers were typed that would not become part of the response."""
    return len(set(answers) - set(sent))
