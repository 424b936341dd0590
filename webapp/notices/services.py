"""Coming onto a list and off it, and sending notices to who is on it."""

from __future__ import annotations

import datetime as dt
import random
import uuid

from webapp.accounts.addresses import same_email
from webapp.consultations.consultation import Consultation
from webapp.consultations.evidence import EvidenceEntry, EvidenceFile
from webapp.consultations.opening import uk_day
from webapp.consultations.services import get_consultation
from webapp.jobs import enqueue, is_planned
from webapp.jobs.retries import LONGEST_DELAY, delay_after
from webapp.notices.errors import LinkOver, NobodyListed
from webapp.notices.notice import Letter, Notice, Sender, Subscriber
from webapp.notices.store import notices as outgoing
from webapp.notices.store import subscribers
from webapp.persistence import Session
from webapp.retention.services import Erasers, list_held, record_erasure

CONFIRM_MAIL = "notices.confirm-mail"
NOTICE_MAIL = "notices.send"

MAILS_A_DAY = 3
"""How many mails about coming onto a list one address gets in a day, over all lists."""

UNCONFIRMED_DAYS = 7
"""How long an address is kept that nobody confirms."""

KEPT_AFTER_CLOSING = dt.timedelta(days=730)
"""How long a list is kept after its consultation closed."""

CLAIM = dt.timedelta(minutes=10)
"""How long one worker has a mail to itself."""

TRIED_FOR = dt.timedelta(days=3)
"""How long a mail is tried that cannot be handed on, as mail servers do."""

AT_ONCE = dt.timedelta()
PAUSE = dt.timedelta(minutes=5)
"""How long nothing is sent when the server seems to be down."""


def sign_up(session: Session, *, consultation: Consultation, email: str, now: dt.datetime) -> None:
    """Promise a mail to an address, from which it can be confirmed.

    Nothing says whether it is on the list, or had its mails of today. Raises NotValid.
    """
    address, today = same_email(email), uk_day(now)
    may_be_mailed = subscribers.count_asked(session, address, today) < MAILS_A_DAY
    if may_be_mailed and not subscribers.add_subscriber(session, consultation.id, address, today):
        subscribers.note_asked(session, consultation.id, address, today)
    # The job names nobody: it sees to whoever is owed a mail.
    enqueue(session, CONFIRM_MAIL, {}, now)


def find_subscriber(session: Session, subscriber_id: uuid.UUID) -> Subscriber | None:
    """Return an address that is on a list or may come onto it, or None."""
    return subscribers.find_subscriber(session, subscriber_id)


def confirm(session: Session, subscriber_id: uuid.UUID, now: dt.datetime) -> Consultation:
    """Put an address on its list, as often as asked; raises LinkOver where it was erased."""
    subscribers.confirm(session, subscriber_id, uk_day(now))
    found = subscribers.find_subscriber(session, subscriber_id)
    if found is None:
        raise LinkOver("This address is not kept any more")
    return get_consultation(session, found.consultation_id)


def stop(session: Session, subscriber_id: uuid.UUID, now: dt.datetime) -> None:
    """Erase an address, and every mail that is still to go there; again is no error."""
    if subscribers.delete_subscriber(session, subscriber_id):
        # Of who is on a list there are days and no times.
        day = dt.datetime.combine(uk_day(now), dt.time(), dt.UTC)
        record_erasure(session, ADDRESS_ERASED, subscriber_id, day)


def _stop_again(session: Session, subscriber_id: uuid.UUID, _at: dt.datetime) -> None:
    subscribers.delete_subscriber(session, subscriber_id)


ADDRESS_ERASED = "notices.address"
ERASERS: Erasers = {ADDRESS_ERASED: _stop_again}


def take_owed_mail(session: Session) -> Subscriber | None:
    """Return somebody who is owed a mail about coming onto a list, or None.

    Whoever takes it sends it, or calls `owe_again`.
    """
    return subscribers.take_owed(session)


def plan_owed_mails(session: Session, now: dt.datetime) -> None:
    """Enqueue a job where somebody is owed a mail."""
    if subscribers.is_mail_owed(session) and not is_planned(session, CONFIRM_MAIL, {}):
        enqueue(session, CONFIRM_MAIL, {}, now)


def owe_again(session: Session, subscriber_id: uuid.UUID) -> None:
    """Note that a mail could not be handed on and is still owed."""
    subscribers.owe_again(session, subscriber_id)


def refuse_address(session: Session, subscriber: Subscriber) -> None:
    """Erase an unconfirmed address that no mail can reach."""
    if not subscriber.is_confirmed:
        subscribers.delete_subscriber(session, subscriber.id)


