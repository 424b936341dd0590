"""The fields of a fillable document, made from the questions that they ask.

One list serves the form that is drawn, the values written into it beforehand and the answers read
out of it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, assert_never

from frameworks.questions import (
    AnswerKey,
    Day,
    LongText,
    OneOf,
    Question,
    Rewording,
    ShortText,
    SomeOf,
)

DAY_EXAMPLE = "For example, 31 March 2026"
"""How a day may be written; a field on paper cannot check it while somebody types."""


class FieldKind(StrEnum):
    """What a field holds: a line, paragraphs, a date, or one or some of several options."""

    LINE = "line"
    LINES = "lines"
    DAY = "day"
    ONE_OF = "one of"
    SOME_OF = "some of"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name is its key, its label is what a screen reader says.

    `options` are (key, label); `max_length` counts characters and is 0 where there is no limit. A
    locked field is for us to write in before the document is handed out, and for nobody else.
    """

    key: AnswerKey
    kind: FieldKind
    label: str
    options: tuple[tuple[str, str], ...] = ()
    max_length: int = 0
    locked: bool = False

    @property
    def name(self) -> str:
        """The name of the PDF field."""
        return self.key.pdf_name


COPY_IDENTIFIER = Field(
    AnswerKey("copy", "identifier"), FieldKind.LINE, "Identifier of this copy", locked=True
)
"""The field that tells one prefilled copy from another; empty in what they are made from."""


def field_of(question: Question) -> Field:
    """Return the field that a question becomes."""
    match question:
        case OneOf() | SomeOf():
            kind = FieldKind.ONE_OF if isinstance(question, OneOf) else FieldKind.SOME_OF
            options = tuple((each.key, each.label) for each in question.options)
            return Field(question.key, kind, question.text, options)
        case ShortText():
            return Field(
                question.key, FieldKind.LINE, question.text, max_length=question.max_length
            )
        case LongText() | Rewording():
            return Field(
                question.key, FieldKind.LINES, question.text, max_length=question.max_length
            )
        case Day():
            return Field(question.key, FieldKind.DAY, f"{question.text} {DAY_EXAMPLE}")
        case _:
            assert_never(question)


def as_data(fields: Sequence[Field]) -> list[dict[str, Any]]:
    """Return fields as plain data for JSON, without what they do not have."""
    return [
        {
            "key": str(field.key),
            "kind": field.kind.value,
            "label": field.label,
            **({"options": [list(option) for option in field.options]} if field.options else {}),
            **({"max_length": field.max_length} if field.max_length else {}),
            **({"locked": True} if field.locked else {}),
        }
        for field in fields
    ]


def from_data(data: Sequence[dict[str, Any]]) -> tuple[Field, ...]:
    """Return fields from plain data; KeyError, TypeError or ValueError where it is not such."""
    return tuple(
        Field(
            key=AnswerKey.parse(each["key"]),
            kind=FieldKind(each["kind"]),
            label=str(each["label"]),
            options=tuple((str(key), str(label)) for key, label in each.get("options", ())),
            max_length=int(each.get("max_length", 0)),
            locked=bool(each.get("locked", False)),
        )
        for each in data
    )
