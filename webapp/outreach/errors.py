"""What can be wrong with an entry of the log."""

from __future__ import annotations


class OutreachError(Exception):
    """The log does not allow this; the text says why."""


class ChangedMeanwhile(OutreachError):
    """Somebody else corrected the entry, or struck it out, since the page was opened."""


class NothingListed(OutreachError):
    """A list that was pasted names nobody who could be added."""
