"""What can be wrong with a link or a notice."""

from __future__ import annotations


class NoticesError(Exception):
    """A list or a notice does not allow this; the text says why."""


class LinkOver(NoticesError):
    """The address is not on the list, or not any more."""


class NobodyListed(NoticesError):
    """Nobody has confirmed an address, so there is nobody to send to."""
