"""The steps that take a review on; each locks it, checks who and where, and records both."""

from __future__ import annotations

import datetime as dt
import uuid

from frameworks.review import ReviewForm, missing_before_signing
from webapp.appraisals.acting import Doer, doer, relations_of
from webapp.appraisals.progress import signer_of
from webapp.appraisals.reasons import checked_reason
from webapp.appraisals.reviews import EventKind, Review
from webapp.appraisals.services.freezing import freeze
from webapp.appraisals.services.invitations import invite
from webapp.appraisals.services.papers import remove_papers_of
from webapp.appraisals.services.uploads import discard_uploads_of
from webapp.appraisals.signing import next_step
from webapp.appraisals.states import RULES, ReviewState, Step, StepRefused, take_step
from webapp.appraisals.store import drafts, events, reviews
from webapp.persistence import Session
from webapp.security import Identity, Relation


class Unfinished(Exception):
    """A review lacks what signing needs; `missing` are sentences that say what."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        """Take everything that is missing."""
        super().__init__(" ".join(missing))
        self.missing = missing


def approve_review(
    session: Session, review_id: uuid.UUID, *, identity: Identity, now: dt.datetime
) -> None:
    """Take over, as its appraiser, what a secretary prepared."""
    review = reviews.lock_review(session, review_id)
    _take(session, review, Step.APPROVE, EventKind.APPROVED, identity, now)


def share_review(
    session: Session, review_id: uuid.UUID, *, identity: Identity, now: dt.datetime
) -> None:
    """Let the appraisee read the draft and comment on it."""
    review = reviews.lock_review(session, review_id)
    done_by = _take(session, review, Step.SHARE, EventKind.SHARED, identity, now)
    invite(session, review, review.appraisee, invited_by=done_by.name, now=now)


def finish_review(
    session: Session,
    review_id: uuid.UUID,
    form: ReviewForm,
    *,
    identity: Identity,
    now: dt.datetime,
) -> None:
    """Freeze the draft as a revision and ask the first signer; raises Unfinished."""
    review = reviews.lock_review(session, review_id)
    done_by = _take(session, review, Step.FINISH, EventKind.FINISHED, identity, now)
    given = {key: draft.given for key, draft in drafts.list_drafts(session, review.id).items()}
    missing = missing_before_signing(form, given)
    if missing:
        raise Unfinished(missing)
    freeze(session, review, form, given, now)
    ask_next_signer(session, review, frozenset(), done_by, now)


def reopen_review(
    session: Session, review_id: uuid.UUID, *, identity: Identity, now: dt.datetime
) -> None:
    """Open a finished review that nobody has signed for writing again."""
    review = reviews.lock_review(session, review_id)
    _take(session, review, Step.REOPEN, EventKind.REOPENED, identity, now)


def amend_review(
    session: Session, review_id: uuid.UUID, reason: str, *, identity: Identity, now: dt.datetime
) -> None:
    """Begin the next revision from a copy of the text; the signed one stays as it is.

    Raises ReasonNeeded.
    """
    kept = checked_reason(reason)
    review = reviews.lock_review(session, review_id)
    done_by = _take(session, review, Step.AMEND, EventKind.AMENDED, identity, now, detail=kept)
    invite(session, review, review.appraisee, invited_by=done_by.name, now=now)


def withdraw_review(
    session: Session, review_id: uuid.UUID, reason: str, *, identity: Identity, now: dt.datetime
) -> None:
    """End a review that was started by mistake; what was written stays readable to its appraiser.

    Files that were sent and not taken go. Raises ReasonNeeded.
    """
    kept = checked_reason(reason)
    review = reviews.lock_review(session, review_id)
    discard_uploads_of(session, review.id)
    remove_papers_of(session, review)
    _take(session, review, Step.WITHDRAW, EventKind.WITHDRAWN, identity, now, detail=kept)


def grant_reading(
    session: Session,
    review_id: uuid.UUID,
    granted: bool,
    *,
    identity: Identity,
    now: dt.datetime,
) -> None:
    """Let the organisation's board secretaries read a review, or end that; asked twice, once."""
    review = reviews.lock_review(session, review_id)
    done_by = doer(identity, review, Relation.APPRAISER)
    if reviews.set_secretaries_read(session, review.id, granted):
        kind = EventKind.GRANTED if granted else EventKind.GRANT_ENDED
        events.add_event(session, review, kind, done_by, now)


def ask_next_signer(
    session: Session,
    review: Review,
    signed: frozenset[str],
    done_by: Doer,
    now: dt.datetime,
) -> None:
    """Mail the person whose signature comes next, unless it is the one who is here now."""
    step = next_step(review.rule, signed)
    if step is None:
        return
    person = signer_of(review, step.key)
    if person.participant_id is None or person.participant_id != done_by.participant_id:
        invite(session, review, person, invited_by=done_by.name, now=now)


def _take(
    session: Session,
    review: Review,
    step: Step,
    kind: EventKind,
    identity: Identity,
    now: dt.datetime,
    *,
    detail: str = "",
) -> Doer:
    after = take_step(step, review.state, relations_of(identity, review), review.number)
    number = review.number + 1 if step is Step.AMEND else review.number
    done_by = doer(identity, review, *sorted(RULES[step].by))
    move(session, review, after, number)
    events.add_event(session, review, kind, done_by, now, number=number, detail=detail)
    return done_by


def move(session: Session, review: Review, after: ReviewState, number: int) -> None:
    """Move a review on; raises StepRefused where it no longer stands where it was seen."""
    if not reviews.set_state(session, review, after, number):
        raise StepRefused("Somebody else was quicker. Look at the review and try again.")
