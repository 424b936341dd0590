"""The words that stand in the cells of every export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from frameworks.questions import OneOf, Question, SomeOf
from webapp.consultations.respondents import Publish
from webapp.consultations.submissions import Standing
from webapp.extracts.extract import FileFormat, Layout, Which

YES, NO = "Yes", "No"
_LONDON = ZoneInfo("Europe/London")

STANDINGS = {
    Standing.COUNTS.value: "Counts",
    Standing.HELD.value: "Held, does not count yet",
    Standing.LATE.value: "Late, not decided on",
    Standing.NOT_ADMITTED.value: "Late, not admitted",
    Standing.SET_ASIDE.value: "Set aside",
    Standing.REPLACED.value: "Replaced by its sender",
    Standing.WITHDRAWN.value: "Withdrawn by its sender",
    Standing.REMOVED.value: "Removed",
}
"""What a response is now, by the key of its standing."""

PUBLISHING = {
    Publish.NAMED.value: "With the name",
    Publish.UNNAMED.value: "Without the name",
    Publish.NOT_AT_ALL.value: "Not at all",
}
"""What may be published of a response, by the key of that."""

LAYOUTS = {Layout.COMMENTS: "A row for each comment", Layout.RESPONSES: "A row for each response"}
FORMATS = {
    FileFormat.XLSX: "Excel workbook (XLSX)",
    FileFormat.ODS: "OpenDocument spreadsheet (ODS)",
    FileFormat.CSV: "CSV",
    FileFormat.JSON_LINES: "JSON Lines alone",
}
WHICH = {
    Which.COUNTING: "Only responses that count",
    Which.ALL: "Every response, with what became of it",
}


def yes_or_no(value: bool) -> str:
    """Return a truth as a word."""
    return YES if value else NO


def uk_moment(moment: dt.datetime) -> str:
    """Return a moment as UK clocks show it, in a form that sorts."""
    return f"{moment.astimezone(_LONDON):%Y-%m-%d %H:%M}"


def labels_of(question: Question | None, choices: Iterable[str]) -> str:
    """Return the words of the options that were chosen; a key where it has no words any more."""
    known = {}
    if isinstance(question, OneOf | SomeOf):
        known = {option.key: option.label for option in question.options}
    return "; ".join(known.get(key, key) for key in choices)
