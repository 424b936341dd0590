"""Queries over drafted answers."""

from __future__ import annotations

import uuid

from sqlalchemy import select, update

from frameworks.questions import AnswerKey, Given
from webapp.appraisals.models import ReviewDraftTextRow, ReviewSaveRow
from webapp.appraisals.reviews import Draft
from webapp.persistence import IntegrityError, Session, guarded_update, new_id, savepoint, violated
from webapp.security import Relation

ONE_SAVE = "uq_review_save__review_id_item_key_question_key_revision"


class StaleAnswer(Exception):
    """Somebody else saved this answer first."""


def list_drafts(session: Session, review_id: uuid.UUID) -> dict[AnswerKey, Draft]:
    """Return everything that is drafted for a review, blanked answers too."""
    statement = (
        select(ReviewDraftTextRow)
        .where(ReviewDraftTextRow.review_id == review_id)
        .execution_options(populate_existing=True)
    )
    drafts = [_draft(row) for row in session.scalars(statement)]
    return {draft.key: draft for draft in sorted(drafts, key=lambda draft: draft.key)}


def digest_at(session: Session, review_id: uuid.UUID, key: AnswerKey, revision: int) -> str | None:
    """Return the digest of what an answer said at a revision; None where it never had that one."""
    statement = select(ReviewSaveRow.digest).where(
        ReviewSaveRow.review_id == review_id,
        ReviewSaveRow.item_key == key.item,
        ReviewSaveRow.question_key == key.question,
        ReviewSaveRow.revision == revision,
    )
    return session.scalars(statement).one_or_none()


def add_save(
    session: Session, review_id: uuid.UUID, draft: Draft, digest: str, saved_by: Relation
) -> uuid.UUID:
    """Save an answer under its next revision and return the id of the save.

    Raises StaleAnswer if somebody else has that revision.
    """
    save = ReviewSaveRow(
        id=new_id(),
        review_id=review_id,
        item_key=draft.key.item,
        question_key=draft.key.question,
        revision=draft.revision,
        digest=digest,
        saved_at=draft.saved_at,
        saved_by=saved_by,
    )
    try:
        with savepoint(session):
            session.add(save)
    except IntegrityError as error:
        if violated(error) == ONE_SAVE:
            raise StaleAnswer(str(draft.key)) from error
        raise
    _set_text(session, review_id, draft, saved_by)
    return save.id


def _set_text(session: Session, review_id: uuid.UUID, draft: Draft, saved_by: Relation) -> None:
    # Whoever comes here has the revision to themselves, since the save itself is unique.
    values = {
        "revision": draft.revision,
        "choices": "\n".join(draft.given.choices),
        "text": draft.given.text,
        "saved_at": draft.saved_at,
        "saved_by": str(saved_by),
    }
    if draft.revision == 1:
        session.add(
            ReviewDraftTextRow(
                review_id=review_id,
                item_key=draft.key.item,
                question_key=draft.key.question,
                **values,
            )
        )
        session.flush()
        return
    statement = (
        update(ReviewDraftTextRow)
        .where(
            ReviewDraftTextRow.review_id == review_id,
            ReviewDraftTextRow.item_key == draft.key.item,
            ReviewDraftTextRow.question_key == draft.key.question,
            ReviewDraftTextRow.revision == draft.revision - 1,
        )
        .values(**values)
    )
    if not guarded_update(session, statement):
        raise LookupError(f"the text of {draft.key} is not at revision {draft.revision - 1}")


def _draft(row: ReviewDraftTextRow) -> Draft:
    return Draft(
        key=AnswerKey(row.item_key, row.question_key),
        given=Given(choices=tuple(row.choices.split("\n")) if row.choices else (), text=row.text),
        revision=row.revision,
        saved_at=row.saved_at,
        saved_by=Relation(row.saved_by),
    )
