"""What a scorecard asks, whoever prints it or reads it back."""

from __future__ import annotations

import pytest

from frameworks.interview import ChosenQuestion, InterviewKit, interview_kit, suggest_questions
from frameworks.model import AssessAt
from frameworks.questions import AnswerKey, LongText, OneOf
from frameworks.scorecard import scorecard_questions
from tests.factories.frameworks import a_framework

BOTH = ChosenQuestion("Both at once?", ("culture.speaking-up", "governance.challenge"))
AGAIN = ChosenQuestion("And again?", ("culture.speaking-up",))


def a_kit(stage: AssessAt, *chosen: ChosenQuestion) -> InterviewKit:
    return interview_kit(a_framework(), "provider-chair", stage, chosen)


def keys(kit: InterviewKit) -> list[str]:
    return [str(question.key) for question in scorecard_questions(kit)]


def test_a_card_asks_for_interests_then_each_question_then_the_whole() -> None:
    assert keys(a_kit(AssessAt.INTERVIEW, BOTH, AGAIN)) == [
        "declaration:interest",
        "declaration:details",
        "question.1:asked-by",
        "question.2:asked-by",
        "culture.speaking-up:score-1",
        "governance.challenge:score-1",
        "question.1:evidence",
        "culture.speaking-up:score-2",
        "question.2:evidence",
        "overall:stood-out",
        "overall:still-to-know",
        "overall:to-discuss",
    ]


@pytest.mark.parametrize("stage", [AssessAt.STAKEHOLDER, AssessAt.REFERENCE])
def test_those_who_inform_are_asked_for_no_score(stage: AssessAt) -> None:
    asked = scorecard_questions(a_kit(stage, BOTH))

    assert not [question for question in asked if question.key.question.startswith("score")]
    (evidence,) = [question for question in asked if question.key.question == "evidence"]
    assert evidence.text == "Question 1. What you saw and heard"


def test_an_application_is_read_and_nobody_asks_it_aloud() -> None:
    asked = scorecard_questions(a_kit(AssessAt.APPLICATION, BOTH))

    assert not [question for question in asked if question.key.question == "asked-by"]
    (evidence,) = [question for question in asked if question.key.question == "evidence"]
    assert evidence.text == "Criterion 1. Evidence: what the application says"


def test_a_score_is_one_of_the_levels_of_the_stages_scale() -> None:
    kit = a_kit(AssessAt.INTERVIEW, BOTH)
    scores = [question for question in scorecard_questions(kit) if "score" in question.key.question]

    assert kit.scale is not None
    assert len(scores) == 2
    for score in scores:
        assert isinstance(score, OneOf)
        assert [option.key for option in score.options] == [each.key for each in kit.scale.levels]
        assert [option.value for option in score.options] == [
            each.value for each in kit.scale.levels
        ]


@pytest.mark.parametrize("stage", list(AssessAt))
def test_every_question_has_a_key_and_words_of_its_own(stage: AssessAt) -> None:
    suggested = suggest_questions(a_framework(), "provider-chair", stage)
    asked = scorecard_questions(a_kit(stage, *suggested, BOTH, AGAIN))

    assert len({question.key for question in asked}) == len(asked)
    assert len({question.text for question in asked}) == len(asked)
    for question in asked:
        assert AnswerKey.parse_pdf_name(question.key.pdf_name) == question.key
        assert not isinstance(question, LongText) or question.max_length <= 4000
