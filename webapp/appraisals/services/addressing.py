"""Sending a link again, or to another address than was typed at first."""

from __future__ import annotations

import datetime as dt
import uuid

from webapp.accounts.addresses import same_email
from webapp.accounts.services import find_account, revoke_participant
from webapp.appraisals.acting import doer, relations_of
from webapp.appraisals.addressing import AddressRefused, check_address
from webapp.appraisals.reviews import EventKind, Person, Review
from webapp.appraisals.services.invitations import invite
from webapp.appraisals.store import events, reviews
from webapp.persistence import Session
from webapp.security import Identity, Relation


def send_link(
    session: Session,
    review_id: uuid.UUID,
    person_id: uuid.UUID,
    email: str,
    *,
    identity: Identity,
    now: dt.datetime,
) -> None:
    """Mail a person who has been invited a new link, and change their address if it differs.

    With another address the old link stops working at once, wherever it is open. Somebody
    who has not been invited yet is invited when it is their turn. Raises NotTheirs,
    AddressRefused, NotValid.
    """
    review = reviews.lock_review(session, review_id)
    person = _person(review, person_id)
    address = same_email(email)
    check_address(review, person, address, relations_of(identity, review))
    done_by = doer(identity, review, Relation.APPRAISER, Relation.PREPARER)
    if address != person.email:
        moved = _move(session, review, person, address, now)
        events.add_event(
            session, review, EventKind.ADDRESS_CHANGED, done_by, now, detail=person.name
        )
    else:
        moved = person
    if person.participant_id is not None:
        invite(session, review, moved, invited_by=done_by.name, now=now)
        events.add_event(session, review, EventKind.LINK_SENT, done_by, now, detail=person.name)


def _person(review: Review, person_id: uuid.UUID) -> Person:
    for person in review.people:
        if person.id == person_id:
            return person
    raise AddressRefused("This review names no such person")


def _move(session: Session, review: Review, person: Person, email: str, now: dt.datetime) -> Person:
    if person.participant_id is not None:
        revoke_participant(session, person.participant_id, now)
    account = find_account(session, email)
    account_id = account.id if account and account.is_active else None
    if not reviews.set_address(session, person, email, account_id):
        raise AddressRefused("Somebody else changed this address first")
    changed = reviews.find_review(session, review.id)
    return _person(changed, person.id) if changed else person
