"""A sample booklet."""

from __future__ import annotations

from exports.documents.booklet import Booklet, make_booklet
from exports.samples.published import sample_published


def sample() -> Booklet:
    """Return the booklet of the sample framework."""
    return make_booklet(sample_published())
