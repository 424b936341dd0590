"""Slow work goes on beside quick work, holds its lease, and is taken up again."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from sqlalchemy import select

from exports.worker import Press
from frameworks.library import Library
from tests.program import Clock
from webapp.config import Settings
from webapp.jobs import (
    Handlers,
    JobContext,
    Lane,
    LeaseLost,
    Mail,
    Slow,
    WorkerStops,
    enqueue,
    run_due,
    run_next,
)
from webapp.jobs.models import Job
from webapp.operations.working import Worker, work_side_by_side
from webapp.persistence import Database

NOON = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


class NoPost:
    def send(self, mail: Mail) -> None:
        raise AssertionError(mail)


class Bench:
    """A queue with a quick and a slow kind of job, and a clock that is moved by hand."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database = database
        self.settings = settings
        self.clock = Clock(NOON)
        self.done: list[str] = []
        self.stopping = False
        self.long: Callable[[JobContext], None] = lambda context: None

    def quick(self, context: JobContext, payload: Mapping[str, str]) -> None:
        self.done.append("quick")

    def slow(self, context: JobContext, payload: Mapping[str, str]) -> None:
        self.long(context)
        self.done.append("slow")

    @property
    def handlers(self) -> Handlers:
        return {"quick": self.quick, "slow": Slow(self.slow)}

    def enqueue(self, *kinds: str) -> None:
        with self.database.writing() as session:
            for kind in kinds:
                enqueue(session, kind, {}, self.clock.now)

    def context(self) -> JobContext:
        return JobContext(
            self.database,
            NoPost(),
            self.settings,
            self.clock.now,
            library=Library.shipped(self.settings.library),
            press=Press(processes=1),
            clock=self.clock,
            stopping=lambda: self.stopping,
        )

    def run(self, lane: Lane | None) -> bool:
        return run_next(self.context(), self.handlers, lane)

    def job(self) -> Job:
        with self.database.reading() as session:
            return session.scalars(select(Job)).one()


@pytest.fixture
def bench(database: Database, tmp_path: Path) -> Bench:
    environment = {"BOARDMARK_HOME": str(tmp_path), "BOARDMARK_SECRET_KEYS": "k" * 32}
    return Bench(database, Settings.from_environment(environment))


class TestLanes:
    def test_each_lane_passes_over_the_jobs_of_the_other(self, bench: Bench) -> None:
        bench.enqueue("slow", "quick", "slow")
        assert bench.run(Lane.QUICK)
        assert not bench.run(Lane.QUICK)
        assert bench.done == ["quick"]
        assert bench.run(Lane.SLOW)
        assert bench.run(Lane.SLOW)
        assert not bench.run(Lane.SLOW)
        assert bench.done == ["quick", "slow", "slow"]

    def test_without_a_lane_everything_is_done(self, bench: Bench) -> None:
        bench.enqueue("slow", "quick")
        options = {"mailer": NoPost(), "settings": bench.settings}
        assert run_due(bench.database, bench.handlers, NOON, **options) == 2  # type: ignore[arg-type]

    def test_a_kind_that_nobody_knows_is_met_in_the_quick_lane(self, bench: Bench) -> None:
        bench.enqueue("of a newer version")
        assert not bench.run(Lane.SLOW)
        assert bench.run(Lane.QUICK)
        assert bench.job().last_error == "_UnknownKind"

    def test_mail_goes_out_while_something_slow_is_done(self, bench: Bench) -> None:
        mail_went, stop = threading.Event(), threading.Event()

        def wait_for_mail(context: JobContext) -> None:
            assert mail_went.wait(20), "the quick job waited for the slow one"
            stop.set()

        def quick(context: JobContext, payload: Mapping[str, str]) -> None:
            mail_went.set()

        bench.long = wait_for_mail
        bench.enqueue("slow", "quick")
        handlers = {**bench.handlers, "quick": quick}
        work_side_by_side(
            [
                Worker(
                    bench.database,
                    handlers,
                    [],
                    mailer=NoPost(),
                    settings=bench.settings,
                    clock=bench.clock,
                    lane=lane,
                )
                for lane in Lane
            ],
            stop,
            idle_seconds=0.01,
        )
        assert bench.done == ["slow"]


class TestLeases:
    def test_whoever_says_so_keeps_a_job_for_as_long_as_it_takes(self, bench: Bench) -> None:
        taken: list[bool] = []

        def work_for_an_hour(context: JobContext) -> None:
            for _ in range(60):
                bench.clock.now += MINUTE
                context.still_working()
                taken.append(bench.run(Lane.SLOW))

        bench.long = work_for_an_hour
        bench.enqueue("slow")
        assert bench.run(Lane.SLOW)
        assert not any(taken)
        assert bench.done == ["slow"]
        assert bench.job().done_at == NOON + 60 * MINUTE

    def test_a_lease_is_renewed_now_and_then_and_not_for_every_row(self, bench: Bench) -> None:
        def hurry(context: JobContext) -> None:
            before = bench.job().leased_until
            for _ in range(1000):
                context.still_working()
            assert bench.job().leased_until == before

        bench.long = hurry
        bench.enqueue("slow")
        assert bench.run(Lane.SLOW)
        assert bench.done == ["slow"]

    def test_whoever_was_silent_for_too_long_learns_that_another_took_over(
        self, bench: Bench
    ) -> None:
        lost: list[bool] = []

        def fall_silent(context: JobContext) -> None:
            bench.long = lambda context: None
            bench.clock.now += 6 * MINUTE
            assert bench.run(Lane.SLOW), "nobody took it up after five minutes"
            try:
                context.still_working()
            except LeaseLost:
                lost.append(True)
                raise

        bench.long = fall_silent
        bench.enqueue("slow")
        assert bench.run(Lane.SLOW)
        assert lost == [True]
        assert bench.done == ["slow"], "both finished it"
        job = bench.job()
        assert (job.attempts, job.failed_at, job.last_error) == (2, None, None)
        assert job.done_at == NOON + 6 * MINUTE

    def test_a_worker_that_is_stopped_gives_a_slow_job_back_at_once(self, bench: Bench) -> None:
        def be_stopped(context: JobContext) -> None:
            bench.stopping = True
            with pytest.raises(WorkerStops):
                context.still_working()
            context.still_working()

        bench.long = be_stopped
        bench.enqueue("slow")
        assert bench.run(Lane.SLOW)
        assert (bench.job().attempts, bench.job().done_at) == (0, None)
        bench.stopping, bench.long = False, lambda context: None
        assert bench.run(Lane.SLOW)
        assert bench.done == ["slow"]
