"""Coming in by a personal link."""

from __future__ import annotations

from webapp.accounts import services
from webapp.accounts.errors import InvitationOver
from webapp.accounts.views.room import room, start
from webapp.security import Permission
from webapp.web.replies import Page, Reply
from webapp.web.visit import Visit

OVER = "This link was withdrawn, was replaced by a newer one, or has expired"


@room.get("/join/<token>", permission=Permission.SIGN_IN)
def open_invitation(visit: Visit, token: str) -> Reply:
    """Say who asks for what; mail scanners open links, so that changes nothing."""
    invitation = services.find_invitation(visit.session, token, visit.now)
    if invitation is None:
        return _over(OVER)
    return Page.of("accounts/join.html", invitation=invitation)


@room.post("/join/<token>", permission=Permission.SIGN_IN)
def join(visit: Visit, token: str) -> Reply:
    """Let the holder of the link in, beside whatever the browser is signed in to already."""
    try:
        signed_in = services.join_by_link(
            visit.session, token, present_token=visit.session_token, now=visit.now
        )
    except InvitationOver as error:
        return _over(str(error))
    return start(signed_in)


def _over(reason: str) -> Page:
    return Page.of("accounts/join_over.html", status=410, reason=reason)
