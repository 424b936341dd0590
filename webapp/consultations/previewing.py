"""A link with which somebody without an account sees a consultation that is not open."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

LASTS = dt.timedelta(days=14)
MOST_LINKS = 20
"""How many links of one consultation can work at once."""


@dataclass(frozen=True, slots=True)
class PreviewLink:
    """A link as the team knows it; its secret is known to whoever was given it alone."""

    id: uuid.UUID
    made_at: dt.datetime
    by: str
    ends_at: dt.datetime
    ended_at: dt.datetime | None = None

    def works(self, now: dt.datetime) -> bool:
        """Say whether it shows anything at a moment."""
        return self.ended_at is None and now < self.ends_at
