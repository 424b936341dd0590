"""Enqueue work, and run what is due: at least once, also when a worker is killed."""

from __future__ import annotations

import datetime as dt
import itertools
import logging
import traceback
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from exports.worker import Press
from frameworks.library import Library
from webapp.config import Settings
from webapp.jobs import store
from webapp.jobs.lanes import (
    Handlers,
    JobContext,
    Lane,
    LeaseLost,
    WorkerStops,
    slow_kinds,
)
from webapp.jobs.mail import Mailer
from webapp.jobs.retries import MOST_ATTEMPTS, NotWorthRetrying, delay_after
from webapp.persistence import Database, DatabaseBusy, Session, new_id

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=5)
RENEWED_AFTER = dt.timedelta(seconds=30)
KEPT_DONE = dt.timedelta(days=7)
KEPT_FAILED = dt.timedelta(days=30)


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

    An error of a handler is logged and the job tried again later; none is raised here. Jobs of
    both lanes are run one after the other. Library and press are the installation's own where
    none is lent.
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


def run_next(context: JobContext, handlers: Handlers, lane: Lane | None = None) -> bool:
    """Run the job of a lane that has been due the longest, of any where none is given.

    False if there is none. A kind that nobody knows here belongs in the quick lane.
    """
    kinds = store.Kinds(slow_kinds(handlers), lane)
    with context.database.reading() as session:
        # Looking first leaves the writers of a SQLite file alone while nothing is due.
        if not store.has_due(session, context.now, kinds):
            return False
    with context.database.writing() as session:
        lease = _take_lease(session, context.now, kinds)
    if lease is None:
        return False
    renewal = _Renewal(context, lease)
    try:
        handler = handlers.get(lease.kind)
        if handler is None:
            raise _UnknownKind(lease.kind)
        handler(replace(context, still_working=renewal), lease.payload)
    except LeaseLost:
        logger.warning("job %s %s outlived its lease", lease.kind, lease.job_id)
    except WorkerStops:
        _give_back(context, lease)
    except Exception as error:
        _log(lease, error)
        _put_off(context, lease, error)
    else:
        with context.database.writing() as session:
            if not store.end_lease(
                session, lease.job_id, lease.lease, done_at=context.present(), payload={}
            ):
                logger.warning("job %s %s outlived its lease", lease.kind, lease.job_id)
    return True


class _Renewal:
    """Renews a lease while its work goes on, so that nobody else takes the job up."""

    def __init__(self, context: JobContext, lease: Lease) -> None:
        self._context = context
        self._lease = lease
        self._renewed_at = context.now

    def __call__(self) -> None:
        if self._context.stopping():
            raise WorkerStops
        now = self._context.present()
        if now - self._renewed_at < RENEWED_AFTER:
            return
        try:
            with self._context.database.writing() as session:
                held = store.renew_lease(
                    session, self._lease.job_id, self._lease.lease, now + LEASE
                )
        except DatabaseBusy:
            # There is time for another try: a lease is much longer than this.
            return
        if not held:
            raise LeaseLost
        self._renewed_at = now


def forget_finished(session: Session, now: dt.datetime) -> int:
    """Delete jobs that ended long ago, with what they held; return how many."""
    return store.delete_ended(session, now - KEPT_DONE, now - KEPT_FAILED)


def requeue_leased(session: Session) -> int:
    """Let every job that a worker had in hand be taken up again, now; return how many."""
    return store.end_leases(session)


def count_failed(session: Session) -> int:
    """Count the jobs that were given up and are still kept."""
    return store.count_failed(session)


def _take_lease(session: Session, now: dt.datetime, kinds: store.Kinds) -> Lease | None:
    while job := store.find_due(session, now, kinds):
        if job.attempts < MOST_ATTEMPTS:
            job.attempts += 1
            job.lease, job.leased_until = new_id(), now + LEASE
            return Lease(job.id, job.lease, job.kind, job.payload, job.attempts)
        # Counted when it is leased, so that a job which kills its worker ends as well.
        job.lease, job.leased_until = None, None
        job.failed_at, job.last_error, job.payload = now, "Killed", {}
        session.flush()
    return None


def _give_back(context: JobContext, lease: Lease) -> None:
    """Let the next worker begin the job anew at once; being stopped is no failed attempt."""
    with context.database.writing() as session:
        store.end_lease(session, lease.job_id, lease.lease, attempts=lease.attempts - 1)


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
                failed_at=context.present(),
                last_error=name,
                payload={},
            )
        else:
            store.end_lease(
                session,
                lease.job_id,
                lease.lease,
                run_at=context.present() + delay,
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
