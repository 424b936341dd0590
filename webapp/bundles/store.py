"""Queries over bundles."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import insert, select, update

from webapp.bundles.bundle import Bundle, Made, State
from webapp.bundles.models import BundleRow
from webapp.consultations.consultation import Actor
from webapp.persistence import IntegrityError, Session, guarded_update, single_write, violated

WAITING = "uq_bundle__waiting"


def add_bundle(
    session: Session,
    bundle_id: uuid.UUID,
    consultation_id: uuid.UUID,
    by: Actor,
    now: dt.datetime,
) -> bool:
    """Add a bundle that waits; False where another of the consultation is waiting."""
    row = {
        "id": bundle_id,
        "consultation_id": consultation_id,
        "state": State.WAITING.value,
        "asked_at": now,
        "account_id": by.account_id,
        "account_name": by.name,
        "finished_at": None,
        "sha256": "",
        "size": 0,
        "entries": 0,
        "files": 0,
        "reason": "",
    }
    try:
        with single_write(session):
            session.execute(insert(BundleRow), [row])
    except IntegrityError as error:
        if violated(error) != WAITING:
            raise
        return False
    return True


def finish(session: Session, bundle_id: uuid.UUID, made: Made, now: dt.datetime) -> bool:
    """Note what a bundle is that waited; False where it does not wait any more."""
    return _change(
        session,
        bundle_id,
        State.WAITING,
        State.FINISHED,
        finished_at=now,
        sha256=made.sha256,
        size=made.size,
        entries=made.entries,
        files=made.files,
    )


def fail(session: Session, bundle_id: uuid.UUID, reason: str) -> bool:
    """Give up a bundle that waits; False where it does not wait any more."""
    return _change(session, bundle_id, State.WAITING, State.FAILED, reason=reason)


def mark_deleted(session: Session, bundle_id: uuid.UUID) -> bool:
    """Note that the file of a bundle is gone; False where that is noted."""
    return _change(session, bundle_id, State.FINISHED, State.DELETED)


def find_bundle(session: Session, bundle_id: uuid.UUID) -> Bundle | None:
    """Return a bundle, or None."""
    row = session.get(BundleRow, bundle_id, populate_existing=True)
    return _value(row) if row else None


def list_bundles(session: Session, consultation_id: uuid.UUID) -> tuple[Bundle, ...]:
    """Return the bundles of a consultation, the newest first."""
    rows = session.scalars(
        select(BundleRow)
        .where(BundleRow.consultation_id == consultation_id)
        .order_by(BundleRow.asked_at.desc(), BundleRow.id)
    )
    return tuple(_value(row) for row in rows)


def list_finished_before(session: Session, moment: dt.datetime) -> tuple[uuid.UUID, ...]:
    """Return the bundles whose files were made before a moment and are still kept."""
    statement = select(BundleRow.id).where(
        BundleRow.state == State.FINISHED.value, BundleRow.finished_at < moment
    )
    return tuple(session.scalars(statement.order_by(BundleRow.finished_at, BundleRow.id)))


def list_waiting_since(session: Session, moment: dt.datetime) -> tuple[uuid.UUID, ...]:
    """Return the bundles that have waited since before a moment."""
    statement = select(BundleRow.id).where(
        BundleRow.state == State.WAITING.value, BundleRow.asked_at < moment
    )
    return tuple(session.scalars(statement.order_by(BundleRow.asked_at, BundleRow.id)))


def _change(
    session: Session, bundle_id: uuid.UUID, before: State, after: State, **values: Any
) -> bool:
    statement = update(BundleRow).where(BundleRow.id == bundle_id, BundleRow.state == before.value)
    return guarded_update(session, statement.values(state=after.value, **values))


def _value(row: BundleRow) -> Bundle:
    return Bundle(
        id=row.id,
        consultation_id=row.consultation_id,
        state=State(row.state),
        asked_at=row.asked_at,
        by=row.account_name,
        finished_at=row.finished_at,
        made=Made(row.sha256, row.size, row.entries, row.files) if row.sha256 else None,
        reason=row.reason,
    )
