"""Signing: each in turn, each under exactly the content that they saw."""

from __future__ import annotations

import datetime as dt
import uuid

from webapp.appraisals.acting import Doer, persons_of
from webapp.appraisals.progress import signer_of
from webapp.appraisals.reviews import EventKind, Frozen, Person, Review
from webapp.appraisals.services.freezing import check_whole
from webapp.appraisals.services.steps import ask_next_signer, move
from webapp.appraisals.signing import OutOfTurn, check_turn, next_step, place_of
from webapp.appraisals.states import NotTheirs, ReviewState
from webapp.appraisals.store import events, reviews, revisions
from webapp.appraisals.store.revisions import NewSignature, SignedAlready
from webapp.persistence import Session
from webapp.security import Identity

LONGEST_REMARK = 2000


class RemarkTooLong(Exception):
    """What is to be recorded with a signature is too long."""


class ChangedSinceSeen(Exception):
    """The content is not the one that the signer had before them."""


def sign_review(
    session: Session,
    review_id: uuid.UUID,
    *,
    step_key: str,
    digest: str,
    remark: str,
    identity: Identity,
    now: dt.datetime,
) -> None:
    """Add a signature to the newest revision, whose `digest` the signer's page showed.

    Sent twice it is one signature. The last one completes the review, any other asks the
    next signer. Raises NotTheirs, OutOfTurn, ChangedSinceSeen, RemarkTooLong, RevisionDamaged.
    """
    kept = remark.replace("\r\n", "\n").strip()
    if len(kept) > LONGEST_REMARK:
        raise RemarkTooLong(f"Shorten this to {LONGEST_REMARK:,} characters or fewer")
    review = reviews.lock_review(session, review_id)
    person = signer(review, step_key)
    if person not in persons_of(identity, review):
        raise NotTheirs("This signature is somebody else’s.")
    frozen = _newest(session, review)
    if any(each.step == step_key and each.digest == digest for each in frozen.signatures):
        return
    if not review.state.is_signable or frozen.digest != digest:
        raise ChangedSinceSeen(
            "This review was opened again after you came to this page. "
            "Read it again before you sign."
        )
    step = check_turn(review.rule, step_key, frozen.steps_signed)
    check_whole(session, review, frozen, revisions.list_answers(session, frozen.id))
    new = NewSignature(
        revision_id=frozen.id,
        step=step,
        place=place_of(review.rule, step.key),
        person=person,
        remark=kept,
        digest=frozen.digest,
    )
    try:
        revisions.add_signature(session, new, now)
    except SignedAlready as error:
        raise OutOfTurn(str(error)) from error
    done_by = Doer(person.relation, person.name, identity.account_id, person.participant_id)
    _move_on(session, review, frozen.steps_signed | {step.key}, done_by, now)


def signer(review: Review, step_key: str) -> Person:
    """Return the person who signs a step; raises OutOfTurn where the rule has no such step."""
    try:
        return signer_of(review, step_key)
    except KeyError:
        raise OutOfTurn("The rule on signatures for this position has no such step.") from None


def _newest(session: Session, review: Review) -> Frozen:
    found = [
        each for each in revisions.list_frozen(session, review.id) if each.number == review.number
    ]
    if not found:
        raise ChangedSinceSeen("There is nothing to sign yet.")
    return found[-1]


def _move_on(
    session: Session, review: Review, signed: frozenset[str], done_by: Doer, now: dt.datetime
) -> None:
    complete = next_step(review.rule, signed) is None
    after = ReviewState.SIGNED if complete else ReviewState.SIGNING
    if review.state is not after:
        move(session, review, after, review.number)
    events.add_event(session, review, EventKind.SIGNED, done_by, now)
    if complete:
        events.add_event(session, review, EventKind.COMPLETED, done_by, now)
    else:
        ask_next_signer(session, review, signed, done_by, now)
