"""Queries over holds, erasures, warnings and records."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable

from sqlalchemy import delete, func, insert, select, update

from webapp.persistence import (
    IntegrityError,
    Session,
    guarded_update,
    new_id,
    savepoint,
    violated,
)
from webapp.retention.holds import HoldEvent, HoldKeeper, HoldsClash
from webapp.retention.journal import Erasure
from webapp.retention.models import (
    ErasureRecordRow,
    ErasureRow,
    ErasureWarningRow,
    HoldEventRow,
)
from webapp.retention.records import ErasureRecord, ErasureWarning
from webapp.retention.relations import held_subjects

AT_ONCE = 500


def add_erasures(
    session: Session, erasures: Collection[Erasure], written_at: dt.datetime | None = None
) -> None:
    """Add what was erased, or what a journal said and was erased again."""
    rows = [
        {
            "id": each.id,
            "kind": each.kind,
            "subject_id": each.subject_id,
            "happened_at": each.happened_at,
            "written_at": written_at,
        }
        for each in erasures
    ]
    if rows:
        session.execute(insert(ErasureRow), rows)


def list_unwritten(session: Session, most: int) -> tuple[Erasure, ...]:
    """Return what the journal does not say yet, the oldest first."""
    rows = session.scalars(
        select(ErasureRow)
        .where(ErasureRow.written_at.is_(None))
        .order_by(ErasureRow.happened_at)
        .limit(most)
    )
    return tuple(_erasure(row) for row in rows)


def mark_written(session: Session, ids: Collection[uuid.UUID], now: dt.datetime) -> None:
    """Note that the journal says these."""
    session.execute(
        update(ErasureRow).where(ErasureRow.id.in_(ids)).values(written_at=now),
        execution_options={"synchronize_session": False},
    )


def list_known(session: Session, ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Return which of these erasures the database has been through."""
    wanted, known = list(ids), set[uuid.UUID]()
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        known |= set(session.scalars(select(ErasureRow.id).where(ErasureRow.id.in_(part))))
    return known


def list_all(session: Session) -> tuple[Erasure, ...]:
    """Return every erasure that the database knows of, in order."""
    return tuple(sorted(_erasure(row) for row in session.scalars(select(ErasureRow))))


def lock_subject(session: Session, subject_id: uuid.UUID) -> None:
    """Let nobody else place a hold on this subject, or erase of it, before this ends."""
    # SQLite has one writer at a time.
    if session.connection().dialect.name == "postgresql":
        number = int.from_bytes(subject_id.bytes[:8], "big", signed=True)
        session.execute(select(func.pg_advisory_xact_lock(number)))


def add_hold_event(
    session: Session,
    subject_id: uuid.UUID,
    number: int,
    by: HoldKeeper,
    reason: str,
    now: dt.datetime,
) -> None:
    """Add an event under this number; raises HoldsClash where that is taken."""
    row = HoldEventRow(
        id=new_id(),
        subject_id=subject_id,
        number=number,
        kind="placed" if number % 2 else "lifted",
        happened_at=now,
        account_id=by.account_id,
        account_name=by.name,
        reason=reason,
    )
    try:
        with savepoint(session):
            session.add(row)
    except IntegrityError as error:
        if violated(error) != "uq_hold_event__subject_id_number":
            raise
        raise HoldsClash("Somebody else changed this hold at the same moment") from error


def count_hold_events(session: Session, subject_id: uuid.UUID) -> int:
    """Count the events of a subject: an odd number is a hold."""
    statement = select(func.count()).where(HoldEventRow.subject_id == subject_id)
    return session.scalar(statement) or 0


def list_hold_events(session: Session, subject_ids: Collection[uuid.UUID]) -> tuple[HoldEvent, ...]:
    """Return the events of these subjects, newest first."""
    rows = session.scalars(
        select(HoldEventRow)
        .where(HoldEventRow.subject_id.in_(subject_ids))
        .order_by(HoldEventRow.happened_at.desc(), HoldEventRow.number.desc())
    )
    return tuple(
        HoldEvent(
            row.subject_id, row.kind == "placed", row.happened_at, row.account_name, row.reason
        )
        for row in rows
    )


def list_held(session: Session) -> frozenset[uuid.UUID]:
    """Return every subject that is under a hold."""
    held = select(HoldEventRow.subject_id).where(HoldEventRow.subject_id.in_(held_subjects()))
    return frozenset(session.scalars(held.distinct()))


def add_warning(session: Session, warning: ErasureWarning) -> bool:
    """Add a warning; False where somebody was warned already."""
    row = ErasureWarningRow(
        class_key=warning.class_key,
        subject_id=warning.subject_id,
        warned_at=warning.warned_at,
        erased_from=warning.erased_from,
    )
    try:
        with savepoint(session):
            session.add(row)
    except IntegrityError as error:
        if violated(error) != "pk_erasure_warning":
            raise
        return False
    return True


def list_warnings(session: Session) -> tuple[ErasureWarning, ...]:
    """Return every warning that still stands."""
    rows = session.scalars(select(ErasureWarningRow).order_by(ErasureWarningRow.erased_from))
    return tuple(
        ErasureWarning(row.class_key, row.subject_id, row.warned_at, row.erased_from)
        for row in rows
    )


def delete_warnings(session: Session, subject_id: uuid.UUID, class_key: str | None = None) -> None:
    """Take back the warnings about a subject, or about one class of it."""
    statement = delete(ErasureWarningRow).where(ErasureWarningRow.subject_id == subject_id)
    if class_key is not None:
        guarded_update(session, statement.where(ErasureWarningRow.class_key == class_key))
    else:
        session.execute(statement)


def add_record(session: Session, record: ErasureRecord) -> None:
    """Add a record of what was erased."""
    session.add(
        ErasureRecordRow(
            id=new_id(),
            class_key=record.class_key,
            subject_id=record.subject_id,
            erased=record.erased,
            erased_at=record.erased_at,
            rule=record.rule,
        )
    )
    session.flush()


def list_records(session: Session, subject_ids: Collection[uuid.UUID]) -> tuple[ErasureRecord, ...]:
    """Return what was erased of these subjects, newest first."""
    rows = session.scalars(
        select(ErasureRecordRow)
        .where(ErasureRecordRow.subject_id.in_(subject_ids))
        .order_by(ErasureRecordRow.erased_at.desc(), ErasureRecordRow.class_key)
    )
    return tuple(
        ErasureRecord(row.class_key, row.subject_id, row.erased, row.erased_at, row.rule)
        for row in rows
    )


def _erasure(row: ErasureRow) -> Erasure:
    return Erasure(row.happened_at, row.id, row.kind, row.subject_id)
