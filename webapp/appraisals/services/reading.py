"""Looking at reviews: one, many, what happened, and what was frozen."""

from __future__ import annotations

import datetime as dt
import uuid

from frameworks.questions import AnswerKey, Given
from webapp.appraisals.acting import doer
from webapp.appraisals.reviews import Event, EventKind, Review
from webapp.appraisals.revisions import Revision, revisions_that_count
from webapp.appraisals.store import events, reviews, revisions
from webapp.persistence import Session
from webapp.security import Identity, Relation, Role


def find_review(session: Session, review_id: uuid.UUID) -> Review | None:
    """Return a review as it stands, or None."""
    return reviews.find_review(session, review_id)


def list_reviews(
    session: Session, organisation_id: uuid.UUID, identity: Identity
) -> tuple[Review, ...]:
    """Return the reviews of an organisation that somebody may know of, latest period first.

    All of them for a board secretary; for anybody else those that they are named in.
    """
    if identity.holds(Role.BOARD_SECRETARY, organisation_id):
        return reviews.list_reviews(session, organisation_id)
    mine = {each.subject_id for each in identity.participations}
    return reviews.list_reviews(session, organisation_id, mine)


def list_signed_steps(
    session: Session, found: tuple[Review, ...]
) -> dict[uuid.UUID, frozenset[str]]:
    """Return, for each review, which steps of its newest revision are signed."""
    return revisions.signed_steps(session, [each.id for each in found])


def list_revisions(session: Session, review: Review) -> tuple[Revision, ...]:
    """Return the revisions of a review that count, the oldest first."""
    return revisions_that_count(review, revisions.list_frozen(session, review.id))


def list_answers(session: Session, revision: Revision) -> dict[AnswerKey, Given]:
    """Return what a revision says, by question in the order of its form."""
    found = revisions.list_answers(session, revision.frozen.id)
    return {each.key: each.given for each in found}


def list_events(session: Session, review_id: uuid.UUID) -> tuple[Event, ...]:
    """Return what happened to a review, in order."""
    return events.list_events(session, review_id)


def record_issue(
    session: Session,
    review_id: uuid.UUID,
    number: int,
    *,
    identity: Identity,
    now: dt.datetime,
) -> None:
    """Record that somebody took a copy of a revision with them."""
    review = reviews.lock_review(session, review_id)
    done_by = doer(
        identity,
        review,
        Relation.APPRAISER,
        Relation.APPRAISEE,
        Relation.SIGNATORY,
        Relation.PREPARER,
        Relation.READER,
    )
    events.add_event(session, review, EventKind.ISSUED, done_by, now, number=number)
