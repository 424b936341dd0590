"""Gathering the record of a consultation from every room that has a part of it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from exports.bundles.record import (
    Counted,
    Counts,
    Record,
    RecordEntry,
    RecordFile,
    ShownEdition,
)
from frameworks.library import Library, UnknownVersion
from frameworks.model import Reference
from frameworks.variants import VariantOf
from webapp.accounts.services import get_organisation
from webapp.bundles import services as bundles
from webapp.campaigns import services as campaigns
from webapp.consultations import services as consultations
from webapp.consultations.consultation import Consultation
from webapp.consultations.editions import Edition
from webapp.consultations.errors import ConsultationError
from webapp.consultations.evidence import EvidenceEntry, EvidenceFile
from webapp.extracts import services as extracts
from webapp.intake import services as intake
from webapp.notices import services as notices
from webapp.outreach import services as outreach
from webapp.persistence import Session
from webapp.publication import services as publication

Room = Callable[[Session, uuid.UUID], tuple[EvidenceEntry, ...]]


ROOMS: tuple[Room, ...] = (
    consultations.evidence,
    outreach.evidence,
    notices.evidence,
    intake.evidence,
    publication.evidence,
    campaigns.evidence,
    extracts.evidence,
    bundles.evidence,
)
"""Who knows a part of the record; what happened at one moment is told in this order."""

TOPICS = {
    "consultations": "The consultation",
    "outreach": "Who was told",
    "notices": "Notices",
    "intake": "Responses taken in",
    "publication": "Publishing responses",
    "campaigns": "Campaigns",
    "extracts": "Exports",
    "bundles": "Bundles",
}
"""What the entries of a room are about, by the first part of their kind."""

HEADINGS = {
    "title": "Title",
    "purpose": "What is consulted on, and why",
    "open_to_change": "What can change",
    "not_open_to_change": "What cannot change",
    "alternatives": "The alternatives, and why they are not preferred",
    "use_of_answers": "How answers will be used",
    "decided_by": "Who decides after the consultation",
    "decides_on": "When they decide",
    "authority": "Who gave leave to open",
    "privacy_notice": "Privacy notice",
    "formats": "Other formats and languages",
    "contact": "Contact for questions",
}
"""The heading over each text of an edition, in the order in which they are shown."""

LEFT_OUT = (
    (
        "The words and the names of those who responded. They are exported apart: here a response"
        " is known by its reference alone."
    ),
    "Drafts that were never sent, and answers to equality questions, which lead to nobody.",
    "Who asked for notices: their addresses are seen by nobody.",
    (
        "Personal data of members of staff other than their names. Their reasons and notes are"
        " quoted as they wrote them."
    ),
)
"""What a bundle deliberately does not have."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A record, and those of its files that were made from rows, by their digests."""

    record: Record
    made: Mapping[str, bytes]


def gather_record(
    session: Session, library: Library, consultation: Consultation, url: str
) -> Gathered:
    """Return everything that any room knows to have happened, in order.

    It follows from the rows and the published files alone: neither the clock nor who asks makes a
    difference.
    """
    found = [entry for room in ROOMS for entry in room(session, consultation.id)]
    made: dict[str, bytes] = {}
    # What happened at one moment stays in the order of the rooms, and of each room.
    found.sort(key=lambda each: each.at)
    entries = tuple(_entry(each, made) for each in found)
    shown = consultations.list_editions(session, consultation.id)
    return Gathered(
        Record(
            title=consultation.title,
            slug=consultation.slug,
            organisation=get_organisation(session, consultation.organisation_id).name,
            address=f"{url}/consultations/{consultation.slug}",
            entries=entries,
            editions=tuple(
                _edition(each, _attached(found, each), library, consultation, made)
                for each in shown
            ),
            counts=_counts(session, library, consultation),
            left_out=LEFT_OUT,
        ),
        made,
    )


def _entry(entry: EvidenceEntry, made: dict[str, bytes]) -> RecordEntry:
    room = entry.kind.partition(".")[0]
    return RecordEntry(
        at=entry.at,
        kind=entry.kind,
        topic=TOPICS.get(room, room.capitalize()),
        words=entry.words,
        by=entry.by,
        why=entry.why,
        files=tuple(_file(each, made) for each in entry.files),
    )


