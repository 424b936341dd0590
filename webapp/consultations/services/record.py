"""What this room can show of what was done with a consultation and its responses."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from typing import assert_never

from webapp.consultations import submissions
from webapp.consultations.consultation import Event, EventKind
from webapp.consultations.editions import AttachedDocument, Edition
from webapp.consultations.evidence import EvidenceEntry, EvidenceFile
from webapp.consultations.opening import UK, clock
from webapp.consultations.respondents import Publish
from webapp.consultations.store import consultations as store
from webapp.consultations.store import documents, editions, events
from webapp.persistence import Session

ROOM = "consultations"


def evidence(session: Session, consultation_id: uuid.UUID) -> tuple[EvidenceEntry, ...]:
    """Return what staff did, what respondents were shown, and what became of responses."""
    found = [_staff_entry(each) for each in store.list_events(session, consultation_id)]
    found += [
        _edition_entry(each, documents.list_of_edition(session, consultation_id, each.number))
        for each in editions.list_editions(session, consultation_id)
    ]
    found += [
        _response_entry(reference, event)
        for reference, event in events.list_of_consultation(session, consultation_id)
    ]
    return tuple(sorted(found, key=lambda each: each.at))


def _staff_entry(event: Event) -> EvidenceEntry:
    kind, note = f"{ROOM}.{event.kind}", event.note
    match event.kind:
        case EventKind.CREATED:
            return EvidenceEntry(event.at, kind, "The consultation was created.", event.by)
        case EventKind.EDITED:
            words = f"The draft was changed. {note}." if note else "The draft was changed."
            return EvidenceEntry(event.at, kind, words, event.by)
        case EventKind.OPENED:
            words = f"The consultation was approved to open. {note}."
            return EvidenceEntry(event.at, kind, words, event.by)
        case EventKind.EXTENDED:
            closes = f" to {_uk_time(event.closes_at)}" if event.closes_at else ""
            words = f"The closing was moved{closes}."
            return EvidenceEntry(event.at, kind, words, event.by, why=note)
        case EventKind.REVISED:
            words = "What respondents are shown was put right while the consultation was open."
            return EvidenceEntry(event.at, kind, words, event.by, why=note)
        case EventKind.CLOSED:
            words = "The consultation was closed early."
            return EvidenceEntry(event.at, kind, words, event.by, why=note)
        case _:
            assert_never(event.kind)


def _uk_time(moment: dt.datetime) -> str:
    local = moment.astimezone(UK)
    return f"{local.day} {local:%B %Y}, {clock(local.time())} ({local.tzname()})"


def _edition_entry(edition: Edition, attached: tuple[AttachedDocument, ...]) -> EvidenceEntry:
    words = f"From this moment respondents are shown edition {edition.number}."
    if edition.notice:
        words += f"\n\nThe notice that the public reads: {edition.notice}"
    made = EvidenceFile.made(f"edition-{edition.number}.json", _edition_file(edition))
    files = (made, *(EvidenceFile.stored(each.file_name, each.sha256) for each in attached))
    return EvidenceEntry(edition.shown_from, f"{ROOM}.edition", words, "", files)


def _edition_file(edition: Edition) -> bytes:
    """Return an edition with its words and digests, as a file that says it all by itself."""
    value = {
        "number": edition.number,
        "shown_from": edition.shown_from.isoformat(),
        "notice": edition.notice,
        "texts": edition.texts,
        "texts_digest": edition.texts_digest,
        "privacy_notice_digest": edition.privacy_notice_digest,
        "framework_digest": edition.framework_digest,
        "questionnaire_version": edition.questionnaire_version,
        "questionnaire_digest": edition.questionnaire_digest,
        "impact_assessment_digest": edition.impact_assessment_digest,
        "documents": [{"title": title, "digest": digest} for title, digest in edition.documents],
    }
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _response_entry(reference: str, event: submissions.SubmissionEvent) -> EvidenceEntry:
    return EvidenceEntry(
        event.at,
        f"{ROOM}.response-{event.kind}",
        f"Response {reference} {_what_happened(event)}.",
        event.by,
        why=event.reason,
    )


def _what_happened(event: submissions.SubmissionEvent) -> str:
    kinds = submissions.EventKind
    match event.kind:
        case kinds.REPLACED:
            return "was replaced by a later one from the same sender"
        case kinds.WITHDRAWN:
            return "was withdrawn by its sender, and its words were deleted"
        case kinds.PERMISSION:
            return f"may now be published {_allowed(event.publish)}, as its sender decided"
        case kinds.REMOVED:
            return "was removed"
        case kinds.ADMITTED:
            return "came after closing and was admitted"
        case kinds.DECLINED:
            return "came after closing and was not admitted"
        case kinds.RELEASED:
            return "was held for a look, and counts since then"
        case kinds.SET_ASIDE:
            return "was held for a look and set aside: it does not count"
        case _:
            assert_never(event.kind)


def _allowed(publish: Publish | None) -> str:
    match publish:
        case Publish.NAMED:
            return "with the name"
        case Publish.UNNAMED:
            return "without the name"
        case Publish.NOT_AT_ALL | None:
            return "in no part"
        case _:
            assert_never(publish)
