"""Equality questions: one from the shelf, each with a reason and a way not to answer."""

import datetime as dt
from pathlib import Path

import pytest

from frameworks.checking import check_paths
from frameworks.library import SHIPPED_QUESTIONNAIRES, Library, UnknownVersion
from frameworks.problems import Unreadable
from frameworks.questionnaire import Purpose
from frameworks.reader import read_questionnaire
from frameworks.writer import write_questionnaire

FILE = SHIPPED_QUESTIONNAIRES / "equality-monitoring" / "1.0.0.yaml"
GOOD = FILE.read_text("utf-8")
SEX = "  - key: sex\n    asked_of: consultation\n    kind: one_of\n"
MALE = "      - {key: male, label: Male}\n"

BREAKS = {
    "no way not to answer": (
        f"{MALE}      - {{key: prefer-not-to-say, label: Prefer not to say}}\n",
        MALE,
        "“sex” needs an option with the key prefer-not-to-say",
    ),
    "no reason": (
        "    hint: We ask so that we can see whether trans people have been heard.\n",
        "",
        "“gender-identity” needs a hint that says why it is asked",
    ),
    "several answers": (
        SEX,
        SEX.replace("one_of", "some_of"),
        "“sex” is an equality question, so its kind is one_of",
    ),
    "about a competency": (
        SEX + "    text: What is your sex?",
        SEX.replace("consultation", "competency") + "    text: What is the sex of {item}?",
        "“sex” is about a competency: equality questions are not",
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_an_equality_question_that_presses_or_hides_its_reason_is_refused(name: str) -> None:
    old, new, message = BREAKS[name]
    assert old in GOOD

    with pytest.raises(Unreadable) as caught:
        read_questionnaire(GOOD.replace(old, new, 1), "asked.yaml")

    assert [problem.message for problem in caught.value.problems] == [message]


def test_other_questionnaires_need_neither() -> None:
    other = GOOD.replace("purpose: equality\n", "", 1)
    for old, new, _ in list(BREAKS.values())[:3]:
        other = other.replace(old, new, 1)

    assert read_questionnaire(other, "asked.yaml").purpose is Purpose.CONSULTATION


def test_the_purpose_is_written_back_and_changes_nothing_for_who_has_none() -> None:
    read = read_questionnaire(GOOD, "asked.yaml")

    assert write_questionnaire(read) == GOOD
    consulting = read.model_copy(update={"purpose": Purpose.CONSULTATION})
    assert "purpose" not in write_questionnaire(consulting)


def test_the_set_that_ships_asks_every_characteristic_with_sex_and_gender_apart() -> None:
    asked = Library.shipped().equality_set(dt.date(2027, 1, 1))

    assert asked is not None
    assert [question.key for question in asked.questions] == [
        "age",
        "sex",
        "gender-identity",
        "health-condition",
        "day-to-day-activities",
        "ethnic-group",
        "religion-or-belief",
        "sexual-orientation",
        "legal-partnership",
        "pregnancy-and-maternity",
        "caring",
    ]
    assert check_paths([FILE]) == ()


def test_nobody_can_choose_equality_questions_as_those_of_a_consultation() -> None:
    library = Library.shipped()

    assert "equality-monitoring" not in {each.slug for each in library.questionnaires()}
    with pytest.raises(UnknownVersion):
        library.questionnaire("equality-monitoring", "1.0.0")


def test_a_consultation_keeps_to_the_set_of_the_day_it_opened(tmp_path: Path) -> None:
    folder = tmp_path / "questionnaires"
    library = Library(tmp_path / "frameworks", questionnaires=[folder])
    assert library.equality_set(dt.date(2026, 1, 1)) is None
    for number, day in (("1.0.0", 10), ("1.1.0", 20)):
        draft = tmp_path / "draft.yaml"
        draft.write_text(GOOD.replace('"1.0.0"', f'"{number}"', 1), "utf-8")
        library.publish_questionnaire(draft, number, dt.date(2026, 1, day))

    versions = {}
    for day in (1, 10, 19, 20, 31):
        found = library.equality_set(dt.date(2026, 1, day))
        assert found is not None
        versions[day] = found.version

    # Somebody who asked before there were any uses the first.
    assert versions == {1: "1.0.0", 10: "1.0.0", 19: "1.0.0", 20: "1.1.0", 31: "1.1.0"}
