"""Lists of addresses, and notices that reach each of them once."""

from __future__ import annotations

import datetime as dt
import logging
import threading
import uuid
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from tests.factories.consultations import CLOSES, DURING
from tests.factories.equality import add_consultation
from tests.program import shipped_library
from webapp.config import Settings
from webapp.consultations.consultation import Consultation
from webapp.jobs import Mail, MailRefused, run_due
from webapp.jobs.models import Job
from webapp.notices import services
from webapp.notices.errors import LinkOver, NobodyListed
from webapp.notices.mails import HANDLERS, SLICE_MAILS
from webapp.notices.models import DeliveryRow, SubscriberRow
from webapp.notices.notice import Notice, Sender
from webapp.persistence import Database, new_id

ANN, BOB = "ann@example.org", "bob@example.org"
BY = Sender(new_id(), "Ada Lindqvist")
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


class Post:
    """Takes mail and remembers it; refuses or fails where told to."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self.refuses: set[str] = set()
        self.fails: set[str] = set()
        self.is_down = False
        self.guard = threading.Lock()
        self.before: Callable[[Mail], None] = lambda mail: None

    def send(self, mail: Mail) -> None:
        self.before(mail)
        if self.is_down or mail.to in self.fails:
            raise ConnectionError(f"no way to {mail.to}")
        if mail.to in self.refuses:
            raise MailRefused
        with self.guard:
            self.mails.append(mail)

    def to(self, email: str) -> list[Mail]:
        return [mail for mail in self.mails if mail.to == email]


class Installation:
    """A database with an open consultation and a list, and a way for mail."""

    def __init__(self, database: Database, home: Path) -> None:
        self.database = database
        self.home = home
        self.post = Post()
        self.now = DURING
        with database.writing() as session:
            self.noise = add_consultation(session, "another")
            self.consultation = add_consultation(session)
        self.sign_up("noise@example.org", self.noise)

    def sign_up(self, email: str, consultation: Consultation | None = None) -> None:
        with self.database.writing() as session:
            services.sign_up(
                session, consultation=consultation or self.consultation, email=email, now=self.now
            )

    def work(self) -> None:
        environment = {"BOARDMARK_HOME": str(self.home), "BOARDMARK_SECRET_KEYS": "k" * 32}
        run_due(
            self.database,
            HANDLERS,
            self.now,
            mailer=self.post,
            settings=Settings.from_environment(environment),
            library=shipped_library(),
        )

    def tend(self) -> None:
        with self.database.writing() as session:
            services.tend_lists(session, self.now)

    def rows(self) -> dict[str, SubscriberRow]:
        with self.database.reading() as session:
            return {
                row.email: row
                for row in session.scalars(select(SubscriberRow))
                if row.consultation_id == self.consultation.id
            }

    def confirm(self, *emails: str) -> None:
        rows = self.rows()
        with self.database.writing() as session:
            for email in emails:
                services.confirm(session, rows[email].id, self.now)

    def list_many(self, count: int) -> list[str]:
        """Put so many confirmed addresses on the list."""
        emails = [f"reader{number:03}@example.org" for number in range(count)]
        with self.database.writing() as session:
            for email in emails:
                services.sign_up(session, consultation=self.consultation, email=email, now=self.now)
            session.execute(text("DELETE FROM job"))
            session.execute(text("UPDATE notice_subscriber SET owes_mail = :no"), {"no": False})
        self.confirm(*emails)
        return emails

    def send(self, notice_id: uuid.UUID | None = None) -> uuid.UUID:
        notice_id = notice_id or new_id()
        with self.database.writing() as session:
            services.send_notice(
                session,
                notice_id=notice_id,
                consultation_id=self.consultation.id,
                subject="What we heard",
                text="We heard 42 responses.\n\nThank you.",
                by=BY,
                now=self.now,
            )
        return notice_id

    def notice(self) -> Notice:
        with self.database.reading() as session:
            (found,) = services.list_notices(session, self.consultation.id)
            return found


@pytest.fixture
def installation(database: Database, tmp_path: Path) -> Installation:
    return Installation(database, tmp_path)


class TestComingOntoAList:
    def test_an_address_gets_a_mail_and_is_on_the_list_once_it_is_confirmed(
        self, installation: Installation
    ) -> None:
        installation.sign_up(f" {ANN.upper()} ")
        installation.work()
        (mail,) = installation.post.to(ANN)
        assert "Confirm your email address" in mail.subject
        assert installation.rows()[ANN].confirmed_on is None
        installation.confirm(ANN)
        assert installation.rows()[ANN].confirmed_on == DURING.date()

    def test_who_is_on_the_list_is_told_so_and_how_to_stop(
        self, installation: Installation
    ) -> None:
        installation.sign_up(ANN)
        installation.work()
        installation.confirm(ANN)
        installation.sign_up(ANN)
        installation.work()
        assert "on the list already" in installation.post.to(ANN)[-1].subject
        assert "/stop/" in installation.post.to(ANN)[-1].body
        assert len(installation.rows()) == 1

    def test_one_address_gets_three_of_these_mails_a_day_over_all_consultations(
        self, installation: Installation
    ) -> None:
        for _ in range(3):
            installation.sign_up(ANN)
            installation.sign_up(ANN, installation.noise)
            installation.work()
        assert len(installation.post.to(ANN)) == 3
        installation.now += DAY
        installation.sign_up(ANN)
        installation.work()
        assert len(installation.post.to(ANN)) == 4

    def test_an_address_that_nobody_confirms_is_gone_after_a_week(
        self, installation: Installation
    ) -> None:
        installation.sign_up(ANN)
        installation.sign_up(BOB)
        installation.confirm(BOB)
        installation.now += 7 * DAY
        installation.tend()
        assert set(installation.rows()) == {ANN, BOB}
        gone = installation.rows()[ANN].id
        installation.now += DAY
        installation.tend()
        assert set(installation.rows()) == {BOB}
        with pytest.raises(LinkOver), installation.database.writing() as session:
            services.confirm(session, gone, installation.now)

    def test_stopping_erases_the_address_and_again_is_no_error(
        self, installation: Installation
    ) -> None:
        installation.list_many(3)
        gone = installation.rows()["reader001@example.org"].id
        for _ in range(2):
            with installation.database.writing() as session:
                services.stop(session, gone, installation.now)
        assert set(installation.rows()) == {"reader000@example.org", "reader002@example.org"}

    def test_two_years_after_closing_the_list_is_erased(self, installation: Installation) -> None:
        installation.list_many(3)
        installation.now = CLOSES + 729 * DAY
        installation.tend()
        assert len(installation.rows()) == 3
        installation.now = CLOSES + 730 * DAY
        installation.tend()
        assert installation.rows() == {}

    def test_an_address_that_no_mail_reaches_is_erased(self, installation: Installation) -> None:
        installation.post.refuses = {ANN}
        installation.sign_up(ANN)
        installation.work()
        assert installation.rows() == {}

    def test_a_mail_that_fails_is_still_owed(
        self, installation: Installation, caplog: pytest.LogCaptureFixture
    ) -> None:
        installation.post.is_down = True
        installation.sign_up(ANN)
        installation.work()
        installation.post.is_down = False
        installation.now += HOUR
        installation.tend()
        installation.work()
        assert len(installation.post.to(ANN)) == 1
        assert ANN not in caplog.text

    def test_no_job_says_who_signed_up(self, installation: Installation) -> None:
        installation.sign_up(ANN)
        with installation.database.reading() as session:
            assert [job.payload for job in session.scalars(select(Job))] == [{}, {}]

    def test_rows_of_one_day_are_written_again_in_an_order_of_chance(
        self, installation: Installation
    ) -> None:
        emails = installation.list_many(40)
        installation.tend()
        assert not any(row.is_mixed for row in installation.rows().values())
        installation.now += DAY
        installation.tend()
        assert all(row.is_mixed for row in installation.rows().values())
        assert {row.confirmed_on for row in installation.rows().values()} == {DURING.date()}
        if not installation.database.is_sqlite:
            with installation.database.reading() as session:
                rows = session.execute(
                    text(
                        "SELECT email, xmin::text FROM notice_subscriber"
                        " WHERE email LIKE 'reader%' ORDER BY ctid"
                    )
                ).all()
            assert len({xmin for _, xmin in rows}) == 1
            lying = [email for email, _ in rows]
            assert lying not in (emails, emails[::-1])


class TestSending:
    def test_everybody_who_confirmed_gets_it_once_with_a_way_to_stop(
        self, installation: Installation
    ) -> None:
        emails = installation.list_many(SLICE_MAILS + 3)
        installation.sign_up(ANN)
        installation.send()
        installation.work()
        sent = Counter(mail.to for mail in installation.post.mails if "heard" in mail.subject)
        assert sent == dict.fromkeys(emails, 1)
        (mail,) = installation.post.to(emails[0])
        assert mail.body.startswith("We heard 42 responses.\n\nThank you.\n")
        assert "/stop/" in mail.body
        notice = installation.notice()
        assert (notice.recipients, notice.delivered, notice.given_up) == (28, 28, 0)
        assert notice.finished_at == DURING

    def test_the_same_notice_posted_twice_is_sent_once(self, installation: Installation) -> None:
        (email,) = installation.list_many(1)
        notice_id = installation.send()
        installation.send(notice_id)
        installation.work()
        assert len(installation.post.to(email)) == 1

    def test_nobody_on_the_list_means_nothing_is_sent(self, installation: Installation) -> None:
        with pytest.raises(NobodyListed):
            installation.send()
        with installation.database.reading() as session:
            assert services.list_notices(session, installation.consultation.id) == ()

    def test_who_stops_meanwhile_gets_nothing(self, installation: Installation) -> None:
        installation.list_many(2)
        gone = installation.rows()["reader000@example.org"].id
        installation.send()
        with installation.database.writing() as session:
            services.stop(session, gone, installation.now)
        installation.work()
        assert {mail.to for mail in installation.post.mails} >= {"reader001@example.org"}
        assert installation.post.to("reader000@example.org") == []
        assert installation.notice().finished_at is not None

    def test_an_address_that_is_refused_is_counted_and_holds_nobody_up(
        self, installation: Installation
    ) -> None:
        installation.list_many(4)
        installation.post.refuses = {"reader002@example.org"}
        installation.send()
        installation.work()
        notice = installation.notice()
        assert (notice.delivered, notice.given_up) == (3, 1)
        assert notice.finished_at is not None

    def test_an_address_that_fails_is_tried_again_and_given_up_in_the_end(
        self, installation: Installation, caplog: pytest.LogCaptureFixture
    ) -> None:
        installation.list_many(4)
        installation.post.fails = {"reader002@example.org"}
        with caplog.at_level(logging.WARNING):
            installation.send()
            installation.work()
            for _ in range(4):
                assert installation.notice().finished_at is None
                installation.now += DAY
                installation.work()
        notice = installation.notice()
        assert (notice.delivered, notice.given_up) == (3, 1)
        assert notice.finished_at is not None
        assert "reader002" not in caplog.text

    def test_a_server_that_is_down_for_a_day_delays_and_loses_nothing(
        self, installation: Installation
    ) -> None:
        emails = installation.list_many(30)
        installation.post.is_down = True
        installation.send()
        for _ in range(12):
            installation.work()
            installation.now += 2 * HOUR
        installation.post.is_down = False
        installation.work()
        assert {mail.to for mail in installation.post.mails} >= set(emails)
        assert installation.notice().given_up == 0

    def test_a_worker_that_is_killed_repeats_one_mail_at_most(
        self, installation: Installation
    ) -> None:
        emails = installation.list_many(12)
        installation.send()
        handed_on = 0

        class Killed(BaseException):
            """What no handler catches."""

        def kill(mail: Mail) -> None:
            nonlocal handed_on
            handed_on += 1
            if handed_on == 5:
                installation.post.mails.append(mail)
                raise Killed

        installation.post.before = kill
        with pytest.raises(Killed):
            installation.work()
        installation.now += dt.timedelta(minutes=20)
        installation.work()
        sent = Counter(mail.to for mail in installation.post.mails)
        assert set(emails) <= set(sent)
        assert sum(sent[email] - 1 for email in emails) == 1
        assert installation.notice().delivered == 12

    def test_two_workers_at_once_send_nobody_two(self, installation: Installation) -> None:
        emails = installation.list_many(30)
        notice_id = installation.send()
        with installation.database.writing() as session:
            services.go_on(session, notice_id, installation.now)
        threads = [threading.Thread(target=installation.work) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        sent = Counter(mail.to for mail in installation.post.mails)
        assert {email: sent[email] for email in emails} == dict.fromkeys(emails, 1)
        assert installation.notice().delivered == 30

    def test_a_notice_that_came_to_a_standstill_is_taken_up(
        self, installation: Installation
    ) -> None:
        installation.list_many(3)
        installation.send()
        with installation.database.writing() as session:
            session.execute(text("DELETE FROM job"))
        installation.tend()
        installation.work()
        assert installation.notice().delivered == 3

    def test_what_is_under_way_is_not_taken_up_again_by_the_hour(
        self, installation: Installation
    ) -> None:
        installation.list_many(3)
        installation.sign_up(ANN)
        installation.send()
        for _ in range(3):
            installation.tend()
        with installation.database.reading() as session:
            kinds = Counter(session.scalars(select(Job.kind)))
        assert kinds == {services.CONFIRM_MAIL: 1, services.NOTICE_MAIL: 1}

    def test_afterwards_nothing_says_who_got_what(self, installation: Installation) -> None:
        installation.list_many(3)
        installation.send()
        installation.work()
        with installation.database.reading() as session:
            assert session.scalar(select(func.count()).select_from(DeliveryRow)) == 0
            payloads = [job.payload for job in session.scalars(select(Job))]
        assert payloads == [{}] * len(payloads)


def test_the_program_knows_the_jobs_and_tends_the_lists() -> None:
    from webapp.factory import HANDLERS as ALL
    from webapp.operations.routines import ROUTINES

    assert {services.CONFIRM_MAIL, services.NOTICE_MAIL} <= ALL.keys()
    assert services.tend_lists in ROUTINES
