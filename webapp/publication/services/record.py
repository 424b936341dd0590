"""What this room can show of how responses were moderated, and what it forgets."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator

from webapp.consultations.evidence import EvidenceEntry
from webapp.consultations.redacting import REASON_WORDS, Reason
from webapp.persistence import Session
from webapp.publication.ruling import Outcome, Ruling, Verdict
from webapp.publication.store import rulings as store

ROOM = "publication"
OUTCOME_WORDS = {
    Outcome.PUBLISH: "publish it",
    Outcome.WITHHOLD: "withhold it",
}


def evidence(session: Session, consultation_id: uuid.UUID) -> tuple[EvidenceEntry, ...]:
    """Return every ruling and second look, and who read what was written afterwards.

    Of what was taken out there are numbers and reasons.
    """
    found: list[EvidenceEntry] = []
    rulings = store.list_of_consultation(session, consultation_id)
    # What happened in the same moment is ordered by the response and the number.
    for reference, ruling in sorted(rulings, key=lambda each: (each[0], each[1].number)):
        found += _entries(reference, ruling)
    for reference, at, by, reason in store.list_readings(session, consultation_id):
        words = f"Response {reference} was read as it was written, after it had been ruled on."
        found.append(EvidenceEntry(at, f"{ROOM}.original-read", words, by.name, why=reason))
    return tuple(sorted(found, key=lambda each: each.at))


def erase_notes(session: Session, consultation_id: uuid.UUID) -> None:
    """Erase what moderators wrote about the responses of a consultation.

    Rulings stay, with who, when, and how much was taken out for what reason: there is nothing in
    them that a respondent wrote.
    """
    store.erase_notes(session, store.list_ids(session, consultation_id))


def taken_out_words(ruling: Ruling) -> str:
    """Return how much a ruling takes out and for what reasons, such as ‘2 personal details’."""
    numbers = Counter(each.cut.span.reason for each in ruling.cuts)
    if not numbers:
        return "Nothing is taken out"
    parts = [f"{numbers[each]} ({REASON_WORDS[each]})" for each in Reason if numbers[each]]
    return f"Passages taken out: {', '.join(parts)}"


def _entries(reference: str, ruling: Ruling) -> Iterator[EvidenceEntry]:
    words = (
        f"Ruling {ruling.number} on response {reference} was proposed: "
        f"{OUTCOME_WORDS[ruling.outcome]}. {taken_out_words(ruling)}."
    )
    if ruling.accepted or ruling.refused:
        words += f" Suggestions taken up: {ruling.accepted}; not taken up: {ruling.refused}."
    yield EvidenceEntry(ruling.at, f"{ROOM}.ruling", words, ruling.by.name, why=ruling.note)
    look = ruling.look
    if look is not None:
        is_approved = look.verdict is Verdict.APPROVED
        said = "was approved" if is_approved else "was sent back"
        kind = f"{ROOM}.{'approved' if is_approved else 'sent-back'}"
        words = f"Ruling {ruling.number} on response {reference} {said} by a second person."
        yield EvidenceEntry(look.at, kind, words, look.by.name, why=look.reason)
