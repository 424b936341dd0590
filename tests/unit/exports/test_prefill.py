"""A prefilled copy is its form to the byte, and behind it what was written in and its own seal."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import assume, settings
from hypothesis import given as given_any
from hypothesis import strategies as st
from pypdf import PdfReader

from exports.fields import COPY_IDENTIFIER
from exports.forms.field_objects import NeedsRendering, NotFillable
from exports.forms.form_finishing import READ_ONLY
from exports.forms.prefill import Base, Copy, Values, copy_of
from exports.pdf import make_pdf
from exports.seals.content_digest import content_digest
from exports.seals.incremental import NotAppendable
from exports.seals.signing import Keyring, Signature, SigningKey
from exports.seals.verifying import FileState, verify
from exports.worker import Press
from frameworks.questions import AnswerKey, Given
from tests import verapdf
from tests.browser.chromium import running
from tests.factories.forms import (
    AREAS,
    ASSESSMENT,
    EVIDENCE,
    FIELDS,
    KEYRING,
    MEETING,
    PERSON,
    POSITION,
    a_form,
)
from tests.factories.readers import PdfJs, pdfjs

IDENTIFIER = COPY_IDENTIFIER.key
NAME, ROLE = "Zoë (Żaneta) O\\Neill", "Senior independent director"
OTHER_NAME = "王小明 محمد بن سلمان x\u0323\u0302"
VALUES: Values = {
    PERSON: NAME,
    POSITION: ROLE,
    ASSESSMENT: Given(choices=("often",)),
    EVIDENCE: "Asked (twice) about C:\\ward.\r\nThe board «listened».",
    AREAS: Given(choices=("board", "ward")),
    MEETING: Given(text="2026-03-31"),
}
OBJECT = re.compile(rb"\n(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)


@pytest.fixture(scope="module")
def base() -> Base:
    return Base.of(a_form())


@pytest.fixture(scope="module")
def copied(base: Base) -> Copy:
    return base.copy(VALUES, KEYRING)


@pytest.fixture(scope="module")
def rendered(base: Base, press: Press) -> Copy:
    values = {**VALUES, PERSON: OTHER_NAME, EVIDENCE: "שלום\n\nनमस्ते 👩"}
    return copy_of(base, values, KEYRING, press)


def read(pdf: bytes) -> dict[str, str]:
    """Return the values of a form as pypdf finds them, by the whole name of the field."""
    fields = PdfReader(io.BytesIO(pdf), strict=True).get_fields() or {}
    return {name: str(field["/V"]) for name, field in fields.items() if "/V" in field}


class TestWhatIsWrittenIn:
    def test_every_kind_of_field_holds_its_value(self, copied: Copy) -> None:
        assert read(copied.content) == {
            PERSON.pdf_name: NAME,
            POSITION.pdf_name: ROLE,
            IDENTIFIER.pdf_name: copied.identifier,
            ASSESSMENT.pdf_name: "/often",
            EVIDENCE.pdf_name: VALUES[EVIDENCE],
            f"{AREAS.pdf_name}.board": "/board",
            f"{AREAS.pdf_name}.ward": "/ward",
            MEETING.pdf_name: "2026-03-31",
        }

    @pytest.mark.parametrize(
        "text",
        ["a) b", "a ( b", "\\", "\\n", "a\r\nb\rc\nd", "\\101", "a\tb", "(", "þÿ", "\ufeffa"],
    )
    def test_signs_that_mean_something_to_pdf_are_letters(self, base: Base, text: str) -> None:
        content = copy_of(base, {EVIDENCE: text}, KEYRING, EmptyPages()).content
        assert read(content)[EVIDENCE.pdf_name] == text
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as pdf:
            held = {str(each.T): str(each.get("/V")) for each in pdf.Root.AcroForm.Fields}
        assert held[EVIDENCE.pdf_name] == text

    def test_buttons_look_as_they_are_set(self, copied: Copy) -> None:
        with pikepdf.open(io.BytesIO(copied.content)) as pdf:
            fields = {str(field.T): field for field in pdf.Root.AcroForm.Fields}
            states = [str(kid.AS) for kid in fields[ASSESSMENT.pdf_name].Kids]
        assert states == ["/often", "/Off", "/Off"]

    def test_whose_copy_it_is_cannot_be_overwritten(self, copied: Copy) -> None:
        with pikepdf.open(io.BytesIO(copied.content)) as pdf:
            fields = pdf.Root.AcroForm.Fields
            locked = {str(each.T) for each in fields if int(each.get("/Ff", 0)) & READ_ONLY}
        assert locked == {PERSON.pdf_name, POSITION.pdf_name, IDENTIFIER.pdf_name}

    def test_what_is_left_blank_stays_open(self, base: Base) -> None:
        copied = base.copy({PERSON: NAME, POSITION: "", EVIDENCE: Given()}, KEYRING)
        assert set(changed_numbers(base, copied)) == {
            number_of(base, PERSON),
            number_of(base, IDENTIFIER),
        }

    def test_it_is_sealed_and_nothing_was_altered(self, base: Base, copied: Copy) -> None:
        verdict = verify(copied.content, KEYRING)
        assert (verdict.state, verdict.signature) == (FileState.UNCHANGED, Signature.SIGNED)
        assert verdict.seal == copied.seal
        assert copied.seal.base == base.seal.identifier
        assert set(copied.seal.written) == {
            PERSON.pdf_name,
            POSITION.pdf_name,
            IDENTIFIER.pdf_name,
        }

    def test_the_same_values_make_the_same_copy(self, base: Base, copied: Copy) -> None:
        assert Base.of(base.content).copy(VALUES, KEYRING).content == copied.content

    def test_other_values_or_another_key_make_another_identifier(
        self, base: Base, copied: Copy
    ) -> None:
        other = base.copy({**VALUES, PERSON: "Ada Lovelace"}, KEYRING)
        elsewhere = base.copy(VALUES, Keyring(SigningKey(bytes(32))))
        identifiers = {each.identifier for each in (copied, other, elsewhere)}
        assert len(identifiers | {base.seal.identifier}) == 4


def objects_in(section: bytes) -> dict[int, bytes]:
    """Return the objects of a section by number."""
    return {int(found[1]): found[2] for found in OBJECT.finditer(section)}


def changed_numbers(base: Base, copied: Copy) -> list[int]:
    """Return the numbers of what a copy changes in its form, without its seal."""
    numbers = [int(found[1]) for found in OBJECT.finditer(copied.tail)]
    return [number for number in numbers[:-1] if number < base.ending.size]


def number_of(base: Base, key: AnswerKey) -> int:
    """Return the number of a field's object."""
    return base.fields[key].number


