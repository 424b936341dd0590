"""What a panel member finds on a scorecard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from exports.documents.scorecard import make_scorecard
from exports.samples import scorecard
from exports.samples.framework import sample_framework
from exports.templating import body
from frameworks.interview import ChosenQuestion, InterviewKit, interview_kit, suggest_questions
from frameworks.model import AssessAt
from tests.unit.exports.reading import whole_pages_of

SCORED = (AssessAt.APPLICATION, AssessAt.INTERVIEW, AssessAt.PRESENTATION)


def a_kit(stage: AssessAt = AssessAt.INTERVIEW) -> InterviewKit:
    framework = sample_framework()
    chosen = suggest_questions(framework, "provider-chair", stage)
    return interview_kit(framework, "provider-chair", stage, chosen)


def web(stage: AssessAt) -> BeautifulSoup:
    return BeautifulSoup(body(scorecard.sample(stage)), "lxml")


def test_each_question_has_a_side_of_its_own(printed: Mapping[str, Path]) -> None:
    pages = whole_pages_of(printed["scorecard-interview"])
    questions = scorecard.sample().questions
    for number, question in enumerate(questions, start=1):
        (side,) = [each for each in pages if f"Question {number} of {len(questions)}" in each]
        assert "Evidence: what the candidate said and did" in side
        assert " ".join(question.text.split()[:6]) in " ".join(side.split())
        for other in questions:
            if other is not question:
                assert other.text not in " ".join(side.split())


def test_the_first_side_says_what_to_declare_and_who_may_read_it(
    printed: Mapping[str, Path],
) -> None:
    first = " ".join(whole_pages_of(printed["scorecard-interview"])[0].split())
    for words in (
        "Fairwater Hospitals NHS Foundation Trust",
        "FW-2026-014 Chair of the trust",
        "Chair of an NHS provider",
        "Candidate number",
        "Panel member",
        "Date",
        "I do not know the candidate and have no interest to declare.",
        "The candidate may ask to see this.",
        "How to score",
    ):
        assert words in first


def test_a_question_shows_what_to_listen_for_and_where_it_comes_from() -> None:
    shown = web(AssessAt.INTERVIEW).get_text(" ")
    for question in scorecard.sample().questions:
        for each in question.competencies:
            for text in (*each.effective, *each.ineffective, *each.anchors, each.citation):
                assert text in shown


@pytest.mark.parametrize("stage", SCORED)
def test_each_competency_is_scored_on_each_level_of_the_scale(stage: AssessAt) -> None:
    card = scorecard.sample(stage)
    tables = web(stage).select(".question table.scale")
    assert len(tables) == len(card.questions) > 0
    for question, table in zip(card.questions, tables, strict=True):
        heads = [each.get_text(" ", strip=True) for each in table.select("thead th")][1:]
        assert heads == [
            "0 No evidence",
            "1 Limited evidence",
            "2 Some evidence",
            "3 Good evidence",
            "4 Strong evidence",
            "Not assessed",
        ]
        rows = table.select("tbody tr")
        assert len(rows) == len(question.competencies)
        assert all(len(row.select(".box")) == len(heads) for row in rows)


@pytest.mark.parametrize("stage", [AssessAt.STAKEHOLDER, AssessAt.REFERENCE])
def test_those_who_inform_give_no_scores(stage: AssessAt) -> None:
    page = web(stage)
    assert not page.select("table.scale")
    assert "Your score" not in page.get_text()
    assert "What you saw and heard" in page.get_text()


@pytest.mark.parametrize("stage", list(AssessAt))
def test_no_card_asks_for_a_total(stage: AssessAt) -> None:
    shown = web(stage).get_text(" ").replace("There is no total.", "")
    assert "total" not in shown.lower()


def test_a_known_candidate_and_assessor_are_printed() -> None:
    card = make_scorecard(
        a_kit(),
        organisation="Fairwater",
        vacancy="FW-1",
        made_on=dt.date(2026, 3, 2),
        candidate="C-07",
        assessor="Maryam Rahimi",
    )
    shown = body(card)
    assert ">C-07</td>" in shown
    assert ">Maryam Rahimi</td>" in shown
    assert "Candidate number C-07" in shown


def test_a_card_without_questions_is_still_a_page() -> None:
    framework = sample_framework()
    kit = interview_kit(framework, "provider-chair", AssessAt.INTERVIEW, ())
    card = make_scorecard(kit, organisation="F", vacancy="V", made_on=dt.date(2026, 3, 2))
    assert "What is on this card" not in body(card)


def test_a_question_may_cover_several_competencies() -> None:
    framework = sample_framework()
    chosen = [ChosenQuestion("Two at once?", ("culture.fairness", "culture.speaking-up"))]
    kit = interview_kit(framework, "provider-chair", AssessAt.INTERVIEW, chosen)
    card = make_scorecard(kit, organisation="F", vacancy="V", made_on=dt.date(2026, 3, 2))
    assert [each.code for each in card.questions[0].competencies] == ["1.2", "1.1"]
    assert "mark one in each row" in body(card)
