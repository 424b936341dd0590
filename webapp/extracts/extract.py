"""An export as a frozen value, what is chosen for it, and the states that it goes through."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum

KEPT = dt.timedelta(days=7)
"""How long an export stays: it is for downloading, and holds what people wrote."""

LONGEST_MAKING = dt.timedelta(days=1)
"""After this long an export that is still not made never will be."""

MOST_UNDER_WAY = 5
"""How many exports of one consultation wait or are made at once."""


class Layout(StrEnum):
    """What a row of the table is."""

    COMMENTS = "comments"
    RESPONSES = "responses"


class FileFormat(StrEnum):
    """The file in which the table is asked for; JSON Lines always stand beside it."""

    XLSX = "xlsx"
    ODS = "ods"
    CSV = "csv"
    JSON_LINES = "jsonl"

    @property
    def suffix(self) -> str:
        """The end of the file's name."""
        return f".{self.value}"


class Which(StrEnum):
    """Which responses are in it."""

    COUNTING = "counting"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Options:
    """What somebody chose for an export."""

    layout: Layout
    file_format: FileFormat
    which: Which = Which.COUNTING
    with_campaigns: bool = True
    with_names: bool = False


class ExtractState(StrEnum):
    """Where an export stands."""

    WAITING = "waiting"
    MAKING = "making"
    CHECKING = "checking"
    """Everything is written and is being read back."""
    FINISHED = "finished"
    CANCELLED = "cancelled"
    FAILED = "failed"
    DELETED = "deleted"


BEING_MADE = (ExtractState.MAKING, ExtractState.CHECKING)
UNDER_WAY = (ExtractState.WAITING, *BEING_MADE)
DELETABLE = (
    ExtractState.WAITING,
    ExtractState.FINISHED,
    ExtractState.CANCELLED,
    ExtractState.FAILED,
)


class ExtractUnknown(LookupError):
    """There is no such export."""


class ExtractChanged(ValueError):
    """An export no longer stands where a step needs it to stand."""


class TooManyUnderWay(ValueError):
    """So many exports of a consultation are made already that another has to wait."""


@dataclass(frozen=True, slots=True)
class Finished:
    """What a checked export is: its ZIP by SHA-256, size in bytes, rows, and whose they are."""

    sha256: str
    size: int
    rows: int
    responses: int


@dataclass(frozen=True, slots=True)
class Extract:
    """An export of one consultation.

    `responses` of about `total` are read so far and `rows` written. `reason` says why it failed,
    or why it was deleted before its time. `words_mark` is the same for as long as no word or
    name was taken out or erased.
    """

    id: uuid.UUID
    consultation_id: uuid.UUID
    options: Options
    created_at: dt.datetime
    created_by: str
    state: ExtractState = ExtractState.WAITING
    total: int = 0
    responses: int = 0
    rows: int = 0
    reason: str = ""
    read_at: dt.datetime | None = None
    words_mark: str = ""
    finished: Finished | None = None
    ended_at: dt.datetime | None = None
    ended_by: str = ""
    deleted_at: dt.datetime | None = None
    deleted_by: str = ""

    @property
    def kept_until(self) -> dt.datetime:
        """When it is deleted by itself."""
        return self.created_at + KEPT

    @property
    def is_under_way(self) -> bool:
        """Whether it waits or is being made or checked."""
        return self.state in UNDER_WAY
