"""Mail through an SMTP server."""

from __future__ import annotations

import datetime as dt
import smtplib
import ssl
from collections.abc import Callable

from webapp.config import SmtpServer, is_loopback
from webapp.jobs.mail import Mail, MailRefused, compose

WAIT_SECONDS = 30


class SmtpMailer:
    """Hands each mail to the server in a connection of its own."""

    def __init__(self, server: SmtpServer, sender: str, clock: Callable[[], dt.datetime]) -> None:
        """Remember where to go; nothing is connected yet."""
        self._server = server
        self._sender = sender
        self._clock = clock

    def send(self, mail: Mail) -> None:
        """Hand one mail on; MailRefused if the server will never take the address."""
        message = compose(mail, self._sender, self._clock())
        with self._connect() as connection:
            try:
                connection.send_message(message)
            except smtplib.SMTPRecipientsRefused as error:
                if all(code >= 500 for code, _text in error.recipients.values()):
                    raise MailRefused from error
                raise

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        if server.implicit_tls:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=WAIT_SECONDS, context=_trusting()
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=WAIT_SECONDS)
        try:
            connection.ehlo()
            offered = connection.has_extn("starttls") and not is_loopback(server.host)
            if not server.implicit_tls and (server.needs_tls or offered):
                # Raises where the server does not speak TLS, so a password never goes in clear.
                connection.starttls(context=_trusting())
            if server.user is not None and server.password is not None:
                connection.login(server.user, server.password)
        except BaseException:
            connection.close()
            raise
        return connection


def _trusting() -> ssl.SSLContext:
    return ssl.create_default_context()
