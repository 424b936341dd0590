"""What a file that comes back is worth, whatever was done to it in between."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import io
import json
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String

from exports.pdf import make_pdf
from exports.seals.content_digest import Caps, TooMuch
from exports.seals.incremental import ending_of, section
from exports.seals.sealing import (
    NotSealable,
    Seal,
    Statement,
    copy_identifier,
    read_seal,
    seal_pdf,
    sealing_section,
    values_digest,
)
from exports.seals.signing import Keyring, Signature, SigningKey
from exports.seals.verifying import FileState, Verdict, field_values, verify
from frameworks.questions import Given
from tests.factories.filling import WRITERS, prefill
from tests.factories.forms import AREAS, ASSESSMENT, EVIDENCE, KEYRING, MEETING, PERSON, a_form
from tests.factories.readers import fill_with_pdfium

OTHER = Keyring(SigningKey(b"o" * 32))
ANSWERS = {
    EVIDENCE: Given(text="What Zoë saw"),
    ASSESSMENT: Given(choices=("often",)),
    AREAS: Given(choices=("board", "ward")),
    MEETING: Given(text="2026-03-31"),
}
Change = Callable[[pikepdf.Pdf], None]


@functools.cache
def a_record(words: str = "What was agreed") -> bytes:
    """Return a sealed document of two pages that nothing is filled in."""
    page = (
        '<!doctype html><html lang="en-GB"><head><title>A record</title></head><body>'
        f"<h1>A record</h1><p>{words}</p>"
        '<h2 style="break-before: page">Another page</h2><p>More of it</p></body></html>'
    )
    sealed = read_seal(a_form())
    assert sealed is not None
    seal = sealed.seal
    statement = Statement(
        seal.identifier, "review_record", seal.citation, seal.digest, seal.made_on
    )
    return seal_pdf(make_pdf(page), statement, KEYRING)[0]


@functools.cache
def a_copy() -> bytes:
    """Return a copy that was prefilled with a name and an answer that is only drafted."""
    return prefill(a_form(), {PERSON: Given(text="Ada Lovelace"), EVIDENCE: Given(text="Drafted")})


def changed(content: bytes, change: Change) -> bytes:
    """Return a file after a change that some program made and saved."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        saved = io.BytesIO()
        pdf.save(saved)
    return saved.getvalue()


def check(content: bytes) -> Verdict:
    return verify(content, KEYRING)


def seal_of(content: bytes) -> Seal:
    sealed = read_seal(content)
    assert sealed is not None
    return sealed.seal


def field(pdf: pikepdf.Pdf, name: str) -> pikepdf.Object:
    return next(each for each in pdf.Root.AcroForm.Fields if str(each.T) == name)


class TestHonestFiles:
    @pytest.mark.parametrize("make", [a_form, a_record, a_copy])
    def test_a_file_as_we_made_it_is_unchanged(self, make: Callable[[], bytes]) -> None:
        verdict = check(make())
        assert (verdict.state, verdict.signature) == (FileState.UNCHANGED, Signature.SIGNED)
        assert verdict.is_ours
        assert verdict.sha256 == hashlib.sha256(make()).hexdigest()

    @pytest.mark.parametrize("writer", [*WRITERS])
    @pytest.mark.parametrize("make", [a_form, a_copy])
    def test_a_form_that_was_filled_in_is_ours(
        self, writer: str, make: Callable[[], bytes]
    ) -> None:
        verdict = check(WRITERS[writer](make(), ANSWERS))
        assert verdict.state is FileState.FILLED_IN
        assert verdict.is_ours

    def test_a_form_that_was_filled_in_with_pdfium_is_ours(self) -> None:
        written = {EVIDENCE.pdf_name: "What Zoë saw", ASSESSMENT.pdf_name: "often"}
        filled = fill_with_pdfium(a_copy(), written)
        with pikepdf.open(io.BytesIO(filled)) as pdf:
            assert field_values(pdf)[ASSESSMENT.pdf_name] == "often"
        assert check(filled).state is FileState.FILLED_IN

    @pytest.mark.parametrize("make", [a_form, a_record, a_copy])
    def test_a_file_that_was_saved_again_is_ours(self, make: Callable[[], bytes]) -> None:
        with pikepdf.open(io.BytesIO(make())) as pdf:
            packed, linear = io.BytesIO(), io.BytesIO()
            pdf.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            pdf.save(linear, linearize=True, recompress_flate=True)
        by_pdfium = io.BytesIO()
        document = pypdfium2.PdfDocument(make())
        document.save(by_pdfium)
        document.close()
        for saved in (packed, linear, by_pdfium):
            assert check(saved.getvalue()).state is FileState.FILLED_IN

    def test_a_section_after_our_seal_that_changes_nothing_is_told_from_the_file_as_made(
        self,
    ) -> None:
        ending = ending_of(a_record())
        appended = a_record() + section(ending, {ending.size: b"<< /Added true >>"})
        assert check(appended).state is FileState.FILLED_IN

    def test_metadata_that_a_program_adds_change_nothing(self) -> None:
        def note(pdf: pikepdf.Pdf) -> None:
            pdf.docinfo["/Producer"] = "Some program"
            with pdf.open_metadata() as metadata:
                metadata["xmp:CreatorTool"] = "Some program"

        assert check(changed(a_record(), note)).state is FileState.FILLED_IN


