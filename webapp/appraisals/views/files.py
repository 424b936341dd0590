"""The form of a review to take away, and the files that came back to it."""

from __future__ import annotations

import uuid

from webapp.accounts.services import get_organisation
from webapp.appraisals import services
from webapp.appraisals.acting import relations_of
from webapp.appraisals.papers import media_type_of
from webapp.appraisals.record import copy_values, fillable_form
from webapp.appraisals.states import NotTheirs
from webapp.appraisals.subjects import review_subject
from webapp.appraisals.views.room import OF_REVIEW, room, the_form, the_review
from webapp.appraisals.writing import WritingRefused, may_fill_in, may_transcribe
from webapp.files import FileDamaged, UnknownFile
from webapp.security import Permission
from webapp.web.errors import Conflict, Forbidden, Gone, NotFound
from webapp.web.replies import CopyReply, FileReply, Page, Reply
from webapp.web.visit import Visit

FILES = Permission.REVIEW_FILES


@room.get(f"{OF_REVIEW}/files", permission=FILES, subject=review_subject)
def files(visit: Visit, review_id: uuid.UUID) -> Reply:
    """Offer the form and show which files came back."""
    review = the_review(visit, review_id)
    relations = relations_of(visit.identity, review)
    return Page.of(
        "appraisals/files.html",
        review=review,
        may_fill_in=may_fill_in(review.state, relations),
        may_attach=may_transcribe(review.state, relations),
        papers=services.list_papers(visit.session, review_id),
        forms=services.list_forms_taken(visit.session, review_id),
    )


@room.post(f"{OF_REVIEW}/form.pdf", permission=Permission.REVIEW_FILL_IN, subject=review_subject)
def take_form(visit: Visit, review_id: uuid.UUID) -> Reply:
    """Hand out the form with the people and what is drafted in it, and record the copy."""
    review = the_review(visit, review_id)
    the_form(visit, review)  # Raises where the library no longer has what it was started on.
    published = visit.library.find(review.reference)
    if published is None:
        raise NotFound
    document = fillable_form(published, review)
    organisation = get_organisation(visit.session, review.organisation_id).name
    try:
        drafts = services.list_carried(visit.session, review, visit.identity)
        values = copy_values(
            review,
            {key: draft.given for key, draft in drafts.items()},
            organisation=organisation,
        )
        base, identifier = visit.counter().identify_copy(document, values)
        services.record_copy(
            visit.session,
            review_id,
            identifier=identifier,
            base=base,
            carried={key: draft.revision for key, draft in drafts.items()},
            identity=visit.identity,
            now=visit.now,
        )
    except NotTheirs:
        raise Forbidden from None
    except WritingRefused as refused:
        raise Conflict(str(refused)) from None
    return CopyReply(document, values, f"Review form {review.appraisee.name} {identifier}.pdf")


@room.get(f"{OF_REVIEW}/files/<uuid:taking_id>", permission=FILES, subject=review_subject)
def form_taken(visit: Visit, review_id: uuid.UUID, taking_id: uuid.UUID) -> Reply:
    """Hand out a filled form whose answers were taken, as it came."""
    review = the_review(visit, review_id)
    try:
        sha256 = services.get_form_taken(visit.session, review_id, taking_id)
    except services.UnknownUpload:
        raise NotFound from None
    content = stored(visit, sha256)
    name = f"Filled form {review.appraisee.name} {sha256[:12]}.pdf"
    return FileReply(content, media_type_of(content), name)


def stored(visit: Visit, sha256: str) -> bytes:
    """Return a file that a row names; raises Gone where the disk has lost it."""
    try:
        return visit.files.get(sha256)
    except (UnknownFile, FileDamaged):
        raise Gone("This file is damaged or missing: ask for it to be restored.") from None
