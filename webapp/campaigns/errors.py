"""What can be wrong with what somebody asks about campaigns."""

from __future__ import annotations


class CampaignUnknown(LookupError):
    """This consultation has no such campaign, or no such response in it."""


class DecidedMeanwhile(Exception):
    """Somebody else decided about this group after the page was made."""


class NothingToDecide(ValueError):
    """The group or the response is already what the decision would make of it."""


class SearchedMeanwhile(Exception):
    """Somebody asked for the same search, or another worker did it, first."""
