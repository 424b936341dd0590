"""What happened to submissions after they were sent; only ever added to."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection

from sqlalchemy import ColumnElement, case, func, insert, or_, select

from webapp.consultations.consultation import Actor
from webapp.consultations.models import SubmissionEventRow, SubmissionRow, table_of
from webapp.consultations.respondents import Publish
from webapp.consultations.submissions import EventKind, Standing, SubmissionEvent
from webapp.persistence import Session, new_id

_INSERT = insert(table_of(SubmissionEventRow))


def counts() -> ColumnElement[bool]:
    """Return the one condition under which a submission counts, for every query that counts.

    It says the same as `standing_of`. The events are few beside the submissions, so each kind
    of them is looked up once and not for every submission.
    """
    admitted = or_(SubmissionRow.lodged_late.is_(False), _any(EventKind.ADMITTED))
    return _stands() & _looked_at() & admitted


def standing() -> ColumnElement[str]:
    """Return what a submission is now, as `standing_of` says it."""
    return case(
        (_any(EventKind.REMOVED), Standing.REMOVED.value),
        (_any(EventKind.WITHDRAWN), Standing.WITHDRAWN.value),
        (_any(EventKind.REPLACED), Standing.REPLACED.value),
        (~_looked_at() & _any(EventKind.SET_ASIDE), Standing.SET_ASIDE.value),
        (~_looked_at(), Standing.HELD.value),
        (_is_late() & _any(EventKind.DECLINED), Standing.NOT_ADMITTED.value),
        (_is_late(), Standing.LATE.value),
        else_=Standing.COUNTS.value,
    )


def waits_for_a_look() -> ColumnElement[bool]:
    """Return the condition under which a held submission has yet to be looked at."""
    return _stands() & ~_looked_at() & ~_any(EventKind.SET_ASIDE)


def waits_for_admission() -> ColumnElement[bool]:
    """Return the condition under which a late submission has yet to be decided on."""
    late = SubmissionRow.lodged_late & ~_any(EventKind.ADMITTED, EventKind.DECLINED)
    return _stands() & _looked_at() & late


def _stands() -> ColumnElement[bool]:
    return ~_any(EventKind.REPLACED, EventKind.WITHDRAWN, EventKind.REMOVED)


def _looked_at() -> ColumnElement[bool]:
    return or_(SubmissionRow.held_for == "", _any(EventKind.RELEASED))


def _is_late() -> ColumnElement[bool]:
    return SubmissionRow.lodged_late & ~_any(EventKind.ADMITTED)


def _any(*kinds: EventKind) -> ColumnElement[bool]:
    happened = select(SubmissionEventRow.submission_id).where(
        SubmissionEventRow.kind.in_([kind.value for kind in kinds])
    )
    return SubmissionRow.id.in_(happened)


def add_event(
    session: Session,
    submission_id: uuid.UUID,
    kind: EventKind,
    now: dt.datetime,
    *,
    publish: Publish | None = None,
    by: Actor | None = None,
    reason: str = "",
) -> None:
    """Record what happened to a submission that is locked; without `by` its sender did it."""
    add_events(session, [submission_id], kind, now, publish=publish, by=by, reason=reason)


def add_events(
    session: Session,
    submission_ids: Collection[uuid.UUID],
    kind: EventKind,
    now: dt.datetime,
    *,
    publish: Publish | None = None,
    by: Actor | None = None,
    reason: str = "",
) -> None:
    """Record that the same happened to several submissions, all of which are locked."""
    numbers = _numbers(session, submission_ids)
    rows = [
        {
            "id": new_id(),
            "submission_id": each,
            "number": numbers.get(each, 0) + 1,
            "kind": kind.value,
            "happened_at": now,
            "publish": publish.value if publish else "",
            "account_id": by.account_id if by else None,
            "account_name": by.name if by else "",
            "reason": reason,
        }
        for each in submission_ids
    ]
    if rows:
        session.connection().execute(_INSERT, rows)


def list_events(session: Session, submission_id: uuid.UUID) -> tuple[SubmissionEvent, ...]:
    """Return what happened to a submission, in order."""
    rows = session.scalars(
        select(SubmissionEventRow)
        .where(SubmissionEventRow.submission_id == submission_id)
        .order_by(SubmissionEventRow.number)
    )
    return tuple(_value(row) for row in rows)


def list_of_consultation(
    session: Session, consultation_id: uuid.UUID
) -> tuple[tuple[str, SubmissionEvent], ...]:
    """Return what happened to the responses of a consultation, each with its reference, in order.

    What happened at the same moment is ordered by the reference and the number of the event.
    """
    rows = session.execute(
        select(SubmissionRow.reference, SubmissionEventRow)
        .join(SubmissionRow, SubmissionRow.id == SubmissionEventRow.submission_id)
        .where(SubmissionRow.consultation_id == consultation_id)
    )
    # Not by the database: the collations of two of them order references differently.
    found = sorted(rows.all(), key=lambda each: (each[1].happened_at, each[0], each[1].number))
    return tuple((reference, _value(row)) for reference, row in found)


def list_late_decisions(
    session: Session, consultation_id: uuid.UUID
) -> tuple[SubmissionEvent, ...]:
    """Return every decision about a response of a consultation that came late, oldest first."""
    rows = session.scalars(
        select(SubmissionEventRow)
        .join(SubmissionRow, SubmissionRow.id == SubmissionEventRow.submission_id)
        .where(
            SubmissionRow.consultation_id == consultation_id,
            SubmissionEventRow.kind.in_([EventKind.ADMITTED.value, EventKind.DECLINED.value]),
        )
        .order_by(SubmissionEventRow.happened_at, SubmissionEventRow.id)
    )
    return tuple(_value(row) for row in rows)


def _value(row: SubmissionEventRow) -> SubmissionEvent:
    return SubmissionEvent(
        kind=EventKind(row.kind),
        at=row.happened_at,
        publish=Publish(row.publish) if row.publish else None,
        by=row.account_name,
        reason=row.reason,
    )


def _numbers(session: Session, submission_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    rows = session.execute(
        select(SubmissionEventRow.submission_id, func.max(SubmissionEventRow.number))
        .where(SubmissionEventRow.submission_id.in_(submission_ids))
        .group_by(SubmissionEventRow.submission_id)
    )
    return dict(rows.all())
