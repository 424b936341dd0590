"""Freezing what is drafted as a revision, and seeing that a revision is still what was frozen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from frameworks.questions import AnswerKey, Given
from frameworks.review import ReviewForm
from webapp.appraisals.reviews import EventKind, Frozen, Review
from webapp.appraisals.seals import SealedAnswer, salted_digest, seal_answer, seal_revision
from webapp.appraisals.store import events, reviews, revisions
from webapp.persistence import Session
from webapp.security.tokens import new_token


class RevisionDamaged(Exception):
    """What is stored is no longer what was frozen: nobody may sign it, and somebody must look."""


def freeze(
    session: Session,
    review: Review,
    form: ReviewForm,
    given: Mapping[AnswerKey, Given],
    now: dt.datetime,
) -> None:
    """Freeze the answers of a locked review, in the form's order, under its present number."""
    answers = tuple(
        seal_answer(question.key, given[question.key], new_token())
        for question in form.questions()
        if question.key in given and not given[question.key].is_blank
    )
    reason, reason_salt = _reason(session, review), new_token()
    digest = seal_revision(_header(session, review, review.number, reason, reason_salt), answers)
    new = revisions.NewRevision(
        review_id=review.id,
        number=review.number,
        digest=digest,
        reason=reason,
        reason_salt=reason_salt,
        answers=answers,
    )
    revisions.add_revision(session, new, now)


def check_whole(
    session: Session, review: Review, frozen: Frozen, answers: Sequence[SealedAnswer]
) -> None:
    """Raise RevisionDamaged unless every word is the one that was frozen."""
    sealed = tuple(seal_answer(each.key, each.given, each.salt) for each in answers)
    header = _header(session, review, frozen.number, frozen.reason, frozen.reason_salt)
    if seal_revision(header, sealed) != frozen.digest:
        raise RevisionDamaged(
            f"revision {frozen.number} of review {review.id} is not what was frozen"
        )


def _reason(session: Session, review: Review) -> str:
    reasons = [
        event.detail
        for event in events.list_events(session, review.id)
        if event.kind is EventKind.AMENDED and event.number == review.number
    ]
    return reasons[-1] if reasons else ""


def _header(
    session: Session, review: Review, number: int, reason: str, reason_salt: str
) -> dict[str, str]:
    salt = reviews.salt_of(session, review.id)
    return {
        "review": str(review.id),
        "number": str(number),
        "reason": salted_digest(reason_salt, reason) if reason else "",
        "framework": str(review.reference),
        "framework_digest": review.digest,
        "position": review.profile_key,
        "from": review.from_on.isoformat(),
        "until": review.until_on.isoformat(),
        # Without defaults, so that a field which rules get later changes no digest.
        "rule": review.rule.model_dump_json(by_alias=True, exclude_defaults=True),
        "people": "\n".join(
            salted_digest(salt, each.relation, each.step, each.name) for each in review.people
        ),
    }
