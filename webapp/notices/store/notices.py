"""Queries over notices, and the mails of each that are still to be sent."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import delete, func, insert, literal, select, update

from webapp.notices.models import DeliveryRow, NoticeRow, SubscriberRow
from webapp.notices.notice import Letter, Notice, Sender
from webapp.notices.store.subscribers import subscriber_value
from webapp.persistence import (
    IntegrityError,
    Session,
    UtcDateTime,
    guarded_update,
    single_write,
    violated,
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
    return Letter(_notice(notice), subscriber_value(subscriber), row.tries)


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
