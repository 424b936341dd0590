"""Handing out the form of a review, prefilled with its people and with what is drafted."""

from __future__ import annotations

import datetime as dt
import uuid

from frameworks.questions import AnswerKey
from webapp.appraisals.acting import doer, relations_of
from webapp.appraisals.merging import Carried
from webapp.appraisals.reviews import Draft, EventKind, Review
from webapp.appraisals.store import copies, drafts, events, reviews
from webapp.appraisals.writing import check_may_fill_in
from webapp.persistence import Session
from webapp.security import Identity, Relation

FILLERS = (Relation.APPRAISER, Relation.PREPARER, Relation.APPRAISEE)
"""Who fills in a form, in the order in which somebody with two relations does it."""


def list_carried(session: Session, review: Review, identity: Identity) -> dict[AnswerKey, Draft]:
    """Return what a copy for somebody carries now; raises WritingRefused, NotTheirs."""
    check_may_fill_in(review.state, relations_of(identity, review))
    return drafts.list_drafts(session, review.id)


def record_copy(
    session: Session,
    review_id: uuid.UUID,
    *,
    identifier: str,
    base: str,
    carried: dict[AnswerKey, int],
    identity: Identity,
    now: dt.datetime,
) -> None:
    """Record that somebody takes a copy of the form, with which revisions of the drafts in it.

    The same copy taken twice is one copy. Raises WritingRefused, NotTheirs.
    """
    review = reviews.lock_review(session, review_id)
    check_may_fill_in(review.state, relations_of(identity, review))
    done_by = doer(identity, review, *FILLERS)
    copies.add_copy(
        session,
        copies.NewCopy(review.id, identifier, base, review.number, done_by.relation, carried),
        now,
    )
    events.add_event(session, review, EventKind.FORM_ISSUED, done_by, now, detail=identifier)


def carried_by(session: Session, review_id: uuid.UUID, identifier: str) -> Carried:
    """Return what a copy was issued with; nothing where it was not issued for this review."""
    return Carried(
        reviews.salt_of(session, review_id), copies.list_carried(session, review_id, identifier)
    )
