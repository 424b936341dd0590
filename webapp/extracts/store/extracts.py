"""The rows of exports, and the steps that each may take."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, func, select, update

from webapp.consultations.consultation import Actor
from webapp.extracts.extract import (
    UNDER_WAY,
    Extract,
    ExtractChanged,
    ExtractState,
    ExtractUnknown,
    FileFormat,
    Finished,
    Layout,
    Options,
    Which,
)
from webapp.extracts.models import ExtractRow
from webapp.persistence import Session, guarded_update


def add_extract(session: Session, extract: Extract, by: Actor) -> None:
    """Add an export that was asked for."""
    options = extract.options
    session.add(
        ExtractRow(
            id=extract.id,
            consultation_id=extract.consultation_id,
            layout=options.layout.value,
            file_format=options.file_format.value,
            which=options.which.value,
            with_campaigns=options.with_campaigns,
            with_names=options.with_names,
            state=extract.state.value,
            attempt=None,
            total=0,
            responses=0,
            rows_made=0,
            reason="",
            words_mark="",
            created_at=extract.created_at,
            created_by_id=by.account_id,
            created_by=by.name,
            ended_by="",
            deleted_by="",
        )
    )
    session.flush()


def find_extract(
    session: Session, consultation_id: uuid.UUID, extract_id: uuid.UUID
) -> Extract | None:
    """Return an export of a consultation, or None."""
    row = session.get(ExtractRow, extract_id)
    return _extract(row) if row is not None and row.consultation_id == consultation_id else None


def get_extract(session: Session, extract_id: uuid.UUID) -> Extract:
    """Return an export; raises ExtractUnknown."""
    row = session.get(ExtractRow, extract_id)
    if row is None:
        raise ExtractUnknown(extract_id)
    return _extract(row)


def list_extracts(session: Session, consultation_id: uuid.UUID) -> tuple[Extract, ...]:
    """Return every export of a consultation, deleted ones too, newest first."""
    rows = session.scalars(
        select(ExtractRow)
        .where(ExtractRow.consultation_id == consultation_id)
        .order_by(ExtractRow.created_at.desc(), ExtractRow.id)
    )
    return tuple(_extract(row) for row in rows)


def count_under_way(session: Session, consultation_id: uuid.UUID) -> int:
    """Count the exports of a consultation that wait or are being made."""
    statement = select(func.count()).where(
        ExtractRow.consultation_id == consultation_id, _in(UNDER_WAY)
    )
    return session.scalar(statement) or 0


def list_old(
    session: Session, before: dt.datetime, states: Iterable[ExtractState], most: int
) -> tuple[Extract, ...]:
    """Return exports in one of some states that were asked for before a moment, oldest first."""
    rows = session.scalars(
        select(ExtractRow)
        .where(ExtractRow.created_at < before, _in(states))
        .order_by(ExtractRow.created_at, ExtractRow.id)
        .limit(most)
    )
    return tuple(_extract(row) for row in rows)


def list_finished(session: Session) -> tuple[Extract, ...]:
    """Return every export whose file is there, oldest first."""
    rows = session.scalars(
        select(ExtractRow)
        .where(_in([ExtractState.FINISHED]))
        .order_by(ExtractRow.created_at, ExtractRow.id)
    )
    return tuple(_extract(row) for row in rows)


def change_state(
    session: Session,
    extract_id: uuid.UUID,
    before: Iterable[ExtractState],
    after: ExtractState,
    *,
    of_attempt: uuid.UUID | None = None,
    **values: Any,
) -> None:
    """Move an export to a state from one of some others; else ExtractChanged.

    With `of_attempt` it must be that worker's still.
    """
    mine = [ExtractRow.attempt == of_attempt] if of_attempt else []
    done = guarded_update(
        session,
        update(ExtractRow)
        .where(ExtractRow.id == extract_id, _in(before), *mine)
        .values(state=after.value, **values),
    )
    if not done:
        raise ExtractChanged(after.value)


def note_progress(
    session: Session,
    extract_id: uuid.UUID,
    attempt: uuid.UUID,
    *,
    total: int,
    responses: int,
    rows: int,
) -> None:
    """Note how far a worker is; ExtractChanged where it is not that worker's any more."""
    done = guarded_update(
        session,
        update(ExtractRow)
        .where(ExtractRow.id == extract_id, ExtractRow.attempt == attempt)
        .values(total=total, responses=responses, rows_made=rows),
    )
    if not done:
        raise ExtractChanged(ExtractState.MAKING.value)


def _in(states: Iterable[ExtractState]) -> ColumnElement[bool]:
    return ExtractRow.state.in_([each.value for each in states])


def _extract(row: ExtractRow) -> Extract:
    finished = (
        Finished(row.sha256, row.size, row.rows_made, row.responses)
        if row.sha256 is not None and row.size is not None
        else None
    )
    return Extract(
        id=row.id,
        consultation_id=row.consultation_id,
        options=Options(
            layout=Layout(row.layout),
            file_format=FileFormat(row.file_format),
            which=Which(row.which),
            with_campaigns=row.with_campaigns,
            with_names=row.with_names,
        ),
        created_at=row.created_at,
        created_by=row.created_by,
        state=ExtractState(row.state),
        total=row.total,
        responses=row.responses,
        rows=row.rows_made,
        reason=row.reason,
        read_at=row.read_at,
        words_mark=row.words_mark,
        finished=finished,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
        deleted_at=row.deleted_at,
        deleted_by=row.deleted_by,
    )
