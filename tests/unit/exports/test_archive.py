"""Every file can be kept, appended to and made again: its claims, the seal's place, its bytes."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
from pikepdf import Name

from exports.archive import as_bytes, leave_place_for_the_seal, make_archival
from exports.pdf import make_pdf
from tests.unit.exports import form_pages

FLAT = form_pages.a_page('<p>Kept. <a href="https://example.org/">A link</a></p>')
PART = 'pdfuaid:part="1"'
ARCHIVE = 'pdfaid:part="2" pdfaid:conformance="A"'


@pytest.fixture(scope="module")
def flat() -> bytes:
    """A file without a form."""
    return make_pdf(FLAT)


@pytest.fixture(scope="module")
def fillable() -> bytes:
    """A file with one."""
    return make_pdf(form_pages.a_form())


@pytest.fixture(params=["flat", "fillable"])
def either(request: pytest.FixtureRequest) -> bytes:
    """Each of them in turn."""
    found: bytes = request.getfixturevalue(request.param)
    return found


def claims(content: bytes) -> str:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return pdf.Root.Metadata.read_bytes().decode()


def test_a_file_without_a_form_says_that_it_is_accessible_and_for_archives(flat: bytes) -> None:
    assert PART in claims(flat)
    assert ARCHIVE in claims(flat)
    assert "pdfaSchema:prefix>pdfuaid<" in claims(flat)


def test_a_form_says_that_it_is_accessible_and_nothing_more(fillable: bytes) -> None:
    assert PART in claims(fillable)
    assert "pdfaid" not in claims(fillable)


def test_a_link_is_kept_on_paper(flat: bytes) -> None:
    with pikepdf.open(io.BytesIO(flat)) as pdf:
        (link,) = pdf.pages[0].Annots.as_list()
        assert int(link.F) == 4


def test_metadata_that_are_made_otherwise_are_refused(flat: bytes) -> None:
    with pikepdf.open(io.BytesIO(flat)) as pdf:
        pdf.Root.Metadata.write(b"<rdf:RDF/>")
        with pytest.raises(ValueError, match="one end"):
            make_archival(pdf, b"")


def test_a_section_can_be_appended_to_every_file(either: bytes) -> None:
    # A plain table of objects, and none of them inside a stream.
    assert re.search(rb"\nxref\n0 \d+\n", either)
    assert either.rstrip().endswith(b"%%EOF")
    assert either.count(b"startxref") == 1
    with pikepdf.open(io.BytesIO(either)) as pdf:
        kinds = {each.get(Name.Type) for each in pdf.objects if isinstance(each, pikepdf.Stream)}
    assert not kinds & {Name.ObjStm, Name.XRef}


def test_every_file_has_a_place_for_its_seal(either: bytes) -> None:
    with pikepdf.open(io.BytesIO(either)) as pdf:
        place = pdf.Root.PieceInfo.Boardmark
        assert str(place.LastModified) == "D:20260331"
        assert place.Private.is_indirect
        assert place.Private.read_raw_bytes() == b"{}"
        assert Name.Filter not in place.Private


def test_what_is_long_is_compressed_and_metadata_are_not(either: bytes) -> None:
    with pikepdf.open(io.BytesIO(either)) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream) and Name.Filter not in each:
                is_metadata = each.get(Name.Type) == Name.Metadata
                assert is_metadata or len(each.read_raw_bytes()) < 200
    assert b"<rdf:RDF" in either


def test_the_same_page_gives_the_same_bytes_and_another_page_another_identity() -> None:
    def identity(content: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return bytes(pdf.trailer.ID[0])

    again, other = make_pdf(FLAT), make_pdf(FLAT.replace("Kept", "Lost"))
    assert make_pdf(FLAT) == again
    assert identity(again) != identity(other)


def test_a_file_that_is_written_once_more_is_the_same(either: bytes) -> None:
    with pikepdf.open(io.BytesIO(either)) as pdf:
        once = as_bytes(pdf)
    with pikepdf.open(io.BytesIO(once)) as pdf:
        assert as_bytes(pdf) == once


def test_a_page_without_a_date_gives_a_file_all_the_same() -> None:
    undated = re.sub(r"<meta name=\"dcterms[^>]*>", "", FLAT)
    with pikepdf.open(io.BytesIO(make_pdf(undated))) as pdf:
        leave_place_for_the_seal(pdf)
        assert str(pdf.Root.PieceInfo.Boardmark.LastModified) == "D:2000"