def count_listed(session: Session, consultation_id: uuid.UUID) -> int:
    """Count the confirmed addresses of a consultation."""
    return subscribers.count_confirmed(session, consultation_id)


def list_notices(session: Session, consultation_id: uuid.UUID) -> tuple[Notice, ...]:
    """Return the notices of a consultation, newest first."""
    return outgoing.list_notices(session, consultation_id)


def evidence(session: Session, consultation_id: uuid.UUID) -> tuple[EvidenceEntry, ...]:
    """Return the notices that were sent, with their words; nobody who got them is named."""
    sent = sorted(
        outgoing.list_notices(session, consultation_id), key=lambda each: (each.sent_at, each.id)
    )
    return tuple(
        EvidenceEntry(
            each.sent_at,
            "notices.sent",
            f"A notice was sent to the {each.recipients:,} on the list: “{each.subject}”.",
            each.sent_by,
            (EvidenceFile.made("notice.txt", f"{each.subject}\n\n{each.text}\n".encode()),),
        )
        for each in sent
    )


def send_notice(
    session: Session,
    *,
    notice_id: uuid.UUID,
    consultation_id: uuid.UUID,
    subject: str,
    text: str,
    by: Sender,
    now: dt.datetime,
) -> None:
    """Address a notice to everybody who is on the list now, once for each `notice_id`.

    Raises NobodyListed.
    """
    is_new = outgoing.add_notice(
        session,
        notice_id=notice_id,
        consultation_id=consultation_id,
        subject=subject,
        text=text,
        by=by,
        recipients=0,
        now=now,
    )
    if not is_new:
        return
    recipients = outgoing.add_deliveries(session, notice_id, consultation_id, now)
    if not recipients:
        raise NobodyListed("Nobody has confirmed an address yet")
    outgoing.set_recipients(session, notice_id, recipients)
    enqueue(session, NOTICE_MAIL, {"notice": str(notice_id)}, now)


def claim_letter(session: Session, notice_id: uuid.UUID, now: dt.datetime) -> Letter | None:
    """Return a mail that is due and this worker's alone for a while, or None."""
    return outgoing.claim_letter(session, notice_id, now, now + CLAIM)


def note_delivered(session: Session, letter: Letter) -> None:
    """Note that a mail was handed on."""
    outgoing.end_delivery(session, letter.notice.id, letter.subscriber.id, delivered=True)


def note_refused(session: Session, letter: Letter) -> None:
    """Give a mail up: the server will never take this address."""
    outgoing.end_delivery(session, letter.notice.id, letter.subscriber.id, delivered=False)


def note_failed(session: Session, letter: Letter, now: dt.datetime) -> None:
    """Let a mail be tried again later, or give it up when it was tried for days."""
    if now - letter.notice.sent_at > TRIED_FOR:
        note_refused(session, letter)
    else:
        delay = delay_after(letter.tries) or LONGEST_DELAY
        outgoing.put_off(session, letter.notice.id, letter.subscriber.id, now + delay)


def go_on(
    session: Session, notice_id: uuid.UUID, now: dt.datetime, *, pause: dt.timedelta = AT_ONCE
) -> None:
    """Enqueue the next slice of a notice, or note that it went to everybody."""
    due_at = outgoing.next_due(session, notice_id)
    if due_at is None:
        outgoing.finish(session, notice_id, now)
    else:
        at = max(now + pause, due_at)
        enqueue(session, NOTICE_MAIL, {"notice": str(notice_id)}, now, at)


def get_consultation_of(session: Session, letter: Letter) -> Consultation:
    """Return what a mail is about."""
    return get_consultation(session, letter.subscriber.consultation_id)


def tend_lists(session: Session, now: dt.datetime, chance: random.Random | None = None) -> None:
    """Erase what is kept no longer, mix what is new, and take up what came to a standstill.

    For the hourly routine. Mixing writes the rows of a day anew in an order of chance, so that
    neither their order nor their transactions say who came before whom.
    """
    today = uk_day(now)
    subscribers.delete_unconfirmed(session, today - dt.timedelta(days=UNCONFIRMED_DAYS))
    held = list_held(session)
    for consultation_id in subscribers.list_consultations(session):
        if consultation_id in held:
            continue
        if get_consultation(session, consultation_id).ends_at + KEPT_AFTER_CLOSING <= now:
            subscribers.delete_list(session, consultation_id)
    unmixed = list(subscribers.list_unmixed(session, today))
    (chance or random.SystemRandom()).shuffle(unmixed)
    subscribers.rewrite(session, unmixed)
    plan_owed_mails(session, now)
    for notice_id in outgoing.list_unfinished(session):
        payload = {"notice": str(notice_id)}
        if not is_planned(session, NOTICE_MAIL, payload):
            enqueue(session, NOTICE_MAIL, payload, now)
