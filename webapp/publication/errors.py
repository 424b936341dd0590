"""What can be wrong with a ruling."""

from __future__ import annotations


class PublicationError(Exception):
    """A ruling does not fit; the text says why."""


class NothingToRule(PublicationError):
    """The response does not count any more, or its sender does not let it be published."""


class RuledMeanwhile(PublicationError):
    """Somebody else ruled on the response, or looked at the ruling, since the page was opened."""


class OwnRuling(PublicationError):
    """Whoever proposed a ruling cannot be the second person who looks at it."""


class PermissionChanged(PublicationError):
    """The sender has changed what may be published since the ruling was proposed."""


class CutDoesNotFit(PublicationError):
    """Words are to be taken out that are not there."""


class RepeatsWords(PublicationError):
    """A note says the words that are taken out."""
