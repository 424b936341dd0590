"""What is appended to a file is read by every reader as if it had always been there."""

from __future__ import annotations

import dataclasses
import io
from contextlib import suppress
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from exports.seals.incremental import NotAppendable, ending_after, ending_of, section


def a_file(**options: Any) -> tuple[bytes, int]:
    """Return a file of one page and the number of an object in it that holds `/Said (first)`."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.Note = pdf.make_indirect(pikepdf.Dictionary(Said=pikepdf.String("first")))
        written = io.BytesIO()
        plain = {"object_stream_mode": pikepdf.ObjectStreamMode.disable, "deterministic_id": True}
        pdf.save(written, **{**plain, **options})
    with pikepdf.open(io.BytesIO(written.getvalue())) as pdf:
        return written.getvalue(), pdf.Root.Note.objgen[0]


def said_in(pdf: bytes) -> str:
    """Return what the note of a file says, a file that needs no repair."""
    with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as opened:
        assert opened.check_pdf_syntax() == []
        said = opened.Root.Note.Said
        return said.read_bytes().decode() if isinstance(said, pikepdf.Stream) else str(said)


class TestSection:
    def test_what_was_there_before_stays_to_the_byte(self) -> None:
        before, number = a_file()
        after = before + section(ending_of(before), {number: b"<< /Said (second) >>"})
        assert after.startswith(before)
        assert said_in(before) == "first"
        assert said_in(after) == "second"

    def test_new_objects_are_found_from_changed_ones(self) -> None:
        before, number = a_file()
        ending = ending_of(before)
        objects = {
            number: b"<< /Said %d 0 R >>" % ending.size,
            ending.size: b"<< /Length 5 >>\nstream\nthird\nendstream",
        }
        after = before + section(ending, objects)
        assert said_in(after) == "third"
        note: Any = PdfReader(io.BytesIO(after), strict=True).root_object["/Note"]
        assert note["/Said"].get_data() == b"third"

    @given(count=st.integers(1, 5))
    def test_sections_follow_each_other(self, count: int) -> None:
        pdf, number = a_file()
        ending = ending_of(pdf)
        for said in range(count):
            appended = section(ending, {number: b"<< /Said (%d) >>" % said})
            pdf, ending = pdf + appended, ending_after(ending, appended)
            assert ending == ending_of(pdf)
        assert said_in(pdf) == str(count - 1)

    def test_every_state_of_a_file_has_an_identifier_of_its_own(self) -> None:
        before, number = a_file()
        ending = ending_of(before)
        ids = set()
        for said in (b"one", b"two"):
            after = before + section(ending, {number: b"<< /Said (%b) >>" % said})
            with pikepdf.open(io.BytesIO(after)) as pdf:
                permanent, changing = map(bytes, pdf.trailer.ID)
            ids |= {permanent, changing}
        with pikepdf.open(io.BytesIO(before)) as pdf:
            assert bytes(pdf.trailer.ID[0]) in ids
        assert len(ids) == 3

    def test_a_file_that_ends_without_a_line_break_can_be_followed(self) -> None:
        before, number = a_file()
        bare = before.rstrip()
        after = bare + section(ending_of(bare), {number: b"<< /Said (second) >>"})
        assert said_in(after) == "second"

    @pytest.mark.parametrize("objects", [{}, {0: b"null"}, {10_000: b"null"}])
    def test_numbers_that_leave_gaps_are_refused(self, objects: dict[int, bytes]) -> None:
        with pytest.raises(ValueError, match="without a gap"):
            section(ending_of(a_file()[0]), objects)


class TestFilesThatNothingCanBeAppendedTo:
    def test_cross_reference_streams_are_refused(self) -> None:
        pdf, _ = a_file(object_stream_mode=pikepdf.ObjectStreamMode.generate)
        with pytest.raises(NotAppendable, match="no classic cross-reference table"):
            ending_of(pdf)

    def test_an_encrypted_file_is_refused(self) -> None:
        pdf, _ = a_file(encryption=pikepdf.Encryption(owner="a", user=""), deterministic_id=False)
        with pytest.raises(NotAppendable, match="encrypted"):
            ending_of(pdf)

    def test_a_file_with_both_kinds_of_table_is_refused(self) -> None:
        pdf, _ = a_file()
        hybrid = pdf.replace(b"trailer <<", b"trailer << /XRefStm 15")
        assert hybrid != pdf
        with pytest.raises(NotAppendable, match="streams beside"):
            ending_of(hybrid)

    def test_a_table_before_is_looked_at_as_well(self) -> None:
        pdf, number = a_file()
        hybrid = pdf.replace(b"trailer <<", b"trailer << /XRefStm 15")
        ending = dataclasses.replace(ending_of(pdf), length=len(hybrid))
        with pytest.raises(NotAppendable, match="streams beside"):
            ending_of(hybrid + section(ending, {number: b"<< >>"}))

    def test_tables_in_a_circle_are_refused(self) -> None:
        pdf, number = a_file()
        ending = ending_of(pdf)
        place = len(pdf + section(ending, {number: b"<< >>"}).partition(b"xref\n")[0])
        appended = section(dataclasses.replace(ending, startxref=place), {number: b"<< >>"})
        with pytest.raises(NotAppendable, match="circle"):
            ending_of(pdf + appended)

    def test_numbers_used_again_are_refused(self) -> None:
        pdf, _ = a_file()
        with pytest.raises(NotAppendable, match="deleted objects"):
            ending_of(pdf.replace(b" 00000 n", b" 00001 n", 1))

    @pytest.mark.parametrize("cut", [1, 7, 30, 200, 300])
    def test_a_file_that_is_cut_off_is_refused(self, cut: int) -> None:
        pdf, _ = a_file()
        with pytest.raises(NotAppendable):
            ending_of(pdf.rstrip()[:-cut])

    @given(noise=st.binary(max_size=300))
    def test_noise_is_refused_and_nothing_else_happens(self, noise: bytes) -> None:
        pdf, _ = a_file()
        for content in (noise, b"%PDF-1.7" + noise, pdf[:-60] + noise + pdf[-60:]):
            with suppress(NotAppendable):
                assert ending_of(content).length == len(content)

    def test_a_section_is_told_from_something_else(self) -> None:
        with pytest.raises(NotAppendable):
            ending_after(ending_of(a_file()[0]), b"not a section")
