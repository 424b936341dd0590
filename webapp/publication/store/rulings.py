"""Rulings and what second people say of them; only ever added to."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update

from webapp.consultations import relations
from webapp.consultations.consultation import Actor
from webapp.consultations.redacting import Cut, Reason, Span
from webapp.persistence import (
    IntegrityError,
    Session,
    new_id,
    savepoint,
    single_write,
    violated,
)
from webapp.publication.models import (
    OriginalReadingRow,
    RulingRow,
    RulingSpanRow,
    SecondLookRow,
)
from webapp.publication.ruling import NotedCut, Outcome, Ruling, SecondLook, Verdict


class NumberTaken(Exception):
    """Somebody else added a ruling on the response first."""


class LookedAlready(Exception):
    """Somebody else looked at the ruling first."""


class SamePerson(Exception):
    """Whoever proposed a ruling cannot look at it."""


def add_ruling(
    session: Session, consultation_id: uuid.UUID, submission_id: uuid.UUID, ruling: Ruling
) -> None:
    """Add a ruling with its cuts; raises NumberTaken, adding nothing."""
    row = {
        "id": ruling.id,
        "consultation_id": consultation_id,
        "submission_id": submission_id,
        "number": ruling.number,
        "outcome": ruling.outcome.value,
        "note": ruling.note,
        "permission_number": ruling.permission_number,
        "accepted": ruling.accepted,
        "refused": ruling.refused,
        "proposed_at": ruling.at,
        "account_id": ruling.by.account_id,
        "account_name": ruling.by.name,
    }
    try:
        with single_write(session):
            session.execute(insert(RulingRow), [row])
    except IntegrityError as error:
        if violated(error) == "uq_ruling__submission_id_number":
            raise NumberTaken from error
        raise
    if ruling.cuts:
        session.execute(insert(RulingSpanRow), [_span_row(ruling.id, each) for each in ruling.cuts])


def add_second_look(session: Session, ruling: Ruling, look: SecondLook) -> None:
    """Add what a second person says of a ruling; raises LookedAlready or SamePerson."""
    row = SecondLookRow(
        ruling_id=ruling.id,
        proposed_by=ruling.by.account_id,
        verdict=look.verdict.value,
        reason=look.reason,
        decided_at=look.at,
        account_id=look.by.account_id,
        account_name=look.by.name,
    )
    try:
        with savepoint(session):
            session.add(row)
    except IntegrityError as error:
        broken = violated(error)
        if broken == "pk_second_look":
            raise LookedAlready from error
        if broken == "ck_second_look__two_people":
            raise SamePerson from error
        raise


def add_reading(
    session: Session,
    consultation_id: uuid.UUID,
    submission_id: uuid.UUID,
    reason: str,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Record that somebody reads a response as it was written."""
    session.add(
        OriginalReadingRow(
            id=new_id(),
            consultation_id=consultation_id,
            submission_id=submission_id,
            reason=reason,
            read_at=now,
            account_id=by.account_id,
            account_name=by.name,
        )
    )


def list_rulings(session: Session, submission_id: uuid.UUID) -> tuple[Ruling, ...]:
    """Return the rulings on a response, in order."""
    found = _rulings(session, RulingRow.submission_id == submission_id)
    return tuple(ruling for _, ruling in sorted(found, key=lambda each: each[1].number))


def list_of_consultation(
    session: Session, consultation_id: uuid.UUID
) -> tuple[tuple[str, Ruling], ...]:
    """Return every ruling on a consultation's responses, each with the reference, in no order."""
    found = _rulings(session, RulingRow.consultation_id == consultation_id)
    references = _references(session, consultation_id)
    return tuple((references[submission_id], ruling) for submission_id, ruling in found)


def list_readings(
    session: Session, consultation_id: uuid.UUID, submission_id: uuid.UUID | None = None
) -> tuple[tuple[str, dt.datetime, Actor, str], ...]:
    """Return who read responses as they were written: reference, when, by whom, and why."""
    references = _references(session, consultation_id)
    wanted = select(OriginalReadingRow).where(OriginalReadingRow.consultation_id == consultation_id)
    if submission_id is not None:
        wanted = wanted.where(OriginalReadingRow.submission_id == submission_id)
    rows = session.scalars(wanted.order_by(OriginalReadingRow.read_at, OriginalReadingRow.id))
    return tuple(
        (
            references[row.submission_id],
            row.read_at,
            Actor(row.account_id, row.account_name),
            row.reason,
        )
        for row in rows
    )


