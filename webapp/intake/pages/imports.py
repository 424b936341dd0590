"""What the pages about imports show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from webapp.consultations.asking import Asking
from webapp.consultations.pages.respondent import (
    AboutRow,
    AnsweredItem,
    about_rows,
    answered_items,
)
from webapp.consultations.respondents import label_of
from webapp.consultations.response import SentAnswer
from webapp.intake.columns import Code, codes_of
from webapp.intake.imports import Import, ImportState, KeyStatus, WaitingResponse

STATE_WORDS = {
    ImportState.WAITING: ("Waits for a second person", "yellow"),
    ImportState.TAKING: ("Being taken in", "blue"),
    ImportState.TAKEN: ("Taken in", "green"),
    ImportState.DISCARDED: ("Thrown away", "grey"),
}
STATUS_WORDS = {
    KeyStatus.NEW: ("New", "blue"),
    KeyStatus.THERE: ("Taken in already", "grey"),
    KeyStatus.DIFFERENT: ("Different under the same key", "orange"),
}


@dataclass(frozen=True, slots=True)
class ListedImport:
    """An import on a list, in words."""

    found: Import
    state: str
    colour: str


@dataclass(frozen=True, slots=True)
class ListedResponse:
    """A response of an import, in words."""

    number: int
    key: str
    received_on: dt.date
    who: str
    answers: int
    status: str
    colour: str


@dataclass(frozen=True, slots=True)
class ShownResponse:
    """Everything that a response of an import says."""

    key: str
    received_on: dt.date
    about: tuple[AboutRow, ...]
    items: tuple[AnsweredItem, ...]
    status: str
    colour: str


@dataclass(frozen=True, slots=True)
class CodeGroup:
    """The codes of one column, as a page lists them."""

    title: str
    codes: tuple[Code, ...]


def listed(imports: Iterable[Import]) -> tuple[ListedImport, ...]:
    """Return imports in words, the newest in front."""
    return tuple(ListedImport(each, *STATE_WORDS[each.state]) for each in reversed(tuple(imports)))


def listed_responses(responses: Iterable[WaitingResponse]) -> tuple[ListedResponse, ...]:
    """Return the responses of an import as a table shows them."""
    return tuple(
        ListedResponse(
            each.number,
            each.response.key,
            each.response.received_on,
            _who(each),
            len(each.response.answers),
            *STATUS_WORDS[each.status],
        )
        for each in responses
    )


def shown_response(asking: Asking, waiting: WaitingResponse) -> ShownResponse:
    """Return everything that a response of an import says."""
    response = waiting.response
    known = [
        SentAnswer(key, given, "")
        for key, given in response.answers.items()
        # What is asked may have been put right since.
        if key.item in asking.items and key in asking.items[key.item].by_key
    ]
    return ShownResponse(
        response.key,
        response.received_on,
        about_rows(asking, response.respondent),
        answered_items(asking, known),
        *STATUS_WORDS[waiting.status],
    )


def code_groups(asking: Asking) -> tuple[CodeGroup, ...]:
    """Return every code that a table may use, column by column."""
    titles = {
        "responds_as": "Codes of responds_as",
        "class": "Codes of class",
        "region": "Codes of region",
        "publish": "Codes of publish",
        "item": "Codes of item",
        "position": "Codes of position",
        "question": "Codes of question",
        "answer": "Codes of answer",
    }
    codes = codes_of(asking)
    return tuple(
        CodeGroup(title, tuple(each for each in codes if each.column == column))
        for column, title in titles.items()
    )


def _who(waiting: WaitingResponse) -> str:
    respondent = waiting.response.respondent
    label = label_of(respondent.respondent_class)
    name = respondent.shown_name
    return f"{name} ({label})" if name else label
