"""What waits for a lead's decision, and each response with what happened to it."""

from __future__ import annotations

from webapp.consultations import services
from webapp.consultations.errors import NotThatDecision
from webapp.consultations.forms.deciding import DecisionForm, FindingForm, ReleaseForm
from webapp.consultations.pages import deciding as pages
from webapp.consultations.pages import receipts
from webapp.consultations.respondents import label_of
from webapp.consultations.response import Submission
from webapp.consultations.subjects import consultation_subject
from webapp.consultations.submissions import Decision, Standing
from webapp.consultations.views.lead import OF_ONE, actor, consultation_of, owner_of
from webapp.consultations.views.room import room
from webapp.security import Permission
from webapp.web.errors import NotFound
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit

DECIDE = Permission.RESPONSE_DECIDE
ALL = f"{OF_ONE}/responses"


@room.get(ALL, permission=DECIDE, subject=consultation_subject)
def responses(visit: Visit, organisation: str, slug: str) -> Reply:
    """List what waits for a decision, or lead to the response with a reference."""
    typed = visit.query.get("reference")
    if typed is None:
        return _waiting_page(visit, organisation, slug)
    finding = FindingForm.posted(visit.query)
    if finding.validate():
        consultation = consultation_of(visit, slug)
        found = services.find_response(visit.session, consultation.id, typed)
        if found is not None:
            return SeeOther.to(
                "consultations.response_page",
                organisation=organisation,
                slug=slug,
                reference=found.reference,
            )
        finding.reference.errors = ["No response to this consultation has this reference"]
    return _waiting_page(visit, organisation, slug, finding=finding, status=422)


@room.post(f"{ALL}/release", permission=DECIDE, subject=consultation_subject)
def release(visit: Visit, organisation: str, slug: str) -> Reply:
    """Release several held responses together, for one reason."""
    form: ReleaseForm = ReleaseForm.posted(visit.form).releasing(visit.form.get("which", ""))
    if not form.validate():
        return _waiting_page(visit, organisation, slug, form=form, status=422)
    number = services.release_responses(
        visit.session,
        consultation_id=consultation_of(visit, slug).id,
        references=None if form.whole_surge else tuple(form.reference.data or ()),
        reason=form.reason.data or "",
        by=actor(visit),
        now=visit.now,
    )
    return SeeOther.to(
        "consultations.responses", organisation=organisation, slug=slug, released=number
    )


@room.get(f"{ALL}/<reference>", permission=DECIDE, subject=consultation_subject)
def response_page(visit: Visit, organisation: str, slug: str, reference: str) -> Reply:
    """Show one response: what it says, where it stands, what happened to it."""
    submission = _submission(visit, slug, reference)
    form = DecisionForm().offering(pages.decision_choices(submission))
    return _response_page(visit, organisation, slug, submission, form)


@room.post(f"{ALL}/<reference>", permission=DECIDE, subject=consultation_subject)
def decide(visit: Visit, organisation: str, slug: str, reference: str) -> Reply:
    """Decide about one response."""
    submission = _submission(visit, slug, reference)
    # Also what no longer fits is read, so that the page can say so.
    form: DecisionForm = DecisionForm.posted(visit.form).offering(pages.DECISION_WORDS.items())
    if not form.validate():
        form.offering(pages.decision_choices(submission))
        return _response_page(visit, organisation, slug, submission, form, status=422)
    try:
        services.decide(
            visit.session,
            consultation_id=submission.consultation_id,
            reference=submission.reference,
            decision=Decision(form.decision.data),
            reason=form.reason.data or "",
            by=actor(visit),
            now=visit.now,
        )
    except NotThatDecision:
        # Somebody else decided first, or its sender withdrew it. The reason stays in its field.
        form.offering(pages.decision_choices(submission))
        return _response_page(
            visit, organisation, slug, submission, form, status=409, is_stale=True
        )
    return SeeOther.to(
        "consultations.response_page",
        organisation=organisation,
        slug=slug,
        reference=submission.reference,
        done="yes",
    )


def _waiting_page(
    visit: Visit,
    organisation: str,
    slug: str,
    *,
    form: ReleaseForm | None = None,
    finding: FindingForm | None = None,
    status: int = 200,
) -> Page:
    consultation = consultation_of(visit, slug)
    waiting = services.list_waiting(visit.session, consultation.id)
    form = form or ReleaseForm()
    released = visit.query.get("released", "")
    return Page.of(
        "consultations/deciding.html",
        status=status,
        organisation=owner_of(visit, organisation),
        consultation=consultation,
        waiting=waiting,
        held=pages.held_rows(waiting.held),
        late=pages.late_rows(waiting.late),
        form=form,
        ticked=tuple(form.reference.data or ()),
        finding=finding or FindingForm(),
        released=int(released) if released.isascii() and released.isdigit() else None,
    )


def _response_page(
    visit: Visit,
    organisation: str,
    slug: str,
    submission: Submission,
    form: DecisionForm,
    *,
    status: int = 200,
    is_stale: bool = False,
) -> Page:
    consultation = consultation_of(visit, slug)
    asking = services.get_asking(visit.library, consultation)
    before, after = services.references_around(visit.session, submission)
    return Page.of(
        "consultations/deciding_response.html",
        status=status,
        organisation=owner_of(visit, organisation),
        consultation=consultation,
        submission=submission,
        standing=receipts.standing_words(submission, after),
        permission=receipts.permission_words(submission),
        came=label_of(submission.channel),
        recording=services.find_recording(visit.session, submission.id),
        said=pages.said_in(asking, submission),
        is_erased=submission.standing is Standing.WITHDRAWN,
        replaces=before,
        replaced_by=after,
        events=pages.logged(submission),
        form=form,
        is_stale=is_stale,
        done=visit.query.get("done") == "yes",
    )


def _submission(visit: Visit, slug: str, reference: str) -> Submission:
    consultation = consultation_of(visit, slug)
    found = services.find_response(visit.session, consultation.id, reference)
    if found is None:
        raise NotFound
    return found
