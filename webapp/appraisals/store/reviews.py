"""Queries over reviews and the people named in them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select, update

from frameworks.model import Accountability, Reference
from webapp.appraisals.models import ReviewPersonRow, ReviewRow
from webapp.appraisals.reviews import Person, Review
from webapp.appraisals.states import ReviewState
from webapp.persistence import (
    IntegrityError,
    Session,
    guarded_update,
    new_id,
    savepoint,
    violated,
)
from webapp.security import Relation


class UnknownReview(Exception):
    """There is no review with this id."""


class StartedAlready(Exception):
    """The same form was sent twice: the review that it asks for exists."""


@dataclass(frozen=True, slots=True)
class NewReview:
    """What a review is begun with; the id comes from the form, so that a form starts one only."""

    id: uuid.UUID
    organisation_id: uuid.UUID
    reference: Reference
    digest: str
    profile_key: str
    position: str
    rule: Accountability
    rule_on: dt.date
    from_on: dt.date
    until_on: dt.date
    state: ReviewState
    salt: str
    prepared_by: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to be named in a review."""

    relation: Relation
    step: str
    name: str
    email: str
    account_id: uuid.UUID | None = None


def add_review(
    session: Session, new: NewReview, people: Iterable[NewPerson], now: dt.datetime
) -> Review:
    """Add a review with the people named in it and return it; raises StartedAlready."""
    row = ReviewRow(
        id=new.id,
        organisation_id=new.organisation_id,
        framework_slug=new.reference.slug,
        framework_version=new.reference.version,
        framework_digest=new.digest,
        profile_key=new.profile_key,
        position=new.position,
        rule=new.rule.model_dump_json(by_alias=True),
        rule_on=new.rule_on,
        from_on=new.from_on,
        until_on=new.until_on,
        state=new.state,
        number=1,
        secretaries_read=False,
        salt=new.salt,
        prepared_by=new.prepared_by,
        started_at=now,
    )
    try:
        with savepoint(session):
            session.add(row)
    except IntegrityError as error:
        if violated(error) == "pk_review":
            raise StartedAlready(str(new.id)) from error
        raise
    people_rows = [
        ReviewPersonRow(
            id=new_id(),
            review_id=row.id,
            relation=each.relation,
            step=each.step,
            name=each.name,
            email=each.email,
            account_id=each.account_id,
        )
        for each in people
    ]
    session.add_all(people_rows)
    session.flush()
    return _review(row, people_rows)


def find_review(session: Session, review_id: uuid.UUID) -> Review | None:
    """Return a review as it stands, or None."""
    return _found(session, review_id, lock=None)


def lock_review(session: Session, review_id: uuid.UUID) -> Review:
    """Return a review that nobody else changes before this transaction ends.

    Raises UnknownReview. Whoever waited for the lock sees what the other one left.
    """
    return _existing(_found(session, review_id, lock="update"), review_id)


def hold_review(session: Session, review_id: uuid.UUID) -> Review:
    """Return a review whose state stays before this transaction ends, while answers are saved.

    Raises UnknownReview. Several may hold it at once.
    """
    return _existing(_found(session, review_id, lock="share"), review_id)


def list_reviews(
    session: Session, organisation_id: uuid.UUID, among: Collection[uuid.UUID] | None = None
) -> tuple[Review, ...]:
    """Return an organisation's reviews, the latest period first; `among` keeps only some ids."""
    statement = select(ReviewRow).where(ReviewRow.organisation_id == organisation_id)
    if among is not None:
        statement = statement.where(ReviewRow.id.in_(among))
    rows = session.scalars(statement).all()
    people = _people(session, [row.id for row in rows])
    reviews = [_review(row, people[row.id]) for row in rows]
    # In Python, since databases do not agree on the order of names.
    return tuple(
        sorted(
            reviews,
            key=lambda each: (
                -each.until_on.toordinal(),
                each.appraisee.name.casefold(),
                str(each.id),
            ),
        )
    )


