"""The fields of a form that are no questions: whom it is about, and room for what does not fit."""

from __future__ import annotations

from exports.fields import DAY_EXAMPLE, Field, FieldKind
from frameworks.questions import AnswerKey

_LONGEST_FACT = 200
_LONGEST_CONTINUATION = 8000


def _about(key: str, label: str) -> Field:
    return Field(AnswerKey("about", key), FieldKind.LINE, label, max_length=_LONGEST_FACT)


def _continuation(number: int) -> Field:
    return Field(
        AnswerKey("continuation", f"page-{number}"),
        FieldKind.LINES,
        f"Continuation {number}: say which question each part belongs to",
        max_length=_LONGEST_CONTINUATION,
    )


PERSON = _about("person", "Person")
POSITION = _about("position", "Position")
ORGANISATION = _about("organisation", "Organisation")
PERIOD = _about("period", "Period")
APPRAISER = _about("appraiser", "Appraiser")
CANDIDATE = _about("candidate", "Candidate number")
DATE = Field(AnswerKey("about", "date"), FieldKind.DAY, f"Date. {DAY_EXAMPLE}")

CONTINUATION = (_continuation(1), _continuation(2))
"""Two pages at the end: a box that scrolls shows on paper only what is in sight."""


def assessor(label: str) -> Field:
    """Return the field of whoever fills a scorecard in, under what the stage calls them."""
    return _about("assessor", label)
