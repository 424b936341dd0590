"""People without an account who come in by a personal link, for one subject of any room."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from webapp.accounts.addresses import one_line, person_name, same_email
from webapp.accounts.errors import InvitationOver, UnknownParticipant
from webapp.accounts.models import Participant
from webapp.accounts.people import Invitation, ParticipantValue, SignedIn
from webapp.accounts.services.erasing import PARTICIPANT_REVOKED
from webapp.accounts.services.members import get_organisation
from webapp.accounts.services.sessions import let_in
from webapp.accounts.store import participants
from webapp.jobs import enqueue
from webapp.persistence import Session
from webapp.retention.services import record_erasure
from webapp.security import Identity, Relation
from webapp.security.tokens import hash_token, new_token

INVITATION_MAIL = "accounts.invitation-mail"
LINK_LIFETIME = dt.timedelta(days=90)


@dataclass(frozen=True, slots=True)
class InvitationLetter:
    """What the mail with a personal link needs; the secret is in it and nowhere else."""

    invitation: Invitation
    token: str
    expires_at: dt.datetime


def invite_participant(
    session: Session,
    *,
    organisation_id: uuid.UUID,
    subject_id: uuid.UUID,
    relation: Relation,
    name: str,
    email: str,
    purpose: str,
    destination: str,
    invited_by: str,
    now: dt.datetime,
    account_id: uuid.UUID | None = None,
) -> ParticipantValue:
    """Bring a person into a relation to a subject, and mail a personal link that leads there.

    `purpose` ends the sentence ‘… asks you to’, such as ‘sign the review of Jo Hall’;
    `destination` is a path of ours; `invited_by` names who asks. With `account_id` the
    person has the relation whenever that account is signed in, too.
    Raises NotValid for a name or an address, and AlreadyInvited.
    """
    if not destination.startswith("/") or destination.startswith("//"):
        raise ValueError(f"not a path of ours: {destination!r}")
    participant = Participant(
        organisation_id=organisation_id,
        subject_id=subject_id,
        relation=Relation(relation).value,
        name=person_name(name),
        email=same_email(email),
        purpose=one_line(purpose),
        destination=destination,
        invited_by=one_line(invited_by),
        invited_at=now,
        account_id=account_id,
    )
    participants.add_participant(session, participant)
    _enqueue_mail(session, participant.id, now)
    return _value(participant)


def reinvite_participant(session: Session, participant_id: uuid.UUID, now: dt.datetime) -> None:
    """Mail a new personal link, after which the one before stops working.

    Raises UnknownParticipant where there is none or the invitation was withdrawn.
    """
    found = participants.find_participant(session, participant_id)
    if found is None or found.revoked_at:
        raise UnknownParticipant("this person is not invited any more")
    _enqueue_mail(session, participant_id, now)


def revoke_participant(session: Session, participant_id: uuid.UUID, now: dt.datetime) -> bool:
    """Withdraw an invitation at once, wherever its link is open; False where it was already."""
    revoked = participants.revoke(session, participant_id, now)
    if revoked:
        record_erasure(session, PARTICIPANT_REVOKED, participant_id, now)
    return revoked


def list_participants(session: Session, subject_id: uuid.UUID) -> tuple[ParticipantValue, ...]:
    """Return everybody who was invited to a subject, withdrawn or not, oldest first."""
    return tuple(_value(each) for each in participants.list_participants(session, subject_id))


def list_invitations_of(session: Session, identity: Identity) -> tuple[Invitation, ...]:
    """Return what a person takes part in, oldest first."""
    ids = {each.participant_id for each in identity.participations}
    found = participants.list_participants_by_id(session, ids)
    return tuple(_invitation(session, each) for each in found)


def find_invitation(session: Session, link_token: str, now: dt.datetime) -> Invitation | None:
    """Return what a personal link is for, using nothing up; None where it is over."""
    found = participants.find_participant_by_link(session, hash_token(link_token), now)
    return _invitation(session, found) if found else None


def prepare_invitation_mail(
    session: Session, participant_id: uuid.UUID, now: dt.datetime
) -> InvitationLetter | None:
    """Make a personal link and return it for its mail; None where the invitation is withdrawn.

    Doing it again makes a new link, and only that of the newest mail works.
    """
    found = participants.find_participant(session, participant_id)
    token, expires_at = new_token(), now + LINK_LIFETIME
    if found is None or not participants.set_link(
        session, participant_id, hash_token(token), expires_at, now
    ):
        return None
    return InvitationLetter(_invitation(session, found), token, expires_at)


def join_by_link(
    session: Session, link_token: str, *, present_token: str, now: dt.datetime
) -> SignedIn:
    """Let the holder of a personal link in, as often as needed; raises InvitationOver.

    The relation is added to the browser's session (`present_token`, or empty) where there is
    one; the token that is returned replaces it.
    """
    found = participants.find_participant_by_link(session, hash_token(link_token), now)
    if found is None:
        raise InvitationOver("This link was withdrawn, was replaced by a newer one, or has expired")
    participants.set_joined(session, found.id, now)
    token = let_in(session, found.id, present_token=present_token, now=now)
    return SignedIn(token, found.destination)


def _enqueue_mail(session: Session, participant_id: uuid.UUID, now: dt.datetime) -> None:
    enqueue(session, INVITATION_MAIL, {"participant": str(participant_id)}, now)


def _invitation(session: Session, row: Participant) -> Invitation:
    return Invitation(_value(row), get_organisation(session, row.organisation_id))


def _value(row: Participant) -> ParticipantValue:
    return ParticipantValue(
        id=row.id,
        organisation_id=row.organisation_id,
        subject_id=row.subject_id,
        relation=Relation(row.relation),
        name=row.name,
        email=row.email,
        purpose=row.purpose,
        destination=row.destination,
        invited_by=row.invited_by,
        invited_at=row.invited_at,
        account_id=row.account_id,
        mailed_at=row.mailed_at,
        joined_at=row.joined_at,
        revoked_at=row.revoked_at,
    )
