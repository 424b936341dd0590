"""The queries of packs; every other module gets frozen values."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, select, update

from exports.packs.people import PackForm, Person
from frameworks.model import AssessAt, Reference
from webapp.packs.models import PackPartRow, PackPeopleRow, PackRow
from webapp.packs.pack import Made, Pack, PackChanged, PackState, PackUnknown, Part
from webapp.persistence import IntegrityError, Session, guarded_update, new_id, savepoint, violated


def add_pack(
    session: Session, pack: Pack, people: Iterable[Person], *, created_by: uuid.UUID
) -> None:
    """Add a pack with who is in it."""
    session.add(
        PackRow(
            id=pack.id,
            organisation_id=pack.organisation_id,
            form=pack.form.value,
            framework_slug=pack.reference.slug,
            framework_version=pack.reference.version,
            framework_digest=pack.framework_digest,
            stage=pack.stage.value if pack.stage else "",
            vacancy=pack.vacancy,
            rule_on=pack.rule_on,
            state=pack.state.value,
            total=pack.total,
            made=pack.made,
            reason="",
            created_at=pack.created_at,
            created_by=created_by,
        )
    )
    session.flush()
    rows = [[each.line, each.profile, each.values] for each in people]
    session.add(PackPeopleRow(pack_id=pack.id, people=json.dumps(rows, ensure_ascii=False)))
    session.flush()


def find_pack(session: Session, pack_id: uuid.UUID) -> Pack | None:
    """Return a pack, or None."""
    row = session.get(PackRow, pack_id)
    return None if row is None else _pack(row)


def get_pack(session: Session, pack_id: uuid.UUID) -> Pack:
    """Return a pack; raises PackUnknown."""
    found = find_pack(session, pack_id)
    if found is None:
        raise PackUnknown(pack_id)
    return found


def list_packs(session: Session, organisation_id: uuid.UUID, form: PackForm) -> tuple[Pack, ...]:
    """Return an organisation's packs of a form that are not deleted, newest first."""
    rows = session.scalars(
        select(PackRow)
        .where(
            PackRow.organisation_id == organisation_id,
            PackRow.form == form.value,
            PackRow.state != PackState.DELETED.value,
        )
        .order_by(PackRow.created_at.desc(), PackRow.id)
    )
    return tuple(_pack(row) for row in rows)


def list_old(
    session: Session, before: dt.datetime, states: Iterable[PackState], most: int
) -> tuple[Pack, ...]:
    """Return packs in one of some states that were created before a moment, oldest first."""
    rows = session.scalars(
        select(PackRow)
        .where(PackRow.created_at < before, PackRow.state.in_([each.value for each in states]))
        .order_by(PackRow.created_at, PackRow.id)
        .limit(most)
    )
    return tuple(_pack(row) for row in rows)


def list_people(session: Session, pack_id: uuid.UUID) -> tuple[Person, ...]:
    """Return who is in a pack, in order; nobody where they are erased."""
    row = session.get(PackPeopleRow, pack_id)
    return tuple(
        Person(line, profile, tuple((name, value) for name, value in values))
        for line, profile, values in json.loads(row.people if row else "[]")
    )


def erase_people(session: Session, pack_id: uuid.UUID) -> None:
    """Erase who is in a pack."""
    session.execute(delete(PackPeopleRow).where(PackPeopleRow.pack_id == pack_id))


def change_state(
    session: Session,
    pack_id: uuid.UUID,
    before: Iterable[PackState],
    after: PackState,
    **values: Any,
) -> None:
    """Move a pack to a state from one of some others; PackChanged where it is in none of them."""
    done = guarded_update(
        session,
        update(PackRow)
        .where(PackRow.id == pack_id, PackRow.state.in_([each.value for each in before]))
        .values(state=after.value, **values),
    )
    if not done:
        raise PackChanged(after.value)


def add_part(session: Session, pack_id: uuid.UUID, part: Part) -> uuid.UUID:
    """Add the next slice of a pack that is under way, and return the id of its row.

    PackChanged where it is no longer under way or has that slice already.
    """
    row = PackPartRow(
        id=new_id(),
        pack_id=pack_id,
        first=part.first,
        until=part.until,
        sha256=part.sha256,
        length=part.length,
    )
    done = guarded_update(
        session,
        update(PackRow)
        .where(
            PackRow.id == pack_id,
            PackRow.state.in_([PackState.WAITING.value, PackState.MAKING.value]),
            PackRow.made == part.first,
        )
        .values(state=PackState.MAKING.value, made=part.until),
    )
    if not done:
        raise PackChanged(PackState.MAKING.value)
    try:
        with savepoint(session):
            session.add(row)
            session.flush()
    except IntegrityError as error:
        if violated(error) == "uq_pack_part__pack_id_first":
            raise PackChanged(PackState.MAKING.value) from error
        raise
    return row.id


def list_parts(session: Session, pack_id: uuid.UUID) -> tuple[Part, ...]:
    """Return the slices of a pack in order."""
    rows = session.scalars(
        select(PackPartRow).where(PackPartRow.pack_id == pack_id).order_by(PackPartRow.first)
    )
    return tuple(Part(row.first, row.until, row.sha256, row.length) for row in rows)


def take_parts(session: Session, pack_id: uuid.UUID) -> tuple[tuple[uuid.UUID, str], ...]:
    """Delete the rows of a pack's slices; return the id and the file of each."""
    rows = session.execute(
        delete(PackPartRow)
        .where(PackPartRow.pack_id == pack_id)
        .returning(PackPartRow.id, PackPartRow.sha256)
    )
    return tuple((part_id, sha256) for part_id, sha256 in rows)


def _pack(row: PackRow) -> Pack:
    finished = (
        Made(row.archive, row.manifest, row.size)
        if row.archive is not None and row.manifest is not None and row.size is not None
        else None
    )
    return Pack(
        id=row.id,
        organisation_id=row.organisation_id,
        form=PackForm(row.form),
        reference=Reference(slug=row.framework_slug, version=row.framework_version),
        framework_digest=row.framework_digest,
        rule_on=row.rule_on,
        total=row.total,
        created_at=row.created_at,
        stage=AssessAt(row.stage) if row.stage else None,
        vacancy=row.vacancy,
        state=PackState(row.state),
        made=row.made,
        reason=row.reason,
        finished=finished,
    )
