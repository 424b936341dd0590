"""What the register says of a document."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in the register; it is the same for everybody who asks.

    `kind` is the name of its template, `base` the identifier of what a copy was made from or an
    empty text. `has_later` says that a later state of the same thing was issued.
    """

    identifier: str
    kind: str
    framework_slug: str
    framework_version: str
    framework_digest: str
    base: str
    issued_at: dt.datetime
    has_later: bool = False

    @property
    def citation(self) -> str:
        """The framework version, `slug@version`."""
        return f"{self.framework_slug}@{self.framework_version}"


@dataclass(frozen=True, slots=True)
class Series:
    """Which of several states of one thing a document is: the n-th revision of a review.

    `subject` is the random id of that thing; the register keeps its digest alone.
    """

    subject: str
    number: int

    @property
    def digest(self) -> str:
        """What the register keeps."""
        return hashlib.sha256(f"series {self.subject}".encode()).hexdigest()
