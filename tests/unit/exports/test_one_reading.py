"""A file that some readers see otherwise than we do is never called ours."""

from __future__ import annotations

import dataclasses
import functools
import io
import re
from collections.abc import Callable
from decimal import Decimal

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from exports.forms.filled import FileRefused, Reason
from exports.forms.readback import verify
from exports.seals.incremental import ending_of, section
from exports.seals.verifying import FileState
from frameworks.questions import Given
from tests.factories.filling import prefill
from tests.factories.forms import EVIDENCE, KEYRING, PERSON, a_form
from tests.factories.readers import fill_with_pdfium

_OVER_EVERYTHING = b"1 0 0 rg -2000 -2000 4000 4000 re f"


@functools.cache
def a_copy() -> bytes:
    return prefill(a_form(), {PERSON: Given(text="Ada Lovelace")})


def hidden_page(content: bytes) -> bytes:
    """Return what the first page shows once more, written otherwise, as an object of a file."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        number = pdf.pages[0].Contents.objgen[0]
    length = len(_OVER_EVERYTHING)
    return b"\n%d 0 obj\n<< /Length %d >>\nstream\n%b\nendstream\nendobj\n" % (
        number,
        length,
        _OVER_EVERYTHING,
    )


def with_hidden(content: bytes, hidden: bytes) -> bytes:
    """Return a file with a part that its tables do not name, before its last line but one."""
    at = content.rindex(b"startxref")
    return content[:at] + hidden + content[at:]


def appended(content: bytes, objects: dict[int, bytes], between: bytes = b"") -> bytes:
    ending = dataclasses.replace(ending_of(content), length=len(content) + len(between))
    return content + between + section(ending, objects)


def another_catalogue(content: bytes) -> bytes:
    return with_hidden(content, b"\ntrailer\n<< /Ro#6ft 2 0 R >>\n")


def red(content: bytes) -> int:
    """Return how many of a thousand points of the first page PDFium shows in red."""
    document = pypdfium2.PdfDocument(content)
    try:
        document.init_forms()
        shown = document[0].render(scale=0.2).to_pil().convert("RGB")
    finally:
        document.close()
    points = list(shown.get_flattened_data())
    return 1000 * points.count((255, 0, 0)) // len(points)


HIDDEN: dict[str, Callable[[bytes], bytes]] = {
    "a part that no table names": lambda content: with_hidden(content, hidden_page(content)),
    "such a part in another spelling": lambda content: with_hidden(
        content, hidden_page(content).replace(b" 0 obj", b" % of us\n00000 obj", 1)
    ),
    "a second beginning": lambda content: b"%PDF-x\n" + content,
    "something before the beginning": lambda content: b"\n" + content,
    "a part under a number of its own": lambda content: with_hidden(
        content, b"\n9999 0 obj\n<< >>\nendobj\n"
    ),
    "another catalogue": another_catalogue,
    "tables of both kinds": lambda content: with_hidden(content, b"\n<< /XRefStm 9 >>\n"),
    "packed objects beside its table": lambda content: appended(
        content, {ending_of(content).size: b"<< /Type /ObjStm >>"}
    ),
    "an end far from its end": lambda content: content + b"\n" * 1010,
}


@pytest.mark.parametrize("hide", HIDDEN.values(), ids=HIDDEN)
def test_a_file_that_hides_something_for_some_readers_is_refused(
    hide: Callable[[bytes], bytes],
) -> None:
    assert verify(a_copy(), KEYRING).is_ours
    with pytest.raises(FileRefused) as caught:
        verify(hide(a_copy()), KEYRING)
    assert caught.value.reason is Reason.CUT_OFF


def test_a_reader_that_goes_by_no_table_would_show_the_hidden_page() -> None:
    hidden = b"%PDF-x\n" + with_hidden(a_copy(), hidden_page(a_copy()))
    assert red(hidden) > 900 > 50 > red(a_copy())


def test_what_was_saved_in_any_way_has_one_reading() -> None:
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_copy())) as pdf:
        pdf.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    by_pdfium = fill_with_pdfium(a_copy(), {EVIDENCE.pdf_name: "Seen"})
    later = appended(a_copy(), {ending_of(a_copy()).size: b"<< >>"})
    for content in (packed.getvalue(), by_pdfium, later, a_copy() + b"\r\n\r\n"):
        assert verify(content, KEYRING).state is FileState.FILLED_IN


def drawn(box: Array | None, matrix: Array | None = None) -> bytes:
    """Return a copy in which an answer is drawn as a red area, larger than any page."""
    with pikepdf.open(io.BytesIO(a_copy())) as pdf:
        look = pdf.make_stream(_OVER_EVERYTHING, Type=Name.XObject, Subtype=Name.Form)
        if box is not None:
            look.BBox = box
        if matrix is not None:
            look.Matrix = matrix
        name = EVIDENCE.pdf_name
        field = next(each for each in pdf.Root.AcroForm.Fields if str(each.T) == name)
        field.AP = Dictionary(N=look)
        saved = io.BytesIO()
        pdf.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize(
    "box",
    [None, Array([0, 0, 0, 0]), Array([0, 0]), Array([0, 0, 9, Decimal("0.0001")]), Array([9] * 4)],
    ids=str,
)
def test_an_answer_drawn_without_an_area_of_its_own_is_an_alteration(box: Array | None) -> None:
    assert verify(drawn(box), KEYRING).state is FileState.ALTERED


@pytest.mark.parametrize("matrix", [[0] * 6, [1, 0, 0], [Decimal("1e-9"), 0, 0, 1, 0, 0]], ids=str)
def test_an_answer_that_no_reader_can_fit_into_its_field_is_an_alteration(
    matrix: list[int],
) -> None:
    content = drawn(Array([0, 0, 9, 9]), Array(matrix))
    assert verify(content, KEYRING).state is FileState.ALTERED


def test_an_answer_without_an_area_would_cover_the_page() -> None:
    assert red(drawn(None)) > 900
    inside = drawn(Array([-2000, -2000, 2000, 2000]))
    assert red(inside) < 300
    assert verify(inside, KEYRING).state is FileState.FILLED_IN


def test_the_pattern_for_objects_does_not_take_words_for_objects() -> None:
    content = appended(a_copy(), {ending_of(a_copy()).size: b"(For 3 2 objectives)"})
    assert re.search(rb"3 2 obj", content)
    assert verify(content, KEYRING).state is FileState.FILLED_IN
