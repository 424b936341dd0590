"""Starting a review, pinned to a framework version and to the rule on signatures of the day."""

from __future__ import annotations

import datetime as dt
import uuid

from webapp.accounts.services import find_account, list_members
from webapp.appraisals.acting import Doer
from webapp.appraisals.reviews import EventKind, Review
from webapp.appraisals.services.invitations import invite
from webapp.appraisals.signing import third_persons
from webapp.appraisals.starting import (
    Named,
    Start,
    StartRefused,
    check_start,
    rule_for,
)
from webapp.appraisals.states import ReviewState
from webapp.appraisals.store import events
from webapp.appraisals.store import reviews as store
from webapp.persistence import Session
from webapp.security import Identity, Relation, Role
from webapp.security.tokens import new_token


def start_review(
    session: Session, start: Start, *, identity: Identity, today: dt.date, now: dt.datetime
) -> Review:
    """Start a review and invite its appraiser.

    Somebody who appraises starts a draft; what is started for another appraiser waits for
    their approval. Raises StartRefused, and StartedAlready for the same form sent twice.
    """
    rule = rule_for(start.framework, start.profile_key, today)
    appraiser = start.appraiser or _own_name(session, start, identity)
    check_start(start, rule, appraiser)
    prepared = start.appraiser is not None
    people = [
        _person(session, Relation.APPRAISER, "", appraiser),
        _person(session, Relation.APPRAISEE, "", start.appraisee),
        *(
            _person(session, Relation.SIGNATORY, step.key, start.signatories[step.key])
            for step in third_persons(rule)
        ),
    ]
    new = store.NewReview(
        id=start.review_id,
        organisation_id=start.organisation_id,
        reference=start.framework.reference,
        digest=start.digest,
        profile_key=start.profile_key,
        position=start.framework.profile(start.profile_key).title,
        rule=rule,
        rule_on=today,
        from_on=start.from_on,
        until_on=start.until_on,
        state=ReviewState.PREPARED if prepared else ReviewState.DRAFT,
        salt=new_token(),
        prepared_by=identity.account_id if prepared else None,
    )
    review = store.add_review(session, new, people, now)
    relation = Relation.PREPARER if prepared else Relation.APPRAISER
    events.add_event(
        session,
        review,
        EventKind.PREPARED if prepared else EventKind.STARTED,
        Doer(relation, identity.name, identity.account_id),
        now,
    )
    invite(session, review, review.appraiser, invited_by=identity.name, now=now)
    return review


def _own_name(session: Session, start: Start, identity: Identity) -> Named:
    if identity.holds(Role.APPRAISER, start.organisation_id):
        for member in list_members(session, start.organisation_id):
            if member.account.id == identity.account_id:
                return Named(member.account.name, member.account.email)
    raise StartRefused(("appraiser_name", "Enter the name and address of the appraiser"))


def _person(session: Session, relation: Relation, step: str, named: Named) -> store.NewPerson:
    return store.NewPerson(
        relation=relation,
        step=step,
        name=named.name,
        email=named.email,
        account_id=_account_id(session, named.email),
    )


def _account_id(session: Session, email: str) -> uuid.UUID | None:
    account = find_account(session, email)
    return account.id if account and account.is_active else None
