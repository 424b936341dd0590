"""What this room can show of what was taken in."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from webapp.consultations.evidence import EvidenceEntry
from webapp.consultations.respondents import Channel, label_of
from webapp.intake.imports import Import, ImportState
from webapp.intake.items import EventKind, ItemEvent
from webapp.intake.store import imports as import_store
from webapp.intake.store import items as store
from webapp.persistence import Session

ROOM = "intake"


def evidence(session: Session, consultation_id: uuid.UUID) -> tuple[EvidenceEntry, ...]:
    """Return what was taken in, transcribed, checked and imported; no word of a respondent."""
    found = [
        _item_entry(number, channel, event)
        for number, channel, event in store.list_all_events(session, consultation_id)
    ]
    for each in import_store.list_imports(session, consultation_id):
        found += _import_entries(each)
    return tuple(sorted(found, key=lambda each: each.at))


def _item_entry(number: int, channel: Channel, event: ItemEvent) -> EvidenceEntry:
    words = _WORDS[event.kind].format(
        number=number, how=_how(channel), detail=event.detail, answers=_answers(event.detail)
    )
    return EvidenceEntry(event.at, f"{ROOM}.{event.kind}", words, event.by, why=event.reason)


_WORDS = {
    EventKind.RECEIVED: "Item {number} came {how} and was noted.",
    EventKind.ATTACHED: "A file was attached to item {number}: SHA-256 {detail}.",
    EventKind.DETACHED: "A file was taken off item {number}: SHA-256 {detail}.",
    EventKind.READ: "{answers} of item {number} were read from its form by the program.",
    EventKind.FINISHED: "The transcription of item {number} was finished, with {answers}.",
    EventKind.SENT_BACK: "The transcription of item {number} was checked and sent back.",
    EventKind.APPROVED: "The transcription of item {number} was checked and is {detail}.",
    EventKind.READ_AGAIN: "What came as item {number} was read after words were taken out of it.",
    EventKind.REMOVED: "Item {number} was removed: it is no response.",
}


def _answers(detail: str) -> str:
    return "1 answer" if detail == "1" else f"{detail} answers"


def _how(channel: Channel) -> str:
    how = label_of(channel)
    return f"{how[:1].lower()}{how[1:]}"


def _import_entries(found: Import) -> Iterator[EvidenceEntry]:
    yield EvidenceEntry(
        found.uploaded_at,
        f"{ROOM}.import-uploaded",
        f"Import {found.number} was uploaded and checked: {found.responses:,} responses with"
        f" {found.answers:,} answers, in a file with SHA-256 {found.sha256}.",
        found.uploaded_by,
    )
    if found.taken_at:
        yield EvidenceEntry(
            found.taken_at,
            f"{ROOM}.import-checked",
            f"Import {found.number} was looked at by a second person, who took it in.",
            found.taken_by,
        )
    if found.ended_at and found.state is ImportState.TAKEN:
        yield EvidenceEntry(
            found.ended_at,
            f"{ROOM}.import-taken",
            f"Import {found.number} was taken in: {found.added:,} of {found.responses:,} responses"
            " were new.",
            found.taken_by,
        )
    if found.ended_at and found.state is ImportState.DISCARDED:
        yield EvidenceEntry(
            found.ended_at,
            f"{ROOM}.import-discarded",
            f"Import {found.number} was thrown away.",
            found.ended_by,
            why=found.reason,
        )
