"""Queries on the register of documents."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from webapp.issued.models import IssuedDocumentRow
from webapp.issued.register import Entry
from webapp.persistence import IntegrityError, Session, savepoint, violated

ONCE = "uq_issued_document__identifier"


def has_entry(session: Session, identifier: str) -> bool:
    """Say whether a document is in the register."""
    statement = select(IssuedDocumentRow.id).where(IssuedDocumentRow.identifier == identifier)
    return session.scalar(statement) is not None


def find_entry(session: Session, identifier: str) -> Entry | None:
    """Return what the register says of a document."""
    later = aliased(IssuedDocumentRow)
    has_later = exists().where(
        IssuedDocumentRow.series != "",
        later.series == IssuedDocumentRow.series,
        later.number > IssuedDocumentRow.number,
    )
    statement = select(IssuedDocumentRow, has_later).where(
        IssuedDocumentRow.identifier == identifier
    )
    found = session.execute(statement).one_or_none()
    if found is None:
        return None
    row, is_old = found
    return Entry(
        identifier=row.identifier,
        kind=row.kind,
        framework_slug=row.framework_slug,
        framework_version=row.framework_version,
        framework_digest=row.framework_digest,
        base=row.base,
        issued_at=row.issued_at,
        has_later=is_old,
    )


def add_entry(session: Session, row: IssuedDocumentRow) -> bool:
    """Add a document; False where it is in the register already."""
    try:
        with savepoint(session):
            session.add(row)
    except IntegrityError as error:
        if violated(error) != ONCE:
            raise
        return False
    return True
