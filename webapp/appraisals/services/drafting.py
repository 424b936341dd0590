"""Saving drafted answers: each under its own revision, so that nobody overwrites unseen text."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from frameworks.questions import AnswerKey, Given
from frameworks.review import Section
from webapp.appraisals.acting import doer, relations_of
from webapp.appraisals.reviews import Draft, Review
from webapp.appraisals.seals import seal_answer
from webapp.appraisals.store import drafts, reviews
from webapp.appraisals.store.drafts import StaleAnswer
from webapp.appraisals.writing import check_may_write, writers
from webapp.persistence import Session
from webapp.security import Identity, Relation


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save: `stale` has what somebody else saved of the same answers."""

    changed: int
    stale: Mapping[AnswerKey, Draft] = field(default_factory=dict)


def list_drafts(session: Session, review_id: uuid.UUID) -> dict[AnswerKey, Draft]:
    """Return what is drafted for a review, by question."""
    return drafts.list_drafts(session, review_id)


def save_answers(
    session: Session,
    review_id: uuid.UUID,
    section: Section,
    answers: Mapping[AnswerKey, Given],
    revisions: Mapping[AnswerKey, int],
    *,
    identity: Identity,
    now: dt.datetime,
) -> Saved:
    """Save what changed in a section; `revisions` are those that the writer's page was made from.

    An answer that somebody else changed meanwhile is left as it is and returned as stale,
    unless the writer did not touch it. The others are saved. Raises WritingRefused.
    """
    review = reviews.hold_review(session, review_id)
    check_may_write(section.key, review.state, relations_of(identity, review))
    writer = doer(identity, review, *writers(section.key)).relation
    asked = {question.key for question in section.questions()}
    if not asked.issuperset(answers):
        raise KeyError(f"not asked in this section: {sorted(set(answers) - asked)}")
    stored = drafts.list_drafts(session, review.id)
    salt = reviews.salt_of(session, review.id)
    changed = 0
    stale: dict[AnswerKey, Draft] = {}
    for key, given in answers.items():
        present = stored.get(key) or _blank(key, review, writer)
        if given == present.given:
            continue
        seen = revisions.get(key, 0)
        if seen != present.revision:
            if not _is_untouched(session, review.id, key, given, seen, salt):
                stale[key] = present
            continue
        newer = Draft(key, given, seen + 1, now, writer)
        try:
            drafts.add_save(session, review.id, newer, seal_answer(key, given, salt).digest, writer)
            changed += 1
        except StaleAnswer:
            # Somebody else was quicker by less than this transaction.
            stale[key] = drafts.list_drafts(session, review.id)[key]
    return Saved(changed, stale)


def _blank(key: AnswerKey, review: Review, writer: Relation) -> Draft:
    return Draft(key, Given(), 0, review.started_at, writer)


def _is_untouched(
    session: Session, review_id: uuid.UUID, key: AnswerKey, given: Given, seen: int, salt: str
) -> bool:
    """Say whether an answer still reads as it did on the page that the writer opened."""
    if seen == 0:
        return given.is_blank
    return drafts.digest_at(session, review_id, key, seen) == seal_answer(key, given, salt).digest
