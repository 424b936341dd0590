"""Writing the log: adding, correcting, striking out; and reading it against what came."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from webapp.consultations.consultation import Actor
from webapp.consultations.evidence import EvidenceEntry
from webapp.files import hold_file
from webapp.outreach import store
from webapp.outreach.entries import Entry, Told
from webapp.outreach.errors import ChangedMeanwhile, NothingListed
from webapp.outreach.lines import ByClass, Line, OrganisationLine, by_class, organisations
from webapp.outreach.names import Names
from webapp.outreach.pasting import Pasted, read_list
from webapp.outreach.record import evidence_of
from webapp.persistence import Session, new_id


def add_entry(
    session: Session,
    *,
    entry_id: uuid.UUID,
    consultation_id: uuid.UUID,
    told: Told,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Add an entry, once for each `entry_id`; its attachment is in the store of files."""
    is_new = store.add_entries(session, consultation_id, {entry_id: told}, by, now)
    if is_new and told.attachment is not None:
        hold_file(session, told.attachment.sha256, entry_id, now)


def add_list(
    session: Session,
    *,
    batch_id: uuid.UUID,
    consultation_id: uuid.UUID,
    told: Sequence[Told],
    by: Actor,
    now: dt.datetime,
) -> None:
    """Add an entry for each organisation of a list, once for each `batch_id`.

    Raises NothingListed.
    """
    if store.find_entry(session, consultation_id, _entry_id(batch_id, 0)) is not None:
        # This very list was added before, so that all of it seems to have been told already.
        return
    if not told:
        raise NothingListed("The list names no organisation that could be added")
    entries = {_entry_id(batch_id, place): each for place, each in enumerate(told)}
    store.add_entries(session, consultation_id, entries, by, now)


def correct_entry(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    entry_id: uuid.UUID,
    shown: int,
    told: Told,
    reason: str,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Add a new version of an entry, from the one that a page showed; raises ChangedMeanwhile."""
    version_id = new_id()
    is_added = store.add_version(
        session,
        version_id=version_id,
        consultation_id=consultation_id,
        entry_id=entry_id,
        shown=shown,
        told=told,
        reason=reason,
        by=by,
        now=now,
    )
    if not is_added:
        raise ChangedMeanwhile("Somebody else corrected this entry or struck it out")
    if told.attachment is not None:
        hold_file(session, told.attachment.sha256, version_id, now)


def strike_entry(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    entry_id: uuid.UUID,
    shown: int,
    reason: str,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Strike an entry out, from the version that a page showed; raises ChangedMeanwhile."""
    is_struck = store.strike(
        session,
        consultation_id=consultation_id,
        entry_id=entry_id,
        shown=shown,
        reason=reason,
        by=by,
        now=now,
    )
    if not is_struck:
        raise ChangedMeanwhile("Somebody else corrected this entry or struck it out")


def find_entry(session: Session, consultation_id: uuid.UUID, entry_id: uuid.UUID) -> Entry | None:
    """Return an entry of a consultation with every version, or None."""
    return store.find_entry(session, consultation_id, entry_id)


def count_entries(session: Session, consultation_id: uuid.UUID) -> int:
    """Count the entries, those that are struck out too."""
    return store.count_entries(session, consultation_id)


def list_lines(
    session: Session, consultation_id: uuid.UUID, *, first: int = 0, most: int | None = None
) -> tuple[Line, ...]:
    """Return what entries say now, those of the last day in front."""
    return store.list_lines(session, consultation_id, first=first, most=most)


def total_by_class(session: Session, consultation_id: uuid.UUID) -> ByClass:
    """Return what each class was told, and how many of its responses count."""
    told = store.total_by_class(session, consultation_id)
    return by_class(told, store.count_responses(session, consultation_id))


def list_organisations(
    session: Session, consultation_id: uuid.UUID
) -> tuple[OrganisationLine, ...]:
    """Return each organisation that was told by its name, and whether a response came in it."""
    names = Names(store.list_names(session, consultation_id))
    return organisations(store.list_organisations(session, consultation_id), names)


def read_pasted(session: Session, consultation_id: uuid.UUID, typed: str) -> Pasted:
    """Return what a pasted list names, with what is twice in it or was told before."""
    return read_list(typed, store.list_keys(session, consultation_id))


def evidence(session: Session, consultation_id: uuid.UUID) -> tuple[EvidenceEntry, ...]:
    """Return every entry, correction and striking out, with what was attached."""
    return evidence_of(store.list_entries(session, consultation_id))


def _entry_id(batch_id: uuid.UUID, place: int) -> uuid.UUID:
    return uuid.uuid5(batch_id, str(place))
