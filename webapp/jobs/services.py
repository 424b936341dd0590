"""Enqueue work, and run what is due: at least once, also when a worker is killed."""

from __future__ import annotations

import datetime as dt
import itertools
import logging
import traceback
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from exports.worker import Press
from frameworks.library import Library
from webapp.config import Settings
from webapp.jobs import store
from webapp.jobs.mail import Mailer
from webapp.jobs.retries import MOST_ATTEMPTS, NotWorthRetrying, delay_after
from webapp.persistence import Database, Session, new_id

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=5)
KEPT_DONE = dt.timedelta(days=7)
KEPT_FAILED = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class JobContext:
    """What a handler works with; it opens its own transactions on the database.

    The press starts nothing before it is asked for a document. Work that takes longer than some
    seconds is done in slices, each enqueueing the next: mail must not wait behind it.
    """

    database: Database
    mailer: Mailer
    settings: Settings
    now: dt.datetime
    library: Library
    press: Press


Handler = Callable[[JobContext, Mapping[str, str]], None]
Handlers = Mapping[str, Handler]


@dataclass(frozen=True, slots=True)
class Lease:
    """One attempt at a job, which is this worker's alone until the lease runs out."""

    job_id: uuid.UUID
    lease: uuid.UUID
    kind: str
    payload: Mapping[str, str]
    attempts: int


class _UnknownKind(Exception):
    """No handler is known for this kind; an older worker may meet a newer job."""


def enqueue(
    session: Session,
    kind: str,
    payload: Mapping[str, str],
    now: dt.datetime,
    run_at: dt.datetime | None = None,
) -> uuid.UUID:
    """Add a job to the caller's transaction, due now or at `run_at`, and return its id.

    A payload holds ids and never a secret: what must stay secret is made by the handler.
    """
    for name, value in payload.items():
        if not isinstance(value, str):
            raise TypeError(f"'{name}' in the payload of {kind} must be text")
    return store.add_job(session, kind, dict(payload), now, run_at or now)


def is_planned(session: Session, kind: str, payload: Mapping[str, str]) -> bool:
    """Say whether such a job waits or is being done, for who would plan it again by the hour."""
    return dict(payload) in store.list_waiting(session, kind)


def cancel(session: Session, kind: str, unwanted: Callable[[Mapping[str, str]], bool]) -> None:
    """Delete the jobs of a kind that still wait and whose payload is unwanted, with all in them.

    What a worker has in hand at this moment is still done.
    """
    store.delete_waiting(session, kind, unwanted)


def run_due(
    database: Database,
    handlers: Handlers,
    now: dt.datetime,
    *,
    mailer: Mailer,
    settings: Settings,
    library: Library | None = None,
    press: Press | None = None,
    most: int | None = None,
) -> int:
    """Run what is due, also what that work itself makes due now; return how many attempts.

    An error of a handler is logged and the job tried again later; none is raised here. Library
    and press are the installation's own where none is lent.
    """
    context = JobContext(
        database,
        mailer,
        settings,
        now,
        library=library or Library.shipped(settings.library),
        press=press or Press(processes=1),
    )
    for number in itertools.count() if most is None else range(most):
        if not run_next(context, handlers):
            return number
    return most or 0


def run_next(context: JobContext, handlers: Handlers) -> bool:
    """Run the job that has been due the longest; False if there is none."""
    with context.database.reading() as session:
        # Looking first leaves the writers of a SQLite file alone while nothing is due.
        if not store.has_due(session, context.now):
            return False
    with context.database.writing() as session:
        lease = _take_lease(session, context.now)
    if lease is None:
        return False
    try:
        handler = handlers.get(lease.kind)
        if handler is None:
            raise _UnknownKind(lease.kind)
        handler(context, lease.payload)
    except Exception as error:
        _log(lease, error)
        _put_off(context, lease, error)
    else:
        with context.database.writing() as session:
            if not store.end_lease(
                session, lease.job_id, lease.lease, done_at=context.now, payload={}
            ):
                logger.warning("job %s %s outlived its lease", lease.kind, lease.job_id)
    return True


def forget_finished(session: Session, now: dt.datetime) -> int:
    """Delete jobs that ended long ago, with what they held; return how many."""
    return store.delete_ended(session, now - KEPT_DONE, now - KEPT_FAILED)


def count_failed(session: Session) -> int:
    """Count the jobs that were given up and are still kept."""
    return store.count_failed(session)


def _take_lease(session: Session, now: dt.datetime) -> Lease | None:
    while job := store.find_due(session, now):
        if job.attempts < MOST_ATTEMPTS:
            job.attempts += 1
            job.lease, job.leased_until = new_id(), now + LEASE
            return Lease(job.id, job.lease, job.kind, job.payload, job.attempts)
        # Counted when it is leased, so that a job which kills its worker ends as well.
        job.lease, job.leased_until = None, None
        job.failed_at, job.last_error, job.payload = now, "Killed", {}
        session.flush()
    return None


def _put_off(context: JobContext, lease: Lease, error: Exception) -> None:
    delay = None if isinstance(error, NotWorthRetrying) else delay_after(lease.attempts)
    name = type(error).__name__[:100]
    with context.database.writing() as session:
        if delay is None:
            # Nobody takes it up again, and it may hold an address.
            store.end_lease(
                session,
                lease.job_id,
                lease.lease,
                failed_at=context.now,
                last_error=name,
                payload={},
            )
        else:
            store.end_lease(
                session,
                lease.job_id,
                lease.lease,
                run_at=context.now + delay,
                last_error=name,
            )


def _log(lease: Lease, error: Exception) -> None:
    # The text of an error may name a person or hold an address, so only its kind and place.
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    places = ", ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))
    logger.error(
        "job %s %s, attempt %d: %s at %s",
        lease.kind,
        lease.job_id,
        lease.attempts,
        type(error).__name__,
        places,
    )
