"""Consultations and what happened to them."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import asdict
from typing import Any, NoReturn

from sqlalchemy import Row, Select, bindparam, func, select, update

from webapp.consultations.consultation import (
    Actor,
    Consultation,
    Details,
    Event,
    EventKind,
    PinnedQuestionnaire,
)
from webapp.consultations.errors import SlugTaken
from webapp.consultations.models import ConsultationEventRow, ConsultationRow, table_of
from webapp.consultations.opening import Period, State
from webapp.persistence import IntegrityError, Session, guarded_update, new_id, savepoint, violated

# Every page of a response runs these: they are put together once, and load no objects.
_TABLE = table_of(ConsultationRow)
_BY_SLUG = select(_TABLE).where(_TABLE.c.slug == bindparam("wanted"))
_BY_ID = select(_TABLE).where(_TABLE.c.id == bindparam("wanted"))
_LOCKED_BY_ID = _BY_ID.with_for_update()
_SHARED_BY_ID = _BY_ID.with_for_update(read=True)
_SHARED_BY_SLUG = _BY_SLUG.with_for_update(read=True)


def add_consultation(
    session: Session, organisation_id: uuid.UUID, details: Details
) -> Consultation:
    """Add a consultation in draft; raises SlugTaken."""
    row = ConsultationRow(
        id=new_id(),
        organisation_id=organisation_id,
        framework_digest="",
        questionnaire_digest="",
        state=State.DRAFT.value,
        closed_at=None,
        revision=1,
        edition=0,
        replaced_questionnaires="",
        authorised_on=None,
        **_columns(details),
    )
    try:
        with savepoint(session):
            session.add(row)
    except IntegrityError as error:
        _raise_for_slug(error)
    return _value(row)


def find_consultation(session: Session, slug: str) -> Consultation | None:
    """Return the consultation with this address, or None."""
    return _one(session, _BY_SLUG, slug)


def get_consultation(session: Session, consultation_id: uuid.UUID) -> Consultation:
    """Return a consultation; LookupError if there is none."""
    found = _one(session, _BY_ID, consultation_id)
    if found is None:
        raise LookupError(f"no consultation {consultation_id}")
    return found


def share_by_slug(session: Session, slug: str) -> Consultation | None:
    """Return the consultation with this address, which nobody can close before the end, or None."""
    return _one(session, _SHARED_BY_SLUG, slug)


def share_consultation(session: Session, consultation_id: uuid.UUID) -> Consultation:
    """Return a consultation that nobody can close before this transaction ends."""
    found = _one(session, _SHARED_BY_ID, consultation_id)
    if found is None:
        raise LookupError(f"no consultation {consultation_id}")
    return found


def lock_consultation(session: Session, consultation_id: uuid.UUID) -> Consultation:
    """Return a consultation that nobody can share or change before this transaction ends."""
    found = _one(session, _LOCKED_BY_ID, consultation_id)
    if found is None:
        raise LookupError(f"no consultation {consultation_id}")
    return found


def list_of_organisation(session: Session, organisation_id: uuid.UUID) -> tuple[Consultation, ...]:
    """Return the consultations of an organisation, those that close last first."""
    rows = session.scalars(
        select(ConsultationRow)
        .where(ConsultationRow.organisation_id == organisation_id)
        .order_by(ConsultationRow.closes_at.desc(), ConsultationRow.id)
    )
    return tuple(_value(row) for row in rows)


def list_published(session: Session) -> tuple[Consultation, ...]:
    """Return every consultation that was ever opened, those that close last first."""
    rows = session.scalars(
        select(ConsultationRow)
        .where(ConsultationRow.state != State.DRAFT.value)
        .order_by(ConsultationRow.closes_at.desc(), ConsultationRow.id)
    )
    return tuple(_value(row) for row in rows)


def change_details(session: Session, before: Consultation, details: Details) -> bool:
    """Rewrite a draft consultation; False if it was changed or opened since; raises SlugTaken."""
    statement = (
        update(ConsultationRow)
        .where(
            ConsultationRow.id == before.id,
            ConsultationRow.state == State.DRAFT.value,
            ConsultationRow.revision == before.revision,
        )
        .values(revision=before.revision + 1, **_columns(details))
    )
    try:
        with savepoint(session):
            return guarded_update(session, statement)
    except IntegrityError as error:
        _raise_for_slug(error)


def mark_opened(
    session: Session,
    before: Consultation,
    framework_digest: str,
    questionnaire_digest: str,
    authorised_on: dt.date,
) -> bool:
    """Open a draft consultation with what it is about; False if it was changed since."""
    return guarded_update(
        session,
        update(ConsultationRow)
        .where(
            ConsultationRow.id == before.id,
            ConsultationRow.state == State.DRAFT.value,
            ConsultationRow.revision == before.revision,
        )
        .values(
            state=State.OPENED.value,
            framework_digest=framework_digest,
            questionnaire_digest=questionnaire_digest,
            revision=before.revision + 1,
            edition=1,
            authorised_on=authorised_on,
        ),
    )


def move_closing(session: Session, before: Consultation, closes_at: dt.datetime) -> bool:
    """Move the closing of an opened consultation later; False if it closed or moved since."""
    return guarded_update(
        session,
        update(ConsultationRow)
        .where(
            ConsultationRow.id == before.id,
            ConsultationRow.state == State.OPENED.value,
            ConsultationRow.closes_at == before.details.period.closes_at,
            ConsultationRow.closes_at < closes_at,
        )
        .values(closes_at=closes_at, revision=before.revision + 1),
    )


def mark_closed(session: Session, consultation_id: uuid.UUID, now: dt.datetime) -> bool:
    """Close an open consultation; False if it is not open."""
    return guarded_update(
        session,
        update(ConsultationRow)
        .where(
            ConsultationRow.id == consultation_id,
            ConsultationRow.state == State.OPENED.value,
            ConsultationRow.closes_at > now,
        )
        .values(state=State.CLOSED.value, closed_at=now, revision=ConsultationRow.revision + 1),
    )


def add_event(
    session: Session,
    consultation_id: uuid.UUID,
    kind: EventKind,
    by: Actor,
    now: dt.datetime,
    note: str = "",
    closes_at: dt.datetime | None = None,
) -> None:
    """Record what somebody did, after the change itself, which orders those who do things."""
    number = session.scalar(
        select(func.count()).where(ConsultationEventRow.consultation_id == consultation_id)
    )
    session.add(
        ConsultationEventRow(
            id=new_id(),
            consultation_id=consultation_id,
            number=(number or 0) + 1,
            kind=kind.value,
            happened_at=now,
            account_id=by.account_id,
            account_name=by.name,
            note=note,
            closes_at=closes_at,
        )
    )
    session.flush()


def list_events(session: Session, consultation_id: uuid.UUID) -> tuple[Event, ...]:
    """Return what happened to a consultation, in order."""
    rows = session.scalars(
        select(ConsultationEventRow)
        .where(ConsultationEventRow.consultation_id == consultation_id)
        .order_by(ConsultationEventRow.number)
    )
    return tuple(
        Event(EventKind(row.kind), row.happened_at, row.account_name, row.note, row.closes_at)
        for row in rows
    )


def _one(session: Session, statement: Select[Any], wanted: str | uuid.UUID) -> Consultation | None:
    row = session.connection().execute(statement, {"wanted": wanted}).first()
    return _value(row) if row else None


def _raise_for_slug(error: IntegrityError) -> NoReturn:
    if violated(error) == "uq_consultation__slug":
        raise SlugTaken("Another consultation has this web address: choose another") from error
    raise error


def _columns(details: Details) -> dict[str, Any]:
    columns = asdict(details)
    period: dict[str, dt.datetime] = columns.pop("period")
    return {**columns, **period}


def _value(row: ConsultationRow | Row[Any]) -> Consultation:
    details = Details(
        title=row.title,
        slug=row.slug,
        purpose=row.purpose,
        open_to_change=row.open_to_change,
        not_open_to_change=row.not_open_to_change,
        use_of_answers=row.use_of_answers,
        contact=row.contact,
        framework_slug=row.framework_slug,
        framework_version=row.framework_version,
        questionnaire_slug=row.questionnaire_slug,
        questionnaire_version=row.questionnaire_version,
        period=Period(row.opens_at, row.closes_at),
        alternatives=row.alternatives,
        decided_by=row.decided_by,
        decides_on=row.decides_on,
        authority=row.authority,
        privacy_notice=row.privacy_notice,
        formats=row.formats,
    )
    return Consultation(
        id=row.id,
        organisation_id=row.organisation_id,
        details=details,
        state=State(row.state),
        framework_digest=row.framework_digest,
        questionnaire_digest=row.questionnaire_digest,
        closed_at=row.closed_at,
        revision=row.revision,
        edition=row.edition,
        replaced=tuple(
            PinnedQuestionnaire(*line.split(" "))
            for line in row.replaced_questionnaires.splitlines()
        ),
        authorised_on=row.authorised_on,
    )
