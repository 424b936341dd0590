"""Queries over attempts to sign in; every use is one guarded update, so that only one can win."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, select, update

from webapp.accounts.models import Account, SignInAttempt
from webapp.persistence import Session, guarded_update


@dataclass(frozen=True, slots=True)
class Opened:
    """An attempt that may still be used, with its account."""

    attempt: SignInAttempt
    account: Account


def add_attempt(session: Session, attempt: SignInAttempt) -> None:
    """Add an attempt."""
    session.add(attempt)
    session.flush()


def count_attempts(session: Session, address_hash: str, since: dt.datetime) -> int:
    """Return how many sign-in mails were asked for an address after a moment."""
    statement = select(func.count()).where(
        SignInAttempt.address_hash == address_hash, SignInAttempt.started_at > since
    )
    return session.scalars(statement).one()


def find_open_attempt(session: Session, attempt_id: uuid.UUID, now: dt.datetime) -> Opened | None:
    """Return an unused attempt of an active account before it expires, or None."""
    return _find(session, SignInAttempt.id == attempt_id, now)


def find_open_link(session: Session, link_hash: str, now: dt.datetime) -> Opened | None:
    """Return the attempt that a link may still be used for, or None."""
    return _find(session, SignInAttempt.link_hash == link_hash, now)


def set_secrets(
    session: Session, attempt_id: uuid.UUID, link_hash: str, code_hash: str, now: dt.datetime
) -> bool:
    """Give an attempt the link and code of a new mail; False where it is over."""
    statement = (
        update(SignInAttempt)
        .where(SignInAttempt.id == attempt_id, *_usable(now))
        .values(link_hash=link_hash, code_hash=code_hash)
    )
    return guarded_update(session, statement)


def count_try(
    session: Session, attempt_id: uuid.UUID, most: int, now: dt.datetime
) -> SignInAttempt | None:
    """Use up one try at the code and return the attempt as it is then; None where it is over."""
    statement = (
        update(SignInAttempt)
        .where(SignInAttempt.id == attempt_id, SignInAttempt.tries < most, *_usable(now))
        .values(tries=SignInAttempt.tries + 1)
    )
    if not guarded_update(session, statement):
        return None
    return session.get_one(SignInAttempt, attempt_id, populate_existing=True)


def use_attempt(session: Session, attempt_id: uuid.UUID, now: dt.datetime) -> bool:
    """Use an attempt up; False where another request was faster or its time is over."""
    statement = (
        update(SignInAttempt)
        .where(SignInAttempt.id == attempt_id, *_usable(now))
        .values(used_at=now)
    )
    return guarded_update(session, statement)


def use_all(session: Session, now: dt.datetime) -> None:
    """Let nobody use any attempt any more."""
    unused = update(SignInAttempt).where(SignInAttempt.used_at.is_(None))
    session.execute(unused.values(used_at=now, link_hash=None, code_hash=None))


def delete_attempts(session: Session, expired_before: dt.datetime) -> None:
    """Forget every attempt that expired before a moment."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.expires_at < expired_before))


def _find(session: Session, which: ColumnElement[bool], now: dt.datetime) -> Opened | None:
    statement = (
        select(SignInAttempt, Account)
        .join(Account, SignInAttempt.account_id == Account.id)
        .where(which, Account.disabled_at.is_(None), *_usable(now))
    )
    found = session.execute(statement).one_or_none()
    return Opened(*found) if found else None


def _usable(now: dt.datetime) -> Sequence[ColumnElement[bool]]:
    return (SignInAttempt.used_at.is_(None), SignInAttempt.expires_at > now)
