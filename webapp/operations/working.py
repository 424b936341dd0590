"""The loop of a worker: what is due, and every hour what has to be tidied away."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable, Iterable

from webapp.config import Settings
from webapp.jobs import Handlers, JobContext, Mailer, run_next
from webapp.persistence import Database, DatabaseBusy, Session

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
    ) -> None:
        """Take what the jobs need; routines are safe to repeat."""
        self._database = database
        self._handlers = handlers
        self._routines = tuple(routines)
        self._mailer = mailer
        self._settings = settings
        self._clock = clock
        self._tidied_at: dt.datetime | None = None

    def work(self, stop: threading.Event, idle_seconds: float = IDLE_SECONDS) -> None:
        """Work until `stop` is set, which the job at hand may still finish."""
        while not stop.is_set():
            try:
                found = self.work_once()
            except Exception:
                # Such as a database that is being restarted: a worker outlives that.
                logger.exception("the worker could not get at its jobs")
                stop.wait(TROUBLE_SECONDS)
            else:
                if not found:
                    stop.wait(idle_seconds)

    def work_once(self) -> bool:
        """Tidy where it is time to, run one job that is due, and say whether there was one."""
        now = self._clock()
        if self._tidied_at is None or now - self._tidied_at >= BETWEEN_ROUTINES:
            self._tidied_at = now
            self._tidy(now)
        try:
            context = JobContext(self._database, self._mailer, self._settings, now)
            return run_next(context, self._handlers)
        except DatabaseBusy:
            return False

    def _tidy(self, now: dt.datetime) -> None:
        for routine in self._routines:
            more = True
            while more:
                more = self._run(routine, now)

    def _run(self, routine: Routine, now: dt.datetime) -> bool:
        with self._database.writing() as session:
            return routine(session, now) is True
