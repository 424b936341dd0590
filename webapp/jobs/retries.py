"""When a job that failed is tried again, and when it is given up."""

from __future__ import annotations

import datetime as dt

MOST_ATTEMPTS = 10
FIRST_DELAY = dt.timedelta(seconds=5)
LONGEST_DELAY = dt.timedelta(hours=1)


class NotWorthRetrying(Exception):
    """Trying again cannot help; the job is given up at once."""


def delay_after(attempts: int) -> dt.timedelta | None:
    """Return how long to wait after so many attempts, or None when there have been enough."""
    if attempts >= MOST_ATTEMPTS:
        return None
    factor: int = 4 ** (attempts - 1)
    return min(FIRST_DELAY * factor, LONGEST_DELAY)
