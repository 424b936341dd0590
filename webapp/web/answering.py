"""The one place where a request gets its transaction, is let in, answered and committed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from ipaddress import ip_address
from typing import Any

from flask import Flask, current_app, request
from flask import session as cookie
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from webapp.persistence import Session
from webapp.security import Identity, Permission, Subject, permits
from webapp.web.errors import Forbidden, NotFound, SignInNeeded
from webapp.web.replies import Reply, SeeOther
from webapp.web.visit import (
    BEGUN_PREFIX,
    SEEN_COOKIE,
    SESSION_COOKIE,
    SHARED_DEVICE,
    Desk,
    FileSent,
    TakesFile,
    Visit,
)

UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Control characters: nobody types them, PostgreSQL refuses some, and no PDF can show them."""

FILE_FORM_BYTES = 11_000_000
"""The most that a form with a file may have: files of 10 MB, and room for what goes with them."""


def the_desk() -> Desk:
    """Return what the factory lent to this program."""
    desk: Desk = current_app.extensions["boardmark"]
    return desk


def answer(
    view: Callable[..., Reply],
    permission: Permission,
    subject_of: Callable[..., Subject | None] | None,
    view_args: dict[str, Any],
    takes_file: TakesFile | None = None,
) -> BaseResponse:
    """Answer one request: open, identify, guard, view, commit, and only then render."""
    posting = request.method == "POST"
    if UNSEEN.search(request.path):
        raise NotFound
    # The whole body is read before the database is locked for writing.
    form: MultiDict[str, str] = _readable(request.form) if posting else MultiDict()
    # What counts is when all of it was here, not how long it then waited for its turn: nobody
    # comes too late because others were in front of them.
    now = the_desk().clock()
    sent = None
    if takes_file is not None:
        # A file may take seconds to look at: nobody waits for the database meanwhile, and only
        # who may post here has it looked at.
        with _transaction(writing=False) as session:
            _guarded(_visit(session, form, now, posting=posting), permission, subject_of, view_args)
        sent = takes_file(the_desk(), _file_sent())
    with _transaction(writing=posting) as session:
        visit = replace(_visit(session, form, now, posting=posting), sent=sent)
        visit, refused = _guarded(visit, permission, subject_of, view_args)
        reply = refused or view(visit, **view_args)
        if not (posting and reply.keep):
            session.rollback()
    _change_cookie(reply, visit)
    return reply.response()


def register_body_limits(app: Flask) -> None:
    """Let forms with a file be larger than others; before anything reads the body."""

    @app.before_request
    def allow_a_file() -> None:
        if request.method != "POST" or request.blueprint is None:
            return
        room = current_app.blueprints[request.blueprint]
        declared = getattr(room, "declared", {}).get(request.endpoint)
        if declared is not None and declared.takes_file:
            request.max_content_length = max(FILE_FORM_BYTES, request.max_content_length or 0)


def _file_sent() -> FileSent | None:
    file = request.files.get("file")
    # A browser sends an empty part without a name where no file was chosen.
    if file is None or not file.filename:
        return None
    with file.stream:
        return FileSent(UNSEEN.sub("", file.filename), file.stream.read())


def _guarded(
    visit: Visit,
    permission: Permission,
    subject_of: Callable[..., Subject | None] | None,
    view_args: dict[str, Any],
) -> tuple[Visit, Reply | None]:
    known = replace(visit, identity=_identity(visit))
    return known, _refused(known, permission, subject_of, view_args)


def _readable(typed: MultiDict[str, str]) -> MultiDict[str, str]:
    return MultiDict((name, UNSEEN.sub("", value)) for name, value in typed.items(multi=True))


def _transaction(*, writing: bool) -> AbstractContextManager[Session]:
    database = the_desk().database
    return database.writing() if writing else database.reading()


def _visit(
    session: Session, form: MultiDict[str, str], now: dt.datetime, *, posting: bool
) -> Visit:
    desk = the_desk()
    return Visit(
        session=session,
        identity=Identity(),
        now=now,
        library=desk.library,
        settings=desk.settings,
        files=desk.files,
        counter=lambda: desk.counter,
        pace=desk.pace,
        surge=desk.surge,
        mails=desk.mails,
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
        for name in [name for name in cookie if not name.startswith((BEGUN_PREFIX, SHARED_DEVICE))]:
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
        # What others use too forgets everything when its browser is closed.
        cookie.permanent = not cookie.get(SHARED_DEVICE)


def _note_use(now: int) -> None:
    # Once a minute is enough, and most pages then need no new cookie.
    if now - int(cookie.get(SEEN_COOKIE, 0)) >= 60:
        cookie[SEEN_COOKIE] = now
