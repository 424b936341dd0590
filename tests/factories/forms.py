"""A small fillable form with every kind of field, printed and sealed."""

from __future__ import annotations

import datetime as dt
import functools
import html
import json

from exports.fields import COPY_IDENTIFIER, Field, FieldKind, as_data
from exports.pdf import make_pdf
from exports.seals.identifiers import new_identifier
from exports.seals.sealing import Statement, seal_pdf
from exports.seals.signing import Keyring, SigningKey
from frameworks.questions import AnswerKey

KEYRING = Keyring(SigningKey(bytes(range(32))))
PERSON = AnswerKey("about", "person")
POSITION = AnswerKey("about", "position")
ASSESSMENT = AnswerKey("board.culture", "assessment")
EVIDENCE = AnswerKey("board.culture", "evidence")
AREAS = AnswerKey("board.culture", "areas")
MEETING = AnswerKey("objectives.1", "by")
FIELDS = (
    Field(PERSON, FieldKind.LINE, "Name", max_length=200),
    Field(POSITION, FieldKind.LINE, "Role"),
    COPY_IDENTIFIER,
    Field(
        ASSESSMENT,
        FieldKind.ONE_OF,
        "How often?",
        (("often", "Often"), ("rarely", "Rarely"), ("no-chance", "No chance to see")),
    ),
    Field(EVIDENCE, FieldKind.LINES, "What shows it?", max_length=400),
    Field(AREAS, FieldKind.SOME_OF, "Where?", (("board", "Board"), ("ward", "Wards"))),
    Field(MEETING, FieldKind.DAY, "By when?, as 2026-03-31"),
)


@functools.cache
def a_form(fields: tuple[Field, ...] = FIELDS) -> bytes:
    """Return a sealed form with these fields, the same bytes every time."""
    statement = Statement(
        identifier=new_identifier(b"the identifier of a form"),
        kind="review_record",
        citation="board@1.0.0",
        digest="sha256:" + "0" * 64,
        made_on=dt.date(2026, 4, 1),
        form={"profile": "chair"},
        fields=fields,
    )
    sealed, _ = seal_pdf(make_pdf(_page(fields)), statement, KEYRING)
    return sealed


def _page(fields: tuple[Field, ...]) -> str:
    controls = "".join(f"<p>{html.escape(field.label)} {_control(field)}</p>" for field in fields)
    listed = html.escape(json.dumps(as_data(fields)))
    return (
        '<!doctype html><html lang="en-GB"><head><title>A form</title>'
        '<meta name="dcterms.created" content="2026-04-01"></head><body><h1>A form</h1>'
        f'<template id="boardmark-fields">{listed}</template>{controls}</body></html>'
    )


def _control(field: Field) -> str:
    name, label = html.escape(field.name), html.escape(field.label)
    match field.kind:
        case FieldKind.ONE_OF | FieldKind.SOME_OF:
            kind = "radio" if field.kind is FieldKind.ONE_OF else "checkbox"
            return "".join(
                f'<input type="{kind}" name="{name}" value="{key}" title="{label}: {option}">'
                for key, option in field.options
            )
        case FieldKind.LINES:
            return f'<textarea name="{name}" title="{label}"></textarea>'
        case FieldKind.LINE | FieldKind.DAY:
            return f'<input type="text" name="{name}" title="{label}">'
