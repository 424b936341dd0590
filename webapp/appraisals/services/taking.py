"""Making saves of what a file says: all of it or nothing, with the file as their origin."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from frameworks.questions import AnswerKey, Given
from frameworks.review import ReviewForm
from webapp.appraisals.merging import Merge, decide
from webapp.appraisals.reviews import Draft, Review
from webapp.appraisals.seals import seal_answer
from webapp.appraisals.store import drafts, reviews
from webapp.appraisals.store.drafts import StaleAnswer
from webapp.persistence import Session
from webapp.security import Relation


class ChangedSincePreview(Exception):
    """What is stored is not what somebody saw when they chose: they have to look again."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody chose on a preview; `seen` stands for what was shown.

    `from_file` says of each clash whether the file is right, `homes` of each continuation to
    which question it is added (None: left out). `reason` says why a copy was corrected.
    """

    seen: str
    from_file: Mapping[AnswerKey, bool] = field(default_factory=dict)
    homes: Mapping[AnswerKey, AnswerKey | None] = field(default_factory=dict)
    reason: str = ""


def save_merged(
    session: Session,
    review: Review,
    form: ReviewForm,
    merged: Merge,
    choices: Choices,
    relations: Mapping[str, Relation],
    now: dt.datetime,
) -> tuple[uuid.UUID, ...]:
    """Save what was chosen and return the ids of the saves; the caller holds the review locked.

    `relations` says as what each section is written. Raises ChangedSincePreview, ChoiceMissing.
    """
    if choices.seen != merged.seen:
        raise ChangedSincePreview("Somebody changed the review after you opened this page.")
    decided = decide(merged, choices.from_file, choices.homes)
    salt = reviews.salt_of(session, review.id)
    section_of = {
        question.key: section.key for section in form.sections for question in section.questions()
    }
    revisions = {line.key: line.revision for line in merged.lines}
    saves = []
    for key, given in decided.items():
        writer = relations[section_of[key]]
        newer = Draft(key, given, revisions[key] + 1, now, writer)
        saves.append(_save(session, review, newer, given, salt))
    return tuple(saves)


def _save(session: Session, review: Review, newer: Draft, given: Given, salt: str) -> uuid.UUID:
    digest = seal_answer(newer.key, given, salt).digest
    try:
        return drafts.add_save(session, review.id, newer, digest, newer.saved_by)
    except StaleAnswer as error:
        raise ChangedSincePreview("Somebody changed the review at the same moment.") from error
