"""A mail, and whoever takes it from here."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from email.charset import QP, Charset
from email.header import Header
from email.message import Message
from email.utils import format_datetime, make_msgid, parseaddr
from typing import Protocol

from webapp.jobs.retries import NotWorthRetrying

ADDRESS = re.compile(r"[!#-'*+./0-9=?A-Z^_`a-z{|}~-]{1,64}@[0-9A-Za-z.-]{1,255}")
UTF_8 = Charset("utf-8")
UTF_8.body_encoding = QP


class MailRefused(NotWorthRetrying):
    """The mail server will never take mail for this address."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A plain-text mail to one address; ValueError for what could smuggle in a header."""

    to: str
    subject: str
    body: str

    def __post_init__(self) -> None:
        """Refuse line breaks and control characters where a header is made of them."""
        if not self.subject.isprintable():
            raise ValueError("a subject is one line of printable text")
        if not ADDRESS.fullmatch(self.to):
            raise ValueError("mail goes to one plain address such as ann@example.org")


@dataclass(frozen=True, slots=True)
class SentMail:
    """A mail that was handed on; `name` is its own in the outbox."""

    name: str
    sent_at: dt.datetime
    mail: Mail


class Mailer(Protocol):
    """Takes mail; raises MailRefused, or whatever else is worth trying again."""

    def send(self, mail: Mail) -> None:
        """Hand one mail on."""


def compose(mail: Mail, sender: str, sent_at: dt.datetime) -> Message:
    """Make the message as it goes over the wire."""
    # The newer EmailMessage loses spaces where it folds a long subject that is not ASCII.
    message = Message()
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = Header(mail.subject, "utf-8", header_name="Subject").encode()
    message["Date"] = format_datetime(sent_at)
    message["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2])
    # Asks that nobody answers automatically, such as a note of absence.
    message["Auto-Submitted"] = "auto-generated"
    message.set_payload(mail.body, UTF_8)
    return message