class TestWhereCopiesDiffer:
    def test_the_form_is_there_to_the_byte(self, base: Base, copied: Copy, rendered: Copy) -> None:
        for each in (copied, rendered):
            assert each.base is base.content
            assert each.content.startswith(base.content)

    def test_only_the_fields_written_their_looks_and_the_seal_follow(self, base: Base) -> None:
        copied = base.copy({PERSON: NAME, ASSESSMENT: Given(choices=("rarely",))}, KEYRING)
        filled, seal = copied.tail.split(b"%%EOF\n")[:2]
        assessment = base.fields[ASSESSMENT]
        with pikepdf.open(io.BytesIO(base.content)) as pdf:
            (group,) = (
                each for each in pdf.Root.AcroForm.Fields if str(each.T) == ASSESSMENT.pdf_name
            )
            rarely = group.Kids[1].objgen[0]
            place = pdf.Root.PieceInfo.Boardmark.Private.objgen[0]
        looks = {base.ending.size, base.ending.size + 1}
        fields = {number_of(base, PERSON), number_of(base, IDENTIFIER)}
        assert set(objects_in(filled)) == {assessment.number, rarely} | fields | looks
        assert set(objects_in(seal)) == {place}

    def test_all_other_objects_are_those_of_the_form(self, base: Base, copied: Copy) -> None:
        with (
            pikepdf.open(io.BytesIO(base.content)) as before,
            pikepdf.open(io.BytesIO(copied.content)) as after,
        ):
            differing = {
                old.objgen[0]
                for old, new in zip(before.objects, after.objects, strict=False)
                if content_of(old) != content_of(new)
            }
            place = before.Root.PieceInfo.Boardmark.Private.objgen[0]
        assert differing == {*changed_numbers(base, copied), place}

    def test_a_field_differs_in_its_value_its_look_and_its_lock_alone(
        self, base: Base, copied: Copy
    ) -> None:
        may_differ = {"/V", "/AS", "/AP", "/Ff"}
        with (
            pikepdf.open(io.BytesIO(base.content)) as before,
            pikepdf.open(io.BytesIO(copied.content)) as after,
        ):
            for number in changed_numbers(base, copied):
                old, new = before.get_object(number, 0), after.get_object(number, 0)
                same = (set(old.keys()) | set(new.keys())) - may_differ
                assert {name: as_written(old[name]) for name in same} == {
                    name: as_written(new[name]) for name in same
                }

    def test_the_pages_have_one_digest(self, base: Base, copied: Copy, rendered: Copy) -> None:
        digests = set()
        for content in (base.content, copied.content, rendered.content):
            with pikepdf.open(io.BytesIO(content)) as pdf:
                digests.add(content_digest(pdf))
        assert len(digests) == 1


