"""What a panel asks, and what it may not ask."""

import re

import pytest

from frameworks.digest import framework_digest
from frameworks.interview import (
    CannotAsk,
    ChosenQuestion,
    first_of_each,
    interview_kit,
    suggest_questions,
)
from frameworks.model import AssessAt, ScaleUse, Use
from tests.factories.frameworks import a_competency, a_framework, a_profile, a_requirement, culture

ASKED = ChosenQuestion("What did you hear?", ("culture.speaking-up",))


def test_suggestions_come_essential_and_heaviest_first() -> None:
    suggested = suggest_questions(a_framework(), "provider-chair", AssessAt.INTERVIEW)

    assert [question.competencies for question in suggested] == [
        ("culture.speaking-up",),
        ("governance.challenge",),
        ("culture.listening",),
        ("governance.money",),
    ]
    assert suggested[0].text == "Makes it safe to speak up: tell us more (interview)."


def test_a_competency_assessed_elsewhere_is_not_suggested() -> None:
    profile = a_profile(
        requirements=(
            a_requirement("culture.speaking-up", assess_at=(AssessAt.REFERENCE,)),
            a_requirement("culture.listening", assess_at=(AssessAt.INTERVIEW,)),
        )
    )

    suggested = suggest_questions(
        a_framework(profiles=(profile,)), "provider-chair", AssessAt.INTERVIEW
    )

    assert [question.competencies for question in suggested] == [("culture.listening",)]


@pytest.mark.parametrize(
    ("stage", "text"),
    [
        (AssessAt.INTERVIEW, "Listens before deciding: tell us more (interview)."),
        (AssessAt.PRESENTATION, "Listens before deciding: tell us more (presentation)."),
        (AssessAt.STAKEHOLDER, "Listens before deciding: tell us more (stakeholder)."),
        (AssessAt.APPLICATION, "Listens before deciding: tell us more (application)."),
        (AssessAt.REFERENCE, "I show it every day: listens before deciding."),
    ],
)
def test_each_stage_has_the_words_meant_for_it(stage: AssessAt, text: str) -> None:
    profile = a_profile(requirements=(a_requirement("culture.listening", assess_at=(stage,)),))

    (suggested,) = suggest_questions(a_framework(profiles=(profile,)), "provider-chair", stage)

    assert suggested.text == text


@pytest.mark.parametrize("stage", list(AssessAt))
def test_a_competency_without_questions_is_asked_about_by_its_statement(stage: AssessAt) -> None:
    framework = a_framework(
        domains=(culture(competencies=(a_competency("culture.plain", "Plain", questions=()),)),),
        profiles=(a_profile(requirements=(a_requirement("culture.plain", assess_at=(stage,)),)),),
    )

    (suggested,) = suggest_questions(framework, "provider-chair", stage)

    assert suggested.text == "I show it every day: plain."


def test_a_kit_numbers_the_questions_and_holds_what_they_cover() -> None:
    framework = a_framework()
    both = ChosenQuestion(" And then? ", ("culture.listening", "governance.money"))

    kit = interview_kit(framework, "provider-chair", AssessAt.INTERVIEW, [ASKED, both])

    assert [(each.number, each.text) for each in kit.asked] == [
        (1, "What did you hear?"),
        (2, "And then?"),
    ]
    assert [each.title for each in kit.asked[1].competencies] == [
        "Listens before deciding",
        "Keeps the money honest",
    ]
    assert kit.digest == framework_digest(framework)
    assert str(kit.reference) == "board-example@1.0.0-beta.1"
    assert kit.requirement("culture.speaking-up").weight == 10


def test_a_stage_is_scored_on_the_scale_that_the_framework_names() -> None:
    framework = a_framework(uses=(ScaleUse(use=Use.INTERVIEW, scale="evidence"),))

    scales = {
        stage: interview_kit(framework, "provider-chair", stage, [ASKED]).scale
        for stage in AssessAt
    }

    evidence = framework.scale("evidence")
    assert scales == {
        AssessAt.APPLICATION: None,
        AssessAt.INTERVIEW: evidence,
        AssessAt.PRESENTATION: evidence,
        AssessAt.STAKEHOLDER: None,
        AssessAt.REFERENCE: None,
    }


@pytest.mark.parametrize(
    ("question", "why"),
    [
        (ChosenQuestion("  ", ("culture.listening",)), "A question has no text"),
        (ChosenQuestion("Why?", ()), "“Why?” covers no competency"),
        (ChosenQuestion("Why?", ("culture.lost",)), "has no competency “culture.lost”"),
        (
            ChosenQuestion("Why?", ("governance.risk",)),
            "“Weighs risk in the open” is not required of “Chair of an NHS provider”",
        ),
    ],
)
def test_a_panel_scores_only_what_was_advertised(question: ChosenQuestion, why: str) -> None:
    with pytest.raises(CannotAsk, match=re.escape(why)):
        interview_kit(a_framework(), "provider-chair", AssessAt.INTERVIEW, [question])


def test_a_competency_chosen_twice_is_scored_once() -> None:
    twice = ChosenQuestion("Why?", ("culture.listening", "culture.listening"))

    kit = interview_kit(a_framework(), "provider-chair", AssessAt.INTERVIEW, [twice])

    assert len(kit.asked[0].competencies) == 1


def test_an_unknown_position_is_not_guessed() -> None:
    with pytest.raises(KeyError, match="nobody"):
        suggest_questions(a_framework(), "nobody", AssessAt.INTERVIEW)


def test_each_competency_is_asked_about_once_where_one_question_a_competency_is_wanted() -> None:
    first, again = ChosenQuestion("One?", ("a",)), ChosenQuestion("Two?", ("a",))
    both, other = ChosenQuestion("Three?", ("a", "b")), ChosenQuestion("Four?", ("b",))
    assert first_of_each((first, again, both, other)) == (first, both)
