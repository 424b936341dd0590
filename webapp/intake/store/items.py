"""Items: what came in, where each stands, its sources, and what happened to it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import delete, func, select, update

from webapp.consultations.consultation import Actor
from webapp.consultations.respondents import Channel
from webapp.intake.items import (
    OPEN,
    Arrival,
    AttachedAlready,
    EventKind,
    Item,
    ItemEvent,
    ItemMoved,
    ItemState,
    Source,
    Typist,
    UnknownItem,
)
from webapp.intake.models import (
    IntakeEventRow,
    IntakeItemRow,
    IntakeSourceRow,
    IntakeTypistRow,
)
from webapp.persistence import (
    IntegrityError,
    Session,
    guarded_update,
    new_id,
    savepoint,
    violated,
)

NUMBER_TRIES = 20


def add_item(
    session: Session, consultation_id: uuid.UUID, arrival: Arrival, now: dt.datetime
) -> uuid.UUID:
    """Add an item with the next number of its consultation, and return its id."""
    newest = select(func.coalesce(func.max(IntakeItemRow.number), 0)).where(
        IntakeItemRow.consultation_id == consultation_id
    )
    for _ in range(NUMBER_TRIES):
        row = IntakeItemRow(
            id=new_id(),
            consultation_id=consultation_id,
            number=(session.scalar(newest) or 0) + 1,
            channel=arrival.channel.value,
            received_at=arrival.received_at,
            is_time_known=arrival.is_time_known,
            note=arrival.note,
            words=arrival.words,
            state=ItemState.TRANSCRIBING.value,
            round=0,
            added_at=now,
            submission_id=None,
            reference="",
        )
        try:
            with savepoint(session):
                session.add(row)
        except IntegrityError as error:
            if violated(error) == "uq_intake_item__consultation_id_number":
                continue
            raise
        return row.id
    raise RuntimeError(f"no free number in {NUMBER_TRIES} tries")


def find_item(session: Session, item_id: uuid.UUID) -> Item | None:
    """Return an item, or None."""
    row = session.get(IntakeItemRow, item_id, populate_existing=True)
    return _item(row, _typists(session, [item_id])[item_id]) if row else None


def lock_item(session: Session, item_id: uuid.UUID) -> Item:
    """Return an item that nobody else changes before this transaction ends; or UnknownItem."""
    row = session.scalar(
        select(IntakeItemRow)
        .where(IntakeItemRow.id == item_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise UnknownItem("There is no such item")
    return _item(row, _typists(session, [item_id])[item_id])


def list_items(
    session: Session, consultation_id: uuid.UUID, states: Collection[ItemState], most: int | None
) -> tuple[Item, ...]:
    """Return the items in some states, those that were received first in front."""
    rows = session.scalars(
        select(IntakeItemRow)
        .where(
            IntakeItemRow.consultation_id == consultation_id,
            IntakeItemRow.state.in_([each.value for each in states]),
        )
        .order_by(IntakeItemRow.received_at, IntakeItemRow.number)
        .limit(most)
    ).all()
    typists = _typists(session, [row.id for row in rows])
    return tuple(_item(row, typists[row.id]) for row in rows)


def count_by_state(session: Session, consultation_id: uuid.UUID) -> dict[ItemState, int]:
    """Return how many items stand in each state."""
    rows = session.execute(
        select(IntakeItemRow.state, func.count())
        .where(IntakeItemRow.consultation_id == consultation_id)
        .group_by(IntakeItemRow.state)
    )
    return {ItemState(state): number for state, number in rows}


def count_open(session: Session, consultation_id: uuid.UUID) -> int:
    """Return with how many items somebody still has to do something."""
    counts = count_by_state(session, consultation_id)
    return sum(counts.get(each, 0) for each in OPEN)


def texts_of(session: Session, item_id: uuid.UUID) -> tuple[str, str]:
    """Return the note for colleagues and the words that came without a file."""
    row = session.execute(
        select(IntakeItemRow.note, IntakeItemRow.words).where(IntakeItemRow.id == item_id)
    ).one()
    return row.note, row.words


def change_item(
    session: Session, item: Item, before: Iterable[ItemState], after: ItemState, **values: Any
) -> None:
    """Move an item on from one of some states, in the round that it is in; or ItemMoved."""
    done = guarded_update(
        session,
        update(IntakeItemRow)
        .where(
            IntakeItemRow.id == item.id,
            IntakeItemRow.state.in_([each.value for each in before]),
            IntakeItemRow.round == item.round,
        )
        .values(state=after.value, **values),
    )
    if not done:
        raise ItemMoved("Somebody else handed this on first")


def erase_words(session: Session, item_ids: Collection[uuid.UUID]) -> None:
    """Erase the notes and the words of items."""
    session.execute(
        update(IntakeItemRow).where(IntakeItemRow.id.in_(item_ids)).values(note="", words="")
    )


def add_typist(session: Session, item_id: uuid.UUID, by: Actor, now: dt.datetime) -> None:
    """Note that somebody transcribed some of a locked item."""
    row = session.get(IntakeTypistRow, (item_id, by.account_id))
    if row is None:
        session.add(
            IntakeTypistRow(
                item_id=item_id, account_id=by.account_id, account_name=by.name, typed_at=now
            )
        )
    else:
        row.typed_at = now
    session.flush()


def add_event(
    session: Session,
    item_id: uuid.UUID,
    kind: EventKind,
    by: Actor,
    now: dt.datetime,
    *,
    detail: str = "",
    reason: str = "",
) -> None:
    """Record what happened to a locked item."""
    number = session.scalar(select(func.count()).where(IntakeEventRow.item_id == item_id))
    session.add(
        IntakeEventRow(
            id=new_id(),
            item_id=item_id,
            number=(number or 0) + 1,
            kind=kind.value,
            happened_at=now,
            account_id=by.account_id,
            account_name=by.name,
            detail=detail,
            reason=reason,
        )
    )
    session.flush()


def list_events(session: Session, item_id: uuid.UUID) -> tuple[ItemEvent, ...]:
    """Return what happened to an item, in order."""
    rows = session.scalars(
        select(IntakeEventRow)
        .where(IntakeEventRow.item_id == item_id)
        .order_by(IntakeEventRow.number)
    )
    return tuple(_event(row) for row in rows)


def list_all_events(
    session: Session, consultation_id: uuid.UUID
) -> tuple[tuple[int, Channel, ItemEvent], ...]:
    """Return what happened to every item of a consultation, with its number and how it came."""
    rows = session.execute(
        select(IntakeItemRow.number, IntakeItemRow.channel, IntakeEventRow)
        .join(IntakeEventRow, IntakeEventRow.item_id == IntakeItemRow.id)
        .where(IntakeItemRow.consultation_id == consultation_id)
        .order_by(IntakeEventRow.happened_at, IntakeItemRow.number, IntakeEventRow.number)
    )
    return tuple((number, Channel(channel), _event(row)) for number, channel, row in rows)


def add_source(session: Session, item_id: uuid.UUID, source: Source) -> None:
    """Attach a file to an item; raises AttachedAlready."""
    try:
        with savepoint(session):
            session.add(
                IntakeSourceRow(
                    id=source.id,
                    item_id=item_id,
                    sha256=source.sha256,
                    name=source.name,
                    kind=source.kind,
                    size=source.size,
                    text=source.text,
                    added_at=source.added_at,
                )
            )
    except IntegrityError as error:
        if violated(error) == "uq_intake_source__item_id_sha256":
            raise AttachedAlready("This very file is attached already") from error
        raise


def list_sources(session: Session, item_id: uuid.UUID) -> tuple[Source, ...]:
    """Return the files of an item, the first in front."""
    rows = session.scalars(
        select(IntakeSourceRow)
        .where(IntakeSourceRow.item_id == item_id)
        .order_by(IntakeSourceRow.added_at, IntakeSourceRow.id)
    )
    return tuple(
        Source(row.id, row.sha256, row.name, row.kind, row.size, row.text, row.added_at)
        for row in rows
    )


def count_kept(session: Session, consultation_id: uuid.UUID) -> int:
    """Count the files that are kept of items, and the items that have words of their own."""
    files = (
        select(func.count())
        .select_from(IntakeSourceRow)
        .join(IntakeItemRow, IntakeItemRow.id == IntakeSourceRow.item_id)
        .where(IntakeItemRow.consultation_id == consultation_id)
    )
    words = select(func.count()).where(
        IntakeItemRow.consultation_id == consultation_id, IntakeItemRow.words != ""
    )
    return (session.scalar(files) or 0) + (session.scalar(words) or 0)


def take_sources(session: Session, item_ids: Collection[uuid.UUID]) -> tuple[uuid.UUID, ...]:
    """Delete what is kept of the files of items, and return their ids, to release each."""
    rows = session.execute(
        delete(IntakeSourceRow)
        .where(IntakeSourceRow.item_id.in_(item_ids))
        .returning(IntakeSourceRow.id)
    )
    return tuple(row.id for row in rows)


def take_source(session: Session, item_id: uuid.UUID, source_id: uuid.UUID) -> str:
    """Delete what is kept of one file of an item and return its digest; or UnknownItem."""
    sha256: str | None = session.scalar(
        delete(IntakeSourceRow)
        .where(IntakeSourceRow.item_id == item_id, IntakeSourceRow.id == source_id)
        .returning(IntakeSourceRow.sha256)
    )
    if sha256 is None:
        raise UnknownItem("There is no such file")
    return sha256


def list_ids(session: Session, consultation_id: uuid.UUID) -> tuple[uuid.UUID, ...]:
    """Return the ids of every item of a consultation."""
    return tuple(
        session.scalars(
            select(IntakeItemRow.id).where(IntakeItemRow.consultation_id == consultation_id)
        )
    )


def _typists(
    session: Session, item_ids: Collection[uuid.UUID]
) -> defaultdict[uuid.UUID, tuple[Typist, ...]]:
    found: defaultdict[uuid.UUID, tuple[Typist, ...]] = defaultdict(tuple)
    rows = session.scalars(
        select(IntakeTypistRow)
        .where(IntakeTypistRow.item_id.in_(item_ids))
        .order_by(IntakeTypistRow.typed_at, IntakeTypistRow.account_id)
    )
    for row in rows:
        found[row.item_id] += (Typist(row.account_id, row.account_name),)
    return found


def _item(row: IntakeItemRow, typists: tuple[Typist, ...]) -> Item:
    return Item(
        id=row.id,
        consultation_id=row.consultation_id,
        number=row.number,
        channel=Channel(row.channel),
        received_at=row.received_at,
        is_time_known=row.is_time_known,
        state=ItemState(row.state),
        round=row.round,
        added_at=row.added_at,
        reference=row.reference,
        typists=typists,
    )


def _event(row: IntakeEventRow) -> ItemEvent:
    return ItemEvent(
        EventKind(row.kind),
        row.happened_at,
        row.account_id,
        row.account_name,
        row.detail,
        row.reason,
    )
