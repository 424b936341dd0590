"""A table of responses, read with every mistake at once."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.incoming.answer_rows import TableRow
from exports.incoming.answer_tables import read_table
from frameworks.questionnaire import profile_item
from frameworks.questions import (
    AnswerKey,
    Given,
    LongText,
    OneOf,
    Question,
    Rewording,
    ShortText,
    SomeOf,
    is_an_answer,
)
from tests.factories.answer_tables import a_row, as_csv, as_xlsx
from tests.factories.consultations import DURING, OPENS, an_asking
from webapp.consultations.respondents import Publish, RespondsAs
from webapp.consultations.response import plain_lines
from webapp.intake.columns import COLUMNS, NAMES, codes_of
from webapp.intake.imported_json import as_json, digest_of, from_json
from webapp.intake.table_reading import TableRead, read_responses

ASKING = an_asking()
COMPETENCY = next(item for item in ASKING.items.values() if item.competency)
QUESTIONS = [each for item in ASKING.items.values() for each in item.questions]


COMMENT = next(each for each in COMPETENCY.questions if isinstance(each, LongText))
OF_QUESTION = {
    "received_on": "2026-06-03",
    "item": COMPETENCY.key,
    "question": COMMENT.key.question,
}
ROW = a_row() | OF_QUESTION


def read(*rows: dict[str, str], names: tuple[str, ...] = NAMES) -> TableRead:
    table = read_table(as_csv([ROW | each for each in rows], names))
    return read_responses(table, ASKING, opens_at=OPENS, now=DURING)


def mistakes(*rows: dict[str, str], names: tuple[str, ...] = NAMES) -> list[str]:
    return [str(each) for each in read(*rows, names=names).mistakes]


class TestWhatIsRead:
    def test_the_rows_of_one_key_are_one_response(self) -> None:
        choice = next(each for each in COMPETENCY.questions if isinstance(each, OneOf))
        positioned = {"position": choice.key.position} if choice.key.position else {}
        table = read(
            {"publish": "named", "name": "Sam Okafor"},
            {
                "question": choice.key.question,
                "text": "",
                "answer": choice.options[0].label.upper(),
                "publish": "",
                **positioned,
            },
        )
        (response,) = table.responses
        assert table.mistakes == ()
        assert response.received_on == dt.date(2026, 6, 3)
        assert response.respondent.publish is Publish.NAMED
        assert response.respondent.name == "Sam Okafor"
        assert response.answers[choice.key] == Given(choices=(choice.options[0].key,))

    def test_the_printed_code_of_a_competency_does_as_well(self) -> None:
        assert COMPETENCY.competency is not None
        (response,) = read({"item": COMPETENCY.competency.code.lower()}).responses
        assert set(response.answers) == {COMMENT.key}

    def test_what_may_be_published_is_nothing_where_nobody_said(self) -> None:
        (response,) = read({"publish": "", "name": "Sam Okafor"}).responses
        assert response.respondent.publish is Publish.NOT_AT_ALL
        assert response.respondent.name == ""

    @pytest.mark.parametrize(
        "typed", ["2026-06-03", "3/6/2026", "03.06.2026", "3 June 2026", "2026-06-03 00:00:00"]
    )
    def test_a_day_is_read_as_people_write_it(self, typed: str) -> None:
        (response,) = read({"received_on": typed}).responses
        assert response.received_on == dt.date(2026, 6, 3)

    def test_several_options_are_separated_by_semicolons(self) -> None:
        several = [each for each in QUESTIONS if isinstance(each, SomeOf)]
        for question in several:
            keys = [each.key for each in question.options[:2]]
            (response,) = read(
                {
                    "item": question.key.item,
                    "question": question.key.question,
                    "position": question.key.position,
                    "text": "",
                    "answer": "; ".join(keys),
                }
            ).responses
            assert response.answers[question.key].choices == tuple(keys)

    def test_every_code_of_the_list_is_one_that_a_table_may_use(self) -> None:
        codes = codes_of(ASKING)
        assert {each.column for each in codes} <= set(NAMES)
        for item in (each.code for each in codes if each.column == "item"):
            assert item in ASKING.items


class TestMistakes:
    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"key": ""}, "Row 2, key: the key is missing"),
            ({"received_on": ""}, "Row 2, received_on: the day is missing"),
            (
                {"received_on": "13/13/2026"},
                "Row 2, received_on: “13/13/2026” is no date, such as 2026-06-01 or 1/6/2026",
            ),
            ({"received_on": "2026-07-01"}, "Row 2, received_on: that day is still to come"),
            (
                {"received_on": "2026-05-31"},
                "Row 2, received_on: the consultation was not open yet on that day",
            ),
            ({"responds_as": ""}, "Row 2, responds_as: this is missing"),
            (
                {"class": "governoor"},
                "Row 2, class: there is no “governoor” to choose here; did you mean “governor”?",
            ),
            (
                {"responds_as": "organisation", "class": "acute"},
                "Row 2, organisation: the name of the organisation is missing",
            ),
            (
                {"organisation": "Meadowbank"},
                "Row 2, organisation: an individual has none: leave it empty",
            ),
            (
                {"publish": "named"},
                "Row 2, name: the name is missing, with which it may be published",
            ),
            ({"item": ""}, "Row 2, item: the item is missing"),
            ({"item": "zzz"}, "Row 2, item: this consultation has no “zzz”"),
            ({"question": ""}, "Row 2, question: the question is missing"),
            ({"position": "zzz"}, "Row 2, position: there is no position “zzz”"),
            ({"text": ""}, "Row 2, text: the text is missing"),
            (
                {"answer": "yes"},
                "Row 2, answer: this question is answered in words: use the column text",
            ),
        ],
    )
    def test_each_is_said_with_its_row_and_column(
        self, changes: dict[str, str], message: str
    ) -> None:
        assert message in mistakes(changes)

    def test_all_of_them_are_said_at_once_in_the_order_of_the_table(self) -> None:
        found = mistakes({"key": "A", "class": "x"}, {"key": ""}, {"key": "B", "item": "x"})
        assert [each.partition(":")[0] for each in found] == [
            "Row 2, class",
            "Row 3, key",
            "Row 4, item",
        ]

    def test_rows_of_one_response_do_not_contradict_each_other(self) -> None:
        first, second = {"question": COMMENT.key.question}, {"class": "patient"}
        found = mistakes(first, second)
        assert found[0] == (
            "Row 3, class: this says “patient”, and row 2 of the same response says “governor”"
        )
        assert found[1] == "Row 3, question: row 2 of the same response answers this already"

    def test_a_text_that_is_too_long_says_where_the_rest_goes(self) -> None:
        (found,) = mistakes({"text": "x" * (COMMENT.max_length + 5)})
        assert "this is 5 characters too long" in found
        assert "the framework as a whole" in found

    def test_headings_are_known_or_said_to_be_wrong(self) -> None:
        names = tuple("questioon" if each == "question" else each for each in NAMES)
        assert mistakes({}, names=names) == [
            "Row 1: there is no column “questioon”; did you mean “question”?",
            "Row 1, question: this column is missing",
        ]

    def test_nothing_at_all_is_a_mistake(self) -> None:
        for rows in ((), (TableRow(1, NAMES),)):
            assert read_responses(rows, ASKING, opens_at=OPENS, now=DURING).mistakes

    def test_a_choice_takes_one_option_and_no_text(self) -> None:
        choice = next(each for each in QUESTIONS if isinstance(each, OneOf))
        base = {
            "item": choice.key.item,
            "question": choice.key.question,
            "position": choice.key.position,
            "text": "",
        }
        keys = "; ".join(each.key for each in choice.options[:2])
        assert mistakes(base | {"answer": keys}) == [
            "Row 2, answer: this question takes one option, and there are several"
        ]
        assert mistakes(base | {"text": "Hm"}) == [
            "Row 2, text: this question has options: use the column answer"
        ]


def _answers() -> st.SearchStrategy[dict[AnswerKey, Given]]:
    words = st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=80
    )
    lines = st.lists(words, min_size=1, max_size=3).map("\n".join).map(plain_lines).filter(bool)

    def of(question: Question) -> st.SearchStrategy[Given]:
        match question:
            case OneOf():
                keys = [each.key for each in question.options]
                return st.sampled_from(keys).map(lambda key: Given(choices=(key,)))
            case SomeOf():
                keys = [each.key for each in question.options]
                chosen = st.lists(st.sampled_from(keys), min_size=1, unique=True)
                return chosen.map(lambda found: Given(choices=tuple(found)))
            case _:
                return lines.map(lambda text: Given(text=text)).filter(
                    lambda answer: is_an_answer(question, answer)
                )

    known = [
        each
        for each in QUESTIONS
        if isinstance(each, OneOf | SomeOf | ShortText | LongText | Rewording)
    ]
    chosen = st.lists(st.sampled_from(known), min_size=1, max_size=8, unique_by=lambda q: q.key)
    return chosen.flatmap(
        lambda questions: st.fixed_dictionaries({each.key: of(each) for each in questions})
    )


def rows_of(answers: dict[AnswerKey, Given]) -> list[dict[str, str]]:
    """Return answers as the rows of a table, with what is said of the response on each."""
    return [
        ROW
        | {
            "item": key.item,
            "question": key.question,
            "position": key.position,
            "answer": ";".join(answer.choices),
            "text": answer.text,
        }
        for key, answer in answers.items()
    ]


@settings(max_examples=60)
@given(answers=_answers())
def test_what_is_written_as_a_table_is_read_as_the_same_answers(
    answers: dict[AnswerKey, Given],
) -> None:
    for content in (as_csv(rows_of(answers)), as_xlsx(rows_of(answers))):
        table = read_responses(read_table(content), ASKING, opens_at=OPENS, now=DURING)
        assert table.mistakes == ()
        (response,) = table.responses
        assert response.answers == answers
        assert response.respondent.responds_as is RespondsAs.INDIVIDUAL
        asked = {key.position for key in answers} | {key.item for key in answers}
        assert set(response.respondent.positions) == {
            each for each in ASKING.position_titles if each in asked or profile_item(each) in asked
        }
        # And it waits as JSON without a change, with the same digest for the same words.
        waiting = as_json(response)
        assert from_json(waiting) == response
        assert digest_of("a", waiting) != digest_of("b", waiting)


def test_each_column_says_what_stands_in_it() -> None:
    assert len(set(NAMES)) == len(COLUMNS)
    assert all(each.words.endswith(".") for each in COLUMNS)
