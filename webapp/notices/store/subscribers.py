"""Queries over the addresses of lists."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import cast

from sqlalchemy import Table, bindparam, case, delete, exists, func, insert, or_, select, update

from webapp.notices.models import SubscriberRow
from webapp.notices.notice import Subscriber
from webapp.persistence import (
    IntegrityError,
    Session,
    guarded_update,
    new_id,
    single_write,
    violated,
)

_SUBSCRIBERS = cast(Table, SubscriberRow.__table__)


def count_asked(session: Session, email: str, today: dt.date) -> int:
    """Count the mails that an address was promised today, over all lists."""
    statement = select(func.coalesce(func.sum(SubscriberRow.asked_times), 0)).where(
        SubscriberRow.email == email, SubscriberRow.asked_on == today
    )
    return session.scalars(statement).one()


def add_subscriber(
    session: Session, consultation_id: uuid.UUID, email: str, today: dt.date
) -> bool:
    """Add an address that is still to be confirmed; False where it is there."""
    row = {
        "id": new_id(),
        "consultation_id": consultation_id,
        "email": email,
        "asked_on": today,
        "asked_times": 1,
        "owes_mail": True,
        "confirmed_on": None,
        "is_mixed": False,
    }
    try:
        with single_write(session):
            session.execute(insert(SubscriberRow), [row])
    except IntegrityError as error:
        if violated(error) != "uq_notice_subscriber__consultation_id_email":
            raise
        return False
    return True


def note_asked(session: Session, consultation_id: uuid.UUID, email: str, today: dt.date) -> None:
    """Note that an address that is there was given again."""
    times = case((SubscriberRow.asked_on == today, SubscriberRow.asked_times + 1), else_=1)
    session.execute(
        update(SubscriberRow)
        .where(SubscriberRow.consultation_id == consultation_id, SubscriberRow.email == email)
        .values(asked_times=times, asked_on=today, owes_mail=True, is_mixed=False)
    )


def take_owed(session: Session) -> Subscriber | None:
    """Take somebody whom a mail is owed, who is owed none from now on; None where nobody is."""
    statement = (
        select(SubscriberRow)
        .where(SubscriberRow.owes_mail)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = session.scalars(statement).first()
    if row is None:
        return None
    row.owes_mail = False
    session.flush()
    return subscriber_value(row)


def owe_again(session: Session, subscriber_id: uuid.UUID) -> None:
    """Note that a mail could not be handed on."""
    _set(session, subscriber_id, owes_mail=True)


def is_mail_owed(session: Session) -> bool:
    """Say whether anybody is owed a mail."""
    return session.scalar(select(exists().where(SubscriberRow.owes_mail))) is True


def find_subscriber(session: Session, subscriber_id: uuid.UUID) -> Subscriber | None:
    """Return an address by its id, confirmed or not, or None."""
    row = session.get(SubscriberRow, subscriber_id)
    return subscriber_value(row) if row else None


def confirm(session: Session, subscriber_id: uuid.UUID, today: dt.date) -> bool:
    """Put an address on the list; False where it is not there, or is on it already."""
    statement = (
        update(SubscriberRow)
        .where(SubscriberRow.id == subscriber_id, SubscriberRow.confirmed_on.is_(None))
        .values(confirmed_on=today, is_mixed=False)
    )
    return guarded_update(session, statement)


def delete_subscriber(session: Session, subscriber_id: uuid.UUID) -> bool:
    """Erase an address with the mails that are still to go there; False where it is not there."""
    return guarded_update(session, delete(SubscriberRow).where(SubscriberRow.id == subscriber_id))


def delete_unconfirmed(session: Session, asked_before: dt.date) -> None:
    """Erase addresses that nobody has confirmed and that were last given before a day."""
    session.execute(
        delete(SubscriberRow).where(
            SubscriberRow.confirmed_on.is_(None), SubscriberRow.asked_on < asked_before
        )
    )


def delete_list(session: Session, consultation_id: uuid.UUID) -> None:
    """Erase every address of a consultation."""
    session.execute(delete(SubscriberRow).where(SubscriberRow.consultation_id == consultation_id))


def list_consultations(session: Session) -> tuple[uuid.UUID, ...]:
    """Return the consultations that have a list."""
    statement = select(SubscriberRow.consultation_id).distinct()
    return tuple(session.scalars(statement.order_by(SubscriberRow.consultation_id)))


def count_confirmed(session: Session, consultation_id: uuid.UUID) -> int:
    """Count the addresses on a list."""
    statement = select(func.count()).where(
        SubscriberRow.consultation_id == consultation_id, SubscriberRow.confirmed_on.is_not(None)
    )
    return session.scalars(statement).one()


def list_unmixed(session: Session, today: dt.date) -> tuple[uuid.UUID, ...]:
    """Return the addresses that came or were confirmed before today and were not mixed since."""
    confirmed = SubscriberRow.confirmed_on
    statement = select(SubscriberRow.id).where(
        SubscriberRow.is_mixed.is_(False),
        SubscriberRow.asked_on < today,
        or_(confirmed.is_(None), confirmed < today),
    )
    return tuple(session.scalars(statement.order_by(SubscriberRow.id)))


def rewrite(session: Session, subscriber_ids: Sequence[uuid.UUID]) -> None:
    """Write rows anew in this order; PostgreSQL keeps the order and the transaction of each."""
    if subscriber_ids:
        session.connection().execute(
            update(_SUBSCRIBERS)
            .where(_SUBSCRIBERS.c.id == bindparam("which"))
            .values(is_mixed=True),
            [{"which": each} for each in subscriber_ids],
        )


def _set(session: Session, subscriber_id: uuid.UUID, **values: object) -> None:
    session.execute(update(SubscriberRow).where(SubscriberRow.id == subscriber_id).values(**values))


def subscriber_value(row: SubscriberRow) -> Subscriber:
    """Return a row as a value."""
    return Subscriber(row.id, row.consultation_id, row.email, row.confirmed_on is not None)
