"""The files that are attached to a consultation."""

from __future__ import annotations

import uuid

from sqlalchemy import or_, select

from webapp.consultations.editions import AttachedDocument, DocumentKind
from webapp.consultations.models import ConsultationDocumentRow
from webapp.persistence import Session


def list_shown(session: Session, consultation_id: uuid.UUID) -> tuple[AttachedDocument, ...]:
    """Return what is attached now, in a draft too, the first that was added in front."""
    rows = session.scalars(
        select(ConsultationDocumentRow)
        .where(
            ConsultationDocumentRow.consultation_id == consultation_id,
            ConsultationDocumentRow.last_edition.is_(None),
        )
        .order_by(ConsultationDocumentRow.added_at, ConsultationDocumentRow.id)
    )
    return tuple(_value(row) for row in rows)


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
