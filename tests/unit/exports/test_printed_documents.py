"""What every printed document keeps: PDF/UA, its foot, its words, its metadata."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pytest
from bs4 import BeautifulSoup

from exports.document import Document
from exports.issuing import Issuer, issue
from exports.pdf import make_pdf
from exports.samples import samples
from exports.templating import body, page
from exports.worker import Press
from frameworks.digest import short
from tests import verapdf
from tests.factories import forms
from tests.unit.exports.reading import LARGE_BOTTOM, squeezed, text_of, whole_pages_of

NAMES = tuple(samples())


def test_every_document_conforms_to_pdf_ua(printed: Mapping[str, Path], tmp_path: Path) -> None:
    mute = tmp_path / "without-language.pdf"
    with pikepdf.open(printed["receipt"]) as pdf:
        del pdf.Root.Lang
        pdf.save(mute)

    found = verapdf.check([*printed.values(), mute])

    assert found.pop(mute), "a file without its language must not pass"
    assert found == {file: [] for file in printed.values()}


def test_every_document_without_a_form_conforms_to_pdf_a_sealed_or_not(
    press: Press,
    printed: Mapping[str, Path],
    documents: Mapping[str, Document],
    tmp_path: Path,
) -> None:
    flat = [printed[name] for name, document in documents.items() if not document.fields]
    sealed = tmp_path / "sealed.pdf"
    issuer = Issuer("https://boardmark.example", forms.KEYRING)
    sealed.write_bytes(issue(press, documents["review-final"], issuer).content)
    colourless = tmp_path / "without-the-meaning-of-its-colours.pdf"
    with pikepdf.open(printed["receipt"]) as pdf:
        del pdf.Root.OutputIntents
        pdf.save(colourless)

    found = verapdf.check([*flat, sealed, colourless], "2a")

    assert found.pop(colourless), "a file whose colours mean nothing must not pass"
    assert found == {file: [] for file in (*flat, sealed)}


@pytest.mark.parametrize("name", NAMES)
class TestEachDocument:
    """One sample at a time."""

    def test_every_page_foot_carries_citation_digest_and_page(
        self, name: str, printed: Mapping[str, Path], documents: Mapping[str, Document]
    ) -> None:
        document = documents[name]
        pages = whole_pages_of(printed[name])
        for number, text in enumerate(pages, start=1):
            foot = " ".join(text.split())
            assert f"{document.citation} · {short(document.digest)}" in foot
            assert f"Page {number} of {len(pages)}" in foot

    def test_page_and_web_show_the_same_words(
        self, name: str, printed: Mapping[str, Path], documents: Mapping[str, Document]
    ) -> None:
        document = documents[name]
        web = BeautifulSoup(body(document), "lxml")
        words = text_of(printed[name], *([LARGE_BOTTOM] if name.endswith("-large") else []))
        on_paper = squeezed(words)
        for element in web.find_all(["h2", "h3", "h4", "p", "li", "td", "th", "caption"]):
            # A cell that is broken by the foot of a page is still whole word by word.
            for word in element.get_text(" ").split():
                assert squeezed(word) in on_paper, f"{element}"
        # On paper a form also says how to fill it in, and has pages for what does not fit.
        drawn = BeautifulSoup(body(document, in_print=True), "lxml").get_text(" ")
        assert document.fields or squeezed(drawn) == squeezed(web.get_text(" "))
        on_the_web = squeezed(document.kind + document.title + drawn)
        for line in words.splitlines():
            # Bullets, numbers of lists and leaders to a page number are the style sheet's.
            plain = re.sub(r"^(•|\d+\.)\s*|[\s.\d]*$", "", line)
            assert squeezed(plain) in on_the_web, line

    def test_the_file_says_what_it_is(
        self, name: str, printed: Mapping[str, Path], documents: Mapping[str, Document]
    ) -> None:
        document = documents[name]
        with pikepdf.open(printed[name]) as pdf:
            assert pdf.Root.Lang == document.language
            assert pdf.Root.ViewerPreferences.DisplayDocTitle
            assert pdf.docinfo["/Title"] == f"{document.kind}: {document.title}"
            assert document.citation in str(pdf.docinfo["/Keywords"])
            assert document.digest in str(pdf.docinfo["/Keywords"])
            assert str(pdf.docinfo["/CreationDate"]) == f"D:{document.made_on:%Y%m%d}"

    def test_the_same_document_is_the_same_file_in_another_process(
        self,
        name: str,
        printed: Mapping[str, Path],
        documents: Mapping[str, Document],
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        assert make_pdf(page(documents[name])) == printed[name].read_bytes()
        complaints = [each.message for each in caplog.records if each.name == "weasyprint"]
        assert complaints == [], "the layout library found fault with a page or a style sheet"

    def test_the_fragment_fits_under_the_heading_of_a_web_page(
        self, name: str, documents: Mapping[str, Document]
    ) -> None:
        fragment = body(documents[name])
        web = BeautifulSoup(fragment, "lxml")
        levels = [int(each.name[1]) for each in web.find_all(re.compile("^h[1-6]$"))]
        assert levels[0] == 2
        steps = itertools.pairwise(levels)
        assert all(after <= before + 1 for before, after in steps)
        assert "style=" not in fragment
        assert "<script" not in fragment
        ids = [each["id"] for each in web.find_all(id=True)]
        assert len(ids) == len(set(ids))

    def test_every_table_has_header_cells_with_a_scope(
        self, name: str, documents: Mapping[str, Document]
    ) -> None:
        web = BeautifulSoup(body(documents[name]), "lxml")
        for table in web.find_all("table"):
            headers = table.find_all("th")
            assert headers
            assert all(each.get("scope") in {"row", "col"} for each in headers)
            assert all(row.find(["td", "th"]) for row in table.find_all("tr"))

    def test_running_heads_and_feet_are_no_content(
        self, name: str, printed: Mapping[str, Path]
    ) -> None:
        with pikepdf.open(printed[name]) as pdf:
            for number, sheet in enumerate(pdf.pages):
                marks = [
                    (str(each.operands[0]), each.operands[1])
                    for each in pikepdf.parse_content_stream(sheet)
                    if str(each.operator) == "BDC"
                ]
                artifacts = [properties for tag, properties in marks if tag == "/Artifact"]
                assert len(artifacts) >= 2, number
                assert {str(each.get("/Type")) for each in artifacts} == {"/Pagination"}
