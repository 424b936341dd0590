"""What a consultation asks of whom."""

from frameworks.questionnaire import (
    AskedKind,
    AskedOf,
    questions_for_competency,
    questions_for_domain,
    questions_for_profile,
    questions_overall,
)
from frameworks.questions import AnswerKey, Given, LongText, Rewording, ShortText, is_an_answer
from tests.factories.frameworks import a_framework, a_questionnaire, an_asked_question


def test_a_question_a_position_is_asked_once_for_each_chosen_position() -> None:
    framework = a_framework()

    asked = questions_for_competency(
        a_questionnaire(), framework.competency("culture.listening"), framework.profiles[:2]
    )

    necessity = [question for question in asked if question.key.question == "necessity"]
    assert [(str(question.key), question.text) for question in necessity] == [
        (
            "culture.listening:necessity:provider-chair",
            "How necessary is “Listens before deciding” for Chair of an NHS provider?",
        ),
        (
            "culture.listening:necessity:provider-non-executive",
            (
                "How necessary is “Listens before deciding” for "
                "Non-executive director of an NHS provider?"
            ),
        ),
    ]


def test_a_question_a_position_is_not_asked_of_who_chose_none() -> None:
    competency = a_framework().competency("culture.listening")

    asked = questions_for_competency(a_questionnaire(), competency, ())

    assert [question.key.question for question in asked] == ["fate", "wording", "comment"]


def test_a_rewording_starts_from_the_statement_and_unchanged_is_no_answer() -> None:
    competency = a_framework().competency("culture.listening")
    asked = questions_for_competency(a_questionnaire(), competency, ())
    wording = next(question for question in asked if isinstance(question, Rewording))

    assert wording.present == competency.statement
    assert not is_an_answer(wording, Given(text=f" {competency.statement}\r\n"))
    assert is_an_answer(wording, Given(text="I listen first."))


def test_domains_profiles_and_the_whole_have_item_keys_of_their_own() -> None:
    framework, questionnaire = a_framework(), a_questionnaire()

    keys = [
        questions[0].key
        for questions in (
            questions_for_domain(questionnaire, framework.domain("governance.resources")),
            questions_for_profile(questionnaire, framework.profile("provider-chair")),
            questions_overall(questionnaire),
        )
    ]

    assert keys == [
        AnswerKey("governance.resources", "missing"),
        AnswerKey("profile.provider-chair", "weights"),
        AnswerKey("consultation", "overall"),
    ]


def test_every_text_about_an_item_names_it() -> None:
    framework, questionnaire = a_framework(), a_questionnaire()
    competency = framework.competency("governance.money")

    asked = questions_for_competency(questionnaire, competency, framework.profiles)

    assert all(competency.title in question.text for question in asked)


def test_a_title_that_holds_a_placeholder_is_not_filled_in_again() -> None:
    framework = a_framework()
    competency = framework.competency("culture.listening").model_copy(
        update={"title": "Listens to {position}"}
    )

    asked = questions_for_competency(a_questionnaire(), competency, framework.profiles[:1])

    assert asked[0].text == (
        "How necessary is “Listens to {position}” for Chair of an NHS provider?"
    )


def test_a_text_question_has_the_length_of_the_file_or_a_usual_one() -> None:
    questionnaire = a_questionnaire(
        questions=(
            an_asked_question(key="name", asked_of=AskedOf.CONSULTATION, kind=AskedKind.SHORT_TEXT),
            an_asked_question(key="more", asked_of=AskedOf.CONSULTATION, max_length=800),
        )
    )

    name, more = questions_overall(questionnaire)

    assert isinstance(name, ShortText)
    assert name.max_length == 300
    assert isinstance(more, LongText)
    assert more.max_length == 800


def test_no_question_of_a_consultation_must_be_answered() -> None:
    framework, questionnaire = a_framework(), a_questionnaire()

    asked = (
        *questions_for_competency(
            questionnaire, framework.competency("culture.listening"), framework.profiles
        ),
        *questions_overall(questionnaire),
    )

    assert not any(question.required for question in asked)
