"""Keep out of a restored database whom nobody let in any more before it was restored."""

from __future__ import annotations

import datetime as dt
import uuid

from webapp.accounts.store import attempts, members, participants, sessions
from webapp.persistence import Session
from webapp.retention.services import Erasers

ACCOUNT_DISABLED = "account.disabled"
ACCOUNT_ENABLED = "account.enabled"
ROLE_REVOKED = "role.revoked"
PARTICIPANT_REVOKED = "participant.revoked"


def end_every_session(session: Session, now: dt.datetime) -> int:
    """Sign everybody out and let no sign-in mail work any more; return how many sessions ended."""
    attempts.use_all(session, now)
    return sessions.end_all(session, now)


def _disable_again(session: Session, account_id: uuid.UUID, at: dt.datetime) -> None:
    members.set_disabled(session, account_id, at)
    sessions.end_sessions_of(session, account_id, at)


def _enable_again(session: Session, account_id: uuid.UUID, _at: dt.datetime) -> None:
    members.set_disabled(session, account_id, None)


def _revoke_again(session: Session, membership_id: uuid.UUID, _at: dt.datetime) -> None:
    members.delete_membership_by_id(session, membership_id)


def _revoke_participant_again(session: Session, participant_id: uuid.UUID, at: dt.datetime) -> None:
    participants.revoke(session, participant_id, at)


ERASERS: Erasers = {
    ACCOUNT_DISABLED: _disable_again,
    ACCOUNT_ENABLED: _enable_again,
    ROLE_REVOKED: _revoke_again,
    PARTICIPANT_REVOKED: _revoke_participant_again,
}
