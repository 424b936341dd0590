"""Queries over what happened to a review."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import func, select

from webapp.appraisals.acting import Doer
from webapp.appraisals.models import ReviewEventRow, ReviewEventTextRow, TakingRow
from webapp.appraisals.reviews import Event, EventKind, Review
from webapp.persistence import Session, new_id
from webapp.security import Relation


def add_event(
    session: Session,
    review: Review,
    kind: EventKind,
    doer: Doer,
    now: dt.datetime,
    *,
    number: int | None = None,
    detail: str = "",
) -> uuid.UUID:
    """Add the next event of a review, which the caller holds locked, and return its id."""
    places = select(func.coalesce(func.max(ReviewEventRow.place), 0)).where(
        ReviewEventRow.review_id == review.id
    )
    event = ReviewEventRow(
        id=new_id(),
        review_id=review.id,
        place=session.scalars(places).one() + 1,
        kind=kind,
        number=number or review.number,
        happened_at=now,
        relation=doer.relation,
        account_id=doer.account_id,
        participant_id=doer.participant_id,
    )
    session.add(event)
    session.flush()
    session.add(ReviewEventTextRow(event_id=event.id, name=doer.name, detail=detail))
    session.flush()
    return event.id


def list_events(session: Session, review_id: uuid.UUID) -> tuple[Event, ...]:
    """Return what happened to a review, in order; names and reasons are empty once erased."""
    statement = (
        select(ReviewEventRow, ReviewEventTextRow.name, ReviewEventTextRow.detail, TakingRow.sha256)
        .outerjoin(ReviewEventTextRow, ReviewEventTextRow.event_id == ReviewEventRow.id)
        .outerjoin(TakingRow, TakingRow.event_id == ReviewEventRow.id)
        .where(ReviewEventRow.review_id == review_id)
        .order_by(ReviewEventRow.place)
    )
    return tuple(
        Event(
            kind=EventKind(row.kind),
            at=row.happened_at,
            number=row.number,
            relation=Relation(row.relation),
            name=name or "",
            detail=detail or "",
            sha256=sha256 or "",
        )
        for row, name, detail, sha256 in session.execute(statement)
    )
