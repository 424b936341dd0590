"""The form of a review, and what must be in it before it is signed."""

import datetime as dt

import pytest

from frameworks.model import ScaleUse, Use
from frameworks.questions import AnswerKey, Given, LongText, OneOf
from frameworks.review import ReviewForm, missing_before_signing, review_form
from tests.factories.frameworks import a_framework, a_profile

ON = dt.date(2026, 5, 1)


def a_form() -> ReviewForm:
    return review_form(a_framework(), "provider-chair", ON)


def whole_answers() -> dict[AnswerKey, Given]:
    texts = {
        ("culture", "assessment"): "Heard three concerns.",
        ("governance", "assessment"): "Asked about the deficit.",
        ("feedback", "summary"): "Eight people were asked, six answered.",
        ("objectives.1", "objective"): "Halve the gap in career progression.",
        ("objectives.1", "measure"): "Relative likelihood below 1.25.",
        ("objectives.1", "by"): "2027-03-31",
        ("development.1", "need"): "Chairing hybrid meetings.",
        ("fit-and-proper", "confirmed-on"): "2026-04-20",
    }
    answers = {AnswerKey(*key): Given(text=text) for key, text in texts.items()}
    answers[AnswerKey("objectives.1", "equality")] = Given(choices=("yes",))
    return answers


def test_a_form_has_its_sections_in_order() -> None:
    assert [section.key for section in a_form().sections] == [
        "last-year",
        "domain.culture",
        "domain.governance",
        "feedback",
        "objectives",
        "development",
        "fit-and-proper",
        "comments",
    ]


def test_no_two_questions_share_a_key() -> None:
    keys = [question.key for question in a_form().questions()]

    assert len(keys) == len(set(keys))


def test_the_rule_is_the_one_in_force_on_the_day() -> None:
    before = review_form(a_framework(), "provider-chair", dt.date(2026, 3, 31)).rule
    after = review_form(a_framework(), "provider-chair", dt.date(2026, 4, 1)).rule

    assert before is not None
    assert after is not None
    assert before.appraised_by == "Senior independent director"
    assert after.appraised_by == "Regional director"
    assert review_form(a_framework(), "provider-chair", dt.date(2020, 1, 1)).rule is None


def test_a_domain_asks_for_a_level_a_required_competency_by_its_statement() -> None:
    section = a_form().section("domain.governance")

    levels = [group for group in section.groups if group.key != "governance"]
    assert [group.key for group in levels] == ["governance.challenge", "governance.money"]
    (level,) = levels[0].questions
    assert isinstance(level, OneOf)
    assert level.text == "I show it every day: challenges with care."
    assert not level.required
    assert level.options[-1].label == "No chance to demonstrate"
    assert level.options[-1].value is None
    assert levels[0].prompts == ("Challenges with care: tell us more (appraisal).",)


def test_a_domain_asks_for_assessment_evidence_strengths_and_growth() -> None:
    section = a_form().section("domain.culture")

    assert [str(question.key) for question in section.groups[-1].questions] == [
        "culture:assessment",
        "culture:evidence",
        "culture:strengths",
        "culture:growth",
    ]
    assert all("Compassionate" in question.text for question in section.groups[-1].questions)


def test_without_a_scale_the_statements_are_prompts() -> None:
    framework = a_framework(uses=(ScaleUse(use=Use.INTERVIEW, scale="evidence"),))

    (group,) = review_form(framework, "provider-chair", ON).section("domain.culture").groups

    assert group.prompts == (
        "I show it every day: makes it safe to speak up.",
        "I show it every day: listens before deciding.",
    )
    assert all(isinstance(question, LongText) for question in group.questions)


def test_a_position_without_requirements_is_asked_what_is_open_to_it() -> None:
    framework = a_framework(profiles=(a_profile(key="observer", requirements=()),))

    form = review_form(framework, "observer", ON)

    items = {question.key.item for question in form.questions()}
    assert "governance.risk" in items
    assert "governance.money" not in items  # It is only for two other positions.


def test_rows_are_numbered_items_of_their_own() -> None:
    objectives = a_form().section("objectives")

    assert [group.row for group in objectives.groups] == [1, 2, 3, 4, 5, 6]
    assert [str(question.key) for question in objectives.groups[1].questions] == [
        "objectives.2:objective",
        "objectives.2:measure",
        "objectives.2:by",
        "objectives.2:equality",
    ]


def test_a_whole_review_may_be_signed() -> None:
    assert missing_before_signing(a_form(), whole_answers()) == ()


def test_an_empty_review_says_everything_that_is_missing() -> None:
    assert missing_before_signing(a_form(), {}) == (
        "Write the assessment of “Compassionate and inclusive culture”.",
        "Write the assessment of “Governance and assurance”.",
        "Summarise the feedback, or say why there is none.",
        "Agree at least one objective, one of them on equality, diversity and inclusion.",
        "Agree at least one development need, or write that there is none.",
        "Give the date on which fitness and propriety was confirmed.",
    )


@pytest.mark.parametrize(
    ("key", "given", "sentence"),
    [
        (
            AnswerKey("objectives.1", "equality"),
            Given(choices=("no",)),
            "Agree at least one objective on equality, diversity and inclusion.",
        ),
        (
            AnswerKey("objectives.1", "by"),
            Given(),
            "Objective 1: give the date by which it is to be met.",
        ),
        (
            AnswerKey("objectives.2", "measure"),
            Given(text="By eye."),
            "Objective 2: say what the objective is.",
        ),
        (
            AnswerKey("development.3", "action"),
            Given(text="A course."),
            "Development need 3: say what the need is.",
        ),
        (
            AnswerKey("comments", "agreement"),
            Given(choices=("disagree",)),
            "The person appraised does not agree: record in the comments what with.",
        ),
        (
            AnswerKey("culture", "assessment"),
            Given(text="  "),
            "Write the assessment of “Compassionate and inclusive culture”.",
        ),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(key: AnswerKey, given: Given, sentence: str) -> None:
    assert sentence in missing_before_signing(a_form(), whole_answers() | {key: given})


def test_a_box_ticked_beside_no_objective_is_not_an_equality_objective() -> None:
    answers = whole_answers()
    answers[AnswerKey("objectives.1", "equality")] = Given()
    answers[AnswerKey("objectives.2", "equality")] = Given(choices=("yes",))

    missing = missing_before_signing(a_form(), answers)

    assert "Agree at least one objective on equality, diversity and inclusion." in missing
