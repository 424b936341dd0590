"""Queries on the rows of work for later."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select, true, update

from webapp.jobs.lanes import Lane
from webapp.jobs.models import Job
from webapp.persistence import Session, guarded_update, new_id


@dataclass(frozen=True, slots=True)
class Kinds:
    """Which kinds of job somebody looks for: those of a lane, or all of them."""

    slow: tuple[str, ...] = ()
    lane: Lane | None = None

    def condition(self) -> ColumnElement[bool]:
        """Return the condition for jobs of these kinds."""
        if self.lane is Lane.SLOW:
            return Job.kind.in_(self.slow)
        if self.lane is Lane.QUICK:
            return Job.kind.not_in(self.slow)
        return true()


ANY_KIND = Kinds()
NOT_ENDED = Job.done_at.is_(None) & Job.failed_at.is_(None)


def add_job(
    session: Session, kind: str, payload: dict[str, str], now: dt.datetime, run_at: dt.datetime
) -> uuid.UUID:
    """Add a job and return its id."""
    job = Job(id=new_id(), kind=kind, payload=payload, enqueued_at=now, run_at=run_at)
    session.add(job)
    return job.id


def has_due(session: Session, now: dt.datetime, kinds: Kinds = ANY_KIND) -> bool:
    """Say whether a job waits to be leased."""
    return session.scalar(select(Job.id).where(_due(now, kinds)).limit(1)) is not None


def list_waiting(session: Session, kind: str) -> tuple[dict[str, str], ...]:
    """Return the payloads of the jobs of a kind that have not ended, those due first in front."""
    statement = select(Job.payload).where(Job.kind == kind, NOT_ENDED)
    return tuple(session.scalars(statement.order_by(Job.run_at, Job.id)))


def delete_waiting(
    session: Session, kind: str, unwanted: Callable[[Mapping[str, str]], bool]
) -> None:
    """Delete the jobs of a kind that have not ended and whose payload is unwanted."""
    rows = session.execute(select(Job.id, Job.payload).where(Job.kind == kind, NOT_ENDED))
    ids = [job_id for job_id, payload in rows if unwanted(payload)]
    session.execute(delete(Job).where(Job.id.in_(ids)))


def find_due(session: Session, now: dt.datetime, kinds: Kinds = ANY_KIND) -> Job | None:
    """Return the job that has been due the longest and lock it, passing over locked ones."""
    # SQLite has no row locks and leaves the clause out: there, one transaction writes at a time.
    statement = select(Job).where(_due(now, kinds)).order_by(Job.run_at).limit(1)
    return session.scalars(statement.with_for_update(skip_locked=True)).first()


def end_lease(session: Session, job_id: uuid.UUID, lease: uuid.UUID, **values: Any) -> bool:
    """Set what came of a lease; False where it has run out and another worker holds the job."""
    statement = update(Job).where(Job.id == job_id, Job.lease == lease)
    return guarded_update(session, statement.values(lease=None, leased_until=None, **values))


def renew_lease(session: Session, job_id: uuid.UUID, lease: uuid.UUID, until: dt.datetime) -> bool:
    """Hold a job for longer; False where another worker holds it, or nobody any more."""
    statement = update(Job).where(Job.id == job_id, Job.lease == lease, NOT_ENDED)
    return guarded_update(session, statement.values(leased_until=until))


def end_leases(session: Session) -> int:
    """Take every job out of the hands of whoever has it; return how many."""
    statement = update(Job).where(Job.leased_until.is_not(None), NOT_ENDED)
    freed = session.connection().execute(statement.values(lease=None, leased_until=None))
    return freed.rowcount


def delete_ended(session: Session, done: dt.datetime, failed: dt.datetime) -> int:
    """Delete the jobs that were done or given up before these moments; return how many."""
    old = or_(Job.done_at < done, Job.failed_at < failed)
    return len(session.scalars(delete(Job).where(old).returning(Job.id)).all())


def count_failed(session: Session) -> int:
    """Count the jobs that were given up."""
    return session.scalar(select(func.count()).where(Job.failed_at.is_not(None))) or 0


def _due(now: dt.datetime, kinds: Kinds) -> ColumnElement[bool]:
    free = or_(Job.leased_until.is_(None), Job.leased_until <= now)
    return NOT_ENDED & (Job.run_at <= now) & free & kinds.condition()
