"""What this room shows of the record of a consultation."""

from __future__ import annotations

import hashlib
import json

import pytest

from frameworks.digest import texts_digest
from tests.factories.consultations import AFTER, a_lead
from tests.factories.writing import Writer, an_open_consultation
from webapp.consultations import services
from webapp.consultations.consultation import Consultation
from webapp.consultations.evidence import EvidenceEntry
from webapp.consultations.submissions import Decision
from webapp.persistence import Session


@pytest.fixture
def consultation(session: Session) -> Consultation:
    noise = an_open_consultation(session, "noise")
    remove(session, noise, send(session, noise))
    return an_open_consultation(session)


def send(session: Session, consultation: Consultation) -> str:
    writer = Writer(session, consultation)
    writer.write_everything()
    return writer.send().reference


def remove(session: Session, consultation: Consultation, reference: str) -> None:
    services.decide(
        session,
        consultation_id=consultation.id,
        reference=reference,
        decision=Decision.REMOVE,
        reason="It was sent to try the page out.",
        by=a_lead(),
        now=AFTER,
    )


def found(session: Session, consultation: Consultation) -> tuple[EvidenceEntry, ...]:
    return services.evidence(session, consultation.id)


def test_every_event_is_shown_once_and_in_order(
    session: Session, consultation: Consultation
) -> None:
    remove(session, consultation, send(session, consultation))
    entries = found(session, consultation)
    assert [each.kind for each in entries] == [
        "consultations.created",
        "consultations.edited",
        "consultations.opened",
        "consultations.edition",
        "consultations.response-removed",
    ]
    assert [each.at for each in entries] == sorted(each.at for each in entries)


def test_a_decision_names_who_decided_and_why_and_the_response_by_its_reference(
    session: Session, consultation: Consultation
) -> None:
    reference = send(session, consultation)
    remove(session, consultation, reference)
    entry = found(session, consultation)[-1]
    assert entry.words == f"Response {reference} was removed."
    assert (entry.by, entry.why) == (a_lead().name, "It was sent to try the page out.")


def test_an_edition_comes_with_its_words_and_their_digest(
    session: Session, consultation: Consultation
) -> None:
    entry = next(
        each for each in found(session, consultation) if each.kind == "consultations.edition"
    )
    file, assessment = entry.files
    assert (assessment.name, assessment.content) == ("assessment.txt", None)
    assert file.content is not None
    assert hashlib.sha256(file.content).hexdigest() == file.sha256
    said = json.loads(file.content)
    assert said["texts"]["title"] == consultation.title
    assert texts_digest(said["texts"]) == said["texts_digest"]


def test_the_same_rows_say_the_same(session: Session, consultation: Consultation) -> None:
    for _ in range(3):
        remove(session, consultation, send(session, consultation))
    assert found(session, consultation) == found(session, consultation)
    references = [each.words for each in found(session, consultation)[-3:]]
    assert references == sorted(references)
