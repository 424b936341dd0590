"""A form on paper, as a file: what may be attached, and where its transcription stands."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum

from exports.forms.filled import FileRefused, Reason
from webapp.security import Relation

LARGEST = 10_000_000
LONGEST_NAME = 120
SIGNS = (
    (b"%PDF-", "application/pdf", "pdf"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
)
"""How the content of a file begins that may be attached, its media type, how its name ends."""


class PaperState(StrEnum):
    """Where an attached form stands: to be typed, to be checked, taken, or taken away again."""

    ATTACHED = "attached"
    FINISHED = "finished"
    CONFIRMED = "confirmed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Check:
    """Somebody compared what was typed with the paper; `reason` says why it was sent back."""

    name: str
    is_right: bool
    reason: str
    checked_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Paper:
    """An attached file with who typed it, and the last check of what was typed."""

    id: uuid.UUID
    review_id: uuid.UUID
    sha256: str
    media_type: str
    size: int
    name: str
    attached_by: str
    attached_at: dt.datetime
    state: PaperState
    round: int
    typist_id: uuid.UUID | None
    typist_relation: Relation | None
    typed_by: str
    last_check: Check | None

    @property
    def ending(self) -> str:
        """How a name of the file ends."""
        return next(ending for _, kind, ending in SIGNS if kind == self.media_type)

    @property
    def is_open(self) -> bool:
        """Whether it may still be typed, checked or taken away."""
        return self.state in (PaperState.ATTACHED, PaperState.FINISHED)


def media_type_of(content: bytes) -> str:
    """Return what a file is by its content, whatever it is called; raises FileRefused."""
    if len(content) > LARGEST:
        raise FileRefused(
            Reason.TOO_LARGE,
            "This file is larger than 10 MB. Scan it again in black and white, "
            "or at 150 to 200 dots per inch.",
        )
    for sign, kind, _ in SIGNS:
        if content.startswith(sign):
            return kind
    raise FileRefused(
        Reason.NOT_A_PDF,
        "This file is not a PDF, a JPEG or a PNG. Scan the form as a PDF, or photograph its pages "
        "and save the photograph as a JPEG.",
    )


def shown_name(name: str) -> str:
    """Return a file's name as it can be shown: without folders and without what is not seen."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(each if each.isprintable() else " " for each in last)
    return " ".join(seen.split())[:LONGEST_NAME] or "A file without a name"
