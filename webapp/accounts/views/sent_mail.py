"""The mails that an example installation sent, on this machine alone."""

from __future__ import annotations

import datetime as dt

from webapp.accounts import pages
from webapp.accounts.subjects import sent_mail_subject
from webapp.accounts.views.room import room
from webapp.jobs import Outbox
from webapp.security import Permission
from webapp.web.replies import Page, Reply
from webapp.web.visit import Visit

MOST_SHOWN = 30


@room.get("/sent-mail", permission=Permission.SENT_MAIL_READ, subject=sent_mail_subject)
def sent_mail(visit: Visit) -> Reply:
    """Show the newest mails in full, with links that can be followed."""
    settings = visit.settings

    def clock() -> dt.datetime:
        return visit.now

    mails = Outbox(settings.mail_folder, settings.mail_from, clock).list_mails()
    shown = pages.mails_shown(mails[:MOST_SHOWN], settings.url)
    return Page.of("accounts/sent_mail.html", mails=shown, count=len(mails), most=MOST_SHOWN)
