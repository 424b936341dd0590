"""What a job is done with, and in which lane: quick ones never wait behind slow ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from exports.worker import Press
from frameworks.library import Library
from webapp.config import Settings
from webapp.jobs.mail import Mailer
from webapp.persistence import Database


class Lane(StrEnum):
    """Which of a worker’s two loops does a job."""

    QUICK = "quick"
    """Some seconds at most: mail, and slices of longer work."""
    SLOW = "slow"
    """Minutes: what cannot be done in slices, such as reading everything at one moment."""


class LeaseLost(Exception):
    """Another worker has taken a job up, since this one was not heard of for too long."""


class WorkerStops(Exception):
    """The worker is being stopped; the job at hand is taken up again by the next one."""


def nothing_to_renew() -> None:
    """Say to nobody that work goes on: what is done at once needs no renewal."""


def never_stopping() -> bool:
    """Say that nobody stops the worker."""
    return False


@dataclass(frozen=True, slots=True)
class JobContext:
    """What a handler works with; it opens its own transactions on the database.

    The press starts nothing before it is asked for a document. Work that takes longer than some
    seconds is done in slices, each enqueueing the next, or in the slow lane, calling
    `still_working` all the time: that renews the lease now and then, and raises LeaseLost or
    WorkerStops where there is no sense in going on. `clock` says what time it is then.
    """

    database: Database
    mailer: Mailer
    settings: Settings
    now: dt.datetime
    library: Library
    press: Press
    clock: Callable[[], dt.datetime] | None = None
    stopping: Callable[[], bool] = never_stopping
    still_working: Callable[[], None] = nothing_to_renew

    def present(self) -> dt.datetime:
        """Return the moment it is, which for long work is not the one at which it began."""
        return self.clock() if self.clock else self.now


Handler = Callable[[JobContext, Mapping[str, str]], None]


@dataclass(frozen=True, slots=True)
class Slow:
    """A handler that works in the slow lane."""

    handler: Handler

    def __call__(self, context: JobContext, payload: Mapping[str, str]) -> None:
        """Do the work."""
        self.handler(context, payload)


Handlers = Mapping[str, Handler]


def slow_kinds(handlers: Handlers) -> tuple[str, ...]:
    """Return the kinds of job that belong in the slow lane, in order."""
    return tuple(sorted(kind for kind, handler in handlers.items() if isinstance(handler, Slow)))
