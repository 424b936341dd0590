"""A bundle that somebody asked for: where it stands, and what became of it."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum

KEPT = dt.timedelta(days=7)
"""How long the file of a bundle is kept; it can be made again at any time."""

LONGEST_MAKING = dt.timedelta(days=1)
"""After how long a bundle is given up that no worker has made."""


class State(StrEnum):
    """What a bundle is."""

    WAITING = "waiting"
    FINISHED = "finished"
    FAILED = "failed"
    DELETED = "deleted"
    """The file is gone; who made it, when, and its digest stay."""


@dataclass(frozen=True, slots=True)
class Made:
    """A bundle as a file: `sha256` has the 64 digits of all of it."""

    sha256: str
    size: int
    entries: int
    files: int


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle; `made` is None until it is finished, `reason` says why it could not be made."""

    id: uuid.UUID
    consultation_id: uuid.UUID
    state: State
    asked_at: dt.datetime
    by: str
    finished_at: dt.datetime | None = None
    made: Made | None = None
    reason: str = ""


class BundleChanged(Exception):
    """The bundle was finished or given up before: this came too late."""
