"""The pages for signing in, coming in by a personal link, and the work of staff."""

from webapp.accounts.views import joining, members, sent_mail, sign_in, staff
from webapp.accounts.views.room import room

__all__ = ["joining", "members", "room", "sent_mail", "sign_in", "staff"]
