"""The blank consultation: everything one needs to answer, and read back as it was answered."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings

from exports.consultation_items import Matrix, asks
from exports.documents.consultation_form import AboutPart, Size
from exports.forms.prefill import Base
from exports.forms.readback import read
from exports.issuing import statement_of
from exports.samples.consultation_form import sample
from exports.samples.published import sample_published
from exports.samples.receipt import sample_questionnaire
from exports.seals.identifiers import new_identifier
from exports.seals.sealing import seal_pdf
from exports.seals.verifying import FileState
from exports.templating import body
from exports.worker import Press
from frameworks.questionnaire import (
    questions_for_competency,
    questions_for_domain,
    questions_for_profile,
    questions_overall,
)
from frameworks.questions import AnswerKey, Given, LongText, OneOf, Option
from tests.factories.filling import WRITERS
from tests.factories.forms import KEYRING
from tests.unit.exports.any_answers import ANY_CHARACTER, all_of, answers_in
from tests.unit.exports.reading import whole_pages_of

FORM = sample()
LARGE = sample(Size.LARGE)
NAMES = ("consultation-form", "consultation-form-large")


@pytest.fixture(scope="module")
def sealed(printed: Mapping[str, Path]) -> bytes:
    statement = statement_of(FORM, new_identifier(b"a blank consultation"))
    content, _ = seal_pdf(printed["consultation-form"].read_bytes(), statement, KEYRING)
    return content


class TestWhatIsAsked:
    def test_it_asks_every_question_of_the_questionnaire_under_its_own_key(self) -> None:
        framework, questionnaire = sample_published().framework, sample_questionnaire()
        asked = [
            *(
                question
                for each in framework.all_competencies()
                for question in questions_for_competency(questionnaire, each, framework.profiles)
            ),
            *(q for each in framework.domains for q in questions_for_domain(questionnaire, each)),
            *(q for each in framework.profiles for q in questions_for_profile(questionnaire, each)),
            *questions_overall(questionnaire),
        ]
        keys = {field.key for field in FORM.fields}
        assert {question.key for question in asked} < keys
        others = keys - {question.key for question in asked}
        assert {key.item for key in others} == {"respondent", "continuation"}

    def test_it_says_what_is_consulted_on_until_when_and_where_to_send_it(self) -> None:
        words = " ".join(BeautifulSoup(body(FORM), "lxml").get_text(" ").split())
        invitation = FORM.invitation
        for text in (
            invitation.organisation,
            invitation.open_to_change,
            invitation.not_open_to_change,
            invitation.use_of_answers,
            invitation.contact,
            "arrives before 29 May 2026 at 5:00pm BST",
        ):
            assert text in words
        for competency in sample_published().framework.all_competencies():
            assert competency.statement in words
            for indicator in competency.indicators:
                assert indicator.text in words

    def test_a_question_for_each_position_becomes_one_question_for_all(self) -> None:
        matrices = [ask for item in FORM.items for ask in item.asks if isinstance(ask, Matrix)]
        assert len(matrices) == len(list(sample_published().framework.all_competencies()))
        first = matrices[0]
        assert (
            first.question == "How necessary is “Makes it safe to speak up” for this position: …?"
        )
        assert [row.position for row in first.rows] == [
            each.title for each in sample_published().framework.profiles
        ]
        # Whoever hears one field alone hears which position it is about.
        for row in first.rows:
            assert row.said.field is not None
            assert row.position in row.said.field.label

    def test_a_position_at_the_head_of_a_question_is_left_to_its_row(self) -> None:
        titles = {"chair": "Chair", "ned": "Non-executive director"}
        (asked,) = asks(questions_about(titles, "{}: how necessary is it?"), {}, titles)
        assert isinstance(asked, Matrix)
        assert asked.question == "How necessary is it?"

    def test_options_too_long_for_columns_stand_below_each_position(self) -> None:
        titles = {"chair": "Chair", "ned": "Non-executive director"}
        questions = questions_about(titles, "{}: how necessary is it?", label="Necessary " * 4)
        (asked,) = asks(questions, {}, titles)
        assert isinstance(asked, Matrix)
        assert not asked.is_compact

    def test_a_text_for_each_position_stays_a_question_of_its_own(self) -> None:
        titles = {"chair": "Chair", "ned": "Non-executive director"}
        questions = [
            LongText(key=AnswerKey("a.b", "why", key), text=f"{title}: why?")
            for key, title in titles.items()
        ]
        assert len(asks(questions, {}, titles)) == 2

    def test_nobody_is_named_in_it(self) -> None:
        assert FORM.form == {
            "consultation": "board-members",
            "questionnaire": "competency-consultation@1.0.0",
            "size": "standard",
        }


class TestOnPaper:
    def test_the_caveat_stands_on_the_page_of_the_question_about_publishing(
        self, printed: Mapping[str, Path]
    ) -> None:
        for name in NAMES:
            (sheet,) = [
                " ".join(each.split())
                for each in whole_pages_of(printed[name])
                if "May we publish this response?" in each
            ]
            assert "nobody can promise that a response stays confidential" in sheet
            assert "No, do not publish any of it" in sheet

    @pytest.mark.parametrize("size", Size)
    def test_the_options_of_a_question_are_never_on_two_pages(
        self, press: Press, size: Size
    ) -> None:
        labels = [f"An option that is {word}" for word in ("one", "two", "three", "four")]
        questions = [
            OneOf(
                key=AnswerKey("respondent", f"number-{number}"),
                text="Which of these is it? " * (1 + number % 3),
                options=tuple(Option(key=f"o{k}", label=each) for k, each in enumerate(labels)),
            )
            for number in range(30)
        ]
        part = AboutPart("Many questions", "", asks(questions, {}))
        form = dataclasses.replace(sample(size), about=(part,), domains=(), positions=())
        sheets: dict[str, set[int]] = {}
        with pikepdf.open(io.BytesIO(press.make(form))) as pdf:
            for number, sheet in enumerate(pdf.pages):
                for widget in sheet.get("/Annots", ()):
                    group = widget.get("/Parent")
                    if group is not None:
                        sheets.setdefault(str(group.T), set()).add(number)
        assert len(sheets) == len(questions)
        assert all(len(numbers) == 1 for numbers in sheets.values()), sheets

    def test_nothing_in_large_print_is_smaller_than_18_points(
        self, printed: Mapping[str, Path]
    ) -> None:
        with pikepdf.open(printed["consultation-form-large"]) as pdf:
            sizes = {size for sheet in pdf.pages for size in text_sizes(sheet)}
            typed = {str(field.DA) for field in pdf.Root.AcroForm.Fields if "/DA" in field}
        assert min(sizes) >= 18
        assert all(" 18 Tf" in each for each in typed)

        with pikepdf.open(printed["consultation-form"]) as pdf:
            assert min(size for sheet in pdf.pages for size in text_sizes(sheet)) < 18

    def test_what_we_write_into_large_print_is_as_large(self, printed: Mapping[str, Path]) -> None:
        statement = statement_of(LARGE, new_identifier(b"a blank consultation in large print"))
        pdf = printed["consultation-form-large"].read_bytes()
        content, _ = seal_pdf(pdf, statement, KEYRING)
        name = AnswerKey("respondent", "organisation-name")
        copy = Base.of(content).copy({name: "Fairwater Hospitals"}, KEYRING)
        assert b"/BmWide 18 Tf" in copy.tail


class TestReadingBack:
    @pytest.mark.parametrize("writer", WRITERS)
    @settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.large_base_example])
    @given(answers=answers_in(FORM.fields, ANY_CHARACTER))
    def test_any_answers_come_back_from_any_program(
        self, sealed: bytes, writer: str, answers: dict[AnswerKey, Given]
    ) -> None:
        filled = read(WRITERS[writer](sealed, answers), KEYRING)
        assert all_of(filled) == answers
        assert filled.verdict.state is FileState.FILLED_IN

    def test_it_says_which_consultation_it_answers(self, sealed: bytes) -> None:
        seal = read(sealed, KEYRING).verdict.seal
        assert seal is not None
        assert seal.kind == "consultation_form"
        assert seal.form["consultation"] == "board-members"
        assert not [each for each in read(sealed, KEYRING).answers.values() if not each.is_blank]


def questions_about(titles: Mapping[str, str], text: str, label: str = "Essential") -> list[OneOf]:
    """Return one question for each position."""
    return [
        OneOf(
            key=AnswerKey("a.b", "need", key),
            text=text.format(title),
            options=(Option(key="yes", label=label.strip()), Option(key="no", label="No")),
        )
        for key, title in titles.items()
    ]


def text_sizes(sheet: Any) -> set[float]:
    """Return the sizes in points that the texts of a page are set in."""
    found: set[float] = set()
    scale, scales, size, line = 1.0, [1.0], 0.0, 1.0
    for command in pikepdf.parse_content_stream(sheet):
        operator = str(command.operator)
        if operator == "q":
            scales.append(scale)
        elif operator == "Q":
            scale = scales.pop()
        elif operator == "cm":
            scale *= abs(float(command.operands[3]))
        elif operator == "Tf":
            size = float(command.operands[1])
        elif operator == "Tm":
            line = abs(float(command.operands[3]))
        elif operator in ("TJ", "Tj"):
            found.add(round(size * scale * line, 2))
    return found
