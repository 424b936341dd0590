"""The room that the views of accounts register with, and the reply that starts a session."""

from __future__ import annotations

from webapp.accounts.people import SignedIn
from webapp.web.replies import SeePath, is_local_path
from webapp.web.room import Room
from webapp.web.visit import SESSION_COOKIE, Visit

room = Room("accounts", "webapp.accounts.views")

STAFF_HOME = "/staff"
LONGEST_PATH = 500


def wanted_path(typed: str | None) -> str:
    """Return where somebody wanted to go if that is a page of ours, otherwise the staff page."""
    if typed and len(typed) <= LONGEST_PATH and is_local_path(typed):
        return typed
    return STAFF_HOME


def browser_token(visit: Visit) -> str:
    """Return the token that the browser holds, also where its session is idle or over."""
    return str(visit.cookie.get(SESSION_COOKIE, ""))


def start(signed_in: SignedIn) -> SeePath:
    """Lead somebody on with a new session and a fresh cookie."""
    reply = SeePath(wanted_path(signed_in.next_path))
    return reply.with_fresh_cookie().remembering(SESSION_COOKIE, signed_in.token)
