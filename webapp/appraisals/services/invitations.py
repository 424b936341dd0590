"""Bringing the people named in a review in, by mail, when it is their turn."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from webapp.accounts.services import invite_participant, reinvite_participant
from webapp.appraisals.reviews import Person, Review
from webapp.appraisals.states import ReviewState
from webapp.appraisals.store import reviews as store
from webapp.persistence import Session
from webapp.security import Relation


def invite(
    session: Session, review: Review, person: Person, *, invited_by: str, now: dt.datetime
) -> Person:
    """Mail a person their link to a review, a fresh one where they have been invited before."""
    if person.participant_id is not None:
        reinvite_participant(session, person.participant_id, now)
        return person
    participant = invite_participant(
        session,
        organisation_id=review.organisation_id,
        subject_id=review.id,
        relation=person.relation,
        name=person.name,
        email=person.email,
        purpose=_purpose(review, person.relation),
        destination=f"/reviews/{review.id}",
        invited_by=invited_by,
        now=now,
        account_id=person.account_id,
    )
    store.set_participant(session, person.id, participant.id)
    return replace(person, participant_id=participant.id)


def _purpose(review: Review, relation: Relation) -> str:
    if relation is Relation.APPRAISEE:
        return "read your review, add your comments and sign it"
    if relation is Relation.SIGNATORY:
        return f"sign the review of {review.appraisee.name}"
    if review.state is ReviewState.PREPARED:
        return f"approve and write the review of {review.appraisee.name}, prepared for you"
    return f"write the review of {review.appraisee.name}"
