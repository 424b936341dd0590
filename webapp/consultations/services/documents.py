"""The files that are attached to a consultation."""

from __future__ import annotations

import datetime as dt
import uuid

from webapp.consultations.attaching import StoredFile
from webapp.consultations.consultation import Actor, EventKind
from webapp.consultations.editions import AttachedDocument, DocumentKind
from webapp.consultations.errors import NoDocument, TooManyDocuments, WrongState
from webapp.consultations.opening import State
from webapp.consultations.store import consultations
from webapp.consultations.store import documents as store
from webapp.files import hold_file, release_file
from webapp.persistence import Session, new_id

MOST_DOCUMENTS = 30


def attach_document(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    kind: DocumentKind,
    title: str,
    file: StoredFile,
    by: Actor,
    now: dt.datetime,
    replaces: uuid.UUID | None = None,
) -> AttachedDocument:
    """Attach a file that is in the store to a draft, perhaps in place of another.

    Raises WrongState once it is opened, TooManyDocuments, or NoDocument for what is to be replaced.
    """
    _lock_draft(session, consultation_id)
    if replaces is not None:
        _take_off(session, consultation_id, replaces)
    others = len(store.list_shown(session, consultation_id))
    document = keep_document(session, consultation_id, kind, title, file, now, others=others)
    what = "Replaced" if replaces else "Attached"
    consultations.add_event(
        session, consultation_id, EventKind.EDITED, by, now, f"{what} the document “{title}”"
    )
    return document


def keep_document(
    session: Session,
    consultation_id: uuid.UUID,
    kind: DocumentKind,
    title: str,
    file: StoredFile,
    now: dt.datetime,
    *,
    others: int,
) -> AttachedDocument:
    """Add a document to a locked consultation that has some others, and hold its file.

    Raises TooManyDocuments.
    """
    if others >= MOST_DOCUMENTS:
        raise TooManyDocuments(f"A consultation has at most {MOST_DOCUMENTS} documents")
    document = AttachedDocument(
        id=new_id(),
        kind=kind,
        title=title,
        file_name=file.file_name,
        media_type=file.media_type,
        sha256=file.sha256,
        size=file.size,
        added_at=now,
    )
    store.add_document(session, consultation_id, document)
    hold_file(session, file.sha256, document.id, now)
    return document


def remove_document(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    document_id: uuid.UUID,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Take a file off a draft; raises WrongState or NoDocument."""
    _lock_draft(session, consultation_id)
    title = _take_off(session, consultation_id, document_id)
    consultations.add_event(
        session, consultation_id, EventKind.EDITED, by, now, f"Removed the document “{title}”"
    )


def list_documents(session: Session, consultation_id: uuid.UUID) -> tuple[AttachedDocument, ...]:
    """Return what is attached now, in a draft too."""
    return store.list_shown(session, consultation_id)


def list_all_documents(
    session: Session, consultation_id: uuid.UUID
) -> tuple[AttachedDocument, ...]:
    """Return what is attached or was, the first that was added in front."""
    return store.list_all(session, consultation_id)


def find_document(
    session: Session, consultation_id: uuid.UUID, document_id: uuid.UUID
) -> AttachedDocument | None:
    """Return a document of a consultation, also one that was replaced, or None."""
    return store.find_document(session, consultation_id, document_id)


def _lock_draft(session: Session, consultation_id: uuid.UUID) -> None:
    # Whoever opens it waits for this, or this for them.
    if consultations.lock_consultation(session, consultation_id).state is not State.DRAFT:
        raise WrongState("This consultation was opened: its documents are fixed")


def _take_off(session: Session, consultation_id: uuid.UUID, document_id: uuid.UUID) -> str:
    found = store.find_document(session, consultation_id, document_id)
    if found is None or not store.delete_unshown(session, consultation_id, document_id):
        raise NoDocument("This document was removed meanwhile")
    release_file(session, document_id)
    return found.title
