"""From a review to its form, as pinned; and which versions a new one may be pinned to."""

from __future__ import annotations

import dataclasses
import datetime as dt

from frameworks.library import Library, Published, Status, UnknownVersion
from frameworks.model import Reference
from frameworks.review import ReviewForm, review_form
from webapp.appraisals.reviews import Review

OFFERED = (Status.IN_FORCE, Status.FINAL)


class NotAsPinned(Exception):
    """The library no longer holds what a review was started on, so it cannot be shown."""


def form_of(review: Review, library: Library) -> ReviewForm:
    """Return the form that a review answers, under the rule that it was started with.

    Raises NotAsPinned where the version is gone or its content differs.
    """
    published = library.find(review.reference)
    if published is None or published.digest != review.digest:
        raise NotAsPinned(f"{review.reference} is not what review {review.id} was started on")
    form = review_form(published.framework, review.profile_key, review.rule_on)
    return dataclasses.replace(form, rule=review.rule)


def offered_versions(library: Library, on: dt.date) -> tuple[Published, ...]:
    """Return the versions that reviews may be started on, those in force first, then newest."""
    newest_first = reversed(library.list(on))
    offered = [each for each in newest_first if each.status in OFFERED]
    return tuple(sorted(offered, key=lambda each: OFFERED.index(each.status)))


def find_offered(library: Library, reference: str, on: dt.date) -> Published | None:
    """Return the version of a reference as typed in an address, if it is on offer."""
    try:
        wanted = Reference.parse(reference)
        published = library.get(wanted, on)
    except (ValueError, UnknownVersion):
        return None
    return published if published.status in OFFERED else None
