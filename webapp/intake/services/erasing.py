"""Erasing words, files and waiting tables, and doing it again in a database out of a backup.

Under a hold what is to be erased stays, where nobody sees it, until the hold is lifted.
"""

from __future__ import annotations

import datetime as dt
import uuid

from webapp.consultations.consultation import Actor
from webapp.files import release_file
from webapp.intake.imports import Import, ImportState
from webapp.intake.items import OPEN, EventKind, Item, ItemState
from webapp.intake.store import imports as import_store
from webapp.intake.store import items as store
from webapp.intake.store import transcriptions
from webapp.persistence import Session
from webapp.retention.services import Erasers, is_held, record_erasure

ITEM_REMOVED = "intake.item"
IMPORT_DISCARDED = "intake.import"
ALL_ERASED = "intake.consultation"
REASON = "Erased with the words of the consultation."
REASON_AGAIN = "Done again after a restore, by the journal of erasures."
THE_PROGRAM = Actor(uuid.UUID(int=0), "Boardmark")
"""Who removes what nobody removed by hand."""


def erase_removed(session: Session, item: Item, now: dt.datetime) -> None:
    """Erase the words and files of an item that is removed, now or when a hold is lifted."""
    record_erasure(session, ITEM_REMOVED, item.id, now)
    if not is_held(session, item.consultation_id):
        erase_items(session, (item.id,))


def erase_discarded(session: Session, found: Import, now: dt.datetime) -> None:
    """Erase what a table said that is thrown away, now or when a hold is lifted."""
    record_erasure(session, IMPORT_DISCARDED, found.id, now)
    if not is_held(session, found.consultation_id):
        import_store.erase_rows(session, (found.id,))


def erase_intake(
    session: Session, consultation_id: uuid.UUID, *, now: dt.datetime, by: Actor = THE_PROGRAM
) -> int:
    """Erase what is left of what was taken in: files, notes, transcriptions, waiting tables.

    What still waited for somebody is removed. That it came, and who did what, stays. Returns how
    many files were released; a second time it erases nothing more. Whoever calls has looked for
    holds.
    """
    record_erasure(session, ALL_ERASED, consultation_id, now)
    return _erase_all(session, consultation_id, by, REASON, now)


def count_kept(session: Session, consultation_id: uuid.UUID) -> int:
    """Return how many files and words are kept of what came in, and tables that still wait."""
    waiting = import_store.count_waiting(session, consultation_id)
    return store.count_kept(session, consultation_id) + waiting


def erase_leftovers(session: Session, consultation_id: uuid.UUID) -> int:
    """Erase what a hold kept of removed items and of tables that were thrown away."""
    removed = store.list_items(session, consultation_id, (ItemState.REMOVED,), most=None)
    discarded = [
        each.id
        for each in import_store.list_imports(session, consultation_id)
        if each.state is ImportState.DISCARDED
    ]
    import_store.erase_rows(session, discarded)
    return erase_items(session, tuple(each.id for each in removed))


def erase_items(session: Session, item_ids: tuple[uuid.UUID, ...]) -> int:
    """Erase the words of items and release their files, and return how many files those were."""
    store.erase_words(session, item_ids)
    transcriptions.erase_transcriptions(session, item_ids)
    released = store.take_sources(session, item_ids)
    for source_id in released:
        release_file(session, source_id)
    return len(released)


def _erase_all(
    session: Session, consultation_id: uuid.UUID, by: Actor, reason: str, now: dt.datetime
) -> int:
    for item in store.list_items(session, consultation_id, OPEN, most=None):
        _remove(session, item.id, by, reason, now)
    released = erase_items(session, store.list_ids(session, consultation_id))
    imports = import_store.list_imports(session, consultation_id)
    for each in imports:
        _discard(session, each, by, reason, now)
    ended = [each.id for each in imports if each.state is not ImportState.TAKING]
    import_store.erase_rows(session, ended)
    import_store.erase_names(session, consultation_id)
    return released


def _remove(session: Session, item_id: uuid.UUID, by: Actor, reason: str, now: dt.datetime) -> None:
    item = store.lock_item(session, item_id)
    if item.state in OPEN:
        store.change_item(session, item, OPEN, ItemState.REMOVED)
        store.add_event(session, item_id, EventKind.REMOVED, by, now, reason=reason)


def _discard(session: Session, found: Import, by: Actor, reason: str, now: dt.datetime) -> None:
    if found.state is ImportState.WAITING:
        import_store.change_import(
            session,
            found.id,
            (ImportState.WAITING,),
            ImportState.DISCARDED,
            ended_at=now,
            ended_by=by.name,
            reason=reason,
        )


def _remove_again(session: Session, item_id: uuid.UUID, at: dt.datetime) -> None:
    item = store.find_item(session, item_id)
    if item is None or item.state is ItemState.TAKEN:
        return
    _remove(session, item_id, THE_PROGRAM, REASON_AGAIN, at)
    if not is_held(session, item.consultation_id):
        erase_items(session, (item_id,))


def _discard_again(session: Session, import_id: uuid.UUID, at: dt.datetime) -> None:
    found = import_store.find_import(session, import_id)
    if found is None:
        return
    _discard(session, found, THE_PROGRAM, REASON_AGAIN, at)
    if not is_held(session, found.consultation_id):
        import_store.erase_rows(session, (import_id,))


def _all_again(session: Session, consultation_id: uuid.UUID, at: dt.datetime) -> None:
    _erase_all(session, consultation_id, THE_PROGRAM, REASON_AGAIN, at)


ERASERS: Erasers = {
    ITEM_REMOVED: _remove_again,
    IMPORT_DISCARDED: _discard_again,
    ALL_ERASED: _all_again,
}
"""What a restore does again, by the kind that the journal names."""
