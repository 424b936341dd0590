"""What this room can show: which exports were made, by whom, of what, and what they were."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from webapp.consultations.evidence import EvidenceEntry
from webapp.extracts.extract import Extract, ExtractState, Layout, Options, Which
from webapp.extracts.store import extracts as store
from webapp.persistence import Session

ROOM = "extracts"


def evidence(session: Session, consultation_id: uuid.UUID) -> tuple[EvidenceEntry, ...]:
    """Return what became of every export of a consultation, in order."""
    found = [
        entry
        for extract in store.list_extracts(session, consultation_id)
        for entry in _entries(extract)
    ]
    return tuple(sorted(found, key=lambda each: each.at))


def _entries(extract: Extract) -> Iterator[EvidenceEntry]:
    what = described(extract.options)
    asked = f"An export was asked for: {what}."
    yield EvidenceEntry(extract.created_at, f"{ROOM}.asked", asked, extract.created_by)
    made = extract.finished
    if extract.ended_at is not None:
        if made is not None and extract.read_at is not None:
            words = (
                f"An export was made and checked: {what}. It has {made.rows:,} rows from "
                f"{made.responses:,} responses as they were at {extract.read_at.isoformat()}, "
                f"and its SHA-256 is {made.sha256}."
            )
            yield EvidenceEntry(extract.ended_at, f"{ROOM}.made", words, "")
        elif extract.reason:
            words = f"An export could not be made: {what}."
            yield EvidenceEntry(extract.ended_at, f"{ROOM}.failed", words, "", why=extract.reason)
        else:
            words = f"An export was cancelled: {what}."
            yield EvidenceEntry(extract.ended_at, f"{ROOM}.cancelled", words, extract.ended_by)
    if extract.state is ExtractState.DELETED and extract.deleted_at:
        words = (
            f"The file of an export was deleted: {made.sha256}."
            if made
            else f"An export that was not made was taken off the list: {what}."
        )
        why = extract.reason if made else ""
        yield EvidenceEntry(
            extract.deleted_at, f"{ROOM}.deleted", words, extract.deleted_by, why=why
        )


def described(options: Options) -> str:
    """Return in words what was chosen for an export."""
    row = "comment" if options.layout is Layout.COMMENTS else "response"
    which = "responses that count" if options.which is Which.COUNTING else "all responses"
    campaigns = "with" if options.with_campaigns else "without"
    names = "with" if options.with_names else "without"
    return (
        f"a row a {row}, of {which}, {campaigns} campaign responses, {names} names, "
        f"as {options.file_format.value}"
    )
