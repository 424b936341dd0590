"""Which way mail leaves this installation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from webapp.config import Settings
from webapp.jobs.mail import Mailer
from webapp.jobs.outbox import Outbox
from webapp.jobs.smtp import SmtpMailer


def make_mailer(settings: Settings, clock: Callable[[], dt.datetime]) -> Mailer:
    """Return the way to the SMTP server, or into the mail folder where none is set."""
    if settings.smtp is None:
        return Outbox(settings.mail_folder, settings.mail_from, clock)
    return SmtpMailer(settings.smtp, settings.mail_from, clock)
