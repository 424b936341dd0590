"""Why something was done, in the words of whoever did it."""

from __future__ import annotations

LONGEST_REASON = 1000


class ReasonNeeded(Exception):
    """Without a reason, or with one that is too long, nothing is changed."""


def checked_reason(reason: str) -> str:
    """Return a reason as it is kept; raises ReasonNeeded."""
    kept = reason.replace("\r\n", "\n").strip()
    if not kept:
        raise ReasonNeeded("Say why: the reason is kept with the review")
    if len(kept) > LONGEST_REASON:
        raise ReasonNeeded(f"Shorten the reason to {LONGEST_REASON:,} characters or fewer")
    return kept
