"""Signing: the whole record, the words, and one button."""

from __future__ import annotations

import uuid

from exports.templating import body
from webapp.appraisals import services
from webapp.appraisals.acting import persons_of
from webapp.appraisals.forms import SignForm
from webapp.appraisals.progress import Signer, signers
from webapp.appraisals.reviews import Review
from webapp.appraisals.revisions import Revision
from webapp.appraisals.signing import OutOfTurn, step_of
from webapp.appraisals.states import NotTheirs
from webapp.appraisals.subjects import review_subject
from webapp.appraisals.views.records import record_of
from webapp.appraisals.views.room import OF_REVIEW, room, the_review
from webapp.security import Permission
from webapp.web.errors import Conflict, Forbidden
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit

SIGN = Permission.REVIEW_SIGN


@room.get(f"{OF_REVIEW}/sign", permission=SIGN, subject=review_subject)
def sign(visit: Visit, review_id: uuid.UUID) -> Reply:
    """Show the person whose turn it is all that they sign; anybody else where it stands."""
    review = the_review(visit, review_id)
    turn = _turn(visit, review)
    if turn is None:
        return SeeOther.to("appraisals.overview", review_id=review_id)
    signer, revision = turn
    form = SignForm(data={"step": signer.step, "digest": revision.frozen.digest})
    return _sign_page(visit, review, signer, revision, form)


@room.post(f"{OF_REVIEW}/sign", permission=SIGN, subject=review_subject)
def add_signature(visit: Visit, review_id: uuid.UUID) -> Reply:
    """Take a signature."""
    review = the_review(visit, review_id)
    form = SignForm(visit.form)
    turn = _turn(visit, review)
    if not form.validate():
        if turn is None:
            raise Conflict("There is nothing for you to sign now.")
        return _sign_page(visit, review, *turn, form, status=422)
    try:
        services.sign_review(
            visit.session,
            review_id,
            step_key=form.step.data or "",
            digest=form.digest.data or "",
            remark=form.remark.data or "",
            identity=visit.identity,
            now=visit.now,
        )
    except NotTheirs:
        raise Forbidden from None
    except (OutOfTurn, services.ChangedSinceSeen) as refused:
        raise Conflict(str(refused)) from None
    return SeeOther.to("appraisals.overview", review_id=review_id)


def _turn(visit: Visit, review: Review) -> tuple[Signer, Revision] | None:
    """Return the step that this person signs now, with what it is put under."""
    mine = {each.id for each in persons_of(visit.identity, review)}
    revisions = services.list_revisions(visit.session, review)
    if not review.state.is_signable or not revisions:
        return None
    for signer in signers(review, revisions[-1].frozen.signatures):
        if signer.is_next and signer.person.id in mine:
            return signer, revisions[-1]
    return None


def _sign_page(
    visit: Visit,
    review: Review,
    signer: Signer,
    revision: Revision,
    form: SignForm,
    status: int = 200,
) -> Page:
    return Page.of(
        "appraisals/sign.html",
        review=review,
        signer=signer,
        words=step_of(review.rule, signer.step).words,
        revision=revision,
        body=body(record_of(visit, review, revision)),
        form=form,
        status=status,
    )
