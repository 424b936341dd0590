"""A form can be filled in with what people have, says the same afterwards and stays accessible.

What is said here about a reader is said in docs/readers.md as well.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from pikepdf.form import (
    AppearanceStreamGenerator,
    DefaultAppearanceStreamGenerator,
    ExtendedAppearanceStreamGenerator,
)
from pypdf import PdfReader

from exports.document import Document
from exports.fields import COPY_IDENTIFIER, Field, FieldKind
from exports.forms.prefill import Base
from exports.forms.readback import read
from exports.issuing import Issuer, issue
from exports.worker import Press
from frameworks.questions import AnswerKey, Given
from tests import verapdf
from tests.browser.chromium import running
from tests.factories import filling, forms
from tests.factories.filling import Answers, Fill
from tests.factories.readers import fill_with_pdfium, fill_with_pikepdf, pdfjs
from tests.unit.exports.reading import squeezed, whole_pages_of

READERS = ("pypdf", "pikepdf", "qpdf", "PDFium", "PDF.js")
MARKS: Answers = {
    forms.ASSESSMENT: Given(choices=("no-chance",)),
    forms.AREAS: Given(choices=("board", "ward")),
}
# Far more than there is room for: the rest scrolls.
LONG = "\n".join(f"{number}. naïve" for number in range(1, 36))
PLAIN: Answers = {
    **MARKS,
    forms.PERSON: Given(text="Zoë O'Brien"),
    forms.EVIDENCE: Given(text=LONG),
    forms.MEETING: Given(text="31 March 2026"),
}
ODD: Answers = {
    forms.PERSON: Given(text="Łukasz “Ω” Żółć – 王小明"),
    forms.EVIDENCE: Given(text="Первый\n\nשלם (a) \\ <b>"),
    forms.AREAS: Given(choices=("ward",)),
}


def drawn_by(draws: type[AppearanceStreamGenerator]) -> Fill:
    return as_written(functools.partial(fill_with_pikepdf, draws=draws))


def as_written(fill: Callable[[bytes, Mapping[str, str]], bytes]) -> Fill:
    return lambda form, answers: fill(form, filling.values(filling.fields_of(form), answers))


@pytest.fixture(scope="module")
def screens() -> Iterator[Mapping[str, Fill]]:
    """What people read with, by name."""
    with running() as chromium, pdfjs(chromium) as firefox:
        yield {"PDFium": as_written(fill_with_pdfium), "PDF.js": as_written(firefox.fill)}


@pytest.fixture(scope="module")
def drawing(screens: Mapping[str, Fill]) -> Mapping[str, Fill]:
    """Every reader by name, each drawing what it writes."""
    return {
        "pypdf": filling.fill_with_pypdf,
        "pikepdf": drawn_by(ExtendedAppearanceStreamGenerator),
        "qpdf": drawn_by(DefaultAppearanceStreamGenerator),
        **screens,
    }


@pytest.fixture(scope="module")
def plain(drawing: Mapping[str, Fill]) -> Mapping[str, bytes]:
    """The small form, filled in by every reader with what a typewriter can write."""
    return {name: fill(forms.a_form(), PLAIN) for name, fill in drawing.items()}


@pytest.fixture(scope="module")
def odd(screens: Mapping[str, Fill]) -> Mapping[str, bytes]:
    """The same with letters of every script; pikepdf and qpdf can write them and not draw them."""
    fills = {
        "pypdf": filling.fill_with_pypdf,
        "pikepdf": filling.fill_with_pikepdf,
        "qpdf": filling.fill_with_qpdf,
        **screens,
    }
    return {name: fill(forms.a_form(), ODD) for name, fill in fills.items()}


@pytest.fixture(scope="module")
def review_form(press: Press, documents: Mapping[str, Document]) -> bytes:
    """The blank form of a review, sealed."""
    issuer = Issuer("https://boardmark.example", forms.KEYRING)
    return issue(press, documents["review-blank"], issuer).content


def read_with_pypdf(content: bytes) -> dict[str, str]:
    """Return every value that is not empty, by the full name of its field."""
    found = PdfReader(io.BytesIO(content)).get_fields() or {}
    values = {name: str(field.get("/V", "")) for name, field in found.items()}
    return {
        name: "\n".join(value.splitlines()).removeprefix("/")
        for name, value in values.items()
        if value not in ("", "/Off")
    }


def expected(answers: Answers) -> dict[str, str]:
    return filling.values(forms.FIELDS, answers)


@pytest.mark.parametrize("reader", READERS)
class TestEachReader:
    """One reader at a time, and pypdf to see what it has saved."""

    def test_it_saves_what_was_filled_in(self, reader: str, plain: Mapping[str, bytes]) -> None:
        assert read_with_pypdf(plain[reader]) == expected(PLAIN)

    def test_it_saves_letters_of_every_script(self, reader: str, odd: Mapping[str, bytes]) -> None:
        marks = {name for name, value in expected(ODD).items() if value != filling.OFF}
        found = read_with_pypdf(odd[reader])
        assert found == {name: value for name, value in expected(ODD).items() if name in marks}

    def test_what_it_saves_is_read_back(
        self, reader: str, plain: Mapping[str, bytes], odd: Mapping[str, bytes]
    ) -> None:
        posted = {**PLAIN, forms.MEETING: Given(text="2026-03-31")}
        for answers, file in ((posted, plain[reader]), (ODD, odd[reader])):
            filled = read(file, forms.KEYRING)
            names = {key: Given(text=text) for key, text in filled.about.items()}
            said = {**filled.answers, **names}
            assert {key: said[key] for key in answers} == answers
            assert filled.verdict.is_ours

    def test_it_shows_what_was_filled_in(
        self, reader: str, plain: Mapping[str, bytes], tmp_path: Path
    ) -> None:
        file = tmp_path / "filled.pdf"
        file.write_bytes(plain[reader])
        shown = squeezed("".join(whole_pages_of(file)))
        assert squeezed("Zoë O'Brien") in shown
        assert squeezed("31 March 2026") in shown
        assert squeezed("1. naïve") in shown


# What these readers do by themselves: qpdf draws a line break as a missing glyph, as pypdf does a
# letter that the form's font for readers lacks; PDFium borrows a font of the machine for it.
BROKEN_BY_READERS = {
    "qpdf": {"7.21.7-2", "7.21.8-1"},
    "review qpdf": {"7.21.7-2", "7.21.8-1"},
    "odd pypdf": {"7.21.4.1-2", "7.21.5-1", "7.21.7-1", "7.21.8-1"},
    "odd PDFium": {"7.21.4.1-1"},
}


def test_forms_conform_to_pdf_ua_blank_prefilled_and_filled_in(
    review_form: bytes,
    drawing: Mapping[str, Fill],
    plain: Mapping[str, bytes],
    odd: Mapping[str, bytes],
    tmp_path: Path,
) -> None:
    names = {forms.PERSON: "Łukasz Ω", AnswerKey("about", "organisation"): "Fairwater"}
    complete = {
        field.key: an_answer(field)
        for field in filling.fields_of(review_form)
        if field != COPY_IDENTIFIER
    }
    files = {
        "blank": forms.a_form(),
        "review blank": review_form,
        "review prefilled": Base.of(review_form).copy(names, forms.KEYRING).content,
        **plain,
        **{f"odd {name}": content for name, content in odd.items()},
        **{f"review {name}": fill(review_form, complete) for name, fill in drawing.items()},
    }
    paths = {name: tmp_path / f"{name}.pdf" for name in files}
    for name, path in paths.items():
        path.write_bytes(files[name])

    found = verapdf.check(paths.values())

    broken = {name: {failure.rule for failure in found[path]} for name, path in paths.items()}
    assert {name: rules for name, rules in broken.items() if rules} == BROKEN_BY_READERS


def test_a_second_click_takes_back_a_cross_and_in_pdfium_no_dot() -> None:
    # The form lets a dot be taken back, and there are readers that do.
    written = filling.values(forms.FIELDS, MARKS)
    once = fill_with_pdfium(forms.a_form(), written)
    assert read_with_pypdf(once) == written
    twice = read_with_pypdf(fill_with_pdfium(once, written))
    assert twice == {forms.ASSESSMENT.pdf_name: "no-chance"}


def test_a_text_scrolls_in_its_box_and_ends_at_its_length() -> None:
    evidence = next(field for field in forms.FIELDS if field.key == forms.EVIDENCE)
    typed = {evidence.name: "word " * 1000}
    kept = read_with_pypdf(fill_with_pdfium(forms.a_form(), typed))
    assert kept == {evidence.name: ("word " * 1000)[: evidence.max_length]}


def an_answer(field: Field) -> Given:
    match field.kind:
        case FieldKind.ONE_OF:
            return Given(choices=(field.options[-1][0],))
        case FieldKind.SOME_OF:
            return Given(choices=tuple(key for key, _ in field.options))
        case FieldKind.DAY:
            return Given(text="31 March 2026")
        case FieldKind.LINE:
            return Given(text="Zoë O'Brien")
        case FieldKind.LINES:
            return Given(text="What was seen\nand heard")