def content_of(item: object) -> bytes:
    """Return what an object is, a stream with its content."""
    if isinstance(item, pikepdf.Stream):
        return item.stream_dict.unparse(resolved=True) + item.read_raw_bytes()
    if isinstance(item, pikepdf.Dictionary | pikepdf.Array):
        return item.unparse(resolved=True)
    return repr(item).encode()


def as_written(item: object) -> object:
    """Return what stands in a dictionary: what is somewhere else by its number."""
    return item.unparse() if isinstance(item, pikepdf.Object) else item


@pytest.fixture(scope="module", params=["copied", "rendered"])
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copied: Copy = request.getfixturevalue(request.param)
    file = tmp_path_factory.mktemp("copies") / f"{request.param}.pdf"
    file.write_bytes(copied.content)
    return file


class TestReaders:
    """None of them repairs anything or has anything to say, and each shows name and role."""

    def test_qpdf_finds_nothing_to_repair(self, file: Path) -> None:
        with pikepdf.open(file, attempt_recovery=False) as pdf:
            assert pdf.check_pdf_syntax() == []
            assert len(pdf.objects) == int(pdf.trailer.Size) - 1

    def test_pypdf_reads_it_strictly(self, file: Path) -> None:
        assert read(file.read_bytes())[POSITION.pdf_name] == ROLE

    def test_poppler_says_nothing_and_shows_the_values(self, file: Path) -> None:
        for command in (["pdfinfo", str(file)], ["pdftotext", "-raw", str(file), "-"]):
            done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
            assert done.stderr == ""
        assert ROLE in done.stdout
        if file.stem == "copied":
            assert NAME in done.stdout
            assert "The board «listened»." in done.stdout
        else:
            assert "王小明" in done.stdout
            assert "नमस्ते" in done.stdout

    def test_pdfium_draws_the_values(self, file: Path, base: Base) -> None:
        blank, shown = drawn_by_pdfium(base.content), drawn_by_pdfium(file.read_bytes())
        with pikepdf.open(file) as pdf:
            fields = {str(each.T): each for each in pdf.Root.AcroForm.Fields}
            boxes = [
                [float(each) for each in fields[key.pdf_name].Rect]
                for key in (PERSON, POSITION, IDENTIFIER, EVIDENCE, MEETING)
            ]
        for box in boxes:
            assert ink_in(shown, box) > ink_in(blank, box) + 50


class TestPdfJs:
    """The same for the reader of Firefox, which runs in a browser."""

    @pytest.fixture
    def firefox(self) -> Iterator[PdfJs]:
        with running() as chromium, pdfjs(chromium) as firefox:
            yield firefox

    def test_it_reads_and_draws_the_values_and_says_nothing(
        self, firefox: PdfJs, base: Base, copied: Copy, rendered: Copy
    ) -> None:
        blank = firefox.show(base.content)
        for each, name in ((copied, NAME), (rendered, OTHER_NAME)):
            shown = firefox.show(each.content)
            assert firefox.messages == []
            assert shown[PERSON.pdf_name][0] == name
            assert shown[POSITION.pdf_name][0] == ROLE
            for key in (PERSON, POSITION, IDENTIFIER, EVIDENCE, MEETING):
                assert shown[key.pdf_name][1] > blank[key.pdf_name][1] + 50
        firefox.show(copied.content.replace(b"startxref\n", b"startxref\n1"))
        assert firefox.messages


