"""What the sender of a response sees and does afterwards; the private code is the only proof.

The code stands in these addresses, so no cache keeps their pages and no other page is told where
a visitor came from.
"""

from __future__ import annotations

from exports.documents.receipt import Receipt as ReceiptDocument
from exports.documents.receipt import make_receipt
from exports.templating import body
from webapp.consultations import services
from webapp.consultations.consultation import Consultation
from webapp.consultations.errors import ConsultationNotOpen, IsOver
from webapp.consultations.forms.receipt import PermissionForm, ReceiptForm
from webapp.consultations.opening import Phase
from webapp.consultations.pages import receipts as pages
from webapp.consultations.pages.languages import answered_in, as_asked
from webapp.consultations.respondents import Publish
from webapp.consultations.response import Submission
from webapp.consultations.returning import shown_code
from webapp.consultations.submissions import Standing, sender_may
from webapp.consultations.views.room import cookie_name, find_responding, room
from webapp.consultations.views.sending import OFFERED_PREFIX
from webapp.retention.services import list_held
from webapp.security import Permission
from webapp.security.tokens import read_code, show_code
from webapp.web.errors import Gone, NotFound
from webapp.web.replies import DocumentReply, Page, Reply, SeeOther
from webapp.web.visit import Visit

READ = Permission.RECEIPT_READ
CHANGE = Permission.RECEIPT_CHANGE
ONE = "/receipts/<code>"


@room.get("/receipts", permission=READ)
def find_receipt(visit: Visit) -> Reply:
    """Ask for the private code of a receipt."""
    return Page.of("consultations/find_receipt.html", form=ReceiptForm())


@room.post("/receipts", permission=READ)
def open_receipt(visit: Visit) -> Reply:
    """Lead to the response behind a code."""
    form = ReceiptForm.posted(visit.form)
    if not form.validate():
        return Page.of("consultations/find_receipt.html", status=422, form=form)
    if services.find_receipt(visit.session, form.code.data or "") is None:
        form.code.errors = ["Check the code: we do not know a response with this one"]
        return Page.of("consultations/find_receipt.html", status=422, form=form)
    return SeeOther.to("consultations.receipt", code=_shown(form.code.data or ""))


@room.get(f"{ONE}/sent", permission=READ)
def sent(visit: Visit, code: str) -> Reply:
    """Confirm that a response was sent, and say what to keep and what happens next."""
    submission, consultation = _submission(visit, code)
    return _page(
        "consultations/sent.html",
        code,
        submission,
        consultation,
        standing=pages.standing_words(submission),
        asks_equality=f"{OFFERED_PREFIX}{consultation.slug}" in visit.cookie,
    )


@room.get(ONE, permission=READ)
def receipt(visit: Visit, code: str) -> Reply:
    """Show exactly what was sent, where it stands, and what its sender can do."""
    submission, consultation = _submission(visit, code)
    before, after = services.references_around(visit.session, submission)
    is_erased = submission.standing is Standing.WITHDRAWN
    return _page(
        "consultations/receipt.html",
        code,
        submission,
        consultation,
        standing=pages.standing_words(submission, after),
        permission=pages.permission_words(submission),
        may=sender_may(submission.standing, is_open=_is_open(visit, consultation)),
        replaces=before,
        body="" if is_erased else body(_document(visit, submission, consultation)),
        done=visit.query.get("done", ""),
    )


@room.post(f"{ONE}/pdf", permission=READ)
def receipt_pdf(visit: Visit, code: str) -> Reply:
    """Issue what was sent as a PDF."""
    submission, consultation = _submission(visit, code)
    if submission.standing is Standing.WITHDRAWN:
        raise Gone("This response was withdrawn, and what was written in it was erased.")
    document = _document(visit, submission, consultation)
    return DocumentReply(document, f"response-{submission.reference}.pdf")


@room.get(f"{ONE}/permission", permission=READ)
def permission(visit: Visit, code: str) -> Reply:
    """Ask what may be published from now on."""
    submission, consultation = _submission(visit, code)
    if submission.standing.is_over:
        return _to_receipt(code)
    return _permission_page(visit, code, submission, consultation, PermissionForm.of(submission))


@room.post(f"{ONE}/permission", permission=CHANGE)
def change_permission(visit: Visit, code: str) -> Reply:
    """Change what may be published from now on."""
    submission, consultation = _submission(visit, code)
    form: PermissionForm = PermissionForm.posted(visit.form).about(submission)
    if not form.validate():
        return _permission_page(visit, code, submission, consultation, form, status=422)
    try:
        services.change_permission(
            visit.session,
            code=code,
            publish=Publish(form.publish.data),
            name=form.name.data or "",
            now=visit.now,
        )
    except IsOver:
        return _to_receipt(code)
    return _to_receipt(code, done="permission")


