"""What was announced and what was erased, without saying of whom."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ErasureWarning:
    """Administrators were told that a class of a subject is erased from a moment on."""

    class_key: str
    subject_id: uuid.UUID
    warned_at: dt.datetime
    erased_from: dt.datetime


@dataclass(frozen=True, slots=True)
class ErasureRecord:
    """A class of a subject was erased; `rule` says in words by which period."""

    class_key: str
    subject_id: uuid.UUID
    erased: int
    erased_at: dt.datetime
    rule: str
