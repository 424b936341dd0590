"""A pack as a frozen value, and the states that it goes through."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum

from exports.packs.people import PackForm
from frameworks.model import AssessAt, Reference

KEPT = dt.timedelta(days=7)
"""How long a pack stays: it is for downloading, and everybody's names are in it."""

LONGEST_MAKING = dt.timedelta(days=1)
"""After this long a pack that is still not made never will be."""


class PackState(StrEnum):
    """Where a pack stands."""

    CHECKED = "checked"
    """The people are read, and nothing is made before somebody says so."""
    WAITING = "waiting"
    MAKING = "making"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    FAILED = "failed"
    DELETED = "deleted"


UNDER_WAY = (PackState.WAITING, PackState.MAKING)
CANCELLABLE = (PackState.CHECKED, *UNDER_WAY)
DELETABLE = (PackState.CHECKED, PackState.FINISHED, PackState.CANCELLED, PackState.FAILED)


class PackUnknown(LookupError):
    """There is no such pack."""


class PackChanged(ValueError):
    """A pack no longer stands where a step needs it to stand."""


class NotAsPinned(LookupError):
    """The library no longer holds the version that a pack was checked on."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a finished pack is: its ZIP and the manifest in it by SHA-256, its size in bytes."""

    archive: str
    manifest: str
    size: int


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack, pinned to a framework version; who is in it stands apart.

    `rule_on` is the day whose rule on signatures the forms follow. `stage` is None and `vacancy`
    empty for review forms. `reason` says why a pack failed.
    """

    id: uuid.UUID
    organisation_id: uuid.UUID
    form: PackForm
    reference: Reference
    framework_digest: str
    rule_on: dt.date
    total: int
    created_at: dt.datetime
    stage: AssessAt | None = None
    vacancy: str = ""
    state: PackState = PackState.CHECKED
    made: int = 0
    reason: str = ""
    finished: Made | None = None

    @property
    def kept_until(self) -> dt.datetime:
        """When it is deleted by itself."""
        return self.created_at + KEPT

    @property
    def is_under_way(self) -> bool:
        """Whether it is being made or about to be."""
        return self.state in UNDER_WAY


@dataclass(frozen=True, slots=True)
class Part:
    """A slice of a pack that is made: for whom, counted from 0, and in which file of the store.

    The file begins with `length` bytes of the ZIP; after them it says what these are.
    """

    first: int
    until: int
    sha256: str
    length: int
