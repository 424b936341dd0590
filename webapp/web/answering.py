"""The one place where a request gets its transaction, is let in, answered and committed."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from ipaddress import ip_address
from typing import Any

from flask import current_app, request
from flask import session as cookie
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from webapp.persistence import Session
from webapp.security import Identity, Permission, Subject, permits
from webapp.web.errors import Forbidden, NotFound, SignInNeeded
from webapp.web.replies import Reply, SeeOther
from webapp.web.visit import BEGUN_PREFIX, SEEN_COOKIE, SESSION_COOKIE, Desk, Visit

UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Control characters: nobody types them, PostgreSQL refuses some, and no PDF can show them."""


def the_desk() -> Desk:
    """Return what the factory lent to this program."""
    desk: Desk = current_app.extensions["boardmark"]
    return desk


def answer(
    view: Callable[..., Reply],
    permission: Permission,
    subject_of: Callable[..., Subject | None] | None,
    view_args: dict[str, Any],
) -> BaseResponse:
    """Answer one request: open, identify, guard, view, commit, and only then render."""
    posting = request.method == "POST"
    if UNSEEN.search(request.path):
        raise NotFound
    # The whole body is read before the database is locked for writing.
    form: MultiDict[str, str] = _readable(request.form) if posting else MultiDict()
    with _transaction(writing=posting) as session:
        visit = _visit(session, form, posting=posting)
        visit = replace(visit, identity=_identity(visit))
        refused = _refused(visit, permission, subject_of, view_args)
        reply = refused or view(visit, **view_args)
        if not (posting and reply.keep):
            session.rollback()
    _change_cookie(reply, visit)
    return reply.response()


def _readable(typed: MultiDict[str, str]) -> MultiDict[str, str]:
    return MultiDict((name, UNSEEN.sub("", value)) for name, value in typed.items(multi=True))


def _transaction(*, writing: bool) -> AbstractContextManager[Session]:
    database = the_desk().database
    return database.writing() if writing else database.reading()


def _visit(session: Session, form: MultiDict[str, str], *, posting: bool) -> Visit:
    desk = the_desk()
    return Visit(
        session=session,
        identity=Identity(),
        now=desk.clock(),
        library=desk.library,
        settings=desk.settings,
        form=form,
        query=_readable(request.args),
        cookie=dict(cookie),
        is_post=posting,
        path=request.full_path.rstrip("?"),
        tasks=desk.tasks,
    )


def _identity(visit: Visit) -> Identity:
    token = visit.session_token
    known = the_desk().identify(visit.session, token, visit.now) if token else Identity()
    return replace(known, on_loopback=_is_loopback(request.remote_addr))


def _is_loopback(address: str | None) -> bool:
    try:
        return ip_address(address or "").is_loopback
    except ValueError:
        return False


def _refused(
    visit: Visit,
    permission: Permission,
    subject_of: Callable[..., Subject | None] | None,
    view_args: dict[str, Any],
) -> Reply | None:
    """Return a redirect to sign-in, raise, or let pass with None."""
    subject = subject_of(visit, **view_args) if subject_of else Subject()
    if subject is not None and permits(visit.identity, permission, subject):
        return None
    if visit.identity.is_public and not permits(visit.identity, permission, Subject()):
        # The same answer whether or not the thing exists: an address tells nothing.
        if visit.is_post:
            raise SignInNeeded(
                "You have been signed out. Sign in again in another tab, "
                "then come back to this page and send what you typed again."
            )
        return SeeOther.to("accounts.sign_in", next=visit.path)
    if subject is None:
        raise NotFound
    raise Forbidden


def _change_cookie(reply: Reply, visit: Visit) -> None:
    if reply.fresh_cookie:
        for name in [name for name in cookie if not name.startswith(BEGUN_PREFIX)]:
            del cookie[name]
    if visit.identity.is_public:
        # The session has ended, has expired or was idle: no page claims otherwise.
        cookie.pop(SESSION_COOKIE, None)
        cookie.pop(SEEN_COOKIE, None)
    for name in reply.forgotten:
        cookie.pop(name, None)
    for name, value in reply.remembered:
        cookie[name] = value
    if SESSION_COOKIE in cookie:
        _note_use(int(visit.now.timestamp()))
    if SESSION_COOKIE in cookie or reply.remembered:
        cookie.permanent = True


def _note_use(now: int) -> None:
    # Once a minute is enough, and most pages then need no new cookie.
    if now - int(cookie.get(SEEN_COOKIE, 0)) >= 60:
        cookie[SEEN_COOKIE] = now
