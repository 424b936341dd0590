"""The room that the views of reviews register with, and what they all look up first."""

from __future__ import annotations

import uuid

from frameworks.review import ReviewForm
from webapp.accounts.people import OrganisationValue
from webapp.accounts.services import find_organisation
from webapp.appraisals import services
from webapp.appraisals.pinning import form_of
from webapp.appraisals.reviews import Review
from webapp.appraisals.revisions import Revision
from webapp.security import Permission
from webapp.web.errors import NotFound
from webapp.web.room import Room
from webapp.web.tasks import StaffTask
from webapp.web.visit import Visit

OF_ORGANISATION = "/organisations/<organisation>/reviews"
OF_REVIEW = "/reviews/<uuid:review_id>"

room = Room(
    "appraisals",
    "webapp.appraisals.views",
    tasks=(
        StaffTask(
            Permission.REVIEW_LIST,
            "Reviews",
            "Start a review of a board member, see whose signature is missing, print blank forms",
            "appraisals.index",
        ),
    ),
)


def the_organisation(visit: Visit, slug: str) -> OrganisationValue:
    """Return the organisation of an address; raises NotFound."""
    found = find_organisation(visit.session, slug)
    if found is None:
        raise NotFound
    return found


def the_review(visit: Visit, review_id: uuid.UUID) -> Review:
    """Return the review of an address; raises NotFound."""
    found = services.find_review(visit.session, review_id)
    if found is None:
        raise NotFound
    return found


def the_form(visit: Visit, review: Review) -> ReviewForm:
    """Return the form that a review answers; raises NotAsPinned."""
    return form_of(review, visit.library)


def the_revision(visit: Visit, review: Review, number: int) -> Revision:
    """Return a revision by its number; raises NotFound."""
    for revision in services.list_revisions(visit.session, review):
        if revision.frozen.number == number:
            return revision
    raise NotFound
