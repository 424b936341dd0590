"""Mail into a folder, for installations without a mail server."""

from __future__ import annotations

import datetime as dt
import email.policy
import os
import re
import secrets
import tempfile
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

from webapp.jobs.mail import Mail, SentMail, compose

NAME = re.compile(r"^\d{8}T\d{12}Z-[0-9a-f]{8}$")
READING = email.policy.default.clone(utf8=True)


class Outbox:
    """Writes each mail as an `.eml` file, which any mail program opens, and reads them back."""

    def __init__(self, folder: Path, sender: str, clock: Callable[[], dt.datetime]) -> None:
        """Remember the folder, which the first mail makes."""
        self._folder = folder
        self._sender = sender
        self._clock = clock

    def send(self, mail: Mail) -> None:
        """Write one mail, whole or not at all, for the owner of the folder alone."""
        sent_at = self._clock().astimezone(dt.UTC)
        name = f"{sent_at:%Y%m%dT%H%M%S%f}Z-{secrets.token_hex(4)}"
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, unfinished = tempfile.mkstemp(dir=self._folder, prefix=".")
        with os.fdopen(descriptor, "wb") as file:
            file.write(bytes(compose(mail, self._sender, sent_at)))
        Path(unfinished).rename(self._folder / f"{name}.eml")

    def list_mails(self) -> tuple[SentMail, ...]:
        """Return every mail, newest first."""
        names = sorted((path.stem for path in self._folder.glob("*.eml")), reverse=True)
        found = (self.find_mail(name) for name in names)
        return tuple(mail for mail in found if mail is not None)

    def find_mail(self, name: str) -> SentMail | None:
        """Return the mail of this name, or None; a name that is a path finds nothing."""
        path = self._folder / f"{name}.eml"
        if not NAME.match(name) or not path.is_file():
            return None
        message = message_from_bytes(path.read_bytes(), _class=EmailMessage, policy=READING)
        sent_at = dt.datetime.strptime(name[:21], "%Y%m%dT%H%M%S%f").replace(tzinfo=dt.UTC)
        body = message.get_content().replace("\r\n", "\n")
        return SentMail(name, sent_at, Mail(str(message["To"]), str(message["Subject"]), body))
