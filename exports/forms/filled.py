"""What a file that came back says, or why it cannot be taken, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from exports.seals.verifying import Verdict
from frameworks.questions import AnswerKey, Given

ABOUT = "about"
"""The item of the keys that say whom and what a form is about."""

CONTINUATION = "continuation"
"""The item of the keys of the pages to write on where a box was too small."""


class Reason(StrEnum):
    """Why a file cannot be taken."""

    TOO_LARGE = "too large"
    CUT_OFF = "cut off"
    """Cut off or otherwise damaged."""
    NOT_A_PDF = "not a PDF"
    ENCRYPTED = "encrypted"
    FLATTENED = "flattened"
    NOT_OURS = "not ours"
    ALTERED = "altered"
    FIELDS_CHANGED = "fields changed"
    OUTSIDE_SCALE = "outside the scale"
    CONTRADICTION = "contradiction"
    """Two answers to one question."""
    NOT_A_DATE = "not a date"
    TOO_LONG = "too long"
    TOO_MUCH = "too much"
    """It takes more time or memory than a form may."""
    WRONG_FORM = "wrong form"
    WRONG_VERSION = "wrong version"
    WRONG_PERSON = "wrong person"
    TAKEN_ALREADY = "taken already"
    NO_SUCH_KIND = "no such kind"
    """None of the kinds of file in which a response can come."""
    NOT_A_TABLE = "not a table"


class FileRefused(Exception):
    """A file that cannot be taken; the message says what is wrong and what to do.

    `further` has one more sentence for each further value that is wrong.
    """

    def __init__(self, reason: Reason, message: str, further: tuple[str, ...] = ()) -> None:
        """Take the reason, one or two sentences for a person, and further ones."""
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.further = further


@dataclass(frozen=True, slots=True)
class Filled:
    """A form of ours as it came back.

    `answers` has every question, a blank one too, as the web form would have posted it. `about`
    and `continuation` have texts (dates as 2026-03-31); the identifier of the copy is the seal's.
    """

    sha256: str
    verdict: Verdict
    answers: Mapping[AnswerKey, Given]
    about: Mapping[AnswerKey, str]
    continuation: Mapping[AnswerKey, str]
