"""Signing in with a link or a short code out of a mail.

Nothing here tells whether an address has an account: both leave a row and a job, the same
limits hold, and only the job finds out that there is nobody to write to.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from webapp.accounts.addresses import same_email
from webapp.accounts.errors import AttemptOver, TooManyAttempts, WrongCode
from webapp.accounts.models import SignInAttempt
from webapp.accounts.people import SignedIn, SignInOffer
from webapp.accounts.services.sessions import begin_session
from webapp.accounts.store import attempts, members
from webapp.jobs import enqueue
from webapp.persistence import Session
from webapp.security.tokens import hash_token, new_code, new_token, read_code, same_secret

SIGN_IN_MAIL = "accounts.sign-in-mail"
LIFETIME = dt.timedelta(minutes=15)
MOST_TRIES = 5
LIMITS = ((dt.timedelta(minutes=15), 5), (dt.timedelta(days=1), 30))
"""How many sign-in mails one address may ask for within each span of time."""


@dataclass(frozen=True, slots=True)
class SignInLetter:
    """What a sign-in mail needs; the secrets are in it and nowhere else."""

    email: str
    name: str
    token: str
    code: str
    expires_at: dt.datetime


def start_sign_in(session: Session, *, email: str, next_path: str, now: dt.datetime) -> uuid.UUID:
    """Ask for a sign-in mail and return the attempt's id, whether or not there is an account.

    `next_path` is a checked local path, or empty. Raises NotValid for what is no address and
    TooManyAttempts where the address asked too often.
    """
    address = same_email(email)
    address_hash = hash_token(address)
    for span, most in LIMITS:
        if attempts.count_attempts(session, address_hash, now - span) >= most:
            raise TooManyAttempts(
                "You have asked for several emails. Use the newest one, or try again later"
            )
    account = members.find_account(session, address)
    attempt = SignInAttempt(
        account_id=account.id if account else None,
        address_hash=address_hash,
        next_path=next_path,
        started_at=now,
        expires_at=now + LIFETIME,
    )
    attempts.add_attempt(session, attempt)
    enqueue(session, SIGN_IN_MAIL, {"attempt": str(attempt.id)}, now)
    return attempt.id


def prepare_sign_in_mail(
    session: Session, attempt_id: uuid.UUID, now: dt.datetime
) -> SignInLetter | None:
    """Make the link and the code of an attempt and return them for its mail.

    Doing it again makes new ones, and only those of the newest mail work. None where nobody
    has this address, or the attempt is over and a mail would help nobody.
    """
    found = attempts.find_open_attempt(session, attempt_id, now)
    if found is None:
        return None
    token, code = new_token(), new_code()
    code_hash = _hash_code(attempt_id, code)
    if not attempts.set_secrets(session, attempt_id, hash_token(token), code_hash, now):
        return None
    return SignInLetter(
        email=found.account.email,
        name=found.account.name,
        token=token,
        code=code,
        expires_at=found.attempt.expires_at,
    )


def find_sign_in_offer(session: Session, link_token: str, now: dt.datetime) -> SignInOffer | None:
    """Return what a link offers, using nothing up; None where it is used or over."""
    found = attempts.find_open_link(session, hash_token(link_token), now)
    if found is None:
        return None
    return SignInOffer(found.account.email, found.account.name, found.attempt.next_path)


def redeem_link(
    session: Session, link_token: str, *, present_token: str, now: dt.datetime
) -> SignedIn:
    """Sign in with the link of a mail, once; raises AttemptOver.

    `present_token` is that of the browser's session so far, which ends, or empty.
    """
    found = attempts.find_open_link(session, hash_token(link_token), now)
    if found is None:
        raise AttemptOver("This link has been used, was replaced by a newer one, or has expired")
    return _sign_in(session, found, present_token, now)


def redeem_code(
    session: Session, attempt_id: uuid.UUID, typed: str, *, present_token: str, now: dt.datetime
) -> SignedIn:
    """Sign in with the short code of a mail, typed where sign-in began.

    Every call uses up a try, so keep the transaction whatever is raised: WrongCode, or
    AttemptOver where the attempt is used, has expired or has no tries left.
    """
    attempt = attempts.count_try(session, attempt_id, MOST_TRIES, now)
    if attempt is None:
        raise AttemptOver("This code has been used, has expired, or was wrong too many times")
    code_hash = _hash_code(attempt_id, read_code(typed))
    right = same_secret(code_hash, attempt.code_hash or "")
    found = attempts.find_open_attempt(session, attempt_id, now)
    if not right or found is None:
        raise WrongCode(MOST_TRIES - attempt.tries)
    return _sign_in(session, found, present_token, now)


def _sign_in(
    session: Session, found: attempts.Opened, present_token: str, now: dt.datetime
) -> SignedIn:
    # Of several clicks at once this one update lets a single one through.
    if not attempts.use_attempt(session, found.attempt.id, now):
        raise AttemptOver("This sign-in has just been used")
    token = begin_session(session, found.account.id, instead_of=present_token, now=now)
    return SignedIn(token, found.attempt.next_path)


def _hash_code(attempt_id: uuid.UUID, code: str) -> str:
    # A code is short. It is worth nothing without the signed cookie of the browser that
    # began this attempt, so what protects it is that, the tries and the quarter of an hour.
    return hash_token(f"{attempt_id}:{code}")
