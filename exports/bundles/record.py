"""What a bundle tells, as frozen values; files are named by their digest until they are packed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A file of the record: `name` as people called it, `sha256` the 64 digits of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RecordEntry:
    """One thing that happened; `topic` is what it belongs to, in words."""

    at: dt.datetime
    kind: str
    topic: str
    words: str
    by: str = ""
    why: str = ""
    files: tuple[RecordFile, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownEdition:
    """What respondents were shown from a moment on, with the files that say it."""

    number: int
    shown_from: dt.datetime
    notice: str
    texts: tuple[tuple[str, str], ...]
    """The words of the consultation, each under its heading."""
    files: tuple[RecordFile, ...]
    problems: tuple[str, ...] = ()
    """What should be there and is not, such as a file that the library no longer has."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A number under a name."""

    label: str
    n: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers that belong together under one heading."""

    title: str
    rows: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that a bundle tells of one consultation.

    `entries` are in the order in which things happened. `left_out` says what is not in it, in
    sentences.
    """

    title: str
    slug: str
    organisation: str
    address: str
    entries: tuple[RecordEntry, ...]
    editions: tuple[ShownEdition, ...]
    counts: tuple[Counts, ...]
    left_out: tuple[str, ...]

    @property
    def as_of(self) -> dt.datetime | None:
        """When the last thing happened that it tells; None where it tells nothing."""
        return max((each.at for each in self.entries), default=None)

    @property
    def files(self) -> tuple[RecordFile, ...]:
        """Every file, as often as it is named."""
        shown = (file for edition in self.editions for file in edition.files)
        told = (file for entry in self.entries for file in entry.files)
        return (*shown, *told)
