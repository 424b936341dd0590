"""What came in: noted, with its files, and taken out again where it is no response."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from exports.incoming.source_kinds import SourceKind
from webapp.consultations.consultation import Actor
from webapp.consultations.errors import NotReceivedThen
from webapp.consultations.opening import State, uk_day
from webapp.consultations.services import get_consultation, has_redactions
from webapp.files import FileStore, hold_file, release_file
from webapp.intake.form_reading import FormRead
from webapp.intake.items import (
    MOST_SOURCES,
    OPEN,
    Arrival,
    EventKind,
    Item,
    ItemEvent,
    ItemMoved,
    ItemState,
    Source,
    TooManySources,
    UnknownItem,
)
from webapp.intake.services.erasing import erase_removed
from webapp.intake.store import imports as import_store
from webapp.intake.store import items as store
from webapp.intake.store import transcriptions
from webapp.persistence import Session, new_id
from webapp.retention.services import is_held

SHOWN_OPEN = 500
SHOWN_ENDED = 100


@dataclass(frozen=True, slots=True)
class SentSource:
    """A file as somebody sent it: what it is by its content, and what it says."""

    name: str
    content: bytes
    kind: SourceKind
    text: str = ""


@dataclass(frozen=True, slots=True)
class ItemList:
    """The items of a consultation by where they stand, the longest waiting in front."""

    transcribing: tuple[Item, ...]
    checking: tuple[Item, ...]
    taken: tuple[Item, ...]
    removed: tuple[Item, ...]
    numbers: dict[ItemState, int]


def add_item(
    session: Session,
    files: FileStore,
    *,
    consultation_id: uuid.UUID,
    arrival: Arrival,
    sent: SentSource | None,
    read: FormRead | None,
    by: Actor,
    now: dt.datetime,
) -> uuid.UUID:
    """Note what came in, with its file and with what was read from it, and return its id.

    Raises NotReceivedThen.
    """
    consultation = get_consultation(session, consultation_id)
    opens_at = consultation.details.period.opens_at
    if consultation.state is State.DRAFT or uk_day(arrival.received_at) < uk_day(opens_at):
        raise NotReceivedThen("The consultation was not open yet on that day")
    if arrival.received_at > now:
        raise NotReceivedThen("That is still to come")
    item_id = store.add_item(session, consultation_id, arrival, now)
    store.add_event(session, item_id, EventKind.RECEIVED, by, now, detail=arrival.channel.value)
    if sent is not None:
        _attach(session, files, item_id, sent, by, now)
    if read is not None:
        transcription = read.transcription
        transcriptions.set_respondent(
            session, item_id, transcription.respondent, transcription.chosen
        )
        transcriptions.set_answers(session, item_id, transcription.typed)
        number = str(len(transcription.typed))
        store.add_event(session, item_id, EventKind.READ, by, now, detail=number)
    return item_id


def attach_source(
    session: Session,
    files: FileStore,
    *,
    item_id: uuid.UUID,
    sent: SentSource,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Attach another file to an item that is open.

    Raises UnknownItem, ItemMoved, AttachedAlready or TooManySources.
    """
    item = store.lock_item(session, item_id)
    require(item, *OPEN)
    if len(store.list_sources(session, item_id)) >= MOST_SOURCES:
        raise TooManySources(f"An item has at most {MOST_SOURCES} files: put pages into one PDF")
    _attach(session, files, item_id, sent, by, now)


def _attach(
    session: Session,
    files: FileStore,
    item_id: uuid.UUID,
    sent: SentSource,
    by: Actor,
    now: dt.datetime,
) -> None:
    sha256 = files.put(sent.content)
    source = Source(new_id(), sha256, sent.name, sent.kind.value, len(sent.content), sent.text, now)
    store.add_source(session, item_id, source)
    hold_file(session, sha256, source.id, now)
    store.add_event(session, item_id, EventKind.ATTACHED, by, now, detail=sha256)


