"""Writing in the log, by services alone."""

from __future__ import annotations

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from tests.factories.consultations import DURING, a_lead
from tests.factories.writing import an_open_consultation
from webapp.consultations.consultation import Consultation
from webapp.files.store import is_held
from webapp.outreach import services
from webapp.outreach.entries import Attachment, Kind, Told, Way
from webapp.outreach.errors import ChangedMeanwhile
from webapp.persistence import Database, Session, new_id

LETTER = Attachment("letter.pdf", "application/pdf", "a" * 64, 12)
TOLD = Told(
    Kind.ORGANISATION, "Riverside", "acute", Way.LETTER, dt.date(2026, 6, 1), attachment=LETTER
)
LEAD = a_lead()


@pytest.fixture
def consultation(session: Session) -> Consultation:
    noise = an_open_consultation(session, "noise")
    add(session, noise, replace(TOLD, audience="Noise"))
    return an_open_consultation(session)


def add(session: Session, consultation: Consultation, told: Told = TOLD) -> uuid.UUID:
    entry_id = new_id()
    services.add_entry(
        session,
        entry_id=entry_id,
        consultation_id=consultation.id,
        told=told,
        by=LEAD,
        now=DURING,
    )
    return entry_id


def correct(
    session: Session, consultation: Consultation, entry_id: uuid.UUID, shown: int, told: Told
) -> None:
    services.correct_entry(
        session,
        consultation_id=consultation.id,
        entry_id=entry_id,
        shown=shown,
        told=told,
        reason="It was misspelt.",
        by=LEAD,
        now=DURING + dt.timedelta(hours=shown),
    )


def strike(session: Session, consultation: Consultation, entry_id: uuid.UUID, shown: int) -> None:
    services.strike_entry(
        session,
        consultation_id=consultation.id,
        entry_id=entry_id,
        shown=shown,
        reason="It never went out.",
        by=LEAD,
        now=DURING + dt.timedelta(days=1),
    )


def test_every_version_is_kept_and_its_file_is_needed(
    session: Session, consultation: Consultation
) -> None:
    entry_id = add(session, consultation)
    other = replace(LETTER, sha256="b" * 64)
    correct(session, consultation, entry_id, 1, replace(TOLD, attachment=other))
    found = services.find_entry(session, consultation.id, entry_id)
    assert found is not None
    assert [each.told.attachment for each in found.versions] == [LETTER, other]
    assert is_held(session, LETTER.sha256)
    assert is_held(session, other.sha256)


def test_an_entry_of_another_consultation_is_not_touched(
    session: Session, consultation: Consultation
) -> None:
    other = an_open_consultation(session, "other")
    entry_id = add(session, consultation)
    with pytest.raises(ChangedMeanwhile):
        correct(session, other, entry_id, 1, TOLD)
    with pytest.raises(ChangedMeanwhile):
        strike(session, other, entry_id, 1)


def test_what_is_struck_out_is_not_corrected_and_not_struck_out_again(
    session: Session, consultation: Consultation
) -> None:
    entry_id = add(session, consultation)
    strike(session, consultation, entry_id, 1)
    with pytest.raises(ChangedMeanwhile):
        correct(session, consultation, entry_id, 1, TOLD)
    with pytest.raises(ChangedMeanwhile):
        strike(session, consultation, entry_id, 1)


def test_the_record_has_every_step_once_with_its_reason(
    session: Session, consultation: Consultation
) -> None:
    entry_id = add(session, consultation)
    correct(session, consultation, entry_id, 1, replace(TOLD, audience="Riverbank"))
    strike(session, consultation, entry_id, 2)
    entries = services.evidence(session, consultation.id)
    assert [each.kind for each in entries] == [
        "outreach.added",
        "outreach.corrected",
        "outreach.struck-out",
    ]
    assert [each.why for each in entries] == ["", "It was misspelt.", "It never went out."]
    assert entries[0].files[0].sha256 == LETTER.sha256
    assert "Riverbank" in entries[1].words


def test_of_two_who_correct_at_once_one_is_told(database: Database) -> None:
    with database.writing() as session:
        consultation = an_open_consultation(session)
        entry_id = add(session, consultation)

    def attempt(audience: str) -> bool:
        try:
            with database.writing() as session:
                correct(session, consultation, entry_id, 1, replace(TOLD, audience=audience))
        except ChangedMeanwhile:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(attempt, ["one", "two", "three", "four"]))
    assert sum(done) == 1
    with database.reading() as session:
        found = services.find_entry(session, consultation.id, entry_id)
    assert found is not None
    assert found.newest == 2


def test_of_two_who_send_one_list_at_once_one_adds_it(database: Database) -> None:
    with database.writing() as session:
        consultation = an_open_consultation(session)
    batch_id = new_id()

    def attempt(_: int) -> None:
        with database.writing() as session:
            services.add_list(
                session,
                batch_id=batch_id,
                consultation_id=consultation.id,
                told=[replace(TOLD, audience=f"Trust {n}", attachment=None) for n in range(20)],
                by=LEAD,
                now=DURING,
            )

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(attempt, range(4)))
    with database.reading() as session:
        assert services.count_entries(session, consultation.id) == 20