def _file(file: EvidenceFile, made: dict[str, bytes]) -> RecordFile:
    if file.content is not None:
        made[file.sha256] = file.content
    return RecordFile(file.name, file.sha256)


def _attached(found: Iterable[EvidenceEntry], edition: Edition) -> tuple[EvidenceFile, ...]:
    """Return the files that came with an edition: its texts as data, and what was attached."""
    told = [
        each.files
        for each in found
        if each.kind == "consultations.edition"
        and each.files
        and each.files[0].name == f"edition-{edition.number}.json"
    ]
    return told[0] if told else ()


def _edition(
    edition: Edition,
    attached: tuple[EvidenceFile, ...],
    library: Library,
    consultation: Consultation,
    made: dict[str, bytes],
) -> ShownEdition:
    published, problems = [], []
    for file, problem in _published(edition, library, consultation):
        published.append(_file(file, made)) if file else problems.append(problem)
    return ShownEdition(
        number=edition.number,
        shown_from=edition.shown_from,
        notice=edition.notice,
        texts=_texts(edition),
        files=(*(_file(each, made) for each in attached), *published),
        problems=tuple(problems),
    )


def _texts(edition: Edition) -> tuple[tuple[str, str], ...]:
    """Return the words of an edition under their headings; a text without one comes last."""
    order = [*HEADINGS, *sorted(edition.texts.keys() - HEADINGS.keys())]
    return tuple(
        (HEADINGS.get(name, name.replace("_", " ").capitalize()), _as_read(name, text))
        for name in order
        if (text := edition.texts.get(name))
    )


def _as_read(name: str, text: str) -> str:
    if name != "decides_on":
        return text
    day = dt.date.fromisoformat(text)
    return f"{day.day} {day:%B %Y}"


def _published(
    edition: Edition, library: Library, consultation: Consultation
) -> Iterator[tuple[EvidenceFile | None, str]]:
    """Yield each published file that respondents were shown, or what is wrong with it.

    A translation that came later than the edition is there too: respondents may have read it.
    """
    details = consultation.details
    framework = Reference(slug=details.framework_slug, version=details.framework_version)
    asked = Reference(slug=details.questionnaire_slug, version=edition.questionnaire_version)
    for reference, kind, read in (
        (framework, VariantOf.FRAMEWORK, library.file),
        (asked, VariantOf.QUESTIONNAIRE, library.questionnaire_file),
    ):
        try:
            content = read(reference)
        except UnknownVersion as error:
            yield None, f"{reference} could not be added: {error}."
            continue
        yield EvidenceFile.made(f"{reference.slug}-{reference.version}.yaml", content), ""
        for variant in library.editions(reference, kind):
            content = library.variant_file(variant.reference, kind)
            name = f"{str(variant.reference).replace('@', '-')}.yaml"
            yield EvidenceFile.made(name, content), ""


def _counts(session: Session, library: Library, consultation: Consultation) -> tuple[Counts, ...]:
    try:
        asking = consultations.get_asking(library, consultation)
    except ConsultationError:
        # The files are not what they were, which the edition says; what is known is told.
        return ()
    found = consultations.count_responses(session, consultation.id, asking)
    return (
        Counts(
            "Responses",
            (
                Counted("Responses sent", found.received),
                Counted("Of these, counted", found.total),
                Counted("Counted, from individuals", found.individuals),
                Counted("Counted, for organisations", found.organisations),
            ),
        ),
        Counts(
            "Counted, from individuals, by class",
            tuple(Counted(each.label, each.n) for each in found.by_class),
        ),
        Counts(
            "Counted, for organisations, by kind",
            tuple(Counted(each.label, each.n) for each in found.by_type),
        ),
        Counts(
            "Counted, by day in the United Kingdom",
            tuple(Counted(f"{day.day} {day:%B %Y}", n) for day, n in found.by_day),
        ),
    )
