"""Signed-in sessions: who is behind a token, and how a session begins and ends."""

from __future__ import annotations

import datetime as dt
import uuid

from webapp.accounts.models import Participant, SessionParticipation, SignedInSession
from webapp.accounts.store import attempts, members, participants, sessions
from webapp.persistence import Session
from webapp.security import Identity, Membership, Participation, Relation, Role
from webapp.security.tokens import hash_token, new_token

ACCOUNT_SESSION = dt.timedelta(hours=12)
"""How long a sign-in lasts, however busy; one working day."""

PARTICIPANT_SESSION = dt.timedelta(hours=4)
"""How long a personal link lets a browser in before its button is needed again."""

REMEMBERED = dt.timedelta(days=1)
"""How long attempts and sessions are kept once they have expired, for whoever looks into one."""


def identity_of(session: Session, session_token: str, now: dt.datetime) -> Identity:
    """Return who a session's token stands for; the public for none that is valid.

    Reads only. Participations come through the account and through the session.
    """
    signed_in = _find(session, session_token, now)
    if signed_in is None:
        return Identity()
    joined = sessions.list_session_participants(session, signed_in.id)
    if signed_in.account_id is None:
        name = min((each.name for each in joined), default="")
        return Identity(name=name, participations=_participations(joined))
    account = members.find_account_by_id(session, signed_in.account_id)
    if account is None:
        return Identity()
    joined += participants.list_participants_of(session, account.id)
    return Identity(
        account_id=account.id,
        name=account.name,
        memberships=frozenset(
            Membership(each.organisation_id, Role(each.role))
            for each in members.list_memberships(session, account.id)
        ),
        participations=_participations(joined),
    )


def begin_session(
    session: Session, account_id: uuid.UUID, *, instead_of: str, now: dt.datetime
) -> str:
    """Start an account's session under a new token, which is returned and stored nowhere.

    The session that the browser had before (`instead_of`, a token or empty) ends.
    """
    if instead_of:
        sessions.end_session(session, hash_token(instead_of), now)
    token = new_token()
    signed_in = SignedInSession(
        token_hash=hash_token(token),
        account_id=account_id,
        started_at=now,
        expires_at=now + ACCOUNT_SESSION,
    )
    sessions.add_session(session, signed_in)
    return token


def let_in(
    session: Session, participant_id: uuid.UUID, *, present_token: str, now: dt.datetime
) -> str:
    """Bring a participant into the present session, or into a new one, and return its token.

    The token changes either way, as at every change of what a session may do.
    """
    token = new_token()
    present = _find(session, present_token, now)
    until = now + PARTICIPANT_SESSION
    if present is not None and present.account_id is not None:
        until = present.expires_at
    if present is not None and sessions.change_token(
        session, present.id, hash_token(present_token), hash_token(token), until
    ):
        session_id = present.id
    else:
        started = SignedInSession(token_hash=hash_token(token), started_at=now, expires_at=until)
        sessions.add_session(session, started)
        session_id = started.id
    sessions.add_participation(
        session,
        SessionParticipation(session_id=session_id, participant_id=participant_id, opened_at=now),
    )
    return token


def sign_out(session: Session, session_token: str, now: dt.datetime) -> None:
    """End a session; a token that stands for none changes nothing."""
    if session_token:
        sessions.end_session(session, hash_token(session_token), now)


def forget_expired(session: Session, now: dt.datetime) -> None:
    """Delete the attempts and sessions that expired a day ago."""
    attempts.delete_attempts(session, now - REMEMBERED)
    sessions.delete_sessions(session, now - REMEMBERED)


def _find(session: Session, token: str, now: dt.datetime) -> SignedInSession | None:
    return sessions.find_session(session, hash_token(token), now) if token else None


def _participations(joined: list[Participant]) -> frozenset[Participation]:
    return frozenset(
        Participation(each.id, each.subject_id, Relation(each.relation)) for each in joined
    )
