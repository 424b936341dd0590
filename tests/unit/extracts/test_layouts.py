"""Rows go to the file of the questionnaire version that was answered, in its own words."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from frameworks.questions import AnswerKey
from tests.factories.writing import COMMENT, LIBRARY, SPEAKING, a_draft_consultation
from webapp.consultations import services as consultations
from webapp.consultations.asking import Asking
from webapp.extracts.comments import CommentsLayout
from webapp.extracts.extract import FileFormat, Layout, Options
from webapp.extracts.responses import ResponsesLayout
from webapp.extracts.said import SaidAnswer, SaidResponse
from webapp.persistence import Session, new_id

NAMED = Options(Layout.COMMENTS, FileFormat.CSV, with_names=True)
PLAIN = Options(Layout.COMMENTS, FileFormat.CSV)
CLARITY = AnswerKey(SPEAKING, "clarity")


@pytest.fixture
def asking(session: Session) -> Asking:
    """Version 2.0.0, and before it 1.0.0, which asked the same in other words."""
    now = consultations.get_asking(LIBRARY, a_draft_consultation(session))
    questions = tuple(
        each.model_copy(update={"text": f"Reworded: {each.text}"})
        for each in now.questionnaire.questions
        if each.key != "action"
    )
    later = now.questionnaire.model_copy(update={"version": "2.0.0", "questions": questions})
    return dataclasses.replace(now, questionnaire=later, earlier=(now,))


def said(key: AnswerKey, text: str = "", *choices: str, **changes: Any) -> SaidAnswer:
    answer = SaidAnswer(new_id(), key, choices, text, "sha256:abc", "2.0.0", "", is_redacted=False)
    return dataclasses.replace(answer, **changes)


def response(*answers: SaidAnswer, **changes: Any) -> SaidResponse:
    found = SaidResponse(
        id=new_id(),
        reference="BM-1111-2222",
        submitted_at=dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC),
        responds_as="organisation",
        respondent_class="acute",
        region="midlands",
        language="",
        channel="letter",
        edition=1,
        lodged_late=False,
        standing="counts",
        publish="not-at-all",
        name="",
        organisation_name="Meadow Trust",
        role="",
        gathered="",
        interests="",
        campaign="",
        campaign_number=0,
        verdict="",
        answers=answers,
    )
    return dataclasses.replace(found, **changes)


class TestComments:
    def test_each_goes_to_the_file_of_its_version_in_its_words(self, asking: Asking) -> None:
        layout = CommentsLayout(asking, PLAIN)
        rows = list(
            layout.rows(response(said(COMMENT, "New"), said(COMMENT, "Old", version="1.0.0")))
        )
        found = {version: cells for version, cells in rows}
        assert set(found) == {"1.0.0", "2.0.0"}
        assert found["2.0.0"]["question"].startswith("Reworded: ")
        assert not found["1.0.0"]["question"].startswith("Reworded: ")
        assert found["1.0.0"]["questionnaire"] == "competency-consultation@1.0.0"
        assert sorted(cells["number"] for _, cells in rows) == ["0000001", "0000002"]

    def test_an_answer_that_names_no_version_is_of_the_first(self, asking: Asking) -> None:
        ((version, _),) = CommentsLayout(asking, PLAIN).rows(
            response(said(COMMENT, "a", version=""))
        )
        assert version == "1.0.0"

    def test_times_are_those_of_clocks_in_the_uk(self, asking: Asking) -> None:
        ((_, cells),) = CommentsLayout(asking, PLAIN).rows(response(said(COMMENT, "a")))
        assert cells["received"] == "2026-07-01 13:00"

    def test_names_have_columns_where_they_are_asked_for(self, asking: Asking) -> None:
        names = {"respondent", "role", "gathered", "interests"}
        for options, expected in ((PLAIN, set()), (NAMED, names)):
            layout = CommentsLayout(asking, options)
            assert names & {each.key for each in layout.columns("2.0.0")} == expected

    def test_every_text_of_a_row_has_a_column(self, asking: Asking) -> None:
        layout = CommentsLayout(asking, NAMED)
        keys = [each.key for each in layout.columns("2.0.0")]
        assert len(keys) == len(set(keys))
        ((_, cells),) = layout.rows(response(said(COMMENT, "a")))
        assert set(cells) <= set(keys)

    def test_a_campaign_is_named_and_what_nobody_decided_is_said(self, asking: Asking) -> None:
        for verdict, expected in (
            ("campaign", "Group 3, Postcards"),
            ("undecided", "Group 3, Postcards (not decided)"),
            ("not-a-campaign", ""),
        ):
            sent = response(
                said(COMMENT, "a"), campaign="Postcards", campaign_number=3, verdict=verdict
            )
            ((_, cells),) = CommentsLayout(asking, PLAIN).rows(sent)
            assert cells["campaign"] == expected

    def test_what_is_asked_no_more_keeps_its_keys(self, asking: Asking) -> None:
        gone = said(AnswerKey("gone.item", "comment"), "Still here")
        ((_, cells),) = CommentsLayout(asking, PLAIN).rows(response(gone))
        assert (cells["item"], cells["question"]) == ("gone.item", "comment")
        assert cells["comment"] == "Still here"


class TestResponses:
    def test_a_row_in_the_file_of_each_version_that_was_answered(self, asking: Asking) -> None:
        layout = ResponsesLayout(asking, PLAIN)
        sent = response(said(COMMENT, "New"), said(CLARITY, "", "very-clear", version="1.0.0"))
        rows = dict(layout.rows(sent))
        assert rows["2.0.0"][str(COMMENT)] == "New"
        assert rows["2.0.0"]["also_in"] == "1.0.0"
        assert rows["1.0.0"][str(CLARITY)] == "Very clear"

    def test_headings_have_the_words_of_their_version_and_the_key(self, asking: Asking) -> None:
        layout = ResponsesLayout(asking, PLAIN)
        new = {each.key: each.heading for each in layout.columns("2.0.0")}
        old = {each.key: each.heading for each in layout.columns("1.0.0")}
        assert new[str(COMMENT)] == f"Reworded: {old[str(COMMENT)]}"
        assert f"{SPEAKING}:action" in old
        assert f"{SPEAKING}:action" not in new
        assert len(new) == len(layout.columns("2.0.0"))

    def test_a_response_without_an_answer_has_a_row_too(self, asking: Asking) -> None:
        assert [version for version, _ in ResponsesLayout(asking, PLAIN).rows(response())] == [
            "2.0.0"
        ]

    def test_what_its_version_does_not_ask_is_not_lost(self, asking: Asking) -> None:
        gone = said(AnswerKey("gone.item", "comment"), "Still here")
        ((_, cells),) = ResponsesLayout(asking, PLAIN).rows(response(gone))
        assert cells["unknown"] == "gone.item:comment: Still here"
