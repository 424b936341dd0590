"""What the services of the room keep to, on both databases."""

from __future__ import annotations

import datetime as dt
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select

from exports.incoming.source_kinds import SourceKind
from frameworks.questions import Given
from tests.factories.consultations import DURING, a_respondent
from tests.factories.writing import COMMENT, LIBRARY, SPEAKING, an_open_consultation, asking_of
from webapp.consultations.about_parts import Part
from webapp.consultations.consultation import Actor, Consultation
from webapp.consultations.respondents import Channel, Respondent
from webapp.consultations.response import Attempt
from webapp.consultations.services import totals_of
from webapp.files import FileStore
from webapp.intake import services
from webapp.intake.imports import ImportedResponse, ImportState
from webapp.intake.items import Arrival, ItemMoved, ItemState, OwnWork
from webapp.intake.services import SentSource, SentTable
from webapp.operations.erasers import ERASERS
from webapp.persistence import Base, Database, Session, new_id
from webapp.retention.holds import HoldKeeper
from webapp.retention.services import lift_hold, list_erasures, place_hold, replay_erasures

OLA, CAS, DEE = (Actor(new_id(), name) for name in ("Ola", "Cas", "Dee"))
KEEPER = HoldKeeper(new_id(), "Kim")
WORDS = "A secret about a ward"
PARTS = tuple(
    Part((name,))
    for name in ("responds_as", "respondent_class", "region", "publish", "name", "positions")
)


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def note(session: Session, files: FileStore, consultation: Consultation) -> uuid.UUID:
    return services.add_item(
        session,
        files,
        consultation_id=consultation.id,
        arrival=Arrival(Channel.LETTER, DURING, True, note=WORDS, words=WORDS),
        sent=SentSource("letter.txt", WORDS.encode(), SourceKind.TEXT, WORDS),
        read=None,
        by=OLA,
        now=DURING,
    )


def transcribe(session: Session, consultation: Consultation, item_id: uuid.UUID) -> None:
    asking = asking_of(consultation)
    services.save_respondent(
        session,
        item_id=item_id,
        asking=asking,
        sent=a_respondent(),
        parts=PARTS,
        shown={each.name: each.mark(Respondent()) for each in PARTS},
        by=OLA,
        now=DURING,
    )
    services.save_choices(
        session, item_id=item_id, asking=asking, shown=(), wanted=(SPEAKING,), by=OLA, now=DURING
    )
    services.save_answers(
        session,
        item_id=item_id,
        asking=asking,
        asked=asking.items[SPEAKING],
        attempts=[Attempt(COMMENT, Given(text=WORDS))],
        by=OLA,
        now=DURING,
    )
    services.finish(session, item_id=item_id, asking=asking, by=OLA, now=DURING)


def approve(session: Session, consultation: Consultation, item_id: uuid.UUID, by: Actor) -> str:
    return services.approve(
        session,
        item_id=item_id,
        round_seen=1,
        asking=asking_of(consultation),
        library=LIBRARY,
        by=by,
        now=DURING,
    ).reference


def upload(session: Session, consultation: Consultation, number: int = 1) -> uuid.UUID:
    responses = [
        ImportedResponse(f"key {each}", DURING.date(), a_respondent(), {COMMENT: Given(text=WORDS)})
        for each in range(number)
    ]
    return services.keep_import(
        session,
        consultation_id=consultation.id,
        sent=SentTable(f"{WORDS}.csv", "0" * 64),
        responses=responses,
        by=OLA,
        now=DURING,
    )


class TestTwoAtOnce:
    def test_of_two_who_approve_one_makes_the_response(
        self, database: Database, files: FileStore
    ) -> None:
        with database.writing() as session:
            consultation = an_open_consultation(session)
            item_id = note(session, files, consultation)
            transcribe(session, consultation, item_id)
        both = threading.Barrier(2)

        def take(by: Actor) -> str:
            both.wait()
            try:
                with database.writing() as session:
                    return approve(session, consultation, item_id, by)
            except ItemMoved:
                return ""

        with ThreadPoolExecutor(2) as pool:
            taken = [each.result() for each in [pool.submit(take, by) for by in (CAS, DEE)]]
        assert sorted(map(bool, taken)) == [False, True]
        with database.reading() as session:
            assert totals_of(session, consultation.id).submitted == 1

    def test_items_noted_at_the_same_moment_have_numbers_of_their_own(
        self, database: Database, files: FileStore
    ) -> None:
        with database.writing() as session:
            consultation = an_open_consultation(session)
        both = threading.Barrier(3)

        def come(_: int) -> None:
            both.wait()
            with database.writing() as session:
                note(session, files, consultation)

        with ThreadPoolExecutor(3) as pool:
            list(pool.map(come, range(3)))
        with database.reading() as session:
            items = services.list_items(session, consultation.id).transcribing
        assert [each.number for each in items] == [1, 2, 3]

    def test_a_slice_that_runs_twice_adds_nothing_the_second_time(self, database: Database) -> None:
        with database.writing() as session:
            consultation = an_open_consultation(session)
            import_id = upload(session, consultation, services.AT_ONCE + 1)
            services.take_import(session, import_id=import_id, library=LIBRARY, by=CAS, now=DURING)
        # The second slice does nothing before the first, whoever asks for it.
        for after in (services.AT_ONCE, 0, 0, services.AT_ONCE, services.AT_ONCE, 0):
            with database.writing() as session:
                services.take_slice(
                    session, import_id=import_id, after=after, library=LIBRARY, now=DURING
                )
        with database.reading() as session:
            found = services.get_import(session, consultation.id, import_id)
            assert (found.state, found.added) == (ImportState.TAKEN, services.AT_ONCE + 1)
            assert totals_of(session, consultation.id).submitted == services.AT_ONCE + 1
            assert services.list_responses(session, found, after=0, most=10) == ()