def change_the_words(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" ")


def change_a_font(pdf: pikepdf.Pdf) -> None:
    fonts = pdf.pages[0].Resources.Font
    first = fonts[min(fonts.keys())]
    first.DescendantFonts[0].W = Array([0, Array([1000])])


def draw_over_the_page(pdf: pikepdf.Pdf) -> None:
    look = pdf.make_stream(b"1 g 0 0 500 500 re f")
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 500, 500])
    drawn = Dictionary(
        Type=Name.Annot, Subtype=Name.Stamp, Rect=[0, 0, 500, 500], AP=Dictionary(N=look)
    )
    page = pdf.pages[0]
    page.Annots = Array([*page.get("/Annots", Array()), pdf.make_indirect(drawn)])


def add_a_script(pdf: pikepdf.Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('us')"))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))


def act_on_opening(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.URI, URI=String("https://elsewhere.example"))


def attach_a_file(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.txt"] = b"hidden"


def take_a_page_out(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1]


def add_a_page(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page()


def exchange_the_pages(pdf: pikepdf.Pdf) -> None:
    first, second = pdf.Root.Pages.Kids
    pdf.Root.Pages.Kids = Array([second, first])


def crop_a_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].CropBox = Array([0, 0, 200, 200])


def mislead_a_screen_reader(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.K[0].ActualText = String("Something else")


@pytest.mark.parametrize(
    "change",
    [
        change_the_words,
        change_a_font,
        draw_over_the_page,
        add_a_script,
        act_on_opening,
        attach_a_file,
        take_a_page_out,
        add_a_page,
        exchange_the_pages,
        crop_a_page,
        mislead_a_screen_reader,
    ],
)
def test_a_document_with_anything_changed_added_or_taken_out_is_altered(change: Change) -> None:
    verdict = check(changed(a_record(), change))
    assert verdict.state is FileState.ALTERED
    assert not verdict.is_ours


def change_a_label(pdf: pikepdf.Pdf) -> None:
    field(pdf, ASSESSMENT.pdf_name).TU = String("How rarely?")


def rename_a_field(pdf: pikepdf.Pdf) -> None:
    field(pdf, EVIDENCE.pdf_name).T = String("other:evidence")


def allow_longer_answers(pdf: pikepdf.Pdf) -> None:
    field(pdf, EVIDENCE.pdf_name).MaxLen = 9


def move_a_field(pdf: pikepdf.Pdf) -> None:
    field(pdf, EVIDENCE.pdf_name).Rect = Array([0, 0, 10, 10])


def hide_a_field(pdf: pikepdf.Pdf) -> None:
    field(pdf, EVIDENCE.pdf_name).F = 2


def exchange_the_marks(pdf: pikepdf.Pdf) -> None:
    kid = field(pdf, ASSESSMENT.pdf_name).Kids[0]
    on, off = kid.AP.N["/often"], kid.AP.N["/Off"]
    kid.AP.N["/often"], kid.AP.N["/Off"] = off, on


def exchange_the_options(pdf: pikepdf.Pdf) -> None:
    group = field(pdf, ASSESSMENT.pdf_name)
    first, second = group.Kids[0], group.Kids[1]
    first.Rect, second.Rect = Array(list(second.Rect)), Array(list(first.Rect))


def add_a_field(pdf: pikepdf.Pdf) -> None:
    added = Dictionary(
        FT=Name.Tx, T=String("score"), Type=Name.Annot, Subtype=Name.Widget, Rect=[0, 0, 9, 9]
    )
    made = pdf.make_indirect(added)
    pdf.Root.AcroForm.Fields.append(made)
    pdf.pages[0].Annots.append(made)


def flatten_the_form(pdf: pikepdf.Pdf) -> None:
    pdf.flatten_annotations("all")


def calculate_a_field(pdf: pikepdf.Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("event.value = 'Great'"))
    field(pdf, EVIDENCE.pdf_name).AA = Dictionary(F=script)


@pytest.mark.parametrize("make", [a_form, a_copy])
@pytest.mark.parametrize(
    "change",
    [
        change_a_label,
        rename_a_field,
        allow_longer_answers,
        move_a_field,
        hide_a_field,
        exchange_the_marks,
        exchange_the_options,
        add_a_field,
        flatten_the_form,
        calculate_a_field,
        change_the_words,
    ],
)
def test_a_form_with_anything_but_answers_changed_is_altered(
    change: Change, make: Callable[[], bytes]
) -> None:
    assert check(changed(make(), change)).state is FileState.ALTERED


class TestWhatWeWrote:
    def test_the_name_of_another_person_is_an_alteration(self) -> None:
        def rename(pdf: pikepdf.Pdf) -> None:
            field(pdf, PERSON.pdf_name).V = String("Grace Hopper")

        assert check(changed(a_copy(), rename)).state is FileState.ALTERED

    def test_a_name_that_was_taken_out_is_an_alteration(self) -> None:
        def empty(pdf: pikepdf.Pdf) -> None:
            del field(pdf, PERSON.pdf_name).V

        assert check(changed(a_copy(), empty)).state is FileState.ALTERED

    def test_another_copys_identifier_is_an_alteration(self) -> None:
        other = seal_of(prefill(a_form(), {PERSON: Given(text="Grace Hopper")})).identifier

        def pretend(pdf: pikepdf.Pdf) -> None:
            field(pdf, "copy:identifier").V = String(other)

        for content in (a_copy(), a_form()):
            assert check(changed(content, pretend)).state is FileState.ALTERED

    def test_unlocking_a_value_changes_nothing_as_long_as_it_stays(self) -> None:
        def unlock(pdf: pikepdf.Pdf) -> None:
            field(pdf, PERSON.pdf_name).Ff = 0

        assert check(changed(a_copy(), unlock)).state is FileState.FILLED_IN

    def test_what_was_only_drafted_may_be_written_anew(self) -> None:
        def rewrite(pdf: pikepdf.Pdf) -> None:
            field(pdf, EVIDENCE.pdf_name).V = String("Seen by myself")

        assert check(changed(a_copy(), rewrite)).state is FileState.FILLED_IN

    def test_a_name_in_a_blank_form_is_an_answer_and_not_ours_to_lock(self) -> None:
        def sign_up(pdf: pikepdf.Pdf) -> None:
            field(pdf, PERSON.pdf_name).V = String("Ada Lovelace")

        assert check(changed(a_form(), sign_up)).state is FileState.FILLED_IN

    def test_a_copy_on_another_base_is_altered(self) -> None:
        base, copy = a_form(), a_copy()
        other = bytearray(base)
        at = base.index(b"/Lang")
        other[at : at + 5] = b"/Gnal"
        assert check(bytes(other) + copy[len(base) :]).state is FileState.ALTERED

    def test_a_copy_names_its_base_and_no_person(self) -> None:
        seal = seal_of(a_copy())
        assert seal.base == seal_of(a_form()).identifier != seal.identifier
        assert "Ada" not in repr(dataclasses.replace(seal, fields=()))

    def test_an_identifier_of_a_copy_is_made_of_everything_and_with_the_key(self) -> None:
        base = seal_of(a_form()).identifier
        one = copy_identifier(KEYRING, base, {"about:person": "Ada"})
        assert one == copy_identifier(KEYRING, base, {"about:person": "Ada"})
        others = {
            copy_identifier(KEYRING, base, {"about:person": "Bob"}),
            copy_identifier(OTHER, base, {"about:person": "Ada"}),
            copy_identifier(Keyring(), base, {"about:person": "Ada"}),
            copy_identifier(KEYRING, one, {"about:person": "Ada"}),
        }
        assert len(others | {one}) == 5
        assert values_digest({}) == ""


def resealed(file: bytes, keyring: Keyring, /, **claims: Any) -> bytes:
    """Return a file with a seal of somebody else's making in the place of ours."""
    sealed = read_seal(file)
    assert sealed is not None
    seal = dataclasses.replace(sealed.seal, **claims)
    if keyring is not KEYRING:
        seal = seal.signed_by(keyring)
    return file + sealing_section(ending_of(file), seal, sealed.place)


class TestFalseSeals:
    def test_the_seal_of_another_file_is_an_alteration(self) -> None:
        first, second = a_record(), a_record("Something else was agreed")
        seal, place = seal_of(first), read_seal(second)
        assert place is not None
        moved = second + sealing_section(ending_of(second), seal, place.place)
        verdict = check(moved)
        assert (verdict.state, verdict.signature) == (FileState.ALTERED, Signature.SIGNED)

    @pytest.mark.parametrize(
        "claims",
        [
            {"citation": "board@2.0.0"},
            {"identifier": "5NRH-CGNQ-4TR4-80B5"},
            {"content": "0" * 64},
            {"values": "0" * 64},
            {"form": {"profile": "other"}},
            {"signature": ""},
            {"signature": "00" * 64},
            {"signature": "not hexadecimal"},
        ],
        ids=str,
    )
    def test_a_seal_that_was_changed_is_a_false_one(self, claims: dict[str, object]) -> None:
        verdict = check(resealed(a_form(), KEYRING, **claims))
        assert (verdict.state, verdict.signature) == (FileState.ALTERED, Signature.FORGED)
        assert not verdict.is_ours

    def test_a_list_of_fields_that_was_changed_makes_the_seal_a_false_one(self) -> None:
        def relabel(pdf: pikepdf.Pdf) -> None:
            stream = pdf.Root.PieceInfo.Boardmark.Private.Fields
            stream.write(stream.read_bytes().replace(b"How often?", b"How badly?"))

        verdict = check(changed(a_form(), relabel))
        assert (verdict.state, verdict.signature) == (FileState.ALTERED, Signature.FORGED)

    def test_a_key_that_nobody_knows_proves_nothing(self) -> None:
        forged = changed(a_record(), change_the_words)
        with pikepdf.open(io.BytesIO(forged)) as pdf:
            plain = io.BytesIO()
            pdf.save(plain, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        content = plain.getvalue()
        seal = seal_of(content)
        statement = Statement(seal.identifier, seal.kind, seal.citation, seal.digest, seal.made_on)
        verdict = check(seal_pdf(content, statement, OTHER)[0])
        assert (verdict.state, verdict.signature) == (FileState.UNCHANGED, Signature.UNKNOWN_KEY)
        assert not verdict.is_ours

    def test_a_seal_that_names_our_key_and_is_signed_by_another_is_false(self) -> None:
        seal = seal_of(a_record())
        signed = dataclasses.replace(seal, citation="board@9.9.9").signed_by(OTHER)
        verdict = check(
            resealed(a_record(), KEYRING, citation="board@9.9.9", signature=signed.signature)
        )
        assert verdict.signature is Signature.FORGED

    def test_an_unsigned_seal_is_not_ours_however_right_it_is(self) -> None:
        verdict = check(resealed(a_record(), Keyring()))
        assert verdict.signature is Signature.UNSIGNED
        assert verdict.holds
        assert not verdict.is_ours

    def test_an_old_key_still_vouches_for_what_it_signed(self) -> None:
        rotated = Keyring(SigningKey(b"n" * 32), KEYRING.public.values())
        assert verify(a_copy(), rotated).is_ours
        assert verify(a_copy(), Keyring(None, rotated.public.values())).is_ours
        assert verify(a_copy(), Keyring()).signature is Signature.UNKNOWN_KEY

    @pytest.mark.parametrize(
        "seal",
        [
            b"",
            b"{}",
            b"[]",
            b"null",
            b'{"seal": 1}',
            b"[" * 5000,
            b"\xff\xfe",
            b'{"seal": 2, "identifier": 1}',
        ],
    )
    def test_what_is_no_seal_is_none(self, seal: bytes) -> None:
        def replace(pdf: pikepdf.Pdf) -> None:
            pdf.Root.PieceInfo.Boardmark.Private.write(seal)

        assert check(changed(a_record(), replace)).state is FileState.NOT_OURS

    @pytest.mark.parametrize(
        "claims",
        [
            {"length": "1"},
            {"length": -1},
            {"length": True},
            {"form": []},
            {"form": {"profile": 1}},
            {"written": "abc"},
            {"made_on": "yesterday"},
            {"identifier": "5NRH-CGNQ-4TR4-80B6"},
            {"content": None},
        ],
        ids=str,
    )
    def test_a_seal_with_a_claim_of_a_wrong_kind_is_never_ours(
        self, claims: dict[str, object]
    ) -> None:
        def replace(pdf: pikepdf.Pdf) -> None:
            stream = pdf.Root.PieceInfo.Boardmark.Private
            stream.write(json.dumps(json.loads(stream.read_bytes()) | claims).encode())

        assert not check(changed(a_record(), replace)).holds

    @pytest.mark.parametrize("length", [0, 1, 1000, 10**12])
    def test_a_length_beyond_the_file_breaks_nothing(self, length: int) -> None:
        assert not check(resealed(a_record(), KEYRING, length=length)).holds


class TestHostileFiles:
    @pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"no PDF", b"%PDF-1.7\n%%EOF\n" * 9])
    def test_what_cannot_be_opened_is_not_ours(self, content: bytes) -> None:
        assert check(content).state is FileState.NOT_OURS

    def test_a_file_that_was_cut_off_or_changed_anywhere_is_never_taken_for_ours(self) -> None:
        content = a_record()
        for cut in range(1, len(content), len(content) // 40):
            assert check(content[:cut]).state is not FileState.UNCHANGED
        for at in range(20, len(content), len(content) // 150):
            damaged = bytearray(content)
            damaged[at] ^= 0x20
            assert check(bytes(damaged)).state is not FileState.UNCHANGED

    def test_a_deep_or_endless_nest_ends_in_a_verdict(self) -> None:
        def nest(pdf: pikepdf.Pdf) -> None:
            inner = pdf.make_indirect(Dictionary())
            for _ in range(20_000):
                inner = pdf.make_indirect(Dictionary(K=inner))
            pdf.Root.Nest = inner

        assert check(changed(a_record(), nest)).state is FileState.ALTERED

    def test_more_than_a_document_of_ours_has_is_too_much(self) -> None:
        small = Caps(values=200)
        again = changed(a_record(), lambda pdf: None)
        with pytest.raises(TooMuch):
            verify(again, KEYRING, small)

    @pytest.mark.parametrize("filters", [1, 2])
    def test_a_bomb_is_not_unpacked(self, filters: int) -> None:
        packed = zlib.compress(b"\0" * 40_000_000, 9)
        if filters == 2:
            packed = zlib.compress(packed, 9)

        def plant(pdf: pikepdf.Pdf) -> None:
            pdf.Root.Bomb = pikepdf.Stream(pdf, packed, Filter=Array([Name.FlateDecode] * filters))

        with pikepdf.open(io.BytesIO(a_record())) as pdf:
            plant(pdf)
            saved = io.BytesIO()
            pdf.save(saved, stream_decode_level=pikepdf.StreamDecodeLevel.none)
        with pytest.raises(TooMuch):
            verify(saved.getvalue(), KEYRING, Caps(stream_bytes=20_000_000))

    def test_only_what_we_printed_can_be_sealed(self) -> None:
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            saved = io.BytesIO()
            pdf.save(saved)
        seal = seal_of(a_record())
        statement = Statement(seal.identifier, seal.kind, seal.citation, seal.digest, seal.made_on)
        with pytest.raises(NotSealable):
            seal_pdf(saved.getvalue(), statement, KEYRING)
