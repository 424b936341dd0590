"""Small print pages with controls, to look at how a form is made apart from what it asks."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence

from exports.fields import Field, FieldKind, as_data
from frameworks.questions import AnswerKey

HOW_OFTEN = (("never", "Never"), ("often", "Often"), ("not-seen", "Not seen"))
PERSON = Field(AnswerKey("about", "person"), FieldKind.LINE, "Name of the person", max_length=100)
IDENTIFIER = Field(AnswerKey("copy", "identifier"), FieldKind.LINE, "Identifier", locked=True)
RATING = Field(AnswerKey("chair.lead", "rating"), FieldKind.ONE_OF, "How often?", HOW_OFTEN)
SPLIT = Field(AnswerKey("chair.lead", "split"), FieldKind.ONE_OF, "Over two pages?", HOW_OFTEN)
EVENTS = Field(
    AnswerKey("chair.lead", "events"),
    FieldKind.SOME_OF,
    "Which did you see?",
    (("board", "Board"), ("visits", "Visits & walks")),
)
EVIDENCE = Field(
    AnswerKey("chair.lead", "evidence"), FieldKind.LINES, "What did you see?", max_length=4000
)
DATE = Field(AnswerKey("about", "date"), FieldKind.DAY, "Date, as 2026-03-31")
FIELDS = (PERSON, IDENTIFIER, RATING, EVENTS, EVIDENCE, SPLIT, DATE)

_PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><title>A form</title>
<meta name="dcterms.created" content="2026-03-31">
<meta name="dcterms.modified" content="2026-03-31">
<link rel="stylesheet" href="boardmark:styles/print.css"></head>
<body data-citation="chair@1.0.0" data-digest="abc" data-kind="Form" data-mark="DRAFT">
<h1>A form, often filled in</h1>{body}</body></html>"""


def a_page(body: str) -> str:
    """Return a print page with this body."""
    return _PAGE.format(body=body)


def a_form(fields: Sequence[Field] = FIELDS, given: Mapping[str, str] | None = None) -> str:
    """Return a print page with the controls of these fields; SPLIT has a page break inside."""
    questions = "".join(_question(field, given or {}) for field in fields)
    return a_page(questions + the_list(fields))


def the_list(fields: Sequence[Field]) -> str:
    """Return the list of fields as a page carries it."""
    listed = html.escape(json.dumps(as_data(fields)))
    return f'<template id="boardmark-fields">{listed}</template>'


def control(field: Field, given: str = "") -> str:
    """Return the controls of a field as HTML, each with its label beside it."""
    match field.kind:
        case FieldKind.ONE_OF | FieldKind.SOME_OF:
            kind = "radio" if field.kind is FieldKind.ONE_OF else "checkbox"
            return "".join(
                f'<span><input type="{kind}" name="{field.name}" value="{key}" title="{label}"'
                f"{' checked' if given == key else ''}> {html.escape(label)}</span>"
                + ('<p style="break-after: page"></p>' if field is SPLIT else "")
                for key, label in field.options
            )
        case FieldKind.LINES:
            return f'<textarea name="{field.name}">{html.escape(given)}</textarea>'
        case _:
            value = f' value="{html.escape(given)}"' if given else ""
            return f'<input type="text" name="{field.name}"{value}>'


def _question(field: Field, given: Mapping[str, str]) -> str:
    return f"<h2>{field.label}</h2><div>{control(field, given.get(field.name, ''))}</div>"
