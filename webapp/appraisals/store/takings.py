"""Queries over the files whose answers were taken into a draft."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from webapp.appraisals.models import (
    ReviewEventRow,
    ReviewEventTextRow,
    SaveOriginRow,
    TakingRow,
    UploadTextRow,
)
from webapp.persistence import IntegrityError, Session, new_id, savepoint, violated

ONE_FILE = "uq_review_taking__review_id_sha256"


class FileTakenAlready(Exception):
    """The answers of this very file were taken into this review before."""


@dataclass(frozen=True, slots=True)
class NewTaking:
    """A file to be taken: an upload or an attachment."""

    review_id: uuid.UUID
    sha256: str
    event_id: uuid.UUID
    copy: str = ""
    upload_id: uuid.UUID | None = None
    attachment_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Taking:
    """A filled form that was taken: which file, by whom and when."""

    id: uuid.UUID
    sha256: str
    name: str
    taken_by: str
    taken_at: dt.datetime


def add_taking(session: Session, new: NewTaking, saves: Iterable[uuid.UUID]) -> None:
    """Record that a file was taken and which saves came of it; raises FileTakenAlready."""
    row = TakingRow(
        id=new_id(),
        review_id=new.review_id,
        upload_id=new.upload_id,
        attachment_id=new.attachment_id,
        event_id=new.event_id,
        sha256=new.sha256,
        copy=new.copy,
    )
    try:
        with savepoint(session):
            session.add(row)
    except IntegrityError as error:
        if violated(error) == ONE_FILE:
            raise FileTakenAlready(new.sha256) from error
        raise
    session.add_all(SaveOriginRow(save_id=save_id, taking_id=row.id) for save_id in saves)
    session.flush()


def is_taken(session: Session, review_id: uuid.UUID, sha256: str) -> bool:
    """Say whether this very file was taken into a review."""
    statement = select(TakingRow.id).where(
        TakingRow.review_id == review_id, TakingRow.sha256 == sha256
    )
    return session.scalars(statement).first() is not None


def is_copy_taken(session: Session, review_id: uuid.UUID, copy: str) -> bool:
    """Say whether a file made of this copy was taken into a review, whatever it said."""
    statement = select(TakingRow.id).where(TakingRow.review_id == review_id, TakingRow.copy == copy)
    return session.scalars(statement).first() is not None


def find_sha256(session: Session, review_id: uuid.UUID, taking_id: uuid.UUID) -> str | None:
    """Return which file was taken into a review, or None where nothing was under this id."""
    statement = select(TakingRow.sha256).where(
        TakingRow.id == taking_id, TakingRow.review_id == review_id
    )
    return session.scalars(statement).one_or_none()


def list_forms(session: Session, review_id: uuid.UUID) -> tuple[Taking, ...]:
    """Return the filled forms that were taken into a review, in the order of taking."""
    statement = (
        select(TakingRow, UploadTextRow.name, ReviewEventTextRow.name, ReviewEventRow.happened_at)
        .join(ReviewEventRow, ReviewEventRow.id == TakingRow.event_id)
        .outerjoin(ReviewEventTextRow, ReviewEventTextRow.event_id == TakingRow.event_id)
        .outerjoin(UploadTextRow, UploadTextRow.upload_id == TakingRow.upload_id)
        .where(TakingRow.review_id == review_id, TakingRow.upload_id.is_not(None))
        .order_by(ReviewEventRow.place)
    )
    return tuple(
        Taking(row.id, row.sha256, name or "", taken_by or "", taken_at)
        for row, name, taken_by, taken_at in session.execute(statement)
    )
