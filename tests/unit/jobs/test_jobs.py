from __future__ import annotations

import datetime as dt
import logging
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from webapp.config import Settings
from webapp.jobs import (
    Handlers,
    JobContext,
    Mail,
    NotWorthRetrying,
    count_failed,
    enqueue,
    forget_finished,
    run_due,
)
from webapp.jobs.models import Job
from webapp.jobs.retries import LONGEST_DELAY, MOST_ATTEMPTS, delay_after
from webapp.jobs.store import find_due
from webapp.persistence import Database

NOON = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)


class Post:
    """A mailer that keeps what it is given."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []

    def send(self, mail: Mail) -> None:
        self.mails.append(mail)


class Bench:
    """A database with a queue, and a handler that writes down what it was asked to do."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database = database
        self.settings = settings
        self.done: list[str] = []
        self.errors: list[Exception] = []

    def note(self, context: JobContext, payload: Mapping[str, str]) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.done.append(payload["what"])

    def enqueue(self, what: str, run_at: dt.datetime | None = None, kind: str = "note") -> None:
        with self.database.writing() as session:
            enqueue(session, kind, {"what": what}, NOON, run_at)

    def run(
        self, now: dt.datetime, handlers: Handlers | None = None, most: int | None = None
    ) -> int:
        return run_due(
            self.database,
            {"note": self.note} if handlers is None else handlers,
            now,
            mailer=Post(),
            settings=self.settings,
            most=most,
        )

    def only_job(self) -> Job:
        with self.database.reading() as session:
            return session.scalars(select(Job)).one()


@pytest.fixture
def bench(database: Database, tmp_path: Path) -> Bench:
    settings = Settings.from_environment(
        {"BOARDMARK_HOME": str(tmp_path), "BOARDMARK_SECRET_KEYS": "k" * 32}
    )
    return Bench(database, settings)


class TestEnqueueing:
    def test_a_job_runs_once_and_is_done(self, bench: Bench) -> None:
        bench.enqueue("a")
        assert bench.run(NOON) == 1
        assert bench.run(NOON + DAY) == 0
        assert bench.done == ["a"]
        assert bench.only_job().done_at == NOON

    def test_a_job_of_a_transaction_that_fails_never_was(self, bench: Bench) -> None:
        def fail() -> None:
            with bench.database.writing() as session:
                enqueue(session, "note", {"what": "a"}, NOON)
                raise ValueError("stop")

        with pytest.raises(ValueError, match="stop"):
            fail()
        assert bench.run(NOON) == 0

    def test_a_job_waits_for_its_time_and_the_oldest_goes_first(self, bench: Bench) -> None:
        bench.enqueue("later", NOON + 2 * MINUTE)
        bench.enqueue("now")
        bench.enqueue("soon", NOON + MINUTE)
        assert bench.run(NOON) == 1
        assert bench.run(NOON + 5 * MINUTE) == 2
        assert bench.done == ["now", "soon", "later"]

    def test_a_payload_is_text_only(self, bench: Bench) -> None:
        payload: Any = {"what": 1}
        with bench.database.writing() as session, pytest.raises(TypeError, match="must be text"):
            enqueue(session, "note", payload, NOON)

    def test_what_was_in_a_job_is_gone_when_it_is_done(self, bench: Bench) -> None:
        bench.enqueue("ann@example.org")
        bench.run(NOON)
        assert bench.only_job().payload == {}

    def test_work_that_makes_work_is_finished_in_one_go(self, bench: Bench) -> None:
        def twice(context: JobContext, payload: Mapping[str, str]) -> None:
            with context.database.writing() as session:
                enqueue(session, "note", {"what": payload["what"] * 2}, context.now)

        bench.enqueue("a", kind="twice")
        assert bench.run(NOON, {"twice": twice, "note": bench.note}) == 2
        assert bench.done == ["aa"]

    def test_a_worker_can_do_a_few_at_a_time(self, bench: Bench) -> None:
        for what in "abc":
            bench.enqueue(what)
        assert bench.run(NOON, most=2) == 2
        assert bench.run(NOON, most=2) == 1


class TestFailing:
    def test_a_job_that_fails_is_tried_again_after_a_while(self, bench: Bench) -> None:
        bench.enqueue("a")
        bench.errors = [OSError("no network"), OSError("no network")]
        assert bench.run(NOON) == 1
        assert bench.run(NOON + dt.timedelta(seconds=4)) == 0
        assert bench.run(NOON + dt.timedelta(seconds=5)) == 1
        assert bench.run(NOON + MINUTE) == 1
        assert bench.done == ["a"]

    def test_it_waits_longer_each_time_and_then_gives_up(self, bench: Bench) -> None:
        bench.enqueue("a")
        bench.errors = [OSError("no network") for _ in range(MOST_ATTEMPTS)]
        now = NOON
        for _ in range(MOST_ATTEMPTS):
            assert bench.run(now) == 1
            now += LONGEST_DELAY
        assert bench.run(now + DAY) == 0
        job = bench.only_job()
        assert job.failed_at is not None
        assert job.last_error == "OSError"
        with bench.database.reading() as session:
            assert count_failed(session) == 1

    def test_delays_grow_to_an_hour(self) -> None:
        delays = [delay_after(attempts) for attempts in range(1, MOST_ATTEMPTS)]
        known = [delay for delay in delays if delay is not None]
        assert len(known) == len(delays)
        assert known == sorted(known)
        assert known[-1] == LONGEST_DELAY
        assert delay_after(MOST_ATTEMPTS) is None

    def test_what_cannot_succeed_is_given_up_at_once(self, bench: Bench) -> None:
        bench.enqueue("a")
        bench.errors = [NotWorthRetrying()]
        bench.run(NOON)
        assert bench.only_job().failed_at == NOON

    def test_one_that_fails_does_not_hold_up_the_next(self, bench: Bench) -> None:
        bench.enqueue("a")
        bench.enqueue("b", NOON + MINUTE)
        bench.errors = [OSError()]
        assert bench.run(NOON + MINUTE) == 2
        assert bench.done == ["b"]

    def test_an_unknown_kind_waits_for_a_newer_worker(self, bench: Bench) -> None:
        bench.enqueue("a")
        assert bench.run(NOON, handlers={}) == 1
        assert bench.run(NOON + MINUTE) == 1
        assert bench.done == ["a"]

    def test_the_log_names_the_place_and_nobody(
        self, bench: Bench, caplog: pytest.LogCaptureFixture
    ) -> None:
        bench.enqueue("ann@example.org")
        bench.errors = [OSError("ann@example.org is full")]
        with caplog.at_level(logging.INFO):
            bench.run(NOON)
        assert "attempt 1: OSError at" in caplog.text
        assert "test_jobs.py" in caplog.text
        assert "ann@example.org" not in caplog.text
        assert bench.only_job().last_error == "OSError"


