"""Which files may be attached: told by what is in them, and not only by their name."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.forms import a_form
from webapp.consultations.attaching import (
    LARGEST,
    NAME_LENGTH,
    ODT,
    PDF,
    TEXT,
    WORD,
    NotADocument,
    media_type_of,
    safe_name,
    size_in_words,
)


def archive(**parts: str) -> bytes:
    """Return an archive with these parts; `__` stands for `/` and `_dot_` for a full stop."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as written:
        for name, content in parts.items():
            path = name.replace("__", "/").replace("_dot_", ".")
            # The same to the byte whenever it is made: tests are named for what they are given.
            written.writestr(zipfile.ZipInfo(path), content)
    return packed.getvalue()


DOCX = archive(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"})
WITH_MACRO = archive(
    **{"[Content_Types].xml": "", "word/document.xml": "", "word/vbaProject.bin": "x"}
)
TEXT_ODT = archive(mimetype=ODT, **{"content.xml": "<x/>"})
SHEET_ODS = archive(
    mimetype="application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": "<x/>"}
)


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (a_form(), "Summary.PDF", PDF),
        (DOCX, "assessment.docx", WORD),
        (TEXT_ODT, "assessment.odt", ODT),
        ("Zoë said: “yes”.\r\n".encode(), "notes.txt", TEXT),
        (b"\xef\xbb\xbfWith a mark", "notes.txt", TEXT),
    ],
)
def test_what_people_can_read_is_taken(content: bytes, name: str, media_type: str) -> None:
    assert media_type_of(name, content) == media_type


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.txt"),
        (b"x" * (LARGEST + 1), "a.txt"),
        (b"%PDF-1.7 and no end", "a.pdf"),
        (b"<html>\x00</html>", "a.txt"),
        (b"\xff\xfe\x00", "a.txt"),
        (DOCX, "a.pdf"),
        (DOCX, "a"),
        (DOCX[:60], "a.docx"),
        (WITH_MACRO, "a.docx"),
        (SHEET_ODS, "a.odt"),
        (archive(readme_dot_txt="words"), "a.docx"),
        (b"Words", "a.html"),
        (b"MZ" + bytes(60), "a.pdf"),
    ],
)
def test_anything_else_is_refused(content: bytes, name: str) -> None:
    with pytest.raises(NotADocument):
        media_type_of(name, content)


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_short_part_that_unpacks_to_very_much_is_not_unpacked(packing: int) -> None:
    size, file = 40_000_000, io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as written:
        written.writestr("content.xml", "<x/>")
        written.writestr("mimetype", bytes(size))
    bomb = file.getvalue().replace(struct.pack("<L", size), struct.pack("<L", len(ODT)))
    tracemalloc.start()
    with pytest.raises(NotADocument):
        media_type_of("a.odt", bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


@given(st.binary(max_size=300), st.sampled_from([b"", b"%PDF-", b"PK\x03\x04"]), st.text())
def test_no_file_is_too_strange_to_be_refused(content: bytes, begins: bytes, name: str) -> None:
    try:
        found = media_type_of(name, begins + content)
    except NotADocument:
        return
    assert found in (PDF, WORD, ODT, TEXT)


@given(st.text(max_size=400))
def test_a_name_is_short_and_leads_nowhere(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe) <= NAME_LENGTH
    assert "/" not in safe
    assert "\\" not in safe
    assert safe.isprintable()


def test_a_long_name_keeps_its_ending() -> None:
    assert safe_name(f"C:\\papers\\{'long' * 60}.docx").endswith(".docx")


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 KB"), (740_400, "740 KB"), (999_999, "1.0 MB"), (2_400_000, "2.4 MB")],
)
def test_a_size_is_told_in_words(size: int, words: str) -> None:
    assert size_in_words(size) == words
