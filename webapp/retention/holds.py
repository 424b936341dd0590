"""Holds: nothing of their subject is erased while they last."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

HOLD_PLACED = "hold.placed"
HOLD_LIFTED = "hold.lifted"
"""What the journal of erasures says of a hold."""


class HoldsClash(Exception):
    """Somebody else placed or lifted this hold a moment ago."""


@dataclass(frozen=True, slots=True)
class HoldKeeper:
    """Who places or lifts a hold."""

    account_id: uuid.UUID
    name: str


@dataclass(frozen=True, slots=True)
class HoldEvent:
    """A hold that was placed or lifted."""

    subject_id: uuid.UUID
    is_placed: bool
    happened_at: dt.datetime
    by: str
    reason: str