def drawn_by_pdfium(content: bytes) -> tuple[bytes, int, int]:
    """Return the first page in greys: its points row by row, its width and height."""
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    picture = document[0].render(scale=1, grayscale=True, may_draw_forms=True)  # codespell:ignore
    points = bytes(picture.buffer)
    rows = range(picture.height)
    lines = [points[y * picture.stride : y * picture.stride + picture.width] for y in rows]
    found = (b"".join(lines), picture.width, picture.height)
    document.close()
    return found


def ink_in(picture: tuple[bytes, int, int], box: list[float]) -> int:
    """Return how many points inside a box on the page are dark."""
    points, width, height = picture
    left, bottom, right, top = (round(each) for each in box)
    rows = range(height - top + 2, height - bottom - 2)
    dark = (points[y * width + x] < 160 for y in rows for x in range(left + 2, right - 2))
    return sum(dark)


class TestOtherScripts:
    def test_they_are_not_drawn_letter_by_letter(self, base: Base) -> None:
        with pytest.raises(NeedsRendering) as refusal:
            base.copy({PERSON: "محمد"}, KEYRING)
        assert (refusal.value.key, refusal.value.text) == (PERSON, "محمد")

    def test_the_value_is_the_true_text(self, rendered: Copy) -> None:
        values = read(rendered.content)
        assert values[PERSON.pdf_name] == OTHER_NAME
        assert values[EVIDENCE.pdf_name] == "שלום\n\nनमस्ते 👩"
        assert values[IDENTIFIER.pdf_name] == rendered.identifier

    def test_the_copy_is_sealed_as_well(self, rendered: Copy) -> None:
        verdict = verify(rendered.content, KEYRING)
        assert (verdict.state, verdict.signature) == (FileState.UNCHANGED, Signature.SIGNED)

    def test_every_glyph_is_one_of_a_typeface(self, rendered: Copy) -> None:
        with pikepdf.open(io.BytesIO(rendered.content)) as pdf:
            looks = [field.AP.N for field in pdf.Root.AcroForm.Fields if "/AP" in field]
            for look in looks:
                for font in dict(look.Resources.Font.items()).values():
                    assert_embedded(font)
                for glyph in glyphs_in(look):
                    # Glyph 0 is the box that stands for a character without one.
                    assert glyph != b"\0\0"

    def test_what_the_base_can_draw_needs_no_press(self, base: Base, copied: Copy) -> None:
        class NoPress:
            def print_page(self, html: str) -> bytes:
                raise AssertionError(html)

        assert copy_of(base, VALUES, KEYRING, NoPress()).content == copied.content

    def test_markup_in_a_value_is_text(self, base: Base, press: Press) -> None:
        value = '王 <img src="file:///etc/passwd"><b>&amp;'
        copied = copy_of(base, {PERSON: value}, KEYRING, press)
        assert read(copied.content)[PERSON.pdf_name] == value


def assert_embedded(font: pikepdf.Object) -> None:
    """Fail unless the program of a font is in the file."""
    described = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    assert any(name.startswith("/FontFile") for name in described.FontDescriptor.keys())  # noqa: SIM118


def glyphs_in(look: pikepdf.Object) -> set[bytes]:
    """Return the codes of two bytes that an appearance shows."""
    shown = [
        bytes(part)
        for command in pikepdf.parse_content_stream(look)
        if isinstance(command, pikepdf.ContentStreamInstruction)
        and str(command.operator) in ("TJ", "Tj")
        for operand in command.operands
        for part in (operand if isinstance(operand, pikepdf.Array) else [operand])
        if isinstance(part, pikepdf.String)
    ]
    return {text[at : at + 2] for text in shown for at in range(0, len(text), 2)}


