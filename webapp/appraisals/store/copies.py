"""Queries over the copies of a review's form that were issued."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from frameworks.questions import AnswerKey
from webapp.appraisals.models import CopyAnswerRow, CopyRow, ReviewSaveRow
from webapp.persistence import IntegrityError, Session, new_id, savepoint, violated
from webapp.security import Relation

ONE_COPY = "uq_review_copy__identifier_review_id"


@dataclass(frozen=True, slots=True)
class NewCopy:
    """A copy to be issued; `carried` says which revision of each answer is in it."""

    review_id: uuid.UUID
    identifier: str
    base: str
    number: int
    relation: Relation
    carried: Mapping[AnswerKey, int]


def add_copy(session: Session, new: NewCopy, now: dt.datetime) -> bool:
    """Record a copy; False where the very same one was issued before."""
    row = CopyRow(
        id=new_id(),
        review_id=new.review_id,
        identifier=new.identifier,
        base=new.base,
        number=new.number,
        relation=new.relation,
        issued_at=now,
    )
    try:
        with savepoint(session):
            session.add(row)
    except IntegrityError as error:
        if violated(error) == ONE_COPY:
            return False
        raise
    session.add_all(
        CopyAnswerRow(
            copy_id=row.id, item_key=key.item, question_key=key.question, revision=revision
        )
        for key, revision in new.carried.items()
    )
    session.flush()
    return True


def list_reviews_of(session: Session, identifier: str) -> frozenset[uuid.UUID]:
    """Return the reviews that a copy was issued for; none for a copy that is not known."""
    statement = select(CopyRow.review_id).where(CopyRow.identifier == identifier)
    return frozenset(session.scalars(statement))


def list_carried(session: Session, review_id: uuid.UUID, identifier: str) -> dict[AnswerKey, str]:
    """Return the digests of the answers that a copy of this review was issued with."""
    statement = (
        select(ReviewSaveRow.item_key, ReviewSaveRow.question_key, ReviewSaveRow.digest)
        .join(CopyRow, CopyRow.review_id == ReviewSaveRow.review_id)
        .join(
            CopyAnswerRow,
            (CopyAnswerRow.copy_id == CopyRow.id)
            & (CopyAnswerRow.item_key == ReviewSaveRow.item_key)
            & (CopyAnswerRow.question_key == ReviewSaveRow.question_key)
            & (CopyAnswerRow.revision == ReviewSaveRow.revision),
        )
        .where(CopyRow.review_id == review_id, CopyRow.identifier == identifier)
    )
    return {
        AnswerKey(item, question): digest for item, question, digest in session.execute(statement)
    }
