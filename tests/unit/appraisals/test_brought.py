"""Which filled forms belong to a review, and why the others do not."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from typing import Any

import pytest

from exports.forms.filled import FileRefused, Filled, Reason
from exports.forms.form_fields import PERSON
from exports.seals.sealing import Seal
from exports.seals.signing import Signature
from exports.seals.verifying import FileState, Verdict
from frameworks.questions import AnswerKey, Given
from tests.factories.review_files import COPY, a_brought
from tests.factories.reviews import a_form, a_house, a_review
from webapp.appraisals.brought import as_text, brought_by, check_belongs, from_text
from webapp.appraisals.reviews import Review
from webapp.persistence import Session

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
KEY = AnswerKey("feedback", "summary")
LEVEL = AnswerKey("culture.listening", "level")


@pytest.fixture
def review(session: Session) -> Review:
    return a_review(session, a_house(session))


def refusal(review: Review, *, issued_for: set[uuid.UUID] | None = None, **changes: Any) -> Reason:
    answers = changes.pop("answers", {})
    with pytest.raises(FileRefused) as refused:
        check_belongs(a_brought(review, answers, **changes), review, a_form(), issued_for or set())
    assert refused.value.message[0].isupper()
    assert refused.value.message.endswith(".")
    return refused.value.reason


def test_the_form_of_this_review_belongs_to_it(review: Review) -> None:
    for name in ("Jo Hall", "JO  HALL ", "", "Jo\u00a0Hall"):
        check_belongs(a_brought(review, {}, person=name), review, a_form(), {review.id})


def test_another_version_is_refused_and_says_which_one_the_review_is_on(review: Review) -> None:
    assert refusal(review, citation="board-leadership@0.9.0") is Reason.WRONG_VERSION
    assert refusal(review, digest="sha256:" + "0" * 64) is Reason.WRONG_VERSION
    with pytest.raises(FileRefused, match=f"this review is on {review.reference}"):
        check_belongs(a_brought(review, {}, citation="x@1.0.0"), review, a_form(), set())


def test_another_document_or_position_is_refused(review: Review) -> None:
    assert refusal(review, kind="scorecard") is Reason.WRONG_FORM
    assert refusal(review, profile="provider-ned") is Reason.WRONG_FORM


def test_a_question_that_the_review_does_not_ask_is_refused(review: Review) -> None:
    answers = {AnswerKey("planted", "summary"): Given(text="Planted")}
    assert refusal(review, answers=answers) is Reason.WRONG_FORM


@pytest.mark.parametrize(
    ("key", "given"),
    [
        (LEVEL, Given(choices=("planted",))),
        (LEVEL, Given(choices=("frequently", "rarely"))),
        (KEY, Given(text="x" * 4001)),
        (KEY, Given(choices=("yes",))),
        (AnswerKey("objectives.1", "by"), Given(text="tomorrow")),
        (AnswerKey("objectives.1", "by"), Given(text="2026-02-31")),
    ],
)
def test_an_answer_that_cannot_be_given_is_refused(
    review: Review, key: AnswerKey, given: Given
) -> None:
    assert refusal(review, answers={key: given}) is Reason.OUTSIDE_SCALE


def test_a_copy_of_another_review_is_refused_without_a_word_about_that_review(
    review: Review,
) -> None:
    assert refusal(review, issued_for={uuid.uuid4()}) is Reason.WRONG_PERSON


def test_a_form_about_somebody_else_is_refused(review: Review) -> None:
    assert refusal(review, person="Jo Hill") is Reason.WRONG_PERSON


def test_what_is_kept_of_a_form_is_what_it_said(review: Review) -> None:
    brought = a_brought(
        review,
        {KEY: Given(text="“Nine”\nand seven"), LEVEL: Given(choices=("frequently",))},
        continued=((AnswerKey("continuation", "page-1"), "More"),),
    )
    assert from_text(as_text(brought)) == brought


class TestWhatAFileSays:
    def filled(self, **changes: Any) -> Filled:
        seal = Seal(
            identifier=COPY,
            kind="review_record",
            citation="board-leadership@1.0.0",
            digest="sha256:" + "a" * 64,
            made_on=dt.date(2026, 1, 1),
            content="",
            length=0,
            sha256="",
            base=COPY,
            form={"profile": "provider-chair"},
        )
        verdict = Verdict(FileState.FILLED_IN, Signature.SIGNED, "0" * 64, seal)
        return Filled(
            sha256="0" * 64,
            verdict=dataclasses.replace(verdict, **changes),
            answers={KEY: Given(text="One\x00\x07 two\ud800")},
            about={PERSON.key: "Jo\x00 Hall"},
            continuation={AnswerKey("continuation", "page-1"): ""},
        )

    @pytest.mark.parametrize(
        "changes",
        [
            {"seal": None},
            {"signature": Signature.UNSIGNED},
            {"signature": Signature.UNKNOWN_KEY},
            {"signature": Signature.FORGED},
            {"state": FileState.ALTERED},
        ],
    )
    def test_it_is_taken_from_what_our_keys_sealed_alone(
        self, session: Session, changes: dict[str, Any]
    ) -> None:
        with pytest.raises(FileRefused) as refused:
            brought_by(self.filled(**changes))
        assert refused.value.reason is Reason.NOT_OURS

    def test_what_no_database_keeps_is_left_out_of_it(self, session: Session) -> None:
        brought = brought_by(self.filled())

        assert brought.answers[KEY].text == "One two"
        assert brought.person == "Jo Hall"
        assert brought.continued == ()
        assert brought.prefilled
