"""The people in a review: who has been asked, who came, and a new link for who needs one."""

from __future__ import annotations

import uuid

from webapp.accounts.services import list_participants
from webapp.appraisals import pages, services
from webapp.appraisals.acting import relations_of
from webapp.appraisals.addressing import AddressRefused, reachable
from webapp.appraisals.forms import AddressForm
from webapp.appraisals.reviews import Review
from webapp.appraisals.states import NotTheirs
from webapp.appraisals.subjects import review_subject
from webapp.appraisals.views.room import OF_REVIEW, room, the_review
from webapp.security import Permission
from webapp.web.errors import Forbidden, NotFound
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit

WRITE = Permission.REVIEW_WRITE


@room.get(f"{OF_REVIEW}/people", permission=WRITE, subject=review_subject)
def people(visit: Visit, review_id: uuid.UUID) -> Reply:
    """Show to whom this person may send a link."""
    review = the_review(visit, review_id)
    forms = {
        each.id: AddressForm(data={"email": each.email}, prefix=f"{each.id}-")
        for each in reachable(review, relations_of(visit.identity, review))
    }
    return _people_page(visit, review, forms)


@room.post(f"{OF_REVIEW}/people/<uuid:person_id>", permission=WRITE, subject=review_subject)
def send_link(visit: Visit, review_id: uuid.UUID, person_id: uuid.UUID) -> Reply:
    """Send a new link, to another address if that is what was typed."""
    review = the_review(visit, review_id)
    reached = reachable(review, relations_of(visit.identity, review))
    if person_id not in {each.id for each in reached}:
        raise NotFound
    form = AddressForm(visit.form, prefix=f"{person_id}-")
    if form.validate():
        try:
            services.send_link(
                visit.session,
                review_id,
                person_id,
                form.email.data or "",
                identity=visit.identity,
                now=visit.now,
            )
            return SeeOther.to("appraisals.people", review_id=review_id)
        except NotTheirs:
            raise Forbidden from None
        except AddressRefused as refused:
            form.email.errors = [str(refused)]
    forms = {
        each.id: form
        if each.id == person_id
        else AddressForm(data={"email": each.email}, prefix=f"{each.id}-")
        for each in reached
    }
    return _people_page(visit, review, forms, status=422)


def _people_page(
    visit: Visit, review: Review, forms: dict[uuid.UUID, AddressForm], status: int = 200
) -> Page:
    invited = list_participants(visit.session, review.id)
    return Page.of(
        "appraisals/people.html",
        review=review,
        lines=pages.people_lines(review, {each.id: each for each in invited}),
        forms=forms,
        fields=tuple(form.email for form in forms.values()),
        status=status,
    )
