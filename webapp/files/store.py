"""Queries over which files are needed."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import delete, select

from webapp.files.models import FileHoldRow
from webapp.persistence import Session, guarded_update


def add_hold(session: Session, sha256: str, holder_id: uuid.UUID, now: dt.datetime) -> None:
    """Record that something needs a file."""
    session.add(FileHoldRow(holder_id=holder_id, sha256=sha256, held_at=now))
    session.flush()


def delete_hold(session: Session, holder_id: uuid.UUID) -> bool:
    """Record that something needs its file no longer; False where it needed none."""
    return guarded_update(session, delete(FileHoldRow).where(FileHoldRow.holder_id == holder_id))


def is_held(session: Session, sha256: str) -> bool:
    """Say whether anything needs a file."""
    statement = select(FileHoldRow.holder_id).where(FileHoldRow.sha256 == sha256).limit(1)
    return session.scalars(statement).first() is not None


def list_held(session: Session) -> tuple[str, ...]:
    """Return the digest of every file that something needs, in order."""
    held = select(FileHoldRow.sha256).distinct().order_by(FileHoldRow.sha256)
    return tuple(session.scalars(held))
