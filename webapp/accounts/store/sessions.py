"""Queries over signed-in sessions."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import delete, select, update

from webapp.accounts.models import (
    Account,
    Participant,
    SessionParticipation,
    SignedInSession,
)
from webapp.persistence import IntegrityError, Session, guarded_update, savepoint, violated


def add_session(session: Session, signed_in: SignedInSession) -> None:
    """Add a session."""
    session.add(signed_in)
    session.flush()


def find_session(session: Session, token_hash: str, now: dt.datetime) -> SignedInSession | None:
    """Return the session of a token while it lasts, or None; that of a disabled account ends."""
    statement = (
        select(SignedInSession)
        .outerjoin(Account, SignedInSession.account_id == Account.id)
        .where(
            SignedInSession.token_hash == token_hash,
            SignedInSession.ended_at.is_(None),
            SignedInSession.expires_at > now,
            Account.disabled_at.is_(None),
        )
    )
    return session.scalars(statement).one_or_none()


def change_token(
    session: Session,
    session_id: uuid.UUID,
    old_hash: str,
    new_hash: str,
    expires_at: dt.datetime,
) -> bool:
    """Give a session a new token and end; False where another request was faster."""
    statement = (
        update(SignedInSession)
        .where(
            SignedInSession.id == session_id,
            SignedInSession.token_hash == old_hash,
            SignedInSession.ended_at.is_(None),
        )
        .values(token_hash=new_hash, expires_at=expires_at)
    )
    return guarded_update(session, statement)


def end_session(session: Session, token_hash: str, now: dt.datetime) -> bool:
    """End the session of a token; False where it has ended or never was."""
    statement = (
        update(SignedInSession)
        .where(SignedInSession.token_hash == token_hash, SignedInSession.ended_at.is_(None))
        .values(ended_at=now)
    )
    return guarded_update(session, statement)


def end_sessions_of(session: Session, account_id: uuid.UUID, now: dt.datetime) -> None:
    """End every session of an account."""
    session.execute(
        update(SignedInSession)
        .where(SignedInSession.account_id == account_id, SignedInSession.ended_at.is_(None))
        .values(ended_at=now)
    )


def end_all(session: Session, now: dt.datetime) -> int:
    """End every session; return how many there were."""
    ended = session.connection().execute(
        update(SignedInSession).where(SignedInSession.ended_at.is_(None)).values(ended_at=now)
    )
    return ended.rowcount


def delete_sessions(session: Session, expired_before: dt.datetime) -> None:
    """Forget every session that expired before a moment."""
    session.execute(delete(SignedInSession).where(SignedInSession.expires_at < expired_before))


def add_participation(session: Session, participation: SessionParticipation) -> None:
    """Bring a participant into a session; once is enough."""
    try:
        with savepoint(session):
            session.add(participation)
    except IntegrityError as error:
        if violated(error) != "uq_session_participation__session_id_participant_id":
            raise


def list_session_participants(session: Session, session_id: uuid.UUID) -> list[Participant]:
    """Return the current participants that a session was opened for, in no order."""
    statement = (
        select(Participant)
        .join(SessionParticipation, SessionParticipation.participant_id == Participant.id)
        .where(SessionParticipation.session_id == session_id, Participant.revoked_at.is_(None))
    )
    return list(session.scalars(statement))
