"""Forms wait for others, are counted once, and can never be opened again."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.factories.consultations import AFTER, DURING
from tests.factories.equality import add_consultation, send_form
from tests.program import shipped_library
from webapp.config import Settings
from webapp.consultations.consultation import Consultation
from webapp.equality import services
from webapp.equality.counting import Answer
from webapp.equality.errors import FormsClosed
from webapp.equality.key_files import KeyFiles
from webapp.equality.mixing import HANDLERS
from webapp.equality.models import EqualityKeyRow, EqualityTrayRow
from webapp.equality.sealing import SEALED_BYTES, CannotOpen, unseal
from webapp.jobs import Mail, run_due
from webapp.persistence import Database, new_id

FEMALE, MALE = Answer("sex", "female"), Answer("sex", "male")
OVER = AFTER + dt.timedelta(days=1)


class NoPost:
    def send(self, mail: Mail) -> None:
        raise AssertionError(mail)


class Installation:
    """A database with an open consultation, and the folder with its keys."""

    def __init__(self, database: Database, home: Path) -> None:
        self.database = database
        self.home = home
        self.keys = KeyFiles(home)
        with database.writing() as session:
            self.noise = add_consultation(session, "another")
            self.consultation = add_consultation(session)

    def send(
        self,
        count: int,
        choice: str = "female",
        *,
        consultation: Consultation | None = None,
        respondent_class: str = "individual",
    ) -> None:
        with self.database.writing() as session:
            for _ in range(count):
                send_form(
                    session,
                    consultation or self.consultation,
                    self.home,
                    {"sex": choice},
                    respondent_class=respondent_class,
                )

    def mix(self, now: dt.datetime = DURING) -> None:
        """Do what the worker does every hour."""
        with self.database.writing() as session:
            services.plan_mixing(session, now)
        environment = {"BOARDMARK_HOME": str(self.home), "BOARDMARK_SECRET_KEYS": "k" * 32}
        settings = Settings.from_environment(environment)
        run_due(
            self.database,
            HANDLERS,
            now,
            mailer=NoPost(),
            settings=settings,
            library=shipped_library(),
        )

    def counted(
        self,
        answer: Answer,
        of_class: str = "individual",
        *,
        of: Consultation | None = None,
    ) -> int:
        consultation = of or self.consultation
        with self.database.reading() as session:
            return sum(
                each.n
                for each in services.list_counts(session, consultation.id)
                if each.answer == answer and each.pool.respondent_class == of_class
            )

    def tray(self) -> list[EqualityTrayRow]:
        with self.database.reading() as session:
            return list(session.scalars(select(EqualityTrayRow)))


@pytest.fixture
def installation(database: Database, tmp_path: Path) -> Installation:
    return Installation(database, tmp_path)


class TestCounting:
    def test_nothing_is_counted_before_twice_the_least_are_there(
        self, installation: Installation
    ) -> None:
        installation.send(19)
        installation.mix()
        assert installation.counted(FEMALE) == 0
        assert len(installation.tray()) == 19

    def test_then_all_but_ten_are_and_the_ten_wait_on(self, installation: Installation) -> None:
        installation.send(12)
        installation.send(11, "male")
        installation.mix()
        assert installation.counted(FEMALE) + installation.counted(MALE) == 13
        assert len(installation.tray()) == 10

    def test_after_the_end_everybody_is_counted_once(self, installation: Installation) -> None:
        installation.send(12)
        installation.send(11, "male")
        installation.mix()
        installation.send(5, "male")
        for _ in range(3):
            installation.mix(OVER)
        assert installation.counted(FEMALE) == 12
        assert installation.counted(MALE) == 16
        assert installation.tray() == []

    def test_a_question_left_blank_is_counted_as_such(self, installation: Installation) -> None:
        installation.send(20, "")
        installation.mix(OVER)
        assert installation.counted(Answer("sex", "")) == 20
        assert installation.counted(Answer("age", "")) == 20

    def test_fewer_than_ten_are_deleted_and_never_counted(self, installation: Installation) -> None:
        installation.send(9)
        installation.mix(OVER)
        assert installation.counted(FEMALE) == 0
        assert installation.tray() == []

    def test_each_class_waits_for_its_own(self, installation: Installation) -> None:
        installation.send(15)
        installation.send(15, respondent_class="organisation")
        installation.mix()
        assert len(installation.tray()) == 30
        installation.send(5)
        installation.mix()
        assert installation.counted(FEMALE) == 10
        assert installation.counted(FEMALE, "organisation") == 0

    def test_each_consultation_waits_for_its_own(self, installation: Installation) -> None:
        installation.send(15)
        installation.send(15, consultation=installation.noise)
        installation.mix()
        assert len(installation.tray()) == 30
        installation.send(5, consultation=installation.noise)
        installation.mix()
        assert installation.counted(FEMALE) == 0
        assert installation.counted(FEMALE, of=installation.noise) == 10

    def test_a_form_that_is_posted_twice_is_counted_once(self, installation: Installation) -> None:
        installation.send(19)
        form_id = new_id()
        for _ in range(2):
            with installation.database.writing() as session:
                send_form(session, installation.consultation, installation.home, form_id=form_id)
        installation.mix(OVER)
        assert installation.counted(FEMALE) == 20

    def test_the_last_come_a_day_after_closing_and_later_ones_are_refused(
        self, installation: Installation
    ) -> None:
        about = installation.consultation
        last = about.ends_at + dt.timedelta(hours=23)
        with installation.database.writing() as session:
            send_form(session, about, installation.home, now=last)
        with pytest.raises(FormsClosed), installation.database.writing() as session:
            send_form(session, about, installation.home, now=about.ends_at + dt.timedelta(days=1))
        with installation.database.reading() as session:
            assert not services.is_settled(session, about, OVER)
        installation.mix(OVER)
        with installation.database.reading() as session:
            assert not services.is_settled(session, about, last)
            assert services.is_settled(session, about, OVER)

    def test_an_hour_without_forms_plans_nothing(self, installation: Installation) -> None:
        installation.mix()
        assert installation.keys.list() == frozenset()


class TestKeys:
    def test_what_waited_before_can_never_be_opened_again(self, installation: Installation) -> None:
        installation.send(25)
        before, key_ids = installation.tray(), installation.keys.list()
        installation.mix()
        after = installation.keys.list()
        assert len(key_ids) == len(after) == 1
        assert not key_ids & after
        assert not {row.id for row in before} & {row.id for row in installation.tray()}
        (key,) = (installation.keys.find(each) for each in after)
        assert key is not None
        for row in before:
            about = f"{row.consultation_id} {row.question_set} {row.respondent_class}"
            with pytest.raises(CannotOpen):
                unseal(row.sealed, key=key, about=about)

    def test_what_only_waits_is_sealed_anew_as_well(self, installation: Installation) -> None:
        installation.send(3)
        sealed = {row.sealed for row in installation.tray()}
        installation.mix()
        assert not sealed & {row.sealed for row in installation.tray()}

    def test_no_key_is_in_the_database(self, installation: Installation) -> None:
        installation.send(1)
        with installation.database.reading() as session:
            assert [key_id for (key_id,) in session.execute(select(EqualityKeyRow.id))] == list(
                installation.keys.list()
            )
        assert {len(row.sealed) for row in installation.tray()} == {SEALED_BYTES}

    def test_a_lost_key_is_told_and_its_forms_wait_until_the_end(
        self, installation: Installation, caplog: pytest.LogCaptureFixture
    ) -> None:
        installation.send(30)
        (key_id,) = installation.keys.list()
        installation.keys.destroy(key_id)
        with caplog.at_level(logging.ERROR):
            installation.mix()
        assert "30 equality forms cannot be opened" in caplog.text
        assert len(installation.tray()) == 30
        installation.send(20, "male")
        installation.mix(OVER)
        assert installation.counted(FEMALE) == 0
        assert installation.counted(MALE) == 20
        assert installation.tray() == []
        assert len(installation.keys.list()) == 1


class TestCrashes:
    def test_before_the_commit_nothing_has_happened(self, installation: Installation) -> None:
        installation.send(25)
        before = {row.id for row in installation.tray()}
        with installation.database.writing() as session:
            services.mix_forms(session, installation.keys, DURING)
            session.rollback()
        assert {row.id for row in installation.tray()} == before
        assert installation.counted(FEMALE) == 0
        installation.mix(OVER)
        assert installation.counted(FEMALE) == 25
        # The key that the killed one made is gone with it.
        assert len(installation.keys.list()) == 1

    def test_between_the_commit_and_the_end_nothing_is_counted_again(
        self, installation: Installation
    ) -> None:
        installation.send(25)
        with installation.database.writing() as session:
            services.mix_forms(session, installation.keys, OVER)
        assert len(installation.keys.list()) == 2
        installation.mix(OVER)
        assert installation.counted(FEMALE) == 25
        with installation.database.writing() as session:
            services.destroy_keys(session, installation.keys)
        assert len(installation.keys.list()) == 1

    def test_two_workers_at_once_count_everybody_once(self, installation: Installation) -> None:
        installation.send(40)
        _together(lambda: installation.mix(OVER), 3)
        assert installation.counted(FEMALE) == 40

    def test_posts_while_keys_change_are_neither_lost_nor_doubled(
        self, installation: Installation, caplog: pytest.LogCaptureFixture
    ) -> None:
        stop = threading.Event()

        def keep_mixing() -> None:
            while not stop.wait(0.05):
                installation.mix()

        def send_some() -> None:
            for _ in range(15):
                installation.send(1)

        mixing = threading.Thread(target=keep_mixing)
        mixing.start()
        try:
            _together(send_some, 4)
        finally:
            stop.set()
            mixing.join()
        assert "equality.mix" not in caplog.text
        assert installation.counted(FEMALE) + len(installation.tray()) == 60
        installation.mix(OVER)
        assert installation.counted(FEMALE) == 60

    def test_mixing_waits_for_a_form_that_is_just_being_sealed(
        self, installation: Installation, caplog: pytest.LogCaptureFixture
    ) -> None:
        installation.send(19)
        _while_a_form_is_sealed(installation, installation.mix)
        assert "equality.mix" not in caplog.text
        assert installation.counted(FEMALE) == 10
        assert len(installation.tray()) == 10

    def test_a_key_that_is_just_being_made_is_not_destroyed(
        self, installation: Installation
    ) -> None:
        def destroy() -> None:
            with installation.database.writing() as session:
                services.destroy_keys(session, installation.keys)

        _while_a_form_is_sealed(installation, destroy)
        (form,) = installation.tray()
        assert installation.keys.find(form.key_id) is not None


def test_the_program_knows_the_job_and_plans_it_every_hour() -> None:
    from webapp.factory import HANDLERS as ALL
    from webapp.operations.routines import ROUTINES

    assert services.MIX in ALL
    assert services.plan_mixing in ROUTINES


def _while_a_form_is_sealed(installation: Installation, work: Callable[[], None]) -> None:
    """Begin some work while a form is sealed and not committed yet, and see that it waits."""
    began = threading.Event()
    errors: list[Exception] = []

    def guarded() -> None:
        began.set()
        try:
            work()
        except Exception as error:
            errors.append(error)

    thread = threading.Thread(target=guarded)
    with installation.database.writing() as session:
        send_form(session, installation.consultation, installation.home)
        thread.start()
        began.wait()
        thread.join(0.3)
        assert thread.is_alive(), "it did not wait"
    thread.join()
    assert errors == []


def _together(work: Callable[[], None], times: int) -> None:
    errors: list[Exception] = []

    def guarded() -> None:
        try:
            work()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=guarded) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
