"""Queries over the log, and over which responses came."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, case, func, insert, select, update

from webapp.consultations.consultation import Actor
from webapp.consultations.relations import people, responses
from webapp.consultations.respondents import RespondsAs
from webapp.outreach.entries import Attachment, Entry, Kind, Strike, Told, Version, Way
from webapp.outreach.lines import ClassTold, Line
from webapp.outreach.models import OutreachEntryRow, OutreachVersionRow
from webapp.outreach.names import same_name
from webapp.persistence import (
    IntegrityError,
    Session,
    guarded_update,
    new_id,
    single_write,
    violated,
)

Rows = Select[OutreachEntryRow, OutreachVersionRow]
"""Entries with a version of each."""


def add_entries(
    session: Session,
    consultation_id: uuid.UUID,
    told: Mapping[uuid.UUID, Told],
    by: Actor,
    now: dt.datetime,
) -> bool:
    """Add entries under their ids, in order; False where they are there already."""
    entries = [
        {
            "id": entry_id,
            "consultation_id": consultation_id,
            "added_at": now,
            "place": place,
            "newest": 1,
            "struck_at": None,
            "struck_by_id": None,
            "struck_by_name": "",
            "struck_reason": "",
        }
        for place, entry_id in enumerate(told)
    ]
    try:
        with single_write(session):
            session.execute(insert(OutreachEntryRow), entries)
    except IntegrityError as error:
        if violated(error) != "pk_outreach_entry":
            raise
        return False
    rows = [
        _version_columns(new_id(), entry_id, 1, said, by, now, "")
        for entry_id, said in told.items()
    ]
    session.execute(insert(OutreachVersionRow), rows)
    return True


def add_version(
    session: Session,
    *,
    version_id: uuid.UUID,
    consultation_id: uuid.UUID,
    entry_id: uuid.UUID,
    shown: int,
    told: Told,
    reason: str,
    by: Actor,
    now: dt.datetime,
) -> bool:
    """Correct an entry from the version that a page showed; False if it is not that any more."""
    statement = _unchanged(consultation_id, entry_id, shown).values(newest=shown + 1)
    if not guarded_update(session, statement):
        return False
    columns = _version_columns(version_id, entry_id, shown + 1, told, by, now, reason)
    session.execute(insert(OutreachVersionRow), [columns])
    return True


def strike(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    entry_id: uuid.UUID,
    shown: int,
    reason: str,
    by: Actor,
    now: dt.datetime,
) -> bool:
    """Strike an entry out from the version that a page showed; False if it is not that any more."""
    values = {
        "struck_at": now,
        "struck_by_id": by.account_id,
        "struck_by_name": by.name,
        "struck_reason": reason,
    }
    return guarded_update(session, _unchanged(consultation_id, entry_id, shown).values(values))


def find_entry(session: Session, consultation_id: uuid.UUID, entry_id: uuid.UUID) -> Entry | None:
    """Return an entry of a consultation with every version, or None."""
    statement = _entries(consultation_id).where(OutreachEntryRow.id == entry_id)
    return next(iter(_gathered(session, statement)), None)


def list_entries(session: Session, consultation_id: uuid.UUID) -> tuple[Entry, ...]:
    """Return every entry with every version, in the order in which they were added."""
    return _gathered(session, _entries(consultation_id))


def count_entries(session: Session, consultation_id: uuid.UUID) -> int:
    """Count the entries, those that are struck out too."""
    statement = select(func.count()).where(OutreachEntryRow.consultation_id == consultation_id)
    return session.scalars(statement).one()


def list_lines(
    session: Session, consultation_id: uuid.UUID, *, first: int = 0, most: int | None = None
) -> tuple[Line, ...]:
    """Return what entries say now, those of the last day in front, as much as a page shows."""
    statement = _newest(consultation_id).order_by(
        OutreachVersionRow.told_on.desc(),
        OutreachEntryRow.added_at.desc(),
        OutreachEntryRow.place,
        OutreachEntryRow.id,
    )
    rows = session.execute(statement.offset(first).limit(most))
    return tuple(_line(entry, version) for entry, version in rows)


def list_organisations(session: Session, consultation_id: uuid.UUID) -> tuple[Line, ...]:
    """Return what stands of organisations with a name, the first that was told in front."""
    statement = _standing(_newest(consultation_id)).where(
        OutreachVersionRow.kind == Kind.ORGANISATION.value
    )
    rows = session.execute(
        statement.order_by(
            OutreachVersionRow.told_on,
            OutreachEntryRow.added_at,
            OutreachEntryRow.place,
            OutreachEntryRow.id,
        )
    )
    return tuple(_line(entry, version) for entry, version in rows)


def total_by_class(session: Session, consultation_id: uuid.UUID) -> dict[str, ClassTold]:
    """Return what stands of each class that was told."""
    version = OutreachVersionRow
    statement = (
        select(
            version.audience_class,
            func.count(),
            func.coalesce(func.sum(version.reached), 0),
            func.sum(case((version.reached.is_(None), 1), else_=0)),
            func.max(version.told_on),
        )
        .join(OutreachEntryRow, _is_newest())
        .where(OutreachEntryRow.consultation_id == consultation_id)
        .where(OutreachEntryRow.struck_at.is_(None))
        .group_by(version.audience_class)
    )
    return {
        key: ClassTold(entries, int(reached), int(unknown), last)
        for key, entries, reached, unknown, last in session.execute(statement)
    }


def count_responses(session: Session, consultation_id: uuid.UUID) -> dict[str, int]:
    """Return how many responses of each class count."""
    response = responses()
    statement = (
        select(response.c.respondent_class, func.count())
        .where(response.c.consultation_id == consultation_id, response.c.counts)
        .group_by(response.c.respondent_class)
    )
    return {key: number for key, number in session.execute(statement)}


def list_names(session: Session, consultation_id: uuid.UUID) -> tuple[tuple[str, bool], ...]:
    """Return the name of each organisation in which a response came, and whether one counts."""
    response, person = responses(), people()
    counts = func.max(case((response.c.counts, 1), else_=0))
    statement = (
        select(person.c.organisation_name, counts)
        .join(response, response.c.id == person.c.submission_id)
        .where(
            response.c.consultation_id == consultation_id,
            response.c.responds_as == RespondsAs.ORGANISATION.value,
            person.c.organisation_name != "",
        )
        .group_by(person.c.organisation_name)
    )
    # Not by the database, whose collations differ.
    return tuple(sorted((name, bool(one)) for name, one in session.execute(statement)))


def list_keys(session: Session, consultation_id: uuid.UUID) -> frozenset[str]:
    """Return the names of organisations that were told, as they are compared."""
    statement = (
        select(OutreachVersionRow.audience_key)
        .join(OutreachEntryRow, _is_newest())
        .where(
            OutreachEntryRow.consultation_id == consultation_id,
            OutreachEntryRow.struck_at.is_(None),
            OutreachVersionRow.kind == Kind.ORGANISATION.value,
        )
    )
    return frozenset(session.scalars(statement))


def _unchanged(consultation_id: uuid.UUID, entry_id: uuid.UUID, shown: int) -> Any:
    return update(OutreachEntryRow).where(
        OutreachEntryRow.id == entry_id,
        OutreachEntryRow.consultation_id == consultation_id,
        OutreachEntryRow.newest == shown,
        OutreachEntryRow.struck_at.is_(None),
    )


def _is_newest() -> Any:
    return (OutreachEntryRow.id == OutreachVersionRow.entry_id) & (
        OutreachEntryRow.newest == OutreachVersionRow.number
    )


def _newest(consultation_id: uuid.UUID) -> Rows:
    return (
        select(OutreachEntryRow, OutreachVersionRow)
        .join(OutreachVersionRow, _is_newest())
        .where(OutreachEntryRow.consultation_id == consultation_id)
    )


def _standing(statement: Rows) -> Rows:
    return statement.where(OutreachEntryRow.struck_at.is_(None))


def _entries(consultation_id: uuid.UUID) -> Rows:
    return (
        select(OutreachEntryRow, OutreachVersionRow)
        .join(OutreachVersionRow, OutreachVersionRow.entry_id == OutreachEntryRow.id)
        .where(OutreachEntryRow.consultation_id == consultation_id)
        .order_by(
            OutreachEntryRow.added_at,
            OutreachEntryRow.place,
            OutreachEntryRow.id,
            OutreachVersionRow.number,
        )
    )


def _gathered(session: Session, statement: Rows) -> tuple[Entry, ...]:
    found: dict[OutreachEntryRow, list[Version]] = {}
    for entry, version in session.execute(statement):
        found.setdefault(entry, []).append(_version(version))
    return tuple(
        Entry(entry.id, tuple(versions), _strike(entry)) for entry, versions in found.items()
    )


def _version_columns(
    version_id: uuid.UUID,
    entry_id: uuid.UUID,
    number: int,
    told: Told,
    by: Actor,
    now: dt.datetime,
    reason: str,
) -> dict[str, Any]:
    file = told.attachment or Attachment("", "", "", 0)
    return {
        "id": version_id,
        "entry_id": entry_id,
        "number": number,
        "kind": told.kind.value,
        "audience": told.audience,
        "audience_key": same_name(told.audience),
        "audience_class": told.audience_class,
        "way": told.way.value,
        "told_on": told.told_on,
        "reached": told.reached,
        "note": told.note,
        "file_name": file.file_name,
        "media_type": file.media_type,
        "sha256": file.sha256,
        "size": file.size,
        "made_at": now,
        "account_id": by.account_id,
        "account_name": by.name,
        "reason": reason,
    }


def _told(row: OutreachVersionRow) -> Told:
    return Told(
        kind=Kind(row.kind),
        audience=row.audience,
        audience_class=row.audience_class,
        way=Way(row.way),
        told_on=row.told_on,
        reached=row.reached,
        note=row.note,
        attachment=Attachment(row.file_name, row.media_type, row.sha256, row.size)
        if row.sha256
        else None,
    )


def _version(row: OutreachVersionRow) -> Version:
    return Version(row.number, _told(row), row.made_at, row.account_name, row.reason)


def _strike(row: OutreachEntryRow) -> Strike | None:
    if row.struck_at is None:
        return None
    return Strike(row.struck_at, row.struck_by_name, row.struck_reason)


def _line(entry: OutreachEntryRow, version: OutreachVersionRow) -> Line:
    return Line(
        id=entry.id,
        told=_told(version),
        newest=version.number,
        by=version.account_name,
        made_at=version.made_at,
        is_struck=entry.struck_at is not None,
    )
