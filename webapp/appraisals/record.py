"""What is shown and printed of a review: its form and answers as a document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from exports.document import Fact
from exports.documents.review_record import (
    RecordState,
    ReviewPeople,
    ReviewRecord,
    make_review_record,
)
from exports.documents.review_record import Revision as PrintedRevision
from exports.documents.review_record import Signature as PrintedSignature
from exports.forms.form_fields import APPRAISER, ORGANISATION, PERIOD, PERSON, POSITION
from frameworks.digest import short
from frameworks.library import Published
from frameworks.questions import AnswerKey, Given
from frameworks.review import ReviewForm, review_form
from webapp.appraisals.reviews import Event, EventKind, Review, Signature
from webapp.appraisals.revisions import Revision, Standing

LONDON = ZoneInfo("Europe/London")
STATES = {
    Standing.DRAFT: RecordState.DRAFT,
    Standing.FINAL: RecordState.FINAL,
    Standing.SUPERSEDED: RecordState.SUPERSEDED,
}


def revision_record(
    review: Review,
    revision: Revision,
    form: ReviewForm,
    answers: Mapping[AnswerKey, Given],
    *,
    organisation: str,
    events: Iterable[Event],
) -> ReviewRecord:
    """Return the record of a frozen revision; dated by its last signature, or its freezing."""
    frozen = revision.frozen
    last = max((each.signed_at for each in frozen.signatures), default=frozen.frozen_at)
    return make_review_record(
        form,
        state=STATES[revision.standing],
        made_on=_day(last),
        people=_people(
            review,
            organisation,
            (*_prepared(events), Fact("Content digest", short(frozen.digest))),
        ),
        answers=answers,
        signatures=tuple(_printed(each) for each in frozen.signatures),
        revision=PrintedRevision(frozen.number, frozen.frozen_at, frozen.reason),
    )


def draft_record(
    review: Review,
    form: ReviewForm,
    answers: Mapping[AnswerKey, Given],
    *,
    organisation: str,
    events: Iterable[Event],
    saved_at: dt.datetime,
) -> ReviewRecord:
    """Return the record of what is drafted now, dated by its last save."""
    return make_review_record(
        form,
        state=RecordState.DRAFT,
        made_on=_day(saved_at),
        people=_people(review, organisation, _prepared(events)),
        answers=answers,
    )


def blank_record(
    published: Published, profile_key: str, *, organisation: str, on: dt.date
) -> ReviewRecord:
    """Return the blank form of a position under the rule of a day; KeyError for no position."""
    return make_review_record(
        review_form(published.framework, profile_key, on),
        state=RecordState.BLANK,
        made_on=published.published_on or on,
        people=ReviewPeople(organisation=organisation),
        language=published.framework.language,
    )


def fillable_form(published: Published, review: Review) -> ReviewRecord:
    """Return the form that a review answers, to be filled in; everybody’s copies share it."""
    return blank_record(published, review.profile_key, organisation="", on=review.rule_on)


def copy_values(
    review: Review, given: Mapping[AnswerKey, Given], *, organisation: str
) -> dict[AnswerKey, str | Given]:
    """Return what is written into a review's copy of the form: its people and the answers."""
    facts = {
        PERSON: review.appraisee.name,
        POSITION: review.position,
        ORGANISATION: organisation,
        PERIOD: period_in_words(review.from_on, review.until_on),
        APPRAISER: review.appraiser.name,
    }
    return {
        **{field.key: " ".join(fact.split())[: field.max_length] for field, fact in facts.items()},
        **{key: each for key, each in given.items() if not each.is_blank},
    }


def period_in_words(from_on: dt.date, until_on: dt.date) -> str:
    """Return `1 April 2025 to 31 March 2026`."""
    return f"{_in_words(from_on)} to {_in_words(until_on)}"


def _people(review: Review, organisation: str, notes: tuple[Fact, ...]) -> ReviewPeople:
    return ReviewPeople(
        appraisee=review.appraisee.name,
        appraiser=review.appraiser.name,
        organisation=organisation,
        period=period_in_words(review.from_on, review.until_on),
        notes=notes,
    )


def _prepared(events: Iterable[Event]) -> tuple[Fact, ...]:
    labels = {EventKind.PREPARED: "Prepared by", EventKind.APPROVED: "Approved by"}
    return tuple(
        Fact(labels[event.kind], f"{event.name}, {_in_words(_day(event.at))}")
        for event in events
        if event.kind in labels
    )


def _printed(signature: Signature) -> PrintedSignature:
    return PrintedSignature(
        step=signature.step,
        title=signature.title,
        words=signature.words,
        name=signature.name,
        signed_at=signature.signed_at,
        remark=signature.remark,
    )


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(LONDON).date()


def _in_words(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