class TestWhoMay:
    def test_whoever_uploaded_a_table_cannot_take_it_in(self, session: Session) -> None:
        consultation = an_open_consultation(session)
        import_id = upload(session, consultation)
        with pytest.raises(OwnWork):
            services.take_import(session, import_id=import_id, library=LIBRARY, by=OLA, now=DURING)

    def test_whoever_transcribed_cannot_check(self, session: Session, files: FileStore) -> None:
        consultation = an_open_consultation(session)
        item_id = note(session, files, consultation)
        transcribe(session, consultation, item_id)
        with pytest.raises(OwnWork):
            approve(session, consultation, item_id, OLA)


def rows_with_words(database: Database) -> list[str]:
    """Return the tables of the room in which the words of the letter still stand."""
    with database.reading() as session:
        return [
            table.name
            for table in Base.metadata.sorted_tables
            if table.name.startswith("intake")
            and any(WORDS in str(row) for row in session.execute(select(table)))
        ]


class TestErasing:
    def test_once_it_is_a_response_its_words_are_in_that_alone(
        self, database: Database, files: FileStore
    ) -> None:
        with database.writing() as session:
            consultation = an_open_consultation(session)
            item_id = note(session, files, consultation)
            transcribe(session, consultation, item_id)
        assert "intake_answer" in rows_with_words(database)
        with database.writing() as session:
            approve(session, consultation, item_id, CAS)
        # What came stays as it came, and nothing of what was typed.
        assert rows_with_words(database) == ["intake_item", "intake_source"]

    def test_what_is_left_of_a_consultation_is_erased_and_the_record_stays(
        self, database: Database, files: FileStore
    ) -> None:
        with database.writing() as session:
            consultation = an_open_consultation(session)
            taken, open_ = (note(session, files, consultation) for _ in range(2))
            transcribe(session, consultation, taken)
            approve(session, consultation, taken, CAS)
            upload(session, consultation)
        assert rows_with_words(database)
        with database.writing() as session:
            released = services.erase_intake(session, consultation.id, by=DEE, now=DURING)
        assert released == 2
        assert rows_with_words(database) == []
        with database.writing() as session:
            assert services.erase_intake(session, consultation.id, by=DEE, now=DURING) == 0
            kinds = [each.kind for each in services.evidence(session, consultation.id)]
            assert services.get_item(session, consultation.id, open_).state is ItemState.REMOVED
            assert services.get_item(session, consultation.id, taken).state is ItemState.TAKEN
        assert kinds.count("intake.approved") == 1
        assert kinds.count("intake.removed") == 1
        assert kinds.count("intake.import-discarded") == 1

    def test_evidence_has_no_word_of_a_respondent(self, session: Session, files: FileStore) -> None:
        consultation = an_open_consultation(session)
        item_id = note(session, files, consultation)
        transcribe(session, consultation, item_id)
        reference = approve(session, consultation, item_id, CAS)
        services.take_import(
            session,
            import_id=upload(session, consultation),
            library=LIBRARY,
            by=CAS,
            now=DURING,
        )
        entries = services.evidence(session, consultation.id)
        assert [each.kind for each in entries if "import" not in each.kind] == [
            "intake.received",
            "intake.attached",
            "intake.finished",
            "intake.approved",
        ]
        text = str(entries)
        assert WORDS not in text
        assert reference in text
        assert "1 of 1 responses were new" in text

    def test_under_a_hold_words_stay_unseen_until_it_is_lifted(
        self, database: Database, files: FileStore
    ) -> None:
        with database.writing() as session:
            consultation = an_open_consultation(session)
            item_id = note(session, files, consultation)
            import_id = upload(session, consultation)
            place_hold(session, consultation.id, by=KEEPER, reason="A claim", now=DURING)
        with database.writing() as session:
            services.remove_item(session, item_id=item_id, reason="None", by=OLA, now=DURING)
            services.discard_import(session, import_id=import_id, reason="None", by=OLA, now=DURING)
        assert {"intake_source", "intake_imported"} <= set(rows_with_words(database))
        with database.writing() as session:
            assert services.list_sources(session, item_id) == ()
            assert services.texts_of(session, item_id) == ("", "")
            lift_hold(session, consultation.id, by=KEEPER, reason="Settled", now=DURING)
            assert services.erase_leftovers(session, consultation.id) == 1
        assert set(rows_with_words(database)) <= {"intake_import"}

    def test_a_database_out_of_a_backup_erases_it_again(
        self, database: Database, files: FileStore
    ) -> None:
        with database.writing() as session:
            consultation = an_open_consultation(session)
            item_id, import_id = note(session, files, consultation), upload(session, consultation)
        with database.writing() as session:
            services.remove_item(session, item_id=item_id, reason="None", by=OLA, now=DURING)
            services.discard_import(session, import_id=import_id, reason="None", by=OLA, now=DURING)
            journal = list_erasures(session)
            assert {each.kind for each in journal} == {"intake.item", "intake.import"}
            session.rollback()
        with database.writing() as session:
            later = DURING + dt.timedelta(days=1)
            assert replay_erasures(session, journal, ERASERS, later) == 2
        assert set(rows_with_words(database)) <= {"intake_import"}
        with database.reading() as session:
            assert services.get_item(session, consultation.id, item_id).state is ItemState.REMOVED
