"""Queries over lists, notices, and the mails that are still to be sent."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import cast

from sqlalchemy import (
    Table,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from webapp.notices.models import DeliveryRow, NoticeRow, SubscriberRow
from webapp.notices.notice import Letter, Notice, Sender, Subscriber
from webapp.persistence import (
    IntegrityError,
    Session,
    UtcDateTime,
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
    return _subscriber(row)


def owe_again(session: Session, subscriber_id: uuid.UUID) -> None:
    """Note that a mail could not be handed on."""
    _set(session, subscriber_id, owes_mail=True)


def is_mail_owed(session: Session) -> bool:
    """Say whether anybody is owed a mail."""
    return session.scalar(select(exists().where(SubscriberRow.owes_mail))) is True


def find_subscriber(session: Session, subscriber_id: uuid.UUID) -> Subscriber | None:
    """Return an address by its id, confirmed or not, or None."""
    row = session.get(SubscriberRow, subscriber_id)
    return _subscriber(row) if row else None


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


def add_notice(
    session: Session,
    *,
    notice_id: uuid.UUID,
    consultation_id: uuid.UUID,
    subject: str,
    text: str,
    by: Sender,
    recipients: int,
    now: dt.datetime,
) -> bool:
    """Add a notice; False where one of this id is there already."""
    row = {
        "id": notice_id,
        "consultation_id": consultation_id,
        "subject": subject,
        "text": text,
        "sent_at": now,
        "account_id": by.account_id,
        "account_name": by.name,
        "recipients": recipients,
        "delivered": 0,
        "given_up": 0,
        "finished_at": None,
    }
    try:
        with single_write(session):
            session.execute(insert(NoticeRow), [row])
    except IntegrityError as error:
        if violated(error) != "pk_notice":
            raise
        return False
    return True


def add_deliveries(
    session: Session, notice_id: uuid.UUID, consultation_id: uuid.UUID, now: dt.datetime
) -> int:
    """Address a notice to everybody on the list, and return how many they are."""
    due_at = literal(now, UtcDateTime())
    chosen = select(literal(notice_id), SubscriberRow.id, due_at, literal(0)).where(
        SubscriberRow.consultation_id == consultation_id, SubscriberRow.confirmed_on.is_not(None)
    )
    columns = ["notice_id", "subscriber_id", "due_at", "tries"]
    session.execute(insert(DeliveryRow).from_select(columns, chosen))
    return _count_left(session, notice_id)


def set_recipients(session: Session, notice_id: uuid.UUID, recipients: int) -> None:
    """Note how many a notice goes to."""
    session.execute(
        update(NoticeRow).where(NoticeRow.id == notice_id).values(recipients=recipients)
    )


def find_notice(session: Session, notice_id: uuid.UUID) -> Notice | None:
    """Return a notice, or None."""
    row = session.get(NoticeRow, notice_id)
    return _notice(row) if row else None


def list_notices(session: Session, consultation_id: uuid.UUID) -> tuple[Notice, ...]:
    """Return the notices of a consultation, newest first."""
    rows = session.scalars(
        select(NoticeRow)
        .where(NoticeRow.consultation_id == consultation_id)
        .order_by(NoticeRow.sent_at.desc(), NoticeRow.id)
    )
    return tuple(_notice(row) for row in rows)


def list_unfinished(session: Session) -> tuple[uuid.UUID, ...]:
    """Return the notices that are still being sent."""
    statement = select(NoticeRow.id).where(NoticeRow.finished_at.is_(None))
    return tuple(session.scalars(statement.order_by(NoticeRow.sent_at, NoticeRow.id)))


def consultation_of(session: Session, notice_id: uuid.UUID) -> uuid.UUID:
    """Return the consultation of a notice."""
    return session.scalars(select(NoticeRow.consultation_id).where(NoticeRow.id == notice_id)).one()


def claim_letter(
    session: Session, notice_id: uuid.UUID, now: dt.datetime, until: dt.datetime
) -> Letter | None:
    """Take a mail that is due, which nobody else takes before `until`; None where none is."""
    statement = (
        select(DeliveryRow)
        .where(DeliveryRow.notice_id == notice_id, DeliveryRow.due_at <= now)
        .order_by(DeliveryRow.due_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = session.scalars(statement).first()
    if row is None:
        return None
    row.due_at, row.tries = until, row.tries + 1
    session.flush()
    notice = session.get_one(NoticeRow, notice_id)
    subscriber = session.get_one(SubscriberRow, row.subscriber_id)
    return Letter(_notice(notice), _subscriber(subscriber), row.tries)


def put_off(
    session: Session, notice_id: uuid.UUID, subscriber_id: uuid.UUID, due_at: dt.datetime
) -> None:
    """Let a mail be tried again later."""
    session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.notice_id == notice_id, DeliveryRow.subscriber_id == subscriber_id)
        .values(due_at=due_at)
    )


def end_delivery(
    session: Session, notice_id: uuid.UUID, subscriber_id: uuid.UUID, *, delivered: bool
) -> None:
    """Note that a mail was handed on or given up, once however often this is said."""
    gone = guarded_update(
        session,
        delete(DeliveryRow).where(
            DeliveryRow.notice_id == notice_id, DeliveryRow.subscriber_id == subscriber_id
        ),
    )
    if gone:
        counted = NoticeRow.delivered if delivered else NoticeRow.given_up
        session.execute(
            update(NoticeRow).where(NoticeRow.id == notice_id).values({counted: counted + 1})
        )


def next_due(session: Session, notice_id: uuid.UUID) -> dt.datetime | None:
    """Return when the next mail of a notice is due, or None where none is left."""
    return session.scalars(
        select(DeliveryRow.due_at)
        .where(DeliveryRow.notice_id == notice_id)
        .order_by(DeliveryRow.due_at)
        .limit(1)
    ).first()


def finish(session: Session, notice_id: uuid.UUID, now: dt.datetime) -> None:
    """Note that a notice went to everybody, unless that is noted."""
    session.execute(
        update(NoticeRow)
        .where(NoticeRow.id == notice_id, NoticeRow.finished_at.is_(None))
        .values(finished_at=now)
    )


def _count_left(session: Session, notice_id: uuid.UUID) -> int:
    statement = select(func.count()).where(DeliveryRow.notice_id == notice_id)
    return session.scalars(statement).one()


def _set(session: Session, subscriber_id: uuid.UUID, **values: object) -> None:
    session.execute(update(SubscriberRow).where(SubscriberRow.id == subscriber_id).values(**values))


def _subscriber(row: SubscriberRow) -> Subscriber:
    return Subscriber(row.id, row.consultation_id, row.email, row.confirmed_on is not None)


def _notice(row: NoticeRow) -> Notice:
    return Notice(
        id=row.id,
        subject=row.subject,
        text=row.text,
        sent_at=row.sent_at,
        sent_by=row.account_name,
        recipients=row.recipients,
        delivered=row.delivered,
        given_up=row.given_up,
        finished_at=row.finished_at,
    )
