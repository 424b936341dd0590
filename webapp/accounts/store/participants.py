"""Queries over people who were invited into a relation to a subject."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import select, update

from webapp.accounts.errors import AlreadyInvited
from webapp.accounts.models import Participant
from webapp.persistence import IntegrityError, Session, guarded_update, savepoint, violated


def add_participant(session: Session, participant: Participant) -> None:
    """Add a participant; raises AlreadyInvited."""
    try:
        with savepoint(session):
            session.add(participant)
    except IntegrityError as error:
        if violated(error) == "uq_participant__subject_id_relation_email_name":
            raise AlreadyInvited(
                f"{participant.name} ({participant.email}) has been invited already"
            ) from error
        raise


def find_participant(session: Session, participant_id: uuid.UUID) -> Participant | None:
    """Return a participant, revoked or not, or None."""
    return session.get(Participant, participant_id)


def find_participant_by_link(
    session: Session, link_hash: str, now: dt.datetime
) -> Participant | None:
    """Return whom a personal link stands for while it is valid, or None."""
    statement = select(Participant).where(
        Participant.link_hash == link_hash,
        Participant.revoked_at.is_(None),
        Participant.link_expires_at > now,
    )
    return session.scalars(statement).one_or_none()


def list_participants(session: Session, subject_id: uuid.UUID) -> list[Participant]:
    """Return everybody who was invited to a subject, revoked or not, oldest first."""
    statement = select(Participant).where(Participant.subject_id == subject_id)
    return sorted(session.scalars(statement), key=_age)


def list_participants_of(session: Session, account_id: uuid.UUID) -> list[Participant]:
    """Return the current participants that an account stands behind, oldest first."""
    statement = select(Participant).where(
        Participant.account_id == account_id, Participant.revoked_at.is_(None)
    )
    return sorted(session.scalars(statement), key=_age)


def list_participants_by_id(session: Session, ids: set[uuid.UUID]) -> list[Participant]:
    """Return the participants with these ids, oldest first."""
    if not ids:
        return []
    return sorted(session.scalars(select(Participant).where(Participant.id.in_(ids))), key=_age)


def set_link(
    session: Session,
    participant_id: uuid.UUID,
    link_hash: str,
    expires_at: dt.datetime,
    now: dt.datetime,
) -> bool:
    """Give a participant the link of a new mail in place of any older; False where revoked."""
    statement = (
        update(Participant)
        .where(Participant.id == participant_id, Participant.revoked_at.is_(None))
        .values(link_hash=link_hash, link_expires_at=expires_at, mailed_at=now)
    )
    return guarded_update(session, statement)


def set_joined(session: Session, participant_id: uuid.UUID, now: dt.datetime) -> bool:
    """Record that a participant first came in; False where that was before."""
    statement = (
        update(Participant)
        .where(Participant.id == participant_id, Participant.joined_at.is_(None))
        .values(joined_at=now)
    )
    return guarded_update(session, statement)


def revoke(session: Session, participant_id: uuid.UUID, now: dt.datetime) -> bool:
    """Withdraw an invitation with its link; False where that was done or there is none."""
    statement = (
        update(Participant)
        .where(Participant.id == participant_id, Participant.revoked_at.is_(None))
        .values(revoked_at=now, link_hash=None)
    )
    return guarded_update(session, statement)


def _age(participant: Participant) -> tuple[dt.datetime, str, str]:
    return (participant.invited_at, participant.name, str(participant.id))