def detach_source(
    session: Session, *, item_id: uuid.UUID, source_id: uuid.UUID, by: Actor, now: dt.datetime
) -> None:
    """Take a file off an item that is still transcribed; raises UnknownItem or ItemMoved."""
    item = store.lock_item(session, item_id)
    require(item, ItemState.TRANSCRIBING)
    if is_held(session, item.consultation_id):
        raise ItemMoved("Nothing of this consultation may be erased now, so the file stays.")
    sha256 = store.take_source(session, item_id, source_id)
    release_file(session, source_id)
    store.add_event(session, item_id, EventKind.DETACHED, by, now, detail=sha256)


def remove_item(
    session: Session, *, item_id: uuid.UUID, reason: str, by: Actor, now: dt.datetime
) -> None:
    """Take out what is no response: that it came stays, its words and files are erased.

    Raises UnknownItem or ItemMoved.
    """
    item = store.lock_item(session, item_id)
    require(item, *OPEN)
    store.change_item(session, item, OPEN, ItemState.REMOVED)
    erase_removed(session, item, now)
    store.add_event(session, item_id, EventKind.REMOVED, by, now, reason=reason)


def get_item(session: Session, consultation_id: uuid.UUID, item_id: uuid.UUID) -> Item:
    """Return an item of a consultation; raises UnknownItem."""
    found = store.find_item(session, item_id)
    if found is None or found.consultation_id != consultation_id:
        raise UnknownItem("There is no such item")
    return found


def list_items(session: Session, consultation_id: uuid.UUID) -> ItemList:
    """Return the items of a consultation by where they stand."""

    def of(state: ItemState, most: int) -> tuple[Item, ...]:
        return store.list_items(session, consultation_id, (state,), most)

    return ItemList(
        transcribing=of(ItemState.TRANSCRIBING, SHOWN_OPEN),
        checking=of(ItemState.CHECKING, SHOWN_OPEN),
        taken=of(ItemState.TAKEN, SHOWN_ENDED),
        removed=of(ItemState.REMOVED, SHOWN_ENDED),
        numbers=store.count_by_state(session, consultation_id),
    )


def count_waiting(session: Session, consultation_id: uuid.UUID) -> int:
    """Return with how many items and imports somebody still has to do something."""
    return store.count_open(session, consultation_id) + import_store.count_waiting(
        session, consultation_id
    )


def list_sources(session: Session, item_id: uuid.UUID) -> tuple[Source, ...]:
    """Return the files of an item, the first in front; none of one that is shown no more."""
    if not is_shown(session, item_id):
        return ()
    return store.list_sources(session, item_id)


def list_item_events(session: Session, item_id: uuid.UUID) -> tuple[ItemEvent, ...]:
    """Return what happened to an item, in order."""
    return store.list_events(session, item_id)


def texts_of(session: Session, item_id: uuid.UUID) -> tuple[str, str]:
    """Return the note for colleagues and the words that came without a file.

    Empty for what is shown no more.
    """
    if not is_shown(session, item_id):
        return "", ""
    return store.texts_of(session, item_id)


def is_shown(session: Session, item_id: uuid.UUID) -> bool:
    """Say whether what came as an item is still shown.

    Not where it was removed, which a hold may have kept, and not once words were taken out of
    the response: they would stand here as they were written.
    """
    item = store.find_item(session, item_id)
    if item is None or item.state is ItemState.REMOVED:
        return False
    return not item.reference or not has_redactions(session, item.consultation_id, item.reference)


def read_again(
    session: Session, *, item_id: uuid.UUID, reason: str, by: Actor, now: dt.datetime
) -> tuple[str, tuple[Source, ...]]:
    """Return the words and the files that came, and record who read them and why.

    Raises UnknownItem for what was removed.
    """
    item = store.lock_item(session, item_id)
    if item.state is ItemState.REMOVED:
        raise UnknownItem(f"item {item.number} was removed")
    store.add_event(session, item_id, EventKind.READ_AGAIN, by, now, reason=reason)
    _, words = store.texts_of(session, item_id)
    return words, store.list_sources(session, item_id)


def require(item: Item, *states: ItemState) -> None:
    """Raise ItemMoved unless an item is in one of some states."""
    if item.state not in states:
        raise ItemMoved(_WHERE[item.state])


_WHERE = {
    ItemState.TRANSCRIBING: "This is still being transcribed.",
    ItemState.CHECKING: "This was handed over to be checked.",
    ItemState.TAKEN: "This is a response already.",
    ItemState.REMOVED: "This was removed.",
}
