"""What the stamp adds to a printed document, and that nothing else of it changes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pytest
from bs4 import BeautifulSoup

from exports.document import Document
from exports.pdf import make_pdf
from exports.seals.stamp import Stamp
from exports.templating import page
from frameworks.digest import short
from tests import verapdf
from tests.unit.exports.reading import whole_pages_of

STAMP = Stamp("7K3M-9QWX-2B4D-H8NT", "https://boards.example.org")
NAMES = ("booklet", "receipt", "review-blank", "review-final")


@pytest.fixture(scope="module")
def stamped(
    documents: Mapping[str, Document], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Path]:
    """Some samples with their stamp."""
    folder = tmp_path_factory.mktemp("stamped")
    files = {name: folder / f"{name}.pdf" for name in NAMES}
    for name, file in files.items():
        file.write_bytes(make_pdf(page(documents[name], STAMP)))
    return files


@pytest.mark.parametrize("name", NAMES)
def test_every_foot_names_framework_digest_and_identifier_on_one_line(
    name: str, stamped: Mapping[str, Path], documents: Mapping[str, Document]
) -> None:
    document = documents[name]
    foot = f"{document.citation} · {short(document.digest)} · {STAMP.identifier}"
    for text in whole_pages_of(stamped[name]):
        assert any(foot in line for line in text.splitlines())


@pytest.mark.parametrize("name", NAMES)
def test_a_stamp_takes_no_page_more(
    name: str, stamped: Mapping[str, Path], printed: Mapping[str, Path]
) -> None:
    assert len(whole_pages_of(stamped[name])) == len(whole_pages_of(printed[name]))


@pytest.mark.parametrize("name", NAMES)
def test_the_file_names_its_identifier(name: str, stamped: Mapping[str, Path]) -> None:
    with pikepdf.open(stamped[name]) as pdf:
        assert STAMP.identifier in str(pdf.docinfo["/Keywords"])


def test_the_code_stands_once_and_says_where_it_leads(stamped: Mapping[str, Path]) -> None:
    for file in stamped.values():
        with pikepdf.open(file) as pdf:
            figures = [
                each
                for each in pdf.objects
                if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
            ]
            (figure,) = figures
            assert str(figure.Alt) == STAMP.words
            assert figure.Pg.objgen == pdf.pages[0].obj.objgen


def test_stamped_documents_are_as_accessible_as_without(stamped: Mapping[str, Path]) -> None:
    assert verapdf.check(list(stamped.values())) == {file: [] for file in stamped.values()}


@pytest.mark.parametrize("name", NAMES)
def test_without_a_stamp_nothing_of_it_is_there(
    name: str, documents: Mapping[str, Document]
) -> None:
    plain = BeautifulSoup(page(documents[name]), "lxml")
    assert not plain.select(".stamp, svg")
    assert plain.body is not None
    assert plain.body["data-identifier"] == ""
