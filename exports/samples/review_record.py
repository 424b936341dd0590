"""Sample review records: blank, draft and final."""

from __future__ import annotations

import datetime as dt

from exports.document import Fact
from exports.documents.review_record import (
    RecordState,
    ReviewPeople,
    ReviewRecord,
    Revision,
    Signature,
    make_review_record,
)
from exports.samples.framework import sample_framework
from frameworks.questions import AnswerKey, Day, Given, OneOf, Question
from frameworks.review import AGREEMENT, LAST_YEAR, ReviewForm, review_form

_DAY = dt.date(2026, 5, 20)
_SENTENCES = (
    (
        "The board met nine times and the chair left time in each meeting for what was not on the "
        "agenda."
    ),
    (
        "Two services that the regulator had marked as needing attention have been visited, and "
        "what was heard there went into the quality report with the names of who will act on it."
    ),
    (
        "Governors say that papers now arrive in time and that questions between meetings are "
        "answered."
    ),
    (
        "Colleagues would like to hear earlier which decisions are still open, and who is still "
        "being listened to."
    ),
)


def sample(state: RecordState = RecordState.FINAL) -> ReviewRecord:
    """Return the review of a chair with every question answered, or the blank form."""
    form = review_form(sample_framework(), "provider-chair", _DAY)
    if state is RecordState.BLANK:
        return make_review_record(form, state=state, made_on=dt.date(2026, 2, 16))
    return make_review_record(
        form,
        state=state,
        made_on=_DAY,
        people=ReviewPeople(
            appraisee="Amara Okafor",
            appraiser="Huw Pritchard, senior independent director",
            organisation="Fairwater Hospitals NHS Foundation Trust",
            period="April 2025 to March 2026",
            notes=(
                Fact("Prepared by", "Siân Llewellyn, board secretary"),
                Fact("Approved by", "Huw Pritchard, 18 May 2026 at 9:05am BST"),
            ),
        ),
        answers=_answers(form),
        signatures=_signatures(form, 3 if state is not RecordState.DRAFT else 1),
        revision=Revision(
            number=2,
            made_at=dt.datetime(2026, 5, 19, 15, 30, tzinfo=dt.UTC),
            reason="The date of the fit and proper person confirmation was wrong.",
        ),
    )


def _answers(form: ReviewForm) -> dict[AnswerKey, Given]:
    """Answer everything except the last rows of the tables, which nobody needed."""
    return {
        question.key: _given(question, number)
        for number, question in enumerate(form.questions())
        if not question.key.item.endswith((".4", ".5", ".6"))
    }


def _given(question: Question, number: int) -> Given:
    if question.key == AGREEMENT:
        return Given(choices=("partly",))
    if isinstance(question, OneOf):
        return Given(choices=(question.options[number % len(question.options)].key,))
    if isinstance(question, Day):
        return Given(text=(dt.date(2026, 4, 1) + dt.timedelta(days=30 * number)).isoformat())
    is_a_row = question.key.item.startswith((LAST_YEAR, "objectives", "development"))
    count = 1 if is_a_row else 3
    chosen = tuple(_SENTENCES[(number + each) % len(_SENTENCES)] for each in range(count))
    return Given(text=" ".join(chosen[:2]) + "".join(f"\n\n{each}" for each in chosen[2:]))


def _signatures(form: ReviewForm, count: int) -> tuple[Signature, ...]:
    if form.rule is None:
        return ()
    names = ("Huw Pritchard", "Amara Okafor", "Maryam Rahimi")
    signed = zip(form.rule.signatures[:count], names, strict=False)
    return tuple(
        Signature(
            step=step.key,
            title=step.title,
            words=step.words,
            name=name,
            signed_at=dt.datetime(2026, 5, 20, 9 + number, 12, tzinfo=dt.UTC),
        )
        for number, (step, name) in enumerate(signed)
    )
