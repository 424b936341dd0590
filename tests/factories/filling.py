"""Programs that fill in a form: each takes a file and answers, and returns the file it saves."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence

import pikepdf
import pypdf
from pikepdf import Name, String
from pikepdf.form import CheckboxField, Form, RadioButtonGroup, TextField

from exports.fields import Field, FieldKind
from exports.forms import form_fields
from exports.forms.prefill import Base
from exports.seals.sealing import read_seal
from frameworks.questions import AnswerKey, Given
from tests.factories.forms import FIELDS, KEYRING

Answers = Mapping[AnswerKey, Given]
Fill = Callable[[bytes, Answers], bytes]
OFF = "Off"
FORM_FIELDS = (*FIELDS, form_fields.DATE, *form_fields.CONTINUATION)
"""Those of a small form with everything that a form may have."""


def fields_of(form: bytes) -> tuple[Field, ...]:
    """Return the fields that the seal of a form lists."""
    sealed = read_seal(form)
    assert sealed is not None
    return sealed.seal.fields


def values(fields: Sequence[Field], answers: Answers) -> dict[str, str]:
    """Return what is written into each PDF field by its full name: a text, or a mark or Off."""
    written: dict[str, str] = {}
    for field in fields:
        if field.key not in answers:
            continue
        given = answers[field.key]
        match field.kind:
            case FieldKind.ONE_OF:
                written[field.name] = given.choices[0] if given.choices else OFF
            case FieldKind.SOME_OF:
                for key, _ in field.options:
                    written[f"{field.name}.{key}"] = key if key in given.choices else OFF
            case FieldKind.LINE | FieldKind.LINES | FieldKind.DAY:
                written[field.name] = given.text
    return written


def fill_with_pypdf(form: bytes, answers: Answers) -> bytes:
    """Fill in as people do who follow pypdf's manual."""
    fields = fields_of(form)
    buttons = {
        field.name for field in fields if field.kind in (FieldKind.ONE_OF, FieldKind.SOME_OF)
    }
    written = {
        name: f"/{value}" if name.partition(".")[0] in buttons else value
        for name, value in values(fields, answers).items()
    }
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(form))
    for page in writer.pages:
        if "/Annots" in page:
            writer.update_page_form_field_values(page, written, auto_regenerate=False)
    saved = io.BytesIO()
    writer.write(saved)
    return saved.getvalue()


def fill_with_pikepdf(form: bytes, answers: Answers) -> bytes:
    """Fill in by pikepdf's interface for forms, which draws what it writes."""
    with pikepdf.open(io.BytesIO(form)) as pdf:
        fields = dict(Form(pdf).items())
        for name, value in values(fields_of(form), answers).items():
            match fields[name]:
                case TextField() as text:
                    text.value = value
                case CheckboxField() as box:
                    box.checked = value != OFF
                case RadioButtonGroup() as group:
                    group.value = Name(f"/{value}")
                case other:
                    raise TypeError(f"a form of ours has no {other}")
        return _saved(pdf)


def fill_with_qpdf(form: bytes, answers: Answers) -> bytes:
    """Fill in by qpdf's own functions, which leave the drawing of texts to the reader."""
    with pikepdf.open(io.BytesIO(form)) as pdf:
        for name, value in values(fields_of(form), answers).items():
            for field in pdf.acroform.get_fields_with_qualified_name(name):
                if field.is_text:
                    field.set_value(value)
                elif field.is_radio_button or field.is_checkbox:
                    field.set_value(Name(f"/{value}"))
        return _saved(pdf)


def fill_values_only(form: bytes, answers: Answers) -> bytes:
    """Fill in as a short script does: values, and neither marks nor drawings."""
    with pikepdf.open(io.BytesIO(form)) as pdf:
        fields = dict(Form(pdf).items())
        for name, value in values(fields_of(form), answers).items():
            field = fields[name]
            is_text = isinstance(field, TextField)
            field.obj.V = String(value) if is_text else Name(f"/{value}")
        return _saved(pdf)


def prefill(form: bytes, answers: Answers) -> bytes:
    """Fill in as we do for many people at once."""
    return Base.of(form).copy(answers, KEYRING).content


def _saved(pdf: pikepdf.Pdf) -> bytes:
    saved = io.BytesIO()
    pdf.save(saved)
    return saved.getvalue()


WRITERS: Mapping[str, Fill] = {
    "pypdf": fill_with_pypdf,
    "pikepdf": fill_with_pikepdf,
    "qpdf": fill_with_qpdf,
    "values only": fill_values_only,
}
