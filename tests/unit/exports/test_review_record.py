"""What stands in a review record, and what a blank form leaves room for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from exports.documents.review_record import (
    RecordState,
    Signature,
    make_review_record,
)
from exports.samples import review_record
from exports.samples.framework import sample_framework
from exports.templating import body
from frameworks.questions import AnswerKey, Given
from frameworks.review import AGREEMENT, APPRAISEE_COMMENTS, ReviewForm, review_form
from tests.unit.exports.reading import squeezed, text_of, whole_pages_of

DAY = dt.date(2026, 5, 20)
WRITTEN = (RecordState.DRAFT, RecordState.FINAL, RecordState.SUPERSEDED)


def a_form(profile: str = "provider-chair") -> ReviewForm:
    return review_form(sample_framework(), profile, DAY)


@pytest.mark.parametrize("state", WRITTEN)
def test_every_page_says_what_the_record_is_worth(
    state: RecordState, printed: Mapping[str, Path]
) -> None:
    for page in whole_pages_of(printed[f"review-{state.value}"]):
        assert state.value.upper() in page


def test_a_blank_form_is_marked_as_nothing(printed: Mapping[str, Path]) -> None:
    shown = "".join(whole_pages_of(printed["review-blank"]))
    assert not any(state.value.upper() in shown for state in WRITTEN)


def test_everything_that_was_answered_is_on_paper(printed: Mapping[str, Path]) -> None:
    record = review_record.sample()
    on_paper = squeezed(text_of(printed["review-final"]))
    answers = [
        said for section in record.sections for part in section.parts for said in part.answers
    ]
    levels = [level for section in record.sections for level in section.levels]
    assert len(answers) > 30
    assert len(levels) == 4
    for said in answers:
        for text in (said.question, *said.labels, *said.text.split("\n\n")):
            assert squeezed(text) in on_paper
    for level in levels:
        for text in (level.title, level.statement, *level.labels):
            assert squeezed(text) in on_paper


def test_signatures_carry_name_time_and_the_words_that_were_signed(
    printed: Mapping[str, Path],
) -> None:
    on_paper = " ".join(text_of(printed["review-final"]).split())
    for signature in review_record.sample().signatures:
        assert signature.words in on_paper
        assert signature.name in on_paper
    assert "20 May 2026 at 10:12am BST" in on_paper
    assert "Not signed yet" not in on_paper


def test_a_missing_signature_is_shown_as_missing() -> None:
    record = review_record.sample(RecordState.DRAFT)
    assert [each.signed_at is None for each in record.signatures] == [False, True, True]
    assert body(record).count("not signed yet") == 2


def test_the_cover_names_revision_and_reason(printed: Mapping[str, Path]) -> None:
    first = " ".join(whole_pages_of(printed["review-final"])[0].split())
    assert "2, 19 May 2026 at 4:30pm BST" in first
    assert "The date of the fit and proper person confirmation was wrong." in first
    assert "Prepared by Siân Llewellyn, board secretary" in first


def test_a_disagreement_stands_beside_the_assessment() -> None:
    record = make_review_record(
        a_form(),
        state=RecordState.FINAL,
        made_on=DAY,
        answers={
            AGREEMENT: Given(choices=("disagree",)),
            APPRAISEE_COMMENTS: Given(text="I asked for the figures twice."),
        },
    )
    shown = body(record)
    assert "I do not agree with this review" in shown
    assert "I asked for the figures twice." in shown


def test_an_answer_that_was_not_given_is_said_to_be_missing() -> None:
    record = make_review_record(a_form(), state=RecordState.DRAFT, made_on=DAY)
    assert "Not answered" in body(record)
    assert "Nothing was recorded here." in body(record)


def test_rows_that_nobody_used_are_left_out() -> None:
    answers = {AnswerKey("objectives.2", "objective"): Given(text="Meet every governor.")}
    record = make_review_record(a_form(), state=RecordState.DRAFT, made_on=DAY, answers=answers)
    (objectives,) = [each for each in record.sections if each.key == "objectives"]
    assert [part.title for part in objectives.parts] == ["Objective 2"]


def test_a_blank_form_leaves_room_for_every_answer() -> None:
    page = BeautifulSoup(body(review_record.sample(RecordState.BLANK)), "lxml")
    form = a_form()
    rows = sum(len(group.questions) for section in form.sections for group in section.groups)
    assert rows == len(list(form.questions()))
    shown = page.get_text(" ")
    for question in form.questions():
        assert question.text in shown
    assert not page.select(".none")
    assert len(page.select(".part .write, .part .ruled, .part .choices, .levels tbody tr")) >= rows


def test_a_blank_form_takes_no_answers() -> None:
    with pytest.raises(ValueError, match="blank"):
        make_review_record(
            a_form(),
            state=RecordState.BLANK,
            made_on=DAY,
            answers={AGREEMENT: Given(choices=("agree",))},
        )


def test_a_signature_that_the_rule_no_longer_asks_for_is_still_shown() -> None:
    old = Signature(step="mayor", title="Mayor", words="I have seen it.", name="Ann Other")
    record = make_review_record(
        a_form(), state=RecordState.SUPERSEDED, made_on=DAY, signatures=[old]
    )
    assert record.signatures[-1] == old
    assert len(record.signatures) == 4


def test_a_position_without_a_rule_can_be_reviewed() -> None:
    record = make_review_record(
        a_form("provider-non-executive"), state=RecordState.DRAFT, made_on=DAY
    )
    assert record.signatures == ()
    assert "names nobody who signs" in body(record)
