"""Queries over filled forms that were brought back and not yet taken."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from webapp.appraisals.models import UploadRow, UploadTextRow
from webapp.persistence import Session, guarded_update
from webapp.security import Relation


@dataclass(frozen=True, slots=True)
class Upload:
    """A filled form as it was sent; `said` is what it says, `copy` its identifier if it has one."""

    id: uuid.UUID
    review_id: uuid.UUID
    sender_id: uuid.UUID
    relation: Relation
    sha256: str
    copy: str
    sent_at: dt.datetime
    is_taken: bool
    name: str
    said: str


def add_upload(session: Session, new: Upload) -> None:
    """Add a filled form."""
    session.add(
        UploadRow(
            id=new.id,
            review_id=new.review_id,
            sender_id=new.sender_id,
            relation=new.relation,
            sha256=new.sha256,
            copy=new.copy,
            sent_at=new.sent_at,
            is_taken=False,
        )
    )
    session.flush()
    session.add(UploadTextRow(upload_id=new.id, name=new.name, said=new.said))
    session.flush()


def find_upload(
    session: Session, review_id: uuid.UUID, upload_id: uuid.UUID, sender_id: uuid.UUID
) -> Upload | None:
    """Return what somebody sent to a review; None where it is another's or not there."""
    statement = (
        select(UploadRow, UploadTextRow.name, UploadTextRow.said)
        .outerjoin(UploadTextRow, UploadTextRow.upload_id == UploadRow.id)
        .where(
            UploadRow.id == upload_id,
            UploadRow.review_id == review_id,
            UploadRow.sender_id == sender_id,
        )
        .execution_options(populate_existing=True)
    )
    found = session.execute(statement).one_or_none()
    if found is None:
        return None
    row, name, said = found
    return Upload(
        id=row.id,
        review_id=row.review_id,
        sender_id=row.sender_id,
        relation=Relation(row.relation),
        sha256=row.sha256,
        copy=row.copy,
        sent_at=row.sent_at,
        is_taken=row.is_taken,
        name=name or "",
        said=said or "",
    )


def set_taken(session: Session, upload_id: uuid.UUID) -> bool:
    """Mark a filled form as taken; False where it is already, or is gone."""
    statement = (
        update(UploadRow)
        .where(UploadRow.id == upload_id, UploadRow.is_taken.is_(False))
        .values(is_taken=True)
    )
    return guarded_update(session, statement)


def delete_upload(session: Session, upload_id: uuid.UUID) -> None:
    """Delete a filled form that was not taken."""
    session.execute(delete(UploadTextRow).where(UploadTextRow.upload_id == upload_id))
    session.execute(
        delete(UploadRow).where(UploadRow.id == upload_id, UploadRow.is_taken.is_(False))
    )


def list_pending(
    session: Session,
    *,
    review_id: uuid.UUID | None = None,
    before: dt.datetime | None = None,
    most: int = 100,
) -> tuple[uuid.UUID, ...]:
    """Return the ids of filled forms that nobody took: of one review, or sent before a moment."""
    statement = select(UploadRow.id).where(UploadRow.is_taken.is_(False)).limit(most)
    if review_id is not None:
        statement = statement.where(UploadRow.review_id == review_id)
    if before is not None:
        statement = statement.where(UploadRow.sent_at < before)
    return tuple(session.scalars(statement))
