"""The log as evidence: each version of an entry once, and what was struck out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from webapp.consultations.evidence import EvidenceEntry, EvidenceFile
from webapp.outreach.entries import Entry, Kind, Told, Version, class_in_words, way_in_words

ROOM = "outreach"


def evidence_of(entries: Iterable[Entry]) -> tuple[EvidenceEntry, ...]:
    """Return everything that was done to the entries of a log, in order."""
    found = [each for entry in entries for each in _of_entry(entry)]
    return tuple(sorted(found, key=lambda each: each.at))


def in_words(told: Told) -> str:
    """Return what an entry says as one sentence."""
    kind = class_in_words(told.audience_class)
    who = told.audience if told.kind is Kind.ORGANISATION else f"“{told.audience}”"
    is_one = told.kind is Kind.ORGANISATION and told.reached == 1
    reached = "" if told.reached is None or is_one else f" It reached about {told.reached:,}."
    day = f"{told.told_on.day} {told.told_on:%B %Y}"
    return f"{who} ({kind}), {way_in_words(told.way).lower()}, on {day}.{reached}"


def _of_entry(entry: Entry) -> Iterator[EvidenceEntry]:
    for version in entry.versions:
        yield _of_version(version)
    if entry.strike is not None:
        yield EvidenceEntry(
            entry.strike.at,
            f"{ROOM}.struck-out",
            f"An entry of who was told was struck out: {in_words(entry.told)}",
            entry.strike.by,
            why=entry.strike.reason,
        )


def _of_version(version: Version) -> EvidenceEntry:
    told = version.told
    is_first = version.number == 1
    begins = "Recorded as told" if is_first else "An entry of who was told was corrected"
    words = f"{begins}: {in_words(told)}"
    if told.note:
        words += f"\n\nNote: {told.note}"
    attached = told.attachment
    files = (EvidenceFile.stored(attached.file_name, attached.sha256),) if attached else ()
    kind = f"{ROOM}.{'added' if is_first else 'corrected'}"
    return EvidenceEntry(version.made_at, kind, words, version.by, files, version.reason)
