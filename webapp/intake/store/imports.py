"""Imports: tables that wait for a second person, and the keys that were taken in."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from sqlalchemy import case, delete, func, or_, select, update

from webapp.intake.imports import Import, ImportState, Tally
from webapp.intake.items import ItemMoved, UnknownItem
from webapp.intake.models import IntakeImportedRow, IntakeImportRow, IntakeKeyRow, table_of
from webapp.persistence import (
    IntegrityError,
    Session,
    guarded_update,
    new_id,
    savepoint,
    violated,
)

NUMBER_TRIES = 20


class Stored(NamedTuple):
    """A response of an import as it is stored; `present` is the digest under its key, if any."""

    number: int
    key: str
    digest: str
    said: str
    present: str | None


class NewResponse(NamedTuple):
    """A response of a table to be stored, with the hash of its key."""

    key: str
    key_hash: str
    digest: str
    said: str


def add_import(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    name: str,
    sha256: str,
    responses: Iterable[NewResponse],
    answers: int,
    uploaded_by_id: uuid.UUID,
    uploaded_by: str,
    now: dt.datetime,
) -> uuid.UUID:
    """Keep a table with the next number of its consultation, and return the id of the import."""
    rows = list(responses)
    newest = select(func.coalesce(func.max(IntakeImportRow.number), 0)).where(
        IntakeImportRow.consultation_id == consultation_id
    )
    for _ in range(NUMBER_TRIES):
        row = IntakeImportRow(
            id=new_id(),
            consultation_id=consultation_id,
            number=(session.scalar(newest) or 0) + 1,
            name=name,
            sha256=sha256,
            state=ImportState.WAITING.value,
            responses=len(rows),
            answers=answers,
            done=0,
            added=0,
            uploaded_at=now,
            uploaded_by_id=uploaded_by_id,
            uploaded_by=uploaded_by,
            taken_at=None,
            taken_by_id=None,
            taken_by="",
            ended_at=None,
            ended_by="",
            reason="",
        )
        try:
            with savepoint(session):
                session.add(row)
        except IntegrityError as error:
            if violated(error) == "uq_intake_import__consultation_id_number":
                continue
            raise
        session.connection().execute(
            table_of(IntakeImportedRow).insert(),
            [
                {
                    "import_id": row.id,
                    "number": number,
                    "key": each.key,
                    "key_hash": each.key_hash,
                    "digest": each.digest,
                    "said": each.said,
                }
                for number, each in enumerate(rows, 1)
            ],
        )
        return row.id
    raise RuntimeError(f"no free number in {NUMBER_TRIES} tries")


def find_import(session: Session, import_id: uuid.UUID) -> Import | None:
    """Return an import, or None."""
    row = session.get(IntakeImportRow, import_id, populate_existing=True)
    return _import(row) if row else None


def lock_import(session: Session, import_id: uuid.UUID) -> Import:
    """Return an import that nobody else changes before this transaction ends; or UnknownItem."""
    row = session.scalar(
        select(IntakeImportRow)
        .where(IntakeImportRow.id == import_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise UnknownItem("There is no such import")
    return _import(row)


def list_imports(session: Session, consultation_id: uuid.UUID) -> tuple[Import, ...]:
    """Return the imports of a consultation, the first in front."""
    rows = session.scalars(
        select(IntakeImportRow)
        .where(IntakeImportRow.consultation_id == consultation_id)
        .order_by(IntakeImportRow.number)
    )
    return tuple(_import(row) for row in rows)


def list_old(session: Session, before: dt.datetime, most: int) -> tuple[Import, ...]:
    """Return imports that still wait and were uploaded before a moment."""
    rows = session.scalars(
        select(IntakeImportRow)
        .where(
            IntakeImportRow.state == ImportState.WAITING.value,
            IntakeImportRow.uploaded_at < before,
        )
        .order_by(IntakeImportRow.uploaded_at, IntakeImportRow.id)
        .limit(most)
    )
    return tuple(_import(row) for row in rows)


def count_waiting(session: Session, consultation_id: uuid.UUID) -> int:
    """Return how many imports of a consultation wait for a second person."""
    waiting = select(func.count()).where(
        IntakeImportRow.consultation_id == consultation_id,
        IntakeImportRow.state == ImportState.WAITING.value,
    )
    return session.scalar(waiting) or 0


def change_import(
    session: Session,
    import_id: uuid.UUID,
    before: Collection[ImportState],
    after: ImportState,
    **values: Any,
) -> None:
    """Move an import on from one of some states; raises ItemMoved."""
    statement = (
        update(IntakeImportRow)
        .where(
            IntakeImportRow.id == import_id,
            IntakeImportRow.state.in_([each.value for each in before]),
        )
        .values(state=after.value, **values)
    )
    if not guarded_update(session, statement):
        raise ItemMoved("Somebody else took this in or threw it away first.")


def advance(
    session: Session, found: Import, *, done: int, added: int, ended_at: dt.datetime | None
) -> None:
    """Note how far an import has come that was exactly where it was found; raises ItemMoved."""
    state = ImportState.TAKEN if ended_at else ImportState.TAKING
    statement = (
        update(IntakeImportRow)
        .where(
            IntakeImportRow.id == found.id,
            IntakeImportRow.state == ImportState.TAKING.value,
            IntakeImportRow.done == found.done,
        )
        .values(state=state.value, done=done, added=added, ended_at=ended_at)
    )
    if not guarded_update(session, statement):
        raise ItemMoved("Another worker was faster")


def list_stored(session: Session, found: Import, *, after: int, most: int) -> tuple[Stored, ...]:
    """Return responses of an import in order, each with what is there under its key."""
    rows = session.execute(
        select(
            IntakeImportedRow.number,
            IntakeImportedRow.key,
            IntakeImportedRow.digest,
            IntakeImportedRow.said,
            IntakeKeyRow.digest.label("present"),
        )
        .outerjoin(
            IntakeKeyRow,
            (IntakeKeyRow.key_hash == IntakeImportedRow.key_hash)
            & (IntakeKeyRow.consultation_id == found.consultation_id),
        )
        .where(IntakeImportedRow.import_id == found.id, IntakeImportedRow.number > after)
        .order_by(IntakeImportedRow.number)
        .limit(most)
    )
    return tuple(Stored(*row) for row in rows)


def tally(session: Session, found: Import) -> Tally:
    """Return how many responses of an import are new, there, or different under their key."""
    same = IntakeKeyRow.digest == IntakeImportedRow.digest
    row = session.execute(
        select(
            func.coalesce(func.sum(case((IntakeKeyRow.digest.is_(None), 1), else_=0)), 0),
            func.coalesce(func.sum(case((same, 1), else_=0)), 0),
            func.count(),
        )
        .select_from(IntakeImportedRow)
        .outerjoin(
            IntakeKeyRow,
            (IntakeKeyRow.key_hash == IntakeImportedRow.key_hash)
            & (IntakeKeyRow.consultation_id == found.consultation_id),
        )
        .where(IntakeImportedRow.import_id == found.id)
    ).one()
    new, there, total = (int(each) for each in row)
    return Tally(new, there, total - new - there)


def add_key(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    key_hash: str,
    digest: str,
    submission_id: uuid.UUID,
) -> None:
    """Keep under which key a response was taken in, and the digest of what it said."""
    session.add(
        IntakeKeyRow(
            consultation_id=consultation_id,
            key_hash=key_hash,
            digest=digest,
            submission_id=submission_id,
        )
    )
    session.flush()


def erase_rows(session: Session, import_ids: Collection[uuid.UUID]) -> None:
    """Erase what the tables of imports said."""
    session.execute(delete(IntakeImportedRow).where(IntakeImportedRow.import_id.in_(import_ids)))


def erase_names(session: Session, consultation_id: uuid.UUID) -> int:
    """Erase the names of the files of a consultation's imports, and say how many those were."""
    changed = session.connection().execute(
        update(table_of(IntakeImportRow))
        .where(
            table_of(IntakeImportRow).c.consultation_id == consultation_id,
            or_(
                table_of(IntakeImportRow).c.name != "",
                table_of(IntakeImportRow).c.reason != "",
            ),
        )
        .values(name="", reason="")
    )
    return changed.rowcount


def _import(row: IntakeImportRow) -> Import:
    return Import(
        id=row.id,
        consultation_id=row.consultation_id,
        number=row.number,
        name=row.name,
        sha256=row.sha256,
        state=ImportState(row.state),
        responses=row.responses,
        answers=row.answers,
        done=row.done,
        added=row.added,
        uploaded_at=row.uploaded_at,
        uploaded_by_id=row.uploaded_by_id,
        uploaded_by=row.uploaded_by,
        taken_at=row.taken_at,
        taken_by_id=row.taken_by_id,
        taken_by=row.taken_by,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
        reason=row.reason,
    )
