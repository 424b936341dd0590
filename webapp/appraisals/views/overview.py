"""The page that leads to everything of one review; a secretary sees progress alone."""

from __future__ import annotations

import uuid

from webapp.accounts.services import get_organisation
from webapp.appraisals import pages, services
from webapp.appraisals.acting import persons_of, relations_of
from webapp.appraisals.papers import PaperState
from webapp.appraisals.subjects import review_subject
from webapp.appraisals.views.room import OF_REVIEW, room, the_form, the_review
from webapp.security import Permission, Role, permits
from webapp.web.errors import NotFound
from webapp.web.replies import Page, Reply
from webapp.web.visit import Visit

DONE = {
    "form-taken": "The answers of the form are in the review.",
    "paper-taken": "What the paper says is in the review.",
}
"""What is said after a step that led here, by its name in the address."""


@room.get(OF_REVIEW, permission=Permission.REVIEW_PROGRESS, subject=review_subject)
def overview(visit: Visit, review_id: uuid.UUID) -> Reply:
    """Show where a review stands and what this person can do."""
    review = the_review(visit, review_id)
    subject = review_subject(visit, review_id)
    if subject is None:
        raise NotFound
    page = pages.overview(
        review,
        the_form(visit, review),
        services.list_drafts(visit.session, review.id),
        services.list_revisions(visit.session, review),
        services.list_events(visit.session, review.id),
        relations=relations_of(visit.identity, review),
        person_ids=frozenset(each.id for each in persons_of(visit.identity, review)),
        reads=permits(visit.identity, Permission.REVIEW_READ, subject),
    )
    organisation = get_organisation(visit.session, review.organisation_id)
    is_staff = any(
        visit.identity.holds(role, organisation.id)
        for role in (Role.APPRAISER, Role.BOARD_SECRETARY)
    )
    has_files = permits(visit.identity, Permission.REVIEW_FILES, subject)
    is_shown = has_files and review.state.is_drafted
    papers = services.list_papers(visit.session, review_id) if is_shown else ()
    return Page.of(
        "appraisals/overview.html",
        page=page,
        organisation=organisation,
        is_staff=is_staff,
        has_files=has_files,
        done=DONE.get(visit.query.get("done", ""), "") if review.state.is_drafted else "",
        open_papers=tuple(each for each in papers if each.state is not PaperState.CONFIRMED),
    )