class TestRefusals:
    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({AnswerKey("about", "colour"): "red"}, "no field about:colour"),
            ({PERSON: "x" * 201}, "at most 200 characters"),
            ({PERSON: "a\x00b"}, "control character"),
            ({PERSON: "half \ud83d"}, "control character"),
            ({PERSON: Given(choices=("often",))}, "has no options"),
            ({ASSESSMENT: "often"}, "is no text"),
            ({ASSESSMENT: Given(choices=("never",))}, "no option “never”"),
            ({ASSESSMENT: Given(choices=("often", "rarely"))}, "one answer"),
            ({AREAS: Given(choices=("ward", "Off"))}, "no option “Off”"),
            ({IDENTIFIER: "AAAA"}, "made of its values"),
        ],
    )
    def test_a_value_that_the_form_cannot_hold(
        self, base: Base, values: Values, message: str
    ) -> None:
        with pytest.raises(ValueError, match=message):
            base.copy(values, KEYRING)

    def test_a_file_without_a_form(self) -> None:
        flat = make_pdf("<html lang='en-GB'><title>A page</title><body><h1>A page</h1></body>")
        with pytest.raises(NotFillable):
            Base.of(flat)

    def test_a_form_that_is_not_sealed(self, base: Base) -> None:
        unsealed = base.content[: base.seal.length]
        with pytest.raises(NotFillable, match="no seal"):
            Base.of(unsealed)

    def test_a_form_that_was_saved_again(self, base: Base) -> None:
        written = io.BytesIO()
        with pikepdf.open(io.BytesIO(base.content)) as pdf:
            pdf.save(written)
        with pytest.raises(NotFillable, match="not as it was sealed"):
            Base.of(written.getvalue())

    def test_a_form_without_a_plain_table(self, base: Base) -> None:
        written = io.BytesIO()
        with pikepdf.open(io.BytesIO(base.content)) as pdf:
            pdf.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        with pytest.raises(NotAppendable):
            Base.of(written.getvalue())


class EmptyPages:
    """Prints as many empty pages as there are texts to render."""

    def print_page(self, html: str) -> bytes:
        written = io.BytesIO()
        with pikepdf.new() as pdf:
            for _ in range(html.count("<p ")):
                pdf.add_blank_page()
            pdf.save(written)
        return written.getvalue()


# What PDF writes in parentheses, where some characters mean something, and what it does not.
STORABLE = st.text("()\\\r\n\tabc012", max_size=50) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("()\\\r\n\t\u0301\u202e"),
    max_size=200,
)


@settings(max_examples=60, deadline=None)
@given_any(
    texts=st.fixed_dictionaries(
        {}, optional=dict.fromkeys((PERSON, POSITION, EVIDENCE, MEETING), STORABLE)
    ),
    one=st.sampled_from(["", "often", "rarely", "no-chance"]),
    some=st.sets(st.sampled_from(["board", "ward"])),
)
def test_whatever_is_written_is_read_again(
    base: Base, texts: dict[AnswerKey, str], one: str, some: set[str]
) -> None:
    assume(any(texts.values()) or one or some)
    values: Values = {
        **texts,
        ASSESSMENT: Given(choices=(one,) if one else ()),
        AREAS: Given(choices=tuple(some)),
    }
    copied = copy_of(base, values, KEYRING, EmptyPages())
    found = read(copied.content)
    for key, text in texts.items():
        assert found.get(key.pdf_name, "") == text
    assert found[ASSESSMENT.pdf_name] == f"/{one or 'Off'}"
    for option in ("board", "ward"):
        assert found[f"{AREAS.pdf_name}.{option}"] == (f"/{option}" if option in some else "/Off")
    assert found[IDENTIFIER.pdf_name] == copied.identifier
    with pikepdf.open(io.BytesIO(copied.content), attempt_recovery=False) as pdf:
        held = {str(each.T): str(each.V) for each in pdf.Root.AcroForm.Fields if "/V" in each}
    assert {name: held[name] for name in held if name in found} == {
        name: found[name] for name in held if name in found
    }


def test_copies_are_as_accessible_as_their_form(
    base: Base, copied: Copy, rendered: Copy, tmp_path: Path
) -> None:
    files = {"base": base.content, "copied": copied.content, "rendered": rendered.content}
    for name, content in files.items():
        (tmp_path / f"{name}.pdf").write_bytes(content)
    found = verapdf.check(sorted(tmp_path.glob("*.pdf")))
    assert {file.name: failures for file, failures in found.items() if failures} == {}
    assert len(found) == len(files)


def test_the_form_has_every_kind_of_field() -> None:
    assert {field.kind for field in FIELDS} == set(type(FIELDS[0].kind))
