"""Say which files are needed, and delete the others."""

from __future__ import annotations

import datetime as dt
import uuid

from webapp.files import store
from webapp.files.filestore import FileStore
from webapp.persistence import Session

GRACE = dt.timedelta(hours=1)
"""How long a file stays that nothing needs: the transaction that names it may still run."""


def hold_file(session: Session, sha256: str, holder_id: uuid.UUID, now: dt.datetime) -> None:
    """Keep a file for as long as its holder, a row of another room, is not released."""
    store.add_hold(session, sha256, holder_id, now)


def release_file(session: Session, holder_id: uuid.UUID) -> bool:
    """End a hold; the file goes once nothing else holds it. False where there was none."""
    return store.delete_hold(session, holder_id)


def list_held(session: Session) -> tuple[str, ...]:
    """Return the digest of every file that something needs, in order."""
    return store.list_held(session)


def is_held(session: Session, sha256: str) -> bool:
    """Say whether anything needs a file."""
    return store.is_held(session, sha256)


def delete_unheld(session: Session, files: FileStore, sha256: str) -> bool:
    """Delete one file at once unless something holds it; say whether it was deleted.

    Only for content that nobody puts a second time: what is being put again might not be held yet.
    """
    return not store.is_held(session, sha256) and files.delete(sha256)


def forget_unheld(session: Session, files: FileStore, now: dt.datetime) -> int:
    """Delete the files that nothing holds and return how many; safe to repeat.

    A process may end between putting a file and naming it, or between releasing and deleting:
    what it leaves is found here.
    """
    before = now - GRACE
    files.clear_unfinished(before)
    return sum(
        files.delete_older(sha256, before)
        for sha256 in files.list_older(before)
        if not store.is_held(session, sha256)
    )