@room.get(f"{ONE}/replace", permission=READ)
def replace(visit: Visit, code: str) -> Reply:
    """Say what replacing a response means, and offer to begin."""
    submission, consultation = _submission(visit, code)
    if not sender_may(submission.standing, is_open=_is_open(visit, consultation)).replace:
        return _to_receipt(code)
    return _replacing_page(visit, code, submission, consultation)


@room.post(f"{ONE}/replace", permission=CHANGE)
def start_replacement(visit: Visit, code: str) -> Reply:
    """Begin to write what is to replace a response, with everything that was sent in it."""
    submission, consultation = _submission(visit, code)
    begun = find_responding(visit, consultation)
    if begun is not None and begun.draft.replaces_id == submission.id:
        return SeeOther.to("consultations.task_list", slug=consultation.slug)
    if begun is not None and visit.form.get("other") != begun.draft.id.hex:
        # Its way back is shown first, so that what is being written there is not lost.
        return _replacing_page(visit, code, submission, consultation, status=409)
    try:
        token = services.start_replacement(
            visit.session, code=code, library=visit.library, now=visit.now
        )
    except (IsOver, ConsultationNotOpen):
        return _to_receipt(code)
    reply = SeeOther.to("consultations.task_list", slug=consultation.slug)
    return reply.remembering(cookie_name(consultation.slug), token)


@room.get(f"{ONE}/withdraw", permission=READ)
def withdraw(visit: Visit, code: str) -> Reply:
    """Say what withdrawing a response means, offer the PDF first, and ask again."""
    submission, consultation = _submission(visit, code)
    if not sender_may(submission.standing, is_open=_is_open(visit, consultation)).withdraw:
        return _to_receipt(code)
    before, _ = services.references_around(visit.session, submission)
    return _page(
        "consultations/withdraw.html",
        code,
        submission,
        consultation,
        replaces=before,
        is_held=consultation.id in list_held(visit.session),
    )


@room.post(f"{ONE}/withdraw", permission=CHANGE)
def withdraw_response(visit: Visit, code: str) -> Reply:
    """Withdraw a response and erase what was written in it."""
    _submission(visit, code)
    try:
        services.withdraw_response(visit.session, code=code, now=visit.now)
    except (IsOver, ConsultationNotOpen):
        return _to_receipt(code, done="not-withdrawn")
    return _to_receipt(code, done="withdrawn")


def _permission_page(
    visit: Visit,
    code: str,
    submission: Submission,
    consultation: Consultation,
    form: PermissionForm,
    status: int = 200,
) -> Page:
    return _page(
        "consultations/permission.html",
        code,
        submission,
        consultation,
        status=status,
        form=form,
        is_open=_is_open(visit, consultation),
    )


def _replacing_page(
    visit: Visit, code: str, submission: Submission, consultation: Consultation, status: int = 200
) -> Page:
    begun = find_responding(visit, consultation)
    is_other = begun is not None and begun.draft.replaces_id != submission.id
    return _page(
        "consultations/replace.html",
        code,
        submission,
        consultation,
        status=status,
        other=begun.draft.id.hex if begun and is_other else "",
        other_code=shown_code(begun.token) if begun and is_other else "",
    )


def _page(
    template: str,
    code: str,
    submission: Submission,
    consultation: Consultation,
    *,
    status: int = 200,
    **context: object,
) -> Page:
    page = Page.of(
        template,
        status=status,
        code=_shown(code),
        reference=submission.reference,
        submission=submission,
        consultation=consultation,
        **context,
    )
    return page.at_secret_address()


def _to_receipt(code: str, **values: str) -> SeeOther:
    return SeeOther.to("consultations.receipt", code=_shown(code), **values)


def _shown(code: str) -> str:
    return show_code(read_code(code))


def _is_open(visit: Visit, consultation: Consultation) -> bool:
    return consultation.phase(visit.now) is Phase.OPEN


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
        respondent=pages.respondent_facts(asking, submission.respondent),
        answers={answer.key: answer.given for answer in submission.answers},
        answered_in=answered_in(asking, submission.answers),
        as_asked=as_asked(asking, submission.answers),
        shown=pages.shown_facts(
            services.find_edition(visit.session, consultation.id, submission.edition)
        ),
    )