def erase_notes(session: Session, submission_ids: Collection[uuid.UUID]) -> None:
    """Erase what moderators wrote about responses; the rulings and their numbers stay."""
    ids = tuple(submission_ids)
    of_these = select(RulingRow.id).where(RulingRow.submission_id.in_(ids))
    for row, condition, values in (
        (RulingRow, RulingRow.submission_id.in_(ids), {"note": ""}),
        (RulingSpanRow, RulingSpanRow.ruling_id.in_(of_these), {"note": ""}),
        (
            SecondLookRow,
            SecondLookRow.ruling_id.in_(of_these) & (SecondLookRow.reason != ""),
            {"reason": ERASED},
        ),
        (OriginalReadingRow, OriginalReadingRow.submission_id.in_(ids), {"reason": ERASED}),
    ):
        session.execute(
            update(row).where(condition).values(**values),
            execution_options={"synchronize_session": False},
        )


ERASED = "(erased)"
"""What stands in place of a reason that was erased, where there must be one."""


def list_ids(session: Session, consultation_id: uuid.UUID) -> tuple[uuid.UUID, ...]:
    """Return the responses of a consultation on which anybody ever ruled."""
    return tuple(
        session.scalars(
            select(RulingRow.submission_id)
            .where(RulingRow.consultation_id == consultation_id)
            .distinct()
        )
    )


def _references(session: Session, consultation_id: uuid.UUID) -> dict[uuid.UUID, str]:
    response = relations.responses()
    rows = session.execute(
        select(response.c.id, response.c.reference).where(
            response.c.consultation_id == consultation_id
        )
    )
    return dict(rows.all())


def _rulings(session: Session, condition: ColumnElement[bool]) -> list[tuple[uuid.UUID, Ruling]]:
    rows = session.execute(
        select(RulingRow, SecondLookRow)
        .outerjoin(SecondLookRow, SecondLookRow.ruling_id == RulingRow.id)
        .where(condition)
    ).all()
    spans: dict[uuid.UUID, list[RulingSpanRow]] = defaultdict(list)
    of_them = select(RulingRow.id).where(condition)
    for span in session.scalars(
        select(RulingSpanRow)
        .where(RulingSpanRow.ruling_id.in_(of_them))
        .order_by(RulingSpanRow.start_point, RulingSpanRow.end_point)
    ):
        spans[span.ruling_id].append(span)
    return [(row.submission_id, _ruling(row, look, spans[row.id])) for row, look in rows]


def _ruling(row: RulingRow, look: SecondLookRow | None, spans: Sequence[RulingSpanRow]) -> Ruling:
    return Ruling(
        id=row.id,
        number=row.number,
        outcome=Outcome(row.outcome),
        note=row.note,
        cuts=tuple(_cut(each) for each in spans),
        permission_number=row.permission_number,
        accepted=row.accepted,
        refused=row.refused,
        at=row.proposed_at,
        by=Actor(row.account_id, row.account_name),
        look=_look(look) if look else None,
    )


def _look(row: SecondLookRow) -> SecondLook:
    by = Actor(row.account_id, row.account_name)
    return SecondLook(Verdict(row.verdict), row.reason, row.decided_at, by)


def _cut(row: RulingSpanRow) -> NotedCut:
    span = Span(row.start_point, row.end_point, Reason(row.reason))
    return NotedCut(Cut(row.passage, span, row.text_digest, row.text_length), row.note)


def _span_row(ruling_id: uuid.UUID, noted: NotedCut) -> dict[str, Any]:
    cut = noted.cut
    return {
        "ruling_id": ruling_id,
        "passage": cut.passage,
        "start_point": cut.span.start,
        "end_point": cut.span.end,
        "reason": cut.span.reason.value,
        "note": noted.note,
        "text_digest": cut.digest,
        "text_length": cut.length,
    }