def set_state(session: Session, review: Review, after: ReviewState, number: int) -> bool:
    """Move a review on from where it was seen; False if somebody was quicker."""
    statement = (
        update(ReviewRow)
        .where(
            ReviewRow.id == review.id,
            ReviewRow.state == review.state,
            ReviewRow.number == review.number,
        )
        .values(state=after, number=number)
    )
    return guarded_update(session, statement)


def set_secretaries_read(session: Session, review_id: uuid.UUID, granted: bool) -> bool:
    """Grant the secretaries the content or end that; False where it was so already."""
    statement = (
        update(ReviewRow)
        .where(ReviewRow.id == review_id, ReviewRow.secretaries_read.is_(not granted))
        .values(secretaries_read=granted)
    )
    return guarded_update(session, statement)


def set_participant(session: Session, person_id: uuid.UUID, participant_id: uuid.UUID) -> bool:
    """Record as whom a person was invited; False where that is recorded already."""
    statement = (
        update(ReviewPersonRow)
        .where(ReviewPersonRow.id == person_id, ReviewPersonRow.participant_id.is_(None))
        .values(participant_id=participant_id)
    )
    return guarded_update(session, statement)


def set_address(session: Session, person: Person, email: str, account_id: uuid.UUID | None) -> bool:
    """Give a person another address, under which they are yet to be invited; False if outrun."""
    statement = (
        update(ReviewPersonRow)
        .where(ReviewPersonRow.id == person.id, ReviewPersonRow.email == person.email)
        .values(email=email, account_id=account_id, participant_id=None)
    )
    return guarded_update(session, statement)


def salt_of(session: Session, review_id: uuid.UUID) -> str:
    """Return what goes into the digests of a review's drafted texts."""
    return session.scalars(select(ReviewRow.salt).where(ReviewRow.id == review_id)).one()


def _found(session: Session, review_id: uuid.UUID, lock: str | None) -> Review | None:
    # Read anew: a row that this session saw before it waited may be out of date.
    statement = (
        select(ReviewRow).where(ReviewRow.id == review_id).execution_options(populate_existing=True)
    )
    if lock is not None:
        statement = statement.with_for_update(read=lock == "share")
    row = session.scalars(statement).one_or_none()
    return _review(row, _people(session, [row.id])[row.id]) if row else None


def _existing(review: Review | None, review_id: uuid.UUID) -> Review:
    if review is None:
        raise UnknownReview(f"there is no review {review_id}")
    return review


def _people(
    session: Session, review_ids: list[uuid.UUID]
) -> defaultdict[uuid.UUID, list[ReviewPersonRow]]:
    found: defaultdict[uuid.UUID, list[ReviewPersonRow]] = defaultdict(list)
    statement = (
        select(ReviewPersonRow)
        .where(ReviewPersonRow.review_id.in_(review_ids))
        .execution_options(populate_existing=True)
    )
    for row in session.scalars(statement):
        found[row.review_id].append(row)
    return found


def _review(row: ReviewRow, people: Iterable[ReviewPersonRow]) -> Review:
    return Review(
        id=row.id,
        organisation_id=row.organisation_id,
        reference=Reference(slug=row.framework_slug, version=row.framework_version),
        digest=row.framework_digest,
        profile_key=row.profile_key,
        position=row.position,
        rule=Accountability.model_validate_json(row.rule),
        rule_on=row.rule_on,
        from_on=row.from_on,
        until_on=row.until_on,
        state=ReviewState(row.state),
        number=row.number,
        secretaries_read=row.secretaries_read,
        prepared_by=row.prepared_by,
        started_at=row.started_at,
        people=tuple(
            sorted((_person(each) for each in people), key=lambda each: (each.relation, each.step))
        ),
    )


def _person(row: ReviewPersonRow) -> Person:
    return Person(
        id=row.id,
        relation=Relation(row.relation),
        step=row.step,
        name=row.name,
        email=row.email,
        account_id=row.account_id,
        participant_id=row.participant_id,
    )
