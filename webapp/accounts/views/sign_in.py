"""Signing in with a mailed link or code, and signing out."""

from __future__ import annotations

import uuid
from dataclasses import replace

from webapp.accounts import pages, services
from webapp.accounts.errors import AttemptOver, TooManyAttempts, WrongCode
from webapp.accounts.forms import CodeForm, SignInForm
from webapp.accounts.views.room import browser_token, room, start, wanted_path
from webapp.security import Permission
from webapp.web.replies import Page, Reply, SeeOther, SeePath
from webapp.web.visit import Visit

ATTEMPT_COOKIE = "sign-in"
"""The name, in the signed cookie, of the attempt that this browser began."""

EMAIL_COOKIE = "sign-in-email"
"""The name, in the signed cookie, of the address as it was typed."""


@room.get("/sign-in", permission=Permission.SIGN_IN)
def sign_in(visit: Visit) -> Reply:
    """Ask for an email address."""
    wanted = wanted_path(visit.query.get("next"))
    if visit.identity.account_id is not None and "next" in visit.query:
        # Somebody who signed in in another tab meanwhile.
        return SeePath(wanted)
    return _sign_in_page(visit, SignInForm(data={"next": wanted}))


@room.post("/sign-in", permission=Permission.SIGN_IN)
def begin_sign_in(visit: Visit) -> Reply:
    """Have a mail sent; what follows is the same whoever asks."""
    form = SignInForm.posted(visit.form)
    if not form.validate():
        return _sign_in_page(visit, form, status=422)
    try:
        attempt_id = services.start_sign_in(
            visit.session,
            email=form.email.data,
            next_path=wanted_path(form.next.data),
            now=visit.now,
        )
    except TooManyAttempts as error:
        form.email.errors = [str(error)]
        return _sign_in_page(visit, form, status=429)
    reply = SeeOther.to("accounts.enter_code")
    return reply.remembering(ATTEMPT_COOKIE, str(attempt_id)).remembering(
        EMAIL_COOKIE, form.email.data
    )


@room.get("/sign-in/code", permission=Permission.SIGN_IN)
def enter_code(visit: Visit) -> Reply:
    """Say that a mail is on its way and ask for its code."""
    if ATTEMPT_COOKIE not in visit.cookie:
        return SeeOther.to("accounts.sign_in")
    return _code_page(visit, CodeForm())


@room.post("/sign-in/code", permission=Permission.SIGN_IN)
def use_code(visit: Visit) -> Reply:
    """Sign in with the code of the mail."""
    if ATTEMPT_COOKIE not in visit.cookie:
        return SeeOther.to("accounts.sign_in")
    form = CodeForm.posted(visit.form)
    if not form.validate():
        return _code_page(visit, form, status=422)
    try:
        signed_in = services.redeem_code(
            visit.session,
            uuid.UUID(visit.cookie[ATTEMPT_COOKIE]),
            form.code.data,
            present_token=browser_token(visit),
            now=visit.now,
        )
    except WrongCode as error:
        form.code.errors = [_wrong_code(error.tries_left)]
        # The try that this used up stays used up.
        return replace(_code_page(visit, form, status=422), keep=True)
    except AttemptOver as error:
        return replace(_over(str(error)), keep=True).forgetting(ATTEMPT_COOKIE, EMAIL_COOKIE)
    return start(signed_in)


@room.get("/sign-in/link/<token>", permission=Permission.SIGN_IN)
def open_link(visit: Visit, token: str) -> Reply:
    """Show whom the link signs in; mail scanners open links, so that uses nothing up."""
    offer = services.find_sign_in_offer(visit.session, token, visit.now)
    if offer is None:
        return _over("This link has been used, was replaced by a newer one, or has expired")
    other = visit.identity.name if visit.identity.account_id else ""
    return Page.of("accounts/link.html", offer=offer, signed_in_as=other)


@room.post("/sign-in/link/<token>", permission=Permission.SIGN_IN)
def use_link(visit: Visit, token: str) -> Reply:
    """Sign in with the link, once."""
    try:
        signed_in = services.redeem_link(
            visit.session, token, present_token=browser_token(visit), now=visit.now
        )
    except AttemptOver as error:
        return _over(str(error))
    return start(signed_in)


@room.post("/sign-out", permission=Permission.SIGN_OUT)
def sign_out(visit: Visit) -> Reply:
    """End the session in the database and in the browser."""
    services.sign_out(visit.session, browser_token(visit), visit.now)
    return SeeOther.to("accounts.signed_out").with_fresh_cookie()


@room.get("/signed-out", permission=Permission.SIGN_IN)
def signed_out(visit: Visit) -> Reply:
    """Say that the session is over."""
    return Page.of("accounts/signed_out.html", still=not visit.identity.is_public)


def _sign_in_page(visit: Visit, form: SignInForm, status: int = 200) -> Page:
    # Only where the data are examples: elsewhere nobody is told who has an account.
    trying = visit.settings.demo and visit.identity.on_loopback
    accounts = services.list_accounts(visit.session) if trying else ()
    return Page.of(
        "accounts/sign_in.html",
        status=status,
        form=form,
        signed_in_as=visit.identity.name if visit.identity.account_id else "",
        examples=pages.example_accounts(accounts),
        is_example=trying,
    )


def _code_page(visit: Visit, form: CodeForm, status: int = 200) -> Page:
    return Page.of(
        "accounts/code.html",
        status=status,
        form=form,
        email=visit.cookie.get(EMAIL_COOKIE, ""),
        is_example=visit.settings.demo and visit.identity.on_loopback,
    )


def _over(reason: str) -> Page:
    return Page.of("accounts/over.html", status=410, reason=reason)


def _wrong_code(tries_left: int) -> str:
    if tries_left == 0:
        return "That code is not right, and it was the last try. Use the link in the email instead"
    tries = "1 more try" if tries_left == 1 else f"{tries_left} more tries"
    return f"That code is not right. Check it against the newest email; you have {tries}"
