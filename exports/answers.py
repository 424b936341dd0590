"""Questions and what was answered, as a page shows them: in words, or as room to write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from exports.fields import Field, field_of
from exports.templating import day
from frameworks.questions import (
    AnswerKey,
    Day,
    Given,
    LongText,
    OneOf,
    Option,
    Question,
    Rewording,
    ShortText,
    SomeOf,
)
from frameworks.rewording import change_of
from frameworks.wording import TextChange


class Room(StrEnum):
    """How much room a blank form leaves for an answer."""

    BOXES = "boxes"
    LINE = "line"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a question and whether it was chosen."""

    key: str
    label: str
    hint: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A question and its answer; `labels` and `text` are both empty where there is none.

    `field` is where it is answered on a form; an answer to nothing has none.
    """

    key: str
    """The part of the question's key that is the same for every item, such as `objective`."""
    question: str
    hint: str
    room: Room
    choices: tuple[Choice, ...]
    labels: tuple[str, ...]
    text: str
    field: Field | None = None
    change: TextChange | None = None
    """What a suggested wording changes in the present one."""
    language: str = ""
    """The tag of the language of the question, where it is not the document's."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was answered."""
        return not self.labels and not self.text


def said(question: Question, answers: Mapping[AnswerKey, Given]) -> Said:
    """Return a question with what was answered; a choice it does not know is shown by its key."""
    given = answers.get(question.key, Given())
    options = _options(question)
    labels = {option.key: option.label for option in options}
    return Said(
        key=question.key.question,
        question=question.text,
        hint=question.hint,
        room=_room(question),
        choices=tuple(
            Choice(
                key=each.key,
                label=each.label,
                hint=each.hint,
                chosen=each.key in given.choices,
            )
            for each in options
        ),
        labels=tuple(labels.get(key, key) for key in given.choices),
        text=_text(question, given.text.strip()),
        field=field_of(question),
        change=change_of(question, given),
        language=question.language,
    )


def _options(question: Question) -> tuple[Option, ...]:
    return question.options if isinstance(question, OneOf | SomeOf) else ()


def _room(question: Question) -> Room:
    match question:
        case OneOf() | SomeOf():
            return Room.BOXES
        case ShortText() | Day():
            return Room.LINE
        case LongText() | Rewording():
            return Room.LINES
        case _:
            assert_never(question)


def _text(question: Question, text: str) -> str:
    if not isinstance(question, Day):
        return text
    try:
        return day(dt.date.fromisoformat(text))
    except ValueError:
        return text  # Somebody's own words for a day are shown as they are.


def said_to_nothing(key: AnswerKey, given: Given) -> Said:
    """Return an answer whose question is not known any more, under its key."""
    return Said(
        key=key.question,
        question=str(key),
        hint="",
        room=Room.LINES,
        choices=(),
        labels=given.choices,
        text=given.text.strip(),
    )
