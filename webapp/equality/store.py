"""Queries over sealed forms, the key that seals them, and counts."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import delete, insert, select, text

from webapp.equality.counting import Answer, Count
from webapp.equality.models import EqualityCountRow, EqualityKeyRow, EqualityTrayRow
from webapp.equality.pool import Pool
from webapp.persistence import IntegrityError, Session, new_id, single_write, violated

AT_ONCE = 500

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class SealedForm:
    """A form that waits."""

    id: uuid.UUID
    pool: Pool
    key_id: uuid.UUID
    sealed: bytes


def share_keys(session: Session) -> tuple[uuid.UUID, ...]:
    """Return the keys that seal, none of which is taken away before this transaction ends."""
    statement = select(EqualityKeyRow.id).with_for_update(read=True, key_share=True)
    return tuple(session.scalars(statement))


def lock_making_of_keys(session: Session) -> None:
    """Let nobody else make or take away a key before this transaction ends."""
    # A transaction that writes to SQLite is alone there anyway.
    if session.connection().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE equality_key IN SHARE ROW EXCLUSIVE MODE"))


def lock_keys(session: Session) -> tuple[uuid.UUID, ...]:
    """Return every key, once nobody who is just sealing uses one, and let nobody do so."""
    lock_making_of_keys(session)
    return tuple(session.scalars(select(EqualityKeyRow.id).with_for_update()))


def list_keys(session: Session) -> frozenset[uuid.UUID]:
    """Return every key."""
    return frozenset(session.scalars(select(EqualityKeyRow.id)))


def add_key(session: Session, key_id: uuid.UUID) -> None:
    """Add a key whose file is there."""
    session.execute(insert(EqualityKeyRow), [{"id": key_id}])


def delete_keys(session: Session, key_ids: Iterable[uuid.UUID]) -> None:
    """Delete keys that seal nothing any more."""
    session.execute(delete(EqualityKeyRow).where(EqualityKeyRow.id.in_(set(key_ids))))


def add_form(session: Session, form: SealedForm) -> bool:
    """Put a form into the tray; False where it is there already."""
    try:
        with single_write(session):
            session.execute(insert(EqualityTrayRow), [_columns(form)])
    except IntegrityError as error:
        if violated(error) != "pk_equality_tray":
            raise
        return False
    return True


def add_forms(session: Session, forms: Iterable[SealedForm]) -> None:
    """Put forms into the tray, in the order given."""
    for some in _batches(forms):
        session.execute(insert(EqualityTrayRow), [_columns(form) for form in some])


def list_forms(session: Session) -> tuple[SealedForm, ...]:
    """Return every form that waits, of all pools."""
    return tuple(
        SealedForm(
            row.id,
            Pool(row.consultation_id, row.question_set, row.respondent_class),
            row.key_id,
            row.sealed,
        )
        for row in session.scalars(select(EqualityTrayRow).order_by(EqualityTrayRow.id))
    )


def delete_forms(session: Session, forms: Iterable[SealedForm]) -> None:
    """Take forms out of the tray."""
    for some in _batches(form.id for form in forms):
        session.execute(delete(EqualityTrayRow).where(EqualityTrayRow.id.in_(some)))


def has_forms(session: Session, consultation_id: uuid.UUID | None = None) -> bool:
    """Say whether a form waits, of one consultation or of any."""
    statement = select(EqualityTrayRow.id).limit(1)
    if consultation_id is not None:
        statement = statement.where(EqualityTrayRow.consultation_id == consultation_id)
    return session.scalar(statement) is not None


def list_counts(session: Session, consultation_id: uuid.UUID) -> tuple[Count, ...]:
    """Return the counts of a consultation."""
    rows = session.scalars(
        select(EqualityCountRow)
        .where(EqualityCountRow.consultation_id == consultation_id)
        .order_by(EqualityCountRow.id)
    )
    return tuple(
        Count(
            Pool(row.consultation_id, row.question_set, row.respondent_class),
            Answer(row.question, row.choice),
            row.n,
        )
        for row in rows
    )


def replace_counts(session: Session, consultation_id: uuid.UUID, counts: Iterable[Count]) -> None:
    """Write the counts of a consultation anew, with fresh ids and in the order given."""
    session.execute(
        delete(EqualityCountRow).where(EqualityCountRow.consultation_id == consultation_id)
    )
    for some in _batches(counts):
        session.execute(
            insert(EqualityCountRow),
            [
                {
                    "id": new_id(),
                    "consultation_id": consultation_id,
                    "question_set": each.pool.question_set,
                    "respondent_class": each.pool.respondent_class,
                    "question": each.answer.question,
                    "choice": each.answer.choice,
                    "n": each.n,
                }
                for each in some
            ],
        )


def _batches(values: Iterable[Value]) -> Iterator[list[Value]]:
    rest = iter(values)
    while some := list(itertools.islice(rest, AT_ONCE)):
        yield some


def _columns(form: SealedForm) -> dict[str, object]:
    return {
        "id": form.id,
        "consultation_id": form.pool.consultation_id,
        "question_set": form.pool.question_set,
        "respondent_class": form.pool.respondent_class,
        "key_id": form.key_id,
        "sealed": form.sealed,
    }