class TestLeases:
    def test_many_workers_do_each_job_once(self, bench: Bench) -> None:
        for number in range(40):
            bench.enqueue(str(number))
        threads = [threading.Thread(target=bench.run, args=(NOON,)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        while bench.run(NOON):  # A worker may have stopped while another held the last lock.
            pass
        assert sorted(bench.done, key=int) == [str(number) for number in range(40)]

    @pytest.mark.parametrize("database", ["postgresql"], indirect=True)
    def test_a_worker_passes_over_what_another_is_just_taking(self, bench: Bench) -> None:
        bench.enqueue("a")
        bench.enqueue("b", NOON + MINUTE)
        with bench.database.writing() as session:
            taken = find_due(session, NOON + MINUTE)
            assert taken is not None
            assert taken.payload == {"what": "a"}
            assert bench.run(NOON + MINUTE) == 1
        assert bench.done == ["b"]

    def test_a_leased_job_is_left_alone_until_the_lease_runs_out(self, bench: Bench) -> None:
        bench.enqueue("a")
        found: list[int] = []

        def meanwhile(context: JobContext, payload: Mapping[str, str]) -> None:
            found.append(bench.run(NOON + 4 * MINUTE))
            found.append(bench.run(NOON + 6 * MINUTE))

        bench.run(NOON, {"note": meanwhile})
        assert found == [0, 1]

    def test_a_worker_that_outlived_its_lease_changes_nothing(self, bench: Bench) -> None:
        bench.enqueue("a")

        def slow(context: JobContext, payload: Mapping[str, str]) -> None:
            bench.run(NOON + 6 * MINUTE)
            raise OSError

        bench.run(NOON, {"note": slow})
        job = bench.only_job()
        assert job.done_at == NOON + 6 * MINUTE
        assert job.last_error is None

    def test_a_job_that_kills_its_worker_is_given_up_in_the_end(self, bench: Bench) -> None:
        def die(context: JobContext, payload: Mapping[str, str]) -> None:
            raise SystemExit

        bench.enqueue("a")
        now = NOON
        for _ in range(MOST_ATTEMPTS):
            with pytest.raises(SystemExit):
                bench.run(now, {"note": die})
            now += 6 * MINUTE
        assert bench.run(now) == 0
        assert bench.only_job().last_error == "Killed"
        assert bench.only_job().payload == {}

    def test_what_is_given_up_keeps_nothing_of_what_it_was_about(self, bench: Bench) -> None:
        bench.enqueue("sam@example.org")
        bench.errors = [NotWorthRetrying()]
        bench.run(NOON)
        job = bench.only_job()
        assert job.failed_at == NOON
        assert job.payload == {}

    def test_a_killed_worker_loses_no_job(self, bench: Bench) -> None:
        bench.enqueue("a")
        url = bench.database.engine.url.render_as_string(hide_password=False)
        program = f"""
import datetime as dt, os, signal
from frameworks.library import Library
from webapp.jobs import JobContext, Outbox, run_due
from webapp.jobs.store import find_due
from webapp.persistence import Database

def die(context, payload):
    os.kill(os.getpid(), signal.SIGKILL)

run_due(
    Database({url!r}), {{"note": die}}, dt.datetime.fromisoformat({NOON.isoformat()!r}),
    mailer=None, settings=None, library=Library.shipped(),
)
"""
        ended = subprocess.run([sys.executable, "-c", program], check=False)
        assert ended.returncode == -9
        assert bench.run(NOON + 4 * MINUTE) == 0
        assert bench.run(NOON + 6 * MINUTE) == 1
        assert bench.done == ["a"]


class TestForgetting:
    def test_finished_jobs_are_deleted_after_a_week(self, bench: Bench) -> None:
        bench.enqueue("done")
        bench.run(NOON)
        bench.enqueue("failed")
        bench.errors = [NotWorthRetrying()]
        bench.run(NOON)
        bench.enqueue("waiting", NOON + 60 * DAY)

        def forget(now: dt.datetime) -> int:
            with bench.database.writing() as session:
                return forget_finished(session, now)

        assert forget(NOON + 7 * DAY) == 0
        assert forget(NOON + 8 * DAY) == 1
        assert forget(NOON + 31 * DAY) == 1
        assert bench.only_job().payload == {"what": "waiting"}
