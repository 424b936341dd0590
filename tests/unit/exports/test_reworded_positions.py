"""A question for each position that was put right after some positions were answered."""

from __future__ import annotations

import pytest

from exports.consultation_items import Matrix, asks
from frameworks.questions import AnswerKey, OneOf, Option

TITLES = {"chair": "The chair", "ned": "A non-executive director", "ceo": "The chief executive"}
OPTIONS = (Option(key="essential", label="Essential"), Option(key="useful", label="Useful"))


def asked(position: str, text: str = "how necessary is it?", **changes: object) -> OneOf:
    values: dict[str, object] = {
        "key": AnswerKey("culture.speaking-up", "necessity", position),
        "text": f"{TITLES[position]}: {text}",
        "hint": "Think of all.",
        "options": OPTIONS,
    }
    return OneOf.model_validate(values | changes)


def groups(*questions: OneOf) -> list[list[str]]:
    found = asks(questions, {}, TITLES)
    assert all(isinstance(each, Matrix) for each in found)
    return [[row.position for row in each.rows] for each in found if isinstance(each, Matrix)]


def test_positions_in_the_same_words_are_one_question() -> None:
    assert groups(*map(asked, TITLES)) == [list(TITLES.values())]


@pytest.mark.parametrize(
    "earlier",
    [
        asked("chair", "how necessary was it?"),
        asked("chair", hint="Think of some."),
        asked("chair", options=(*OPTIONS, Option(key="no-view", label="No view"))),
    ],
)
def test_a_position_that_was_asked_in_other_words_stands_apart(earlier: OneOf) -> None:
    assert groups(earlier, asked("ned"), asked("ceo")) == [
        ["The chair"],
        ["A non-executive director", "The chief executive"],
    ]


def test_help_that_names_the_position_does_not_set_it_apart() -> None:
    questions = [asked(each, hint=f"Think of {TITLES[each]}.") for each in TITLES]
    assert groups(*questions) == [list(TITLES.values())]
