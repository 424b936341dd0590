"""The buttons that take a review on."""

from __future__ import annotations

import uuid

from webapp.appraisals import services
from webapp.appraisals.forms import ReasonForm
from webapp.appraisals.reviews import Review
from webapp.appraisals.states import NotTheirs, StepRefused
from webapp.appraisals.subjects import review_subject
from webapp.appraisals.views.room import OF_REVIEW, room, the_form, the_review
from webapp.security import Permission
from webapp.web.errors import Conflict, Forbidden
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit

LEAD = Permission.REVIEW_LEAD


@room.post(f"{OF_REVIEW}/approve", permission=LEAD, subject=review_subject)
def approve(visit: Visit, review_id: uuid.UUID) -> Reply:
    """Take over what a secretary prepared."""
    try:
        services.approve_review(visit.session, review_id, identity=visit.identity, now=visit.now)
    except StepRefused as refused:
        raise Conflict(str(refused)) from None
    return _back(review_id)


@room.post(f"{OF_REVIEW}/share", permission=LEAD, subject=review_subject)
def share(visit: Visit, review_id: uuid.UUID) -> Reply:
    """Let the person appraised read and comment."""
    try:
        services.share_review(visit.session, review_id, identity=visit.identity, now=visit.now)
    except StepRefused as refused:
        raise Conflict(str(refused)) from None
    return _back(review_id)


@room.post(f"{OF_REVIEW}/finish", permission=LEAD, subject=review_subject)
def finish(visit: Visit, review_id: uuid.UUID) -> Reply:
    """Freeze what is drafted and ask for the first signature."""
    form = the_form(visit, the_review(visit, review_id))
    try:
        services.finish_review(
            visit.session, review_id, form, identity=visit.identity, now=visit.now
        )
    except (StepRefused, services.Unfinished) as refused:
        raise Conflict(str(refused)) from None
    return _back(review_id)


@room.post(f"{OF_REVIEW}/reopen", permission=LEAD, subject=review_subject)
def reopen(visit: Visit, review_id: uuid.UUID) -> Reply:
    """Open a finished review that nobody has signed."""
    try:
        services.reopen_review(visit.session, review_id, identity=visit.identity, now=visit.now)
    except StepRefused as refused:
        raise Conflict(str(refused)) from None
    return _back(review_id)


@room.post(f"{OF_REVIEW}/reading", permission=LEAD, subject=review_subject)
def grant(visit: Visit, review_id: uuid.UUID) -> Reply:
    """Let the board secretaries read the review, or end that."""
    granted = visit.form.get("granted") == "yes"
    services.grant_reading(
        visit.session, review_id, granted, identity=visit.identity, now=visit.now
    )
    return _back(review_id)


@room.get(f"{OF_REVIEW}/amend", permission=Permission.REVIEW_AMEND, subject=review_subject)
def amend(visit: Visit, review_id: uuid.UUID) -> Reply:
    """Ask why a review is amended."""
    return _amend_page(the_review(visit, review_id), ReasonForm())


@room.post(f"{OF_REVIEW}/amend", permission=Permission.REVIEW_AMEND, subject=review_subject)
def start_amendment(visit: Visit, review_id: uuid.UUID) -> Reply:
    """Begin the next revision."""
    form = ReasonForm(visit.form)
    if not form.validate():
        return _amend_page(the_review(visit, review_id), form, status=422)
    try:
        services.amend_review(
            visit.session,
            review_id,
            form.reason.data or "",
            identity=visit.identity,
            now=visit.now,
        )
    except services.ReasonNeeded as needed:
        form.reason.errors = [str(needed)]
        return _amend_page(the_review(visit, review_id), form, status=422)
    except StepRefused as refused:
        raise Conflict(str(refused)) from None
    return _back(review_id)


@room.get(f"{OF_REVIEW}/withdraw", permission=Permission.REVIEW_WRITE, subject=review_subject)
def withdraw(visit: Visit, review_id: uuid.UUID) -> Reply:
    """Ask why a review is withdrawn."""
    return _withdraw_page(the_review(visit, review_id), ReasonForm())


@room.post(f"{OF_REVIEW}/withdraw", permission=Permission.REVIEW_WRITE, subject=review_subject)
def end(visit: Visit, review_id: uuid.UUID) -> Reply:
    """End a review that was started by mistake."""
    form = ReasonForm(visit.form)
    if not form.validate():
        return _withdraw_page(the_review(visit, review_id), form, status=422)
    try:
        services.withdraw_review(
            visit.session,
            review_id,
            form.reason.data or "",
            identity=visit.identity,
            now=visit.now,
        )
    except services.ReasonNeeded as needed:
        form.reason.errors = [str(needed)]
        return _withdraw_page(the_review(visit, review_id), form, status=422)
    except NotTheirs:
        raise Forbidden from None
    except StepRefused as refused:
        raise Conflict(str(refused)) from None
    return _back(review_id)


def _amend_page(review: Review, form: ReasonForm, status: int = 200) -> Page:
    return Page.of("appraisals/amend.html", review=review, form=form, status=status)


def _withdraw_page(review: Review, form: ReasonForm, status: int = 200) -> Page:
    return Page.of("appraisals/withdraw.html", review=review, form=form, status=status)


def _back(review_id: uuid.UUID) -> Reply:
    return SeeOther.to("appraisals.overview", review_id=review_id)
