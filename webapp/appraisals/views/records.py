"""A review as a document: what is drafted now, and each revision, on a page and as a file."""

from __future__ import annotations

import uuid

from exports.documents.review_record import ReviewRecord
from exports.templating import body
from webapp.accounts.services import get_organisation
from webapp.appraisals import services
from webapp.appraisals.acting import relations_of
from webapp.appraisals.record import draft_record, revision_record
from webapp.appraisals.reviews import Review
from webapp.appraisals.revisions import Revision
from webapp.appraisals.subjects import review_subject
from webapp.appraisals.views.room import OF_REVIEW, room, the_form, the_review, the_revision
from webapp.appraisals.writing import may_read_draft
from webapp.issued.register import Series
from webapp.security import Permission
from webapp.web.errors import Forbidden
from webapp.web.replies import DocumentReply, Page, Reply, SeeOther
from webapp.web.visit import Visit

OF_REVISION = f"{OF_REVIEW}/revisions/<int:number>"
READ = Permission.REVIEW_READ


@room.get(f"{OF_REVIEW}/draft", permission=READ, subject=review_subject)
def draft(visit: Visit, review_id: uuid.UUID) -> Reply:
    """Show what is drafted now as one page."""
    review = the_review(visit, review_id)
    if not review.state.is_drafted:
        return SeeOther.to("appraisals.overview", review_id=review_id)
    if not may_read_draft(review.state, relations_of(visit.identity, review)):
        raise Forbidden
    drafts = services.list_drafts(visit.session, review_id)
    document = draft_record(
        review,
        the_form(visit, review),
        {key: each.given for key, each in drafts.items()},
        organisation=get_organisation(visit.session, review.organisation_id).name,
        events=services.list_events(visit.session, review_id),
        saved_at=max((each.saved_at for each in drafts.values()), default=review.started_at),
    )
    return Page.of("appraisals/record.html", review=review, body=body(document), revision=None)


@room.get(OF_REVISION, permission=READ, subject=review_subject)
def revision(visit: Visit, review_id: uuid.UUID, number: int) -> Reply:
    """Show a revision as one page: the twin of its file."""
    review = the_review(visit, review_id)
    found = the_revision(visit, review, number)
    document = record_of(visit, review, found)
    return Page.of("appraisals/record.html", review=review, body=body(document), revision=found)


@room.post(f"{OF_REVISION}/record.pdf", permission=READ, subject=review_subject)
def issue(visit: Visit, review_id: uuid.UUID, number: int) -> Reply:
    """Record that somebody takes a copy of a revision, and send it as a file."""
    review = the_review(visit, review_id)
    found = the_revision(visit, review, number)
    services.record_issue(visit.session, review_id, number, identity=visit.identity, now=visit.now)
    name = f"Review {review.appraisee.name} revision {number}.pdf"
    series = Series(str(review_id), number)
    return DocumentReply(record_of(visit, review, found), name, series=series)


def record_of(visit: Visit, review: Review, revision: Revision) -> ReviewRecord:
    """Return a revision as a document."""
    return revision_record(
        review,
        revision,
        the_form(visit, review),
        services.list_answers(visit.session, revision),
        organisation=get_organisation(visit.session, review.organisation_id).name,
        events=services.list_events(visit.session, review.id),
    )
