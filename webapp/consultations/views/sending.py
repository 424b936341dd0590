"""Checking the answers, sending them once, and the receipt."""

from __future__ import annotations

from exports.documents.receipt import Receipt as ReceiptDocument
from exports.documents.receipt import make_receipt
from exports.templating import body
from webapp.consultations import services
from webapp.consultations.consultation import Consultation
from webapp.consultations.errors import (
    AnotherDraft,
    ConsultationNotOpen,
    EmptyResponse,
    NoDraft,
    RespondentMissing,
)
from webapp.consultations.forms.receipt import ReceiptForm
from webapp.consultations.pages import receipts
from webapp.consultations.pages import respondent as pages
from webapp.consultations.response import Submission, answers_to_send
from webapp.consultations.views.room import (
    OF_RESPONSE,
    WRITE,
    Responding,
    cookie_name,
    find_responding,
    not_saved,
    published,
    room,
    take_pace,
    with_draft,
)
from webapp.security import Permission
from webapp.security.tokens import read_code, show_code
from webapp.web.errors import Conflict, Gone, NotFound
from webapp.web.replies import DocumentReply, Page, Reply, SeeOther
from webapp.web.visit import Visit

RECEIPT = Permission.RECEIPT_READ


@room.get(f"{OF_RESPONSE}/check", permission=WRITE)
@with_draft
def check(visit: Visit, responding: Responding) -> Reply:
    """Show everything that would be sent."""
    return _check_page(visit, responding)


@room.post(f"{OF_RESPONSE}/send", permission=WRITE)
def send(visit: Visit, slug: str) -> Reply:
    """Send the response, once however often this is posted."""
    take_pace(visit, slug)
    try:
        receipt = services.submit_response(
            visit.session,
            slug=slug,
            token=str(visit.cookie.get(cookie_name(slug), "")),
            key=visit.form.get("key", ""),
            library=visit.library,
            secrets=visit.settings.secret_keys,
            now=visit.now,
        )
    except (EmptyResponse, RespondentMissing) as error:
        responding = find_responding(visit, published(visit, slug))
        if responding is None:
            raise NotFound from error
        return _check_page(visit, responding, receipts.faults_of(error), status=422)
    except ConsultationNotOpen:
        return not_saved(visit, published(visit, slug), sent=False)
    except NoDraft:
        return not_saved(visit, published(visit, slug), sent=True)
    except AnotherDraft:
        raise Conflict(
            "This browser has started another response since that page was opened. "
            "Open the check page again to see what would be sent now."
        ) from None
    if not receipt.code:
        raise Gone(f"This response was sent before. Its reference is {receipt.reference}.")
    reply = SeeOther.to("consultations.sent", code=receipt.code)
    return reply.forgetting(cookie_name(slug))


@room.get("/receipts/<code>/sent", permission=RECEIPT)
def sent(visit: Visit, code: str) -> Reply:
    """Confirm that a response was sent, and say what to keep."""
    submission, consultation = _submission(visit, code)
    return Page.of(
        "consultations/sent.html",
        consultation=consultation,
        submission=submission,
        code=show_code(read_code(code)),
    )


@room.get("/receipts", permission=RECEIPT)
def find_receipt(visit: Visit) -> Reply:
    """Ask for the private code of a receipt."""
    return Page.of("consultations/find_receipt.html", form=ReceiptForm())


@room.post("/receipts", permission=RECEIPT)
def open_receipt(visit: Visit) -> Reply:
    """Lead to the response behind a code."""
    form = ReceiptForm.posted(visit.form)
    if not form.validate():
        return Page.of("consultations/find_receipt.html", status=422, form=form)
    if services.find_receipt(visit.session, form.code.data or "") is None:
        form.code.errors = ["Check the code: we do not know a response with this one"]
        return Page.of("consultations/find_receipt.html", status=422, form=form)
    return SeeOther.to("consultations.receipt", code=show_code(read_code(form.code.data or "")))


@room.get("/receipts/<code>", permission=RECEIPT)
def receipt(visit: Visit, code: str) -> Reply:
    """Show exactly what was sent."""
    submission, consultation = _submission(visit, code)
    return Page.of(
        "consultations/receipt.html",
        consultation=consultation,
        reference=submission.reference,
        code=show_code(read_code(code)),
        body=body(_document(visit, submission, consultation)),
    )


@room.post("/receipts/<code>/pdf", permission=RECEIPT)
def receipt_pdf(visit: Visit, code: str) -> Reply:
    """Issue what was sent as a PDF."""
    submission, consultation = _submission(visit, code)
    document = _document(visit, submission, consultation)
    return DocumentReply(document, f"response-{submission.reference}.pdf")


def _check_page(
    visit: Visit,
    responding: Responding,
    faults: tuple[receipts.Fault, ...] = (),
    status: int = 200,
) -> Page:
    draft, asking = responding.draft, responding.asking
    return Page.of(
        "consultations/check.html",
        status=status,
        consultation=responding.consultation,
        is_open=responding.is_open,
        about=pages.about_rows(asking, draft.respondent),
        items=pages.answered_items(asking, answers_to_send(asking, draft)),
        tasks=pages.task_list(asking, draft),
        key=services.submission_key(visit.settings.secret_keys[0], draft.id),
        faults=faults,
    )


def _submission(visit: Visit, code: str) -> tuple[Submission, Consultation]:
    found = services.find_receipt(visit.session, code)
    if found is None:
        raise NotFound
    return found, services.get_consultation(visit.session, found.consultation_id)


def _document(visit: Visit, submission: Submission, consultation: Consultation) -> ReceiptDocument:
    asking = services.get_asking(visit.library, consultation)
    return make_receipt(
        services.get_framework(visit.library, consultation.details),
        asking.questionnaire,
        consultation=consultation.title,
        reference=submission.reference,
        submitted_at=submission.submitted_at,
        respondent=receipts.respondent_facts(asking, submission.respondent),
        answers={answer.key: answer.given for answer in submission.answers},
    )
