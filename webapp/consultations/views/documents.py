"""The files of a consultation: a lead attaches them, and everybody reads them."""

from __future__ import annotations

import uuid

from webapp.consultations import services
from webapp.consultations.attaching import (
    NotADocument,
    StoredFile,
    media_type_of,
    safe_name,
)
from webapp.consultations.consultation import Consultation
from webapp.consultations.editions import AttachedDocument
from webapp.consultations.errors import NoDocument, TooManyDocuments, WrongState
from webapp.consultations.forms.documents import KIND_HINTS, DocumentForm
from webapp.consultations.opening import Phase
from webapp.consultations.pages import preparing
from webapp.consultations.subjects import consultation_subject
from webapp.consultations.views.lead import OF_ONE, actor, consultation_of, owner_of
from webapp.consultations.views.room import FOLLOW, MANAGE, READ, published, room
from webapp.web.errors import Conflict, NotFound
from webapp.web.replies import Page, Reply, SeeOther, StoredReply
from webapp.web.visit import Desk, FileSent, Visit

DOCUMENTS = f"{OF_ONE}/documents"
OF_DOCUMENT = f"{DOCUMENTS}/<uuid:document_id>"


def examined(desk: Desk, sent: FileSent | None) -> StoredFile | str | None:
    """Keep a file that can be attached, or say why it cannot; None where none was sent."""
    if sent is None:
        return None
    try:
        media_type = media_type_of(sent.name, sent.content)
    except NotADocument as refused:
        return str(refused)
    # Nothing holds it before it is attached: what is not is deleted later.
    digest = desk.files.put(sent.content)
    return StoredFile(safe_name(sent.name), media_type, digest, len(sent.content))


@room.get(DOCUMENTS, permission=MANAGE, subject=consultation_subject)
def documents(visit: Visit, organisation: str, slug: str) -> Reply:
    """List what is attached to a draft, and take another file."""
    found = consultation_of(visit, slug)
    if found.phase(visit.now) is not Phase.DRAFT:
        return SeeOther.to("consultations.manage", organisation=organisation, slug=slug)
    return _documents_page(visit, organisation, found, DocumentForm())


@room.post(DOCUMENTS, permission=MANAGE, subject=consultation_subject, takes_file=examined)
def attach_document(visit: Visit, organisation: str, slug: str) -> Reply:
    """Attach a file to a draft."""
    return _attach(visit, organisation, slug)


@room.get(OF_DOCUMENT, permission=FOLLOW, subject=consultation_subject)
def own_document(visit: Visit, organisation: str, slug: str, document_id: uuid.UUID) -> Reply:
    """Hand a document to the team, before the consultation is opened too."""
    return stored_document(visit, consultation_of(visit, slug), document_id)


@room.get(f"{OF_DOCUMENT}/replace", permission=MANAGE, subject=consultation_subject)
def confirm_replacing(visit: Visit, organisation: str, slug: str, document_id: uuid.UUID) -> Reply:
    """Ask for the file that takes the place of another."""
    old = _of_draft(visit, slug, document_id)
    form = DocumentForm(data={"title": old.title, "kind": old.kind.value})
    return _documents_page(visit, organisation, consultation_of(visit, slug), form, replaced=old)


@room.post(
    f"{OF_DOCUMENT}/replace", permission=MANAGE, subject=consultation_subject, takes_file=examined
)
def replace_document(visit: Visit, organisation: str, slug: str, document_id: uuid.UUID) -> Reply:
    """Put a file in the place of another."""
    return _attach(visit, organisation, slug, document_id)


@room.get(f"{OF_DOCUMENT}/remove", permission=MANAGE, subject=consultation_subject)
def confirm_removing(visit: Visit, organisation: str, slug: str, document_id: uuid.UUID) -> Reply:
    """Ask whether a document is to be removed."""
    return Page.of(
        "consultations/document_remove.html",
        organisation=owner_of(visit, organisation),
        consultation=consultation_of(visit, slug),
        document=_of_draft(visit, slug, document_id),
    )


@room.post(f"{OF_DOCUMENT}/remove", permission=MANAGE, subject=consultation_subject)
def remove_document(visit: Visit, organisation: str, slug: str, document_id: uuid.UUID) -> Reply:
    """Take a document off a draft."""
    try:
        services.remove_document(
            visit.session,
            consultation_id=consultation_of(visit, slug).id,
            document_id=document_id,
            by=actor(visit),
            now=visit.now,
        )
    except (NoDocument, WrongState) as error:
        raise Conflict(f"{error}.") from error
    return SeeOther.to(
        "consultations.documents", organisation=organisation, slug=slug, done="removed"
    )


@room.get("/consultations/<slug>/documents/<uuid:document_id>", permission=READ)
def document(visit: Visit, slug: str, document_id: uuid.UUID) -> Reply:
    """Hand a document to anybody, also one that was replaced later."""
    consultation = published(visit, slug)
    found = services.find_document(visit.session, consultation.id, document_id)
    if found is None or found.first_edition is None:
        # What waits for the next edition is the team's own until then.
        raise NotFound
    return stored_document(visit, consultation, document_id)


def stored_document(visit: Visit, consultation: Consultation, document_id: uuid.UUID) -> Reply:
    """Return the file of a document of a consultation, or raise NotFound."""
    found = services.find_document(visit.session, consultation.id, document_id)
    if found is None:
        raise NotFound
    name = f"Replaced {found.file_name}" if found.last_edition else found.file_name
    return StoredReply(found.sha256, found.media_type, name)


def _of_draft(visit: Visit, slug: str, document_id: uuid.UUID) -> AttachedDocument:
    found = services.find_document(visit.session, consultation_of(visit, slug).id, document_id)
    if found is None or found.first_edition is not None:
        raise NotFound
    return found


def _attach(visit: Visit, organisation: str, slug: str, replaces: uuid.UUID | None = None) -> Reply:
    found = consultation_of(visit, slug)
    form = DocumentForm.posted(visit.form)
    old = _of_draft(visit, slug, replaces) if replaces else None
    if not form.check(visit.sent):
        return _documents_page(visit, organisation, found, form, replaced=old, status=422)
    try:
        services.attach_document(
            visit.session,
            consultation_id=found.id,
            kind=form.document_kind,
            title=form.title.data or "",
            file=visit.sent,
            by=actor(visit),
            now=visit.now,
            replaces=replaces,
        )
    except TooManyDocuments as error:
        form.file.errors = [str(error)]
        return _documents_page(visit, organisation, found, form, replaced=old, status=422)
    except (NoDocument, WrongState) as error:
        raise Conflict(f"{error}. Nothing was attached.") from error
    return SeeOther.to(
        "consultations.documents", organisation=organisation, slug=slug, done="attached"
    )


def _documents_page(
    visit: Visit,
    organisation: str,
    consultation: Consultation,
    form: DocumentForm,
    *,
    replaced: AttachedDocument | None = None,
    status: int = 200,
) -> Page:
    shown = services.list_documents(visit.session, consultation.id)
    return Page.of(
        "consultations/documents.html",
        status=status,
        organisation=owner_of(visit, organisation),
        consultation=consultation,
        documents=preparing.listed_documents(shown),
        hints=KIND_HINTS,
        form=form,
        replaced=replaced,
        done=preparing.DONE_WORDS.get(visit.query.get("done", ""), ""),
    )
