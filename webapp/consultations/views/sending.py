"""Checking the answers and sending them once; after closing, lodging them late."""

from __future__ import annotations

from webapp.consultations import services, traps
from webapp.consultations.editions import Edition
from webapp.consultations.errors import (
    AnotherDraft,
    CannotReplace,
    ConsultationError,
    ConsultationNotOpen,
    EditionChanged,
    EmptyResponse,
    NoDraft,
    NotTheLead,
    RespondentMissing,
    StillOpen,
)
from webapp.consultations.forms.receipt import LodgingForm
from webapp.consultations.pages import receipts
from webapp.consultations.pages import respondent as pages
from webapp.consultations.pages.preparing import listed_documents
from webapp.consultations.respondents import steps_missing
from webapp.consultations.response import Receipt, answers_to_send
from webapp.consultations.submissions import SURGE
from webapp.consultations.views.room import (
    OF_RESPONSE,
    WRITE,
    Responding,
    cookie_name,
    find_responding,
    not_saved,
    not_the_lead,
    number_typed,
    published,
    room,
    take_pace,
    with_draft,
)
from webapp.web.errors import Conflict, Gone, NotFound
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit

OFFERED_PREFIX = "equality:"
"""How names begin, in the signed cookie, of the class of who has just responded."""


@room.get(f"{OF_RESPONSE}/check", permission=WRITE)
@with_draft
def check(visit: Visit, responding: Responding) -> Reply:
    """Show everything that would be sent."""
    return _check_page(visit, responding)


@room.post(f"{OF_RESPONSE}/send", permission=WRITE)
def send(visit: Visit, slug: str) -> Reply:
    """Send the response, once however often this is posted."""
    take_pace(visit, slug)
    held_for = traps.caught(visit.form)
    if visit.surge.is_over("sends"):
        held_for = (*held_for, SURGE)
    try:
        receipt = services.submit_response(
            visit.session,
            slug=slug,
            token=str(visit.cookie.get(cookie_name(slug), "")),
            key=visit.form.get("key", ""),
            library=visit.library,
            secrets=visit.settings.secret_keys,
            now=visit.now,
            held_for=held_for,
            alone=visit.form.get("alone") == "yes",
            edition=number_typed(visit.form, "edition"),
        )
    except ConsultationError as error:
        return _not_sent(visit, slug, error)
    if receipt.is_new:
        visit.surge.note("sends")
    return _to_receipt(slug, receipt)


@room.post(f"{OF_RESPONSE}/lodge", permission=WRITE)
def lodge(visit: Visit, slug: str) -> Reply:
    """Lodge what was not sent in time, once, for the lead of the consultation to decide."""
    take_pace(visit, slug)
    form = LodgingForm.posted(visit.form)
    if not form.validate():
        responding = find_responding(visit, published(visit, slug))
        # Without a draft this may be the second of two clicks.
        if responding is not None and responding.is_led and not responding.is_open:
            return _check_page(visit, responding, form=form, status=422)
    try:
        receipt = services.lodge_response(
            visit.session,
            slug=slug,
            token=str(visit.cookie.get(cookie_name(slug), "")),
            key=visit.form.get("key", ""),
            reason=form.reason.data or "",
            library=visit.library,
            secrets=visit.settings.secret_keys,
            now=visit.now,
        )
    except StillOpen:
        return SeeOther.to("consultations.check", slug=slug)
    except ConsultationError as error:
        return _not_sent(visit, slug, error, form)
    return _to_receipt(slug, receipt)


def _to_receipt(slug: str, receipt: Receipt) -> Reply:
    if not receipt.code:
        raise Gone(f"This response was sent before. Its reference is {receipt.reference}.")
    reply = SeeOther.to("consultations.sent", code=receipt.code)
    reply = reply.remembering(f"{OFFERED_PREFIX}{slug}", receipt.responds_as.value)
    return reply.forgetting(cookie_name(slug))


def _not_sent(
    visit: Visit, slug: str, error: ConsultationError, form: LodgingForm | None = None
) -> Reply:
    consultation = published(visit, slug)
    if isinstance(error, ConsultationNotOpen):
        return not_saved(visit, consultation, sent=False)
    if isinstance(error, NoDraft):
        return not_saved(visit, consultation, sent=True)
    if isinstance(error, AnotherDraft):
        raise Conflict(
            "This browser has started another response since that page was opened. "
            "Open the check page again to see what would be sent now."
        ) from None
    responding = find_responding(visit, consultation)
    if responding is None:
        raise NotFound from error
    if isinstance(error, NotTheLead):
        return not_the_lead(visit, responding)
    if isinstance(error, EditionChanged):
        revised = services.list_revisions(visit.session, consultation.id, since=error.shown)
        return _check_page(visit, responding, revised=revised, status=409)
    if isinstance(error, CannotReplace):
        return _cannot_replace_page(visit, responding, error)
    if isinstance(error, EmptyResponse | RespondentMissing):
        return _check_page(visit, responding, receipts.faults_of(error), form=form, status=422)
    raise error


def _cannot_replace_page(visit: Visit, responding: Responding, error: CannotReplace) -> Page:
    return Page.of(
        "consultations/cannot_replace.html",
        status=409,
        consultation=responding.consultation,
        earlier=error.earlier,
        standing=receipts.standing_words(error.earlier),
        key=_key(visit, responding),
        edition=responding.consultation.edition,
    )


def _key(visit: Visit, responding: Responding) -> str:
    return services.submission_key(visit.settings.secret_keys[0], responding.draft.id)


def _check_page(
    visit: Visit,
    responding: Responding,
    faults: tuple[receipts.Fault, ...] = (),
    *,
    form: LodgingForm | None = None,
    revised: tuple[Edition, ...] = (),
    status: int = 200,
) -> Page:
    draft, asking = responding.draft, responding.asking
    lead = None if draft.is_led else services.lead_of(visit.session, draft.id)
    return Page.of(
        "consultations/check.html",
        status=status,
        consultation=responding.consultation,
        is_open=responding.is_open,
        is_led=draft.is_led,
        lead=lead,
        draft_id=draft.id,
        about=pages.about_rows(asking, draft.respondent),
        is_complete=not steps_missing(draft.respondent),
        items=pages.answered_items(asking, answers_to_send(asking, draft)),
        tasks=pages.task_list(asking, draft),
        # Who does not decide about the response has no key with which it could be sent.
        key=_key(visit, responding) if draft.is_led else "",
        may_be_lodged=services.may_be_lodged(responding.consultation, visit.now),
        form=form or LodgingForm(),
        replaces=services.replaced_reference(visit.session, draft),
        faults=faults,
        edition=responding.consultation.edition,
        revised=revised,
        is_revised=status == 409,
        papers=listed_documents(services.list_documents(visit.session, responding.consultation.id)),
    )
