"""Record what was erased, keep it in the journal, and hold back what must not be erased."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping

from webapp.persistence import Database, Session, new_id
from webapp.retention import store
from webapp.retention.holds import HOLD_LIFTED, HOLD_PLACED, HoldEvent, HoldKeeper, HoldsClash
from webapp.retention.journal import Erasure, Journal
from webapp.retention.records import ErasureRecord, ErasureWarning

Eraser = Callable[[Session, uuid.UUID, dt.datetime], None]
"""Erases a subject once more: takes its id and when it was erased; an unknown id is no error."""

Erasers = Mapping[str, Eraser]

AT_ONCE = 500

AFTER_A_RESTORE = HoldKeeper(uuid.UUID(int=0), "Boardmark")
REASON_AFTER_A_RESTORE = (
    "Done again after a restore, by the journal: who decided and why is in the database that was "
    "set aside."
)


class UnknownErasure(Exception):
    """A journal has a kind of erasure that this program does not know; a newer one may."""


def record_erasure(session: Session, kind: str, subject_id: uuid.UUID, now: dt.datetime) -> None:
    """Record, in the transaction that erases, what must stay erased after a restore as well.

    `kind` is a key of the room's `ERASERS`, which erase it again. No person follows from the id.
    """
    store.add_erasures(session, [Erasure(now, new_id(), kind, subject_id)])


def flush_erasures(database: Database, journal: Journal, now: dt.datetime) -> int:
    """Write into the journal what it does not say yet and return how much that was.

    It opens its own transactions: nobody who writes waits for the disk. Killed in between, it
    writes the same lines again, which does no harm.
    """
    written = 0
    while True:
        with database.reading() as session:
            found = store.list_unwritten(session, AT_ONCE)
        if not found:
            return written
        journal.add(found)
        with database.writing() as session:
            store.mark_written(session, [each.id for each in found], now)
        written += len(found)


def list_erasures(session: Session) -> tuple[Erasure, ...]:
    """Return everything that this database knows was erased, in order."""
    return store.list_all(session)


def replay_erasures(
    session: Session, erasures: Iterable[Erasure], erasers: Erasers, now: dt.datetime
) -> int:
    """Erase again, in order, what this database has not been through; return how much.

    What it has been through is in the database as it became afterwards, and stays. Raises
    UnknownErasure before anything is erased.
    """
    wanted = sorted(erasures)
    known = store.list_known(session, (each.id for each in wanted))
    missing = [each for each in wanted if each.id not in known]
    if strange := sorted({each.kind for each in missing} - set(erasers)):
        raise UnknownErasure(
            f"The journal of erasures knows kinds that this program does not: {', '.join(strange)}"
        )
    for each in missing:
        erasers[each.kind](session, each.subject_id, each.happened_at)
    store.add_erasures(session, missing, written_at=now)
    return len(missing)


def is_held(session: Session, subject_id: uuid.UUID) -> bool:
    """Say whether a subject is under a hold, which nobody changes before this transaction ends."""
    store.lock_subject(session, subject_id)
    return store.count_hold_events(session, subject_id) % 2 == 1


def list_held(session: Session) -> frozenset[uuid.UUID]:
    """Return every subject that is under a hold now."""
    return store.list_held(session)


def place_hold(
    session: Session, subject_id: uuid.UUID, *, by: HoldKeeper, reason: str, now: dt.datetime
) -> None:
    """Let nothing of a subject be erased until the hold is lifted; raises HoldsClash.

    Warnings about it are taken back: once the hold is lifted, people are warned afresh.
    """
    _change_hold(session, subject_id, by, reason, now, is_to_be_placed=True)
    record_erasure(session, HOLD_PLACED, subject_id, now)
    store.delete_warnings(session, subject_id)


def lift_hold(
    session: Session, subject_id: uuid.UUID, *, by: HoldKeeper, reason: str, now: dt.datetime
) -> None:
    """End a hold; raises HoldsClash where there is none any more."""
    _change_hold(session, subject_id, by, reason, now, is_to_be_placed=False)
    record_erasure(session, HOLD_LIFTED, subject_id, now)


def list_hold_events(session: Session, subject_ids: Collection[uuid.UUID]) -> tuple[HoldEvent, ...]:
    """Return who placed and lifted holds on these subjects and why, newest first."""
    return store.list_hold_events(session, subject_ids)


def warn(session: Session, warning: ErasureWarning) -> bool:
    """Note that people are warned; False where they were already."""
    return store.add_warning(session, warning)


def list_warnings(session: Session) -> tuple[ErasureWarning, ...]:
    """Return every warning that still stands, those that come true first in front."""
    return store.list_warnings(session)


def record_deletion(session: Session, record: ErasureRecord) -> None:
    """Record that a class of a subject was erased; its warning has come true."""
    store.add_record(session, record)
    store.delete_warnings(session, record.subject_id, record.class_key)


def list_records(session: Session, subject_ids: Collection[uuid.UUID]) -> tuple[ErasureRecord, ...]:
    """Return what was erased of these subjects, newest first."""
    return store.list_records(session, subject_ids)


def _change_hold(
    session: Session,
    subject_id: uuid.UUID,
    by: HoldKeeper,
    reason: str,
    now: dt.datetime,
    *,
    is_to_be_placed: bool,
) -> None:
    held = is_held(session, subject_id)
    if held is is_to_be_placed:
        raise HoldsClash("This hold is in place already" if held else "There is no hold any more")
    number = store.count_hold_events(session, subject_id) + 1
    store.add_hold_event(session, subject_id, number, by, reason, now)


def _hold_again(session: Session, subject_id: uuid.UUID, at: dt.datetime) -> None:
    if not is_held(session, subject_id):
        _change_hold(
            session, subject_id, AFTER_A_RESTORE, REASON_AFTER_A_RESTORE, at, is_to_be_placed=True
        )


def _lift_again(session: Session, subject_id: uuid.UUID, at: dt.datetime) -> None:
    if is_held(session, subject_id):
        _change_hold(
            session, subject_id, AFTER_A_RESTORE, REASON_AFTER_A_RESTORE, at, is_to_be_placed=False
        )


ERASERS: Erasers = {HOLD_PLACED: _hold_again, HOLD_LIFTED: _lift_again}
"""Not erasures, but what must be known before anything else is erased again."""
