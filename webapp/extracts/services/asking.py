"""Asking for exports, calling them off, and deleting them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from contextlib import suppress

from webapp.consultations.consultation import Actor
from webapp.extracts.extract import (
    DELETABLE,
    KEPT,
    LONGEST_MAKING,
    MOST_UNDER_WAY,
    UNDER_WAY,
    Extract,
    ExtractChanged,
    ExtractState,
    Options,
    TooManyUnderWay,
)
from webapp.extracts.services.making import CLEAR_EXTRACT, MAKE_EXTRACT, fail_extract
from webapp.extracts.store import extracts as store
from webapp.extracts.store import responses
from webapp.files import release_file
from webapp.jobs import enqueue
from webapp.persistence import Session, new_id

MOST_AT_ONCE = 50
HELD_ERASED = "It held words or names that were taken out or erased since. Make it again."
TOOK_TOO_LONG = "It took longer than a day. Ask again, or ask for less at a time."

find_extract = store.find_extract
list_extracts = store.list_extracts


def request_extract(
    session: Session, consultation_id: uuid.UUID, options: Options, *, by: Actor, now: dt.datetime
) -> Extract:
    """Ask for an export, which a worker makes; raises TooManyUnderWay."""
    if store.count_under_way(session, consultation_id) >= MOST_UNDER_WAY:
        raise TooManyUnderWay(consultation_id)
    extract = Extract(
        id=new_id(),
        consultation_id=consultation_id,
        options=options,
        created_at=now,
        created_by=by.name,
    )
    store.add_extract(session, extract, by)
    enqueue(session, MAKE_EXTRACT, {"extract": str(extract.id)}, now)
    return extract


def cancel_extract(session: Session, extract_id: uuid.UUID, by: Actor, now: dt.datetime) -> None:
    """Stop making an export; ExtractChanged where it has ended. The worker notices soon."""
    store.change_state(
        session,
        extract_id,
        UNDER_WAY,
        ExtractState.CANCELLED,
        attempt=None,
        ended_at=now,
        ended_by=by.name,
    )


def delete_extract(
    session: Session,
    extract_id: uuid.UUID,
    now: dt.datetime,
    by: Actor | None = None,
    reason: str = "",
) -> None:
    """Delete the file of an export that is not being made; else ExtractChanged.

    That it was made, of what and by whom stays. Without `by` it was its time, or there is a
    reason, which its page shows.
    """
    extract = store.get_extract(session, extract_id)
    store.change_state(
        session,
        extract_id,
        DELETABLE,
        ExtractState.DELETED,
        deleted_at=now,
        deleted_by=by.name if by else "",
        reason=reason or extract.reason,
    )
    if extract.finished:
        release_file(session, extract_id)
        enqueue(session, CLEAR_EXTRACT, {"file": extract.finished.sha256}, now)


def is_outdated(session: Session, extract: Extract) -> bool:
    """Say whether words or names were taken out or erased since an export was read."""
    return bool(list_outdated(session, [extract]))


def list_outdated(session: Session, extracts: Iterable[Extract]) -> tuple[Extract, ...]:
    """Return those exports that hold words or names that were taken out or erased since."""
    there = [each for each in extracts if each.state is ExtractState.FINISHED]
    about = {each.consultation_id for each in there}
    marks = {each: responses.words_mark(session, each) for each in about}
    return tuple(each for each in there if each.words_mark != marks[each.consultation_id])


def delete_outdated(session: Session, now: dt.datetime) -> None:
    """Delete every export that holds words or names that were taken out or erased since."""
    for extract in list_outdated(session, store.list_finished(session)):
        # Where two workers are at it, one of them deletes it.
        with suppress(ExtractChanged):
            delete_extract(session, extract.id, now, reason=HELD_ERASED)


def forget_old_extracts(session: Session, now: dt.datetime) -> bool:
    """Delete exports that are a week old or hold what was taken out since; give up stuck ones.

    True where there may be more.
    """
    stuck = store.list_old(session, now - LONGEST_MAKING, UNDER_WAY, MOST_AT_ONCE)
    for extract in stuck:
        fail_extract(session, extract.id, TOOK_TOO_LONG, now)
    old = store.list_old(session, now - KEPT, DELETABLE, MOST_AT_ONCE)
    for extract in old:
        delete_extract(session, extract.id, now)
    delete_outdated(session, now)
    return MOST_AT_ONCE in (len(stuck), len(old))
