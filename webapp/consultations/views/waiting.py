"""Documents that are to be shown from the next edition on, and until then by the team alone."""

from __future__ import annotations

import uuid

from webapp.consultations import services
from webapp.consultations.consultation import Consultation
from webapp.consultations.errors import NoDocument, TooManyDocuments, WrongState
from webapp.consultations.forms.documents import KIND_HINTS, DocumentForm
from webapp.consultations.opening import Phase
from webapp.consultations.pages import preparing
from webapp.consultations.subjects import consultation_subject
from webapp.consultations.views.documents import examined
from webapp.consultations.views.lead import OF_ONE, consultation_of, owner_of
from webapp.consultations.views.room import MANAGE, room
from webapp.web.errors import Conflict
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit

WAITING = f"{OF_ONE}/revise/documents"


@room.get(WAITING, permission=MANAGE, subject=consultation_subject)
def waiting_documents(visit: Visit, organisation: str, slug: str) -> Reply:
    """List the documents that wait for the next edition, and take another file."""
    found = consultation_of(visit, slug)
    if found.phase(visit.now) not in (Phase.OPEN, Phase.COMING):
        return SeeOther.to("consultations.manage", organisation=organisation, slug=slug)
    return _page(visit, organisation, found, DocumentForm())


@room.post(WAITING, permission=MANAGE, subject=consultation_subject, takes_file=examined)
def attach_waiting(visit: Visit, organisation: str, slug: str) -> Reply:
    """Attach a file that is shown from the next edition on."""
    found = consultation_of(visit, slug)
    form = DocumentForm.posted(visit.form)
    if not form.check(visit.sent):
        return _page(visit, organisation, found, form, status=422)
    try:
        services.attach_for_next_edition(
            visit.session,
            consultation_id=found.id,
            kind=form.document_kind,
            title=form.title.data or "",
            file=visit.sent,
            now=visit.now,
        )
    except TooManyDocuments as error:
        form.file.errors = [str(error)]
        return _page(visit, organisation, found, form, status=422)
    except WrongState as error:
        raise Conflict(f"{error}. Nothing was attached.") from error
    return SeeOther.to(
        "consultations.waiting_documents", organisation=organisation, slug=slug, done="attached"
    )


@room.post(f"{WAITING}/<uuid:document_id>/remove", permission=MANAGE, subject=consultation_subject)
def remove_waiting(visit: Visit, organisation: str, slug: str, document_id: uuid.UUID) -> Reply:
    """Take away a document that nobody outside has seen."""
    try:
        services.remove_waiting(
            visit.session,
            consultation_id=consultation_of(visit, slug).id,
            document_id=document_id,
        )
    except NoDocument as error:
        raise Conflict(f"{error}.") from error
    return SeeOther.to(
        "consultations.waiting_documents", organisation=organisation, slug=slug, done="removed"
    )


def _page(
    visit: Visit,
    organisation: str,
    consultation: Consultation,
    form: DocumentForm,
    *,
    status: int = 200,
) -> Page:
    found = services.list_waiting_documents(visit.session, consultation.id)
    return Page.of(
        "consultations/waiting.html",
        status=status,
        organisation=owner_of(visit, organisation),
        consultation=consultation,
        documents=preparing.listed_documents(found),
        hints=KIND_HINTS,
        form=form,
        done=preparing.DONE_WORDS.get(visit.query.get("done", ""), ""),
    )
