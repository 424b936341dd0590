from __future__ import annotations

import datetime as dt
import logging
import threading
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from sqlalchemy import text

from webapp.config import Settings
from webapp.consultations.services import forget_drafts
from webapp.jobs import Handlers, JobContext, Mail, enqueue
from webapp.operations import working
from webapp.operations.routines import ROUTINES
from webapp.operations.working import Routine, Worker
from webapp.persistence import Database, Session
from webapp.retention.services import record_erasure

NOON = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)


class NoPost:
    def send(self, mail: Mail) -> None:
        raise AssertionError(mail)


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> dt.datetime:
        return self.now


class Bench:
    def __init__(self, database: Database, settings: Settings) -> None:
        self.database = database
        self.settings = settings
        self.clock = Clock()
        self.stop = threading.Event()
        self.tidied: list[dt.datetime] = []
        self.left_over = 0
        self.seen: list[tuple[str, dt.datetime]] = []

    def worker(
        self, handlers: Handlers | None = None, after_erasing: Iterable[Routine] = ()
    ) -> Worker:
        return Worker(
            self.database,
            handlers or {"note": self.note},
            [self.tidy],
            mailer=NoPost(),
            settings=self.settings,
            clock=self.clock,
            after_erasing=after_erasing,
        )

    def note(self, context: JobContext, payload: Mapping[str, str]) -> None:
        assert context.settings is self.settings
        self.seen.append((payload["what"], context.now))
        if payload["what"] == "last":
            self.stop.set()

    def tidy(self, session: Session, now: dt.datetime) -> bool:
        self.tidied.append(now)
        self.left_over -= 1
        return self.left_over >= 0

    def enqueue(self, what: str) -> None:
        with self.database.writing() as session:
            enqueue(session, "note", {"what": what}, NOON)


@pytest.fixture
def bench(database: Database, tmp_path: Path) -> Bench:
    environment = {"BOARDMARK_HOME": str(tmp_path), "BOARDMARK_SECRET_KEYS": "k" * 32}
    return Bench(database, Settings.from_environment(environment))


class TestWorker:
    def test_it_does_what_is_due_until_it_is_stopped(self, bench: Bench) -> None:
        for what in ("first", "last", "never"):
            bench.enqueue(what)
            bench.clock.now += dt.timedelta(seconds=1)
        bench.worker().work(bench.stop)
        assert [what for what, _now in bench.seen][-1] == "last"
        assert bench.stop.is_set()

    def test_each_job_gets_the_time_at_which_it_begins(self, bench: Bench) -> None:
        worker = bench.worker()
        bench.enqueue("a")
        assert worker.work_once()
        bench.clock.now += dt.timedelta(minutes=3)
        bench.enqueue("b")
        assert worker.work_once()
        assert bench.seen == [("a", NOON), ("b", NOON + dt.timedelta(minutes=3))]
        assert not worker.work_once()

    def test_it_tidies_once_an_hour(self, bench: Bench) -> None:
        worker = bench.worker()
        for minutes in (0, 30, 59, 60, 61, 119, 120):
            bench.clock.now = NOON + dt.timedelta(minutes=minutes)
            worker.work_once()
        assert bench.tidied == [NOON + dt.timedelta(hours=hours) for hours in (0, 1, 2)]

    @pytest.mark.parametrize("database", ["sqlite"], indirect=True)
    def test_what_was_deleted_is_gone_from_the_files_once_it_has_tidied(
        self, bench: Bench, tmp_path: Path
    ) -> None:
        bench.enqueue("canary")
        with bench.database.writing() as session:
            session.execute(text("DELETE FROM job"))

        def holding() -> list[str]:
            return [each.name for each in tmp_path.iterdir() if b"canary" in each.read_bytes()]

        assert holding() == ["boardmark.sqlite3-wal"]
        bench.worker().work_once()
        assert holding() == []

    def test_a_routine_that_left_something_gets_another_turn_at_once(self, bench: Bench) -> None:
        worker = bench.worker()
        bench.left_over = 2
        worker.work_once()
        assert bench.tidied == [NOON] * 3

    def test_what_follows_an_erasure_is_done_at_its_next_turn_and_not_by_the_hour(
        self, bench: Bench
    ) -> None:
        after: list[dt.datetime] = []
        worker = bench.worker(after_erasing=[lambda _session, now: after.append(now)])
        worker.work_once()
        assert after == []
        with bench.database.writing() as session:
            record_erasure(session, "response.withdrawn", uuid.uuid4(), NOON)
        bench.clock.now = NOON + dt.timedelta(seconds=1)
        worker.work_once()
        worker.work_once()
        assert after == [NOON + dt.timedelta(seconds=1)]

    def test_every_draft_that_was_sent_or_abandoned_is_tidied_away(self) -> None:
        assert forget_drafts in ROUTINES

    @pytest.mark.parametrize("database", ["sqlite"], indirect=True)
    def test_it_outlives_a_database_that_is_away(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setattr(working, "TROUBLE_SECONDS", 0.01)
        worker = bench.worker()
        bench.database.close()
        path = Path(bench.database.engine.url.database or "")
        away = path.with_suffix(".away")
        path.rename(away)
        path.symlink_to(path.parent / "nowhere" / path.name)
        thread = threading.Thread(target=worker.work, args=(bench.stop, 0.01))
        with caplog.at_level(logging.ERROR):
            thread.start()
            while "could not get at its jobs" not in caplog.text:
                bench.stop.wait(0.01)
        # In one step: a worker that came in between would make an empty database.
        away.replace(path)
        bench.enqueue("last")
        thread.join(10)
        assert [what for what, _now in bench.seen] == ["last"]
