"""A receipt holds exactly what was sent."""

from __future__ import annotations

import datetime as dt

from bs4 import BeautifulSoup

from exports.documents.receipt import Receipt, make_receipt
from exports.samples import receipt
from exports.samples.published import sample_published
from exports.samples.receipt import sample_questionnaire
from exports.templating import body
from frameworks.digest import short
from frameworks.questions import AnswerKey, Given


def a_receipt(answers: dict[AnswerKey, Given]) -> Receipt:
    return make_receipt(
        sample_published(),
        sample_questionnaire(),
        consultation="A consultation",
        reference="BM-1",
        submitted_at=dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC),
        respondent=(),
        answers=answers,
    )


def test_it_names_reference_time_and_who_answered() -> None:
    shown = body(receipt.sample())
    for words in ("BM-7QK4-2MXD", "29 March 2026 at 11:05am BST", "Acute trust"):
        assert words in shown


def test_an_answer_stands_under_the_words_it_is_about_with_their_proof() -> None:
    published = sample_published()
    competency = published.framework.competency("culture.speaking-up")
    (article,) = [
        each.get_text(" ", strip=True)
        for each in BeautifulSoup(body(receipt.sample()), "lxml").select("article")
        if competency.title in each.get_text() and competency.code in each.get_text()
    ]
    assert competency.statement in article
    assert "board-leadership@1.0.0#culture.speaking-up" in article
    assert short(published.competency_digest(competency.key)) in article
    assert "How clear is “Makes it safe to speak up”?" in article
    assert "Mostly clear" in article


def test_a_suggested_wording_shows_what_it_changes_marked_and_in_words() -> None:
    shown = BeautifulSoup(body(receipt.sample()), "lxml").select_one(".marked")
    assert shown is not None
    came = "on, and I tell them what happened."
    assert [each.get_text().strip() for each in shown.select("del")] == ["and", "on."]
    assert [each.get_text() for each in shown.select("ins")] == [came]
    words = shown.get_text(" ", strip=True)
    assert "Removed “and” “on.”" in words, "nobody needs to see the marks"
    assert f"Added “{came}”" in words


def test_an_answer_that_is_no_wording_shows_no_change() -> None:
    shown = body(a_receipt({AnswerKey("culture", "missing"): Given(text="Kindness.")}))
    assert "What this changes" not in shown


def test_it_says_in_which_language_the_questions_were_read() -> None:
    shown = BeautifulSoup(body(receipt.sample()), "lxml").get_text(" ", strip=True)
    assert "Language English" in shown
    assert "Language" not in body(a_receipt({}))


def test_answers_for_a_position_stand_under_it_and_the_others_before() -> None:
    (part,) = [each for each in receipt.sample().parts if each.title.startswith("1.1")]
    assert [group.position for group in part.by_position] == [
        "",
        "Chair of an NHS provider",
        "Non-executive director of an NHS provider",
    ]
    assert [each.labels for each in part.by_position[2].answers] == [("Useful, not essential",)]


def test_items_without_an_answer_are_left_out() -> None:
    made = a_receipt({AnswerKey("culture", "missing"): Given(text="Kindness.")})
    assert [part.title for part in made.parts] == ["Compassionate and inclusive culture"]


def test_a_blank_answer_is_no_answer() -> None:
    made = a_receipt({AnswerKey("culture", "missing"): Given(text="  \n")})
    assert made.parts == ()
    assert "No question was answered." in body(made)


def test_nothing_that_was_sent_is_missing_even_where_its_question_is_gone() -> None:
    made = a_receipt(
        {
            AnswerKey("culture", "forgotten"): Given(text="Words without a question."),
            AnswerKey("culture.speaking-up", "clear"): Given(choices=("sparkling",)),
        }
    )
    shown = body(made)
    assert "culture:forgotten" in shown
    assert "Words without a question." in shown
    assert "sparkling" in shown


def test_its_date_is_londons() -> None:
    assert a_receipt({}).made_on == dt.date(2026, 7, 1)
