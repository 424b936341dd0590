"""The mails of lists: their texts, and the jobs that send them."""

from __future__ import annotations

import logging
import textwrap
import uuid
from collections.abc import Mapping, Sequence

from webapp.consultations.consultation import Consultation
from webapp.consultations.services import get_consultation
from webapp.jobs import Handler, JobContext, Mail, MailRefused
from webapp.notices import services
from webapp.notices.notice import Letter, Subscriber
from webapp.notices.tokens import Purpose, link_token

logger = logging.getLogger(__name__)

SLICE_MAILS = 25
"""How many mails one job sends, so that others need not wait long."""

DOWN_AFTER = 3
"""How many mails in a row have to fail for the server to seem down."""

LONGEST_SUBJECT = 200
WIDTH = 72


def send_owed_mails(context: JobContext, payload: Mapping[str, str]) -> None:
    """Mail the next who gave an address; a mail that fails is still owed afterwards."""
    for _ in range(SLICE_MAILS):
        with context.database.writing() as session:
            subscriber = services.take_owed_mail(session)
        if subscriber is None:
            return
        with context.database.reading() as session:
            consultation = get_consultation(session, subscriber.consultation_id)
        try:
            context.mailer.send(_welcome(subscriber, consultation, context))
        except MailRefused:
            with context.database.writing() as session:
                services.refuse_address(session, subscriber)
        except Exception:
            with context.database.writing() as session:
                services.owe_again(session, subscriber.id)
            raise
    with context.database.writing() as session:
        services.plan_owed_mails(session, context.now)


def send_slice(context: JobContext, payload: Mapping[str, str]) -> None:
    """Send the next mails of a notice.

    Each is claimed, handed on and noted by itself: a worker that is killed in between may
    repeat one mail, and leaves none out.
    """
    notice_id, failed = uuid.UUID(payload["notice"]), 0
    for _ in range(SLICE_MAILS):
        if failed == DOWN_AFTER:
            break
        with context.database.writing() as session:
            letter = services.claim_letter(session, notice_id, context.now)
        if letter is None:
            break
        failed = 0 if _send(letter, context) else failed + 1
    pause = services.PAUSE if failed == DOWN_AFTER else services.AT_ONCE
    with context.database.writing() as session:
        services.go_on(session, notice_id, context.now, pause=pause)


HANDLERS: Mapping[str, Handler] = {
    services.CONFIRM_MAIL: send_owed_mails,
    services.NOTICE_MAIL: send_slice,
}
"""What the worker does for each kind of job of this room."""


def _send(letter: Letter, context: JobContext) -> bool:
    """Send one mail and say whether the server took it or refused it for good."""
    with context.database.reading() as session:
        consultation = services.get_consultation_of(session, letter)
    try:
        context.mailer.send(
            notice_mail(letter, consultation, context.settings.url, context.settings.secret_keys)
        )
    except MailRefused:
        with context.database.writing() as session:
            services.note_refused(session, letter)
    except Exception as error:
        # The text of the error may hold the address.
        logger.warning("a mail of notice %s failed: %s", letter.notice.id, type(error).__name__)
        with context.database.writing() as session:
            services.note_failed(session, letter, context.now)
        return False
    else:
        with context.database.writing() as session:
            services.note_delivered(session, letter)
    return True


def _welcome(subscriber: Subscriber, consultation: Consultation, context: JobContext) -> Mail:
    url, secrets = context.settings.url, context.settings.secret_keys
    write = listed_mail if subscriber.is_confirmed else confirm_mail
    return write(subscriber, consultation, url, secrets)


def confirm_mail(
    subscriber: Subscriber, consultation: Consultation, url: str, secrets: Sequence[str]
) -> Mail:
    """Write the mail from which an address is confirmed."""
    return Mail(
        subscriber.email,
        _subject(f"Confirm your email address: {consultation.title}"),
        f"""Hello,

Somebody, we think you, asked to hear what becomes of this consultation:

{_wrapped(consultation.title)}

To confirm, open this link and press the button:

{_link(url, secrets, Purpose.CONFIRM, subscriber)}

If you do nothing, we delete your address after {services.UNCONFIRMED_DAYS} days and write
no more. We do not know whether you have responded: the list is kept
apart from the responses.

Boardmark
{url}
""",
    )


def listed_mail(
    subscriber: Subscriber, consultation: Consultation, url: str, secrets: Sequence[str]
) -> Mail:
    """Write the mail to an address that is on the list already."""
    return Mail(
        subscriber.email,
        _subject(f"You are on the list already: {consultation.title}"),
        f"""Hello,

Somebody, we think you, asked to hear what becomes of this consultation:

{_wrapped(consultation.title)}

Your address is on the list already, so there is nothing to do.

{_stopping(url, secrets, subscriber)}
Boardmark
{url}
""",
    )


def notice_mail(
    letter: Letter, consultation: Consultation, url: str, secrets: Sequence[str]
) -> Mail:
    """Write one mail of a notice."""
    return Mail(
        letter.subscriber.email,
        _subject(letter.notice.subject),
        f"""{letter.notice.text.strip()}

--
You get this because you asked to hear what becomes of this consultation:

{_wrapped(consultation.title)}
{url}/consultations/{consultation.slug}

{_stopping(url, secrets, letter.subscriber)}
Boardmark
{url}
""",
    )


def _stopping(url: str, secrets: Sequence[str], subscriber: Subscriber) -> str:
    return f"""To get no more of these, and have your address deleted, open this link
and press the button:

{_link(url, secrets, Purpose.STOP, subscriber)}
"""


def _link(url: str, secrets: Sequence[str], purpose: Purpose, subscriber: Subscriber) -> str:
    token = link_token(secrets, purpose, subscriber.id)
    return f"{url}/notices/{subscriber.id}/{purpose}/{token}"


def _subject(text: str) -> str:
    line = "".join(each for each in " ".join(text.split()) if each.isprintable())
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1]}…"


def _wrapped(title: str) -> str:
    return textwrap.fill(title, WIDTH, break_long_words=False, break_on_hyphens=False)
