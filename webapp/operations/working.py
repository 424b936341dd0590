"""The loops of a worker: what is due, and every hour what has to be tidied away."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable, Iterable, Sequence

from exports.worker import Press
from frameworks.library import Library
from webapp.config import Settings
from webapp.jobs import Handlers, JobContext, Lane, Mailer, run_next
from webapp.persistence import Database, DatabaseBusy, Session
from webapp.retention.journal import Journal
from webapp.retention.services import flush_erasures

logger = logging.getLogger(__name__)

Routine = Callable[[Session, dt.datetime], object]
"""Tidies something away in a transaction of its own; True asks for another turn at once."""

IDLE_SECONDS = 1.0
TROUBLE_SECONDS = 10.0
BETWEEN_ROUTINES = dt.timedelta(hours=1)


class Worker:
    """Runs jobs until it is told to stop; any number may share a database."""

    def __init__(
        self,
        database: Database,
        handlers: Handlers,
        routines: Iterable[Routine],
        *,
        mailer: Mailer,
        settings: Settings,
        clock: Callable[[], dt.datetime],
        library: Library | None = None,
        press: Press | None = None,
        lane: Lane | None = None,
        after_erasing: Iterable[Routine] = (),
    ) -> None:
        """Take what the jobs need; routines are safe to repeat.

        Those for after erasing run as soon as somebody has erased something. They may be left
        out now and then, since an hourly routine does the same. Library and press are the
        installation's own where none is lent. Without a lane it does the jobs of both.
        """
        self._database = database
        self._handlers = handlers
        self._routines = tuple(routines)
        self._after_erasing = tuple(after_erasing)
        self._mailer = mailer
        self._settings = settings
        self._clock = clock
        self._library = library or Library.shipped(settings.library)
        self._press = press or Press(processes=1)
        self._lane = lane
        self._stop = threading.Event()
        self._tidied_at: dt.datetime | None = None

    def work(self, stop: threading.Event, idle_seconds: float = IDLE_SECONDS) -> None:
        """Work until `stop` is set; a quick job is still finished, a slow one given back."""
        self._stop = stop
        try:
            self._work(stop, idle_seconds)
        finally:
            self._press.close()

    def _work(self, stop: threading.Event, idle_seconds: float) -> None:
        while not stop.is_set():
            try:
                found = self.work_once()
            except Exception:
                # Such as a database that is being restarted: a worker outlives that.
                logger.exception("the worker could not get at its jobs")
                stop.wait(TROUBLE_SECONDS)
            else:
                if not found:
                    # Nothing is to be printed: the memory of what printed is worth more.
                    self._press.close()
                    stop.wait(idle_seconds)

    def work_once(self) -> bool:
        """Tidy where it is time to, run one job that is due, and say whether there was one."""
        now = self._clock()
        if self._tidied_at is None or now - self._tidied_at >= BETWEEN_ROUTINES:
            self._tidied_at = now
            self._tidy(now)
        try:
            # Before anything slow: until then only the database knows what must stay erased.
            if flush_erasures(self._database, Journal.of(self._settings.home), now):
                for routine in self._after_erasing:
                    self._run(routine, now)
            context = JobContext(
                self._database,
                self._mailer,
                self._settings,
                now,
                library=self._library,
                press=self._press,
                clock=self._clock,
                stopping=self._stop.is_set,
            )
            return run_next(context, self._handlers, self._lane)
        except DatabaseBusy:
            return False

    def _tidy(self, now: dt.datetime) -> None:
        for routine in self._routines:
            more = True
            while more:
                more = self._run(routine, now)
        if self._routines:
            # What was withdrawn or has been tidied away must not stay in SQLite's log for days.
            self._database.empty_log()

    def _run(self, routine: Routine, now: dt.datetime) -> bool:
        with self._database.writing() as session:
            return routine(session, now) is True


def work_side_by_side(
    workers: Sequence[Worker], stop: threading.Event, idle_seconds: float = IDLE_SECONDS
) -> None:
    """Let workers work in a thread each until `stop` is set and the last has ended."""
    threads = [
        threading.Thread(target=each.work, args=(stop, idle_seconds), name=f"worker-{number}")
        for number, each in enumerate(workers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
