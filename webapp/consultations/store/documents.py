"""The files that are attached to a consultation."""

from __future__ import annotations

import uuid

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update

from webapp.consultations.editions import AttachedDocument, DocumentKind
from webapp.consultations.models import ConsultationDocumentRow, ConsultationRow
from webapp.persistence import Session, guarded_update


def list_shown(session: Session, consultation_id: uuid.UUID) -> tuple[AttachedDocument, ...]:
    """Return what is attached now, in a draft too, the first that was added in front.

    What waits for the next edition of a consultation that was opened is not.
    """
    return _attached(session, consultation_id, or_(~_waits(), _of_a_draft()))


def list_waiting(session: Session, consultation_id: uuid.UUID) -> tuple[AttachedDocument, ...]:
    """Return what waits for the next edition of a consultation that was opened."""
    return _attached(session, consultation_id, and_(_waits(), ~_of_a_draft()))


def list_of_edition(
    session: Session, consultation_id: uuid.UUID, number: int
) -> tuple[AttachedDocument, ...]:
    """Return what was attached in an edition."""
    last = ConsultationDocumentRow.last_edition
    rows = session.scalars(
        select(ConsultationDocumentRow)
        .where(
            ConsultationDocumentRow.consultation_id == consultation_id,
            ConsultationDocumentRow.first_edition <= number,
            or_(last.is_(None), last >= number),
        )
        .order_by(ConsultationDocumentRow.added_at, ConsultationDocumentRow.id)
    )
    return tuple(_value(row) for row in rows)


def list_all(session: Session, consultation_id: uuid.UUID) -> tuple[AttachedDocument, ...]:
    """Return what is or was attached, the first that was added in front.

    What waits for the next edition of a consultation that was opened is not.
    """
    rows = session.scalars(
        select(ConsultationDocumentRow)
        .where(
            ConsultationDocumentRow.consultation_id == consultation_id,
            or_(~_waits(), _of_a_draft()),
        )
        .order_by(ConsultationDocumentRow.added_at, ConsultationDocumentRow.id)
    )
    return tuple(_value(row) for row in rows)


def find_document(
    session: Session, consultation_id: uuid.UUID, document_id: uuid.UUID
) -> AttachedDocument | None:
    """Return a document of a consultation, also one that was replaced, or None."""
    row = session.scalars(
        select(ConsultationDocumentRow).where(
            ConsultationDocumentRow.consultation_id == consultation_id,
            ConsultationDocumentRow.id == document_id,
        )
    ).one_or_none()
    return _value(row) if row else None


def add_document(session: Session, consultation_id: uuid.UUID, document: AttachedDocument) -> None:
    """Attach a document whose file is held; with a `first_edition` it is shown from that one on."""
    session.add(
        ConsultationDocumentRow(
            id=document.id,
            consultation_id=consultation_id,
            kind=document.kind.value,
            title=document.title,
            file_name=document.file_name,
            media_type=document.media_type,
            sha256=document.sha256,
            size=document.size,
            added_at=document.added_at,
            first_edition=document.first_edition,
            last_edition=document.last_edition,
        )
    )
    session.flush()


def show_from_first(session: Session, consultation_id: uuid.UUID) -> None:
    """Show everything that is attached from the first edition on."""
    session.execute(
        update(ConsultationDocumentRow)
        .where(
            ConsultationDocumentRow.consultation_id == consultation_id,
            ConsultationDocumentRow.first_edition.is_(None),
        )
        .values(first_edition=1)
    )


def end_document(
    session: Session, consultation_id: uuid.UUID, document_id: uuid.UUID, last_edition: int
) -> bool:
    """Show a document in no edition after this one; False where it is not shown already."""
    return guarded_update(
        session,
        update(ConsultationDocumentRow)
        .where(
            ConsultationDocumentRow.consultation_id == consultation_id,
            ConsultationDocumentRow.id == document_id,
            ConsultationDocumentRow.first_edition <= last_edition,
            ConsultationDocumentRow.last_edition.is_(None),
        )
        .values(last_edition=last_edition),
    )


def delete_unshown(session: Session, consultation_id: uuid.UUID, document_id: uuid.UUID) -> bool:
    """Take a document off a draft; False where it was ever shown, or is gone."""
    return guarded_update(
        session,
        delete(ConsultationDocumentRow).where(
            ConsultationDocumentRow.consultation_id == consultation_id,
            ConsultationDocumentRow.id == document_id,
            ConsultationDocumentRow.first_edition.is_(None),
        ),
    )


def _attached(
    session: Session, consultation_id: uuid.UUID, condition: ColumnElement[bool]
) -> tuple[AttachedDocument, ...]:
    rows = session.scalars(
        select(ConsultationDocumentRow)
        .where(
            ConsultationDocumentRow.consultation_id == consultation_id,
            ConsultationDocumentRow.last_edition.is_(None),
            condition,
        )
        .order_by(ConsultationDocumentRow.added_at, ConsultationDocumentRow.id)
    )
    return tuple(_value(row) for row in rows)


def _waits() -> ColumnElement[bool]:
    return ConsultationDocumentRow.first_edition.is_(None)


def _of_a_draft() -> ColumnElement[bool]:
    return exists().where(
        ConsultationRow.id == ConsultationDocumentRow.consultation_id, ConsultationRow.edition == 0
    )


def _value(row: ConsultationDocumentRow) -> AttachedDocument:
    return AttachedDocument(
        id=row.id,
        kind=DocumentKind(row.kind),
        title=row.title,
        file_name=row.file_name,
        media_type=row.media_type,
        sha256=row.sha256,
        size=row.size,
        added_at=row.added_at,
        first_edition=row.first_edition,
        last_edition=row.last_edition,
    )
