"""The columns of a table of responses: what each is called, and what it means in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from frameworks.questions import LongText, OneOf, Question, Rewording, ShortText, SomeOf
from webapp.consultations.asking import Asking, Item
from webapp.consultations.respondents import (
    INDIVIDUAL_CLASSES,
    ORGANISATION_TYPES,
    PUBLISH,
    REGIONS,
    RESPONDS_AS,
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table."""

    name: str
    words: str
    is_needed: bool = False
    is_about: bool = False
    """Whether it says something about the whole response, and not about one answer."""


COLUMNS = (
    Column(
        "key",
        "Your own number or name for the response, such as L-017. Every row of one response has"
        " the same key. A key that was taken in before is never taken in again.",
        is_needed=True,
    ),
    Column(
        "received_on",
        "The day on which it was received: a date, such as 2026-06-01 or 1/6/2026 (the day comes"
        " first).",
        is_needed=True,
        is_about=True,
    ),
    Column("responds_as", "Either individual or organisation.", is_needed=True, is_about=True),
    Column(
        "class",
        "What describes the person best, or what kind of organisation it is: a code of the list.",
        is_needed=True,
        is_about=True,
    ),
    Column("organisation", "The name of the organisation, where it is one.", is_about=True),
    Column(
        "name",
        "The name of the person, only where it may be published. It is not kept otherwise.",
        is_about=True,
    ),
    Column("region", "The NHS England region, if they said: a code of the list.", is_about=True),
    Column(
        "publish",
        "What may be published: named, unnamed or not-at-all. Empty means that they did not say,"
        " and then nothing of it is published.",
        is_about=True,
    ),
    Column(
        "item",
        "What the answer is about: the code that is printed before a competency, or a code of the"
        " list.",
        is_needed=True,
    ),
    Column("question", "Which question is answered: a code of the list.", is_needed=True),
    Column("position", "For questions that are asked for each position: which position."),
    Column(
        "answer",
        "For questions with options: the code or the words of the option. Several are separated by"
        " a semicolon.",
    ),
    Column("text", "For questions that are answered in words: the words, as they were written."),
)
NAMES = tuple(each.name for each in COLUMNS)
ABOUT = tuple(each.name for each in COLUMNS if each.is_about)
NEEDED = tuple(each.name for each in COLUMNS if each.is_needed)


@dataclass(frozen=True, slots=True)
class Code:
    """A code that may stand in a column, with what it stands for.

    `of` is what it belongs to: for a question the item, for an option the question.
    """

    column: str
    code: str
    words: str
    of: str = ""


def codes_of(asking: Asking) -> tuple[Code, ...]:
    """Return every code that a table about this consultation may use, column by column."""
    return tuple(_codes(asking))


def _codes(asking: Asking) -> Iterator[Code]:
    for column, options in (
        ("responds_as", RESPONDS_AS),
        ("class", INDIVIDUAL_CLASSES),
        ("class", ORGANISATION_TYPES),
        ("region", REGIONS),
        ("publish", PUBLISH),
    ):
        for option in options:
            of = "an organisation" if options is ORGANISATION_TYPES else ""
            yield Code(column, option.key, option.label, of)
    for item in asking.items.values():
        if item.questions:
            printed = item.competency.code if item.competency else ""
            yield Code("item", item.key, f"{printed} {item.title}".strip())
    for key, title in asking.position_titles.items():
        yield Code("position", key, title)
    yield from _question_codes(asking)


def _question_codes(asking: Asking) -> Iterator[Code]:
    """Yield each question and each of its options once, whatever number of items ask it."""
    seen: set[tuple[str, str]] = set()
    for item in asking.items.values():
        for question in item.questions:
            asked = (item.asked_of.value, question.key.question)
            if asked in seen:
                continue
            seen.add(asked)
            kind = _KINDS[item.asked_of.value]
            yield Code("question", question.key.question, _in_general(asking, item, question), kind)
            if isinstance(question, OneOf | SomeOf):
                for option in question.options:
                    yield Code("answer", option.key, option.label, question.key.question)


_KINDS = {
    "competency": "each competency",
    "domain": "each domain",
    "profile": "each position",
    "consultation": "the framework as a whole",
}


def _in_general(asking: Asking, item: Item, question: Question) -> str:
    """Return a question without the names of what it is asked about here."""
    text = question.text.replace(item.title, "…")
    if question.key.position:
        text = text.replace(asking.position_titles[question.key.position], "…")
    how = {
        OneOf: "one option",
        SomeOf: "one or more options",
        ShortText: "text",
        LongText: "text",
        Rewording: "text: the statement as it should be",
    }.get(type(question), "text")
    position = ", for each position" if question.key.position else ""
    return f"{text} ({how}{position})"
