"""The closed union of question kinds, from which forms, PDF fields and columns are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from frameworks.fields import Frozen


@dataclass(frozen=True, slots=True, order=True)
class AnswerKey:
    """What an answer is about: an item, a question, and a position or none (empty)."""

    item: str
    question: str
    position: str = ""

    def __str__(self) -> str:
        """Return `item:question` or `item:question:position`, the name of the form field."""
        tail = f":{self.position}" if self.position else ""
        return f"{self.item}:{self.question}{tail}"

    @classmethod
    def parse(cls, text: str) -> AnswerKey:
        """Return the parts of a field name; ValueError if it is not of that form."""
        parts = text.split(":")
        if len(parts) not in (2, 3) or not all(parts):
            raise ValueError(f"“{text}” is not an answer key")
        return cls(*parts)

    @property
    def pdf_name(self) -> str:
        """The PDF field name: the full stop is reserved there, so it becomes `/`."""
        return str(self).replace(".", "/")

    @classmethod
    def parse_pdf_name(cls, name: str) -> AnswerKey:
        """Return the parts of a PDF field name; ValueError if it is not of that form."""
        return cls.parse(name.replace("/", "."))


class Option(Frozen):
    """One choice; `value` is None outside a scale and for plain options."""

    key: str
    label: str
    value: int | None = None
    hint: str = ""


class _Asked(Frozen):
    """What every question has: its key, its words and its help.

    `language` is the tag of a variant's language; empty where the words are the questionnaire's.
    """

    key: AnswerKey
    text: str
    hint: str = ""
    required: bool = False
    language: str = ""


class OneOf(_Asked):
    """Exactly one of several options, or nothing."""

    kind: Literal["one_of"] = "one_of"
    options: tuple[Option, ...]


class SomeOf(_Asked):
    """Any number of several options."""

    kind: Literal["some_of"] = "some_of"
    options: tuple[Option, ...]


class ShortText(_Asked):
    """A line of text, at most `max_length` characters."""

    kind: Literal["short_text"] = "short_text"
    max_length: int = 300


class LongText(_Asked):
    """Several paragraphs of text, at most `max_length` characters."""

    kind: Literal["long_text"] = "long_text"
    max_length: int = 4000


class Rewording(_Asked):
    """An edit of a present text; left as it was it is no answer."""

    kind: Literal["rewording"] = "rewording"
    present: str
    present_language: str = ""
    max_length: int = 4000


class Day(_Asked):
    """A calendar date."""

    kind: Literal["day"] = "day"


Question = OneOf | SomeOf | ShortText | LongText | Rewording | Day


class Given(Frozen):
    """What somebody answered: the keys of the options chosen, or a text; both empty is blank."""

    choices: tuple[str, ...] = ()
    text: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was answered."""
        return not self.choices and not self.text.strip()


def is_an_answer(question: Question, given: Given) -> bool:
    """Say whether this counts as an answer: an unchanged rewording does not."""
    if isinstance(question, Rewording) and _folded(given.text) == _folded(question.present):
        return False
    return not given.is_blank


def _folded(text: str) -> str:
    # Browsers send line breaks as CRLF and people leave blanks at the ends.
    return " ".join(text.split())
