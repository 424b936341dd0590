"""Anyone reads, compares and takes away the published frameworks."""

from __future__ import annotations

import csv
import io

import pytest

from frameworks.library import SHIPPED
from frameworks.reader import read_framework
from tests.pages.client import Client
from tests.program import Program

SLUG = "/frameworks/board-leadership"


@pytest.fixture
def reader(program: Program) -> Client:
    return program.browser()


def test_a_reader_goes_from_home_to_a_competency_and_its_position(reader: Client) -> None:
    reader.open("/")
    reader.open("/frameworks")
    reader.open(f"{SLUG}/1.0.0")
    first = reader.screen.soup.select_one(".nhsuk-list--border a")
    assert first is not None
    reader.open(str(first["href"]))
    assert reader.screen.soup.select_one(".bm-statement") is not None
    assert "board-leadership@1.0.0#" in reader.screen.text
    reader.open(f"{SLUG}/1.0.0/positions/provider-chair")
    assert "A review is signed by" in reader.screen.text


def test_every_competency_and_position_of_every_version_has_a_page(
    reader: Client, program: Program
) -> None:
    for published in program.library.list():
        framework = published.framework
        address = f"/frameworks/{framework.slug}/{framework.version}"
        competencies = list(framework.all_competencies())
        for competency in competencies[:3] + competencies[-1:]:
            reader.open(f"{address}/competencies/{competency.key}")
            assert reader.screen.heading == competency.title
        for profile in framework.profiles[:2]:
            reader.open(f"{address}/positions/{profile.key}")


def test_a_withdrawn_key_says_what_became_of_it(reader: Client, program: Program) -> None:
    (final,) = [each for each in program.library.list() if each.framework.version == "1.0.0"]
    for gone in final.framework.withdrawn:
        reader.open(f"{SLUG}/1.0.0/competencies/{gone.key}", status=410)
        assert gone.rationale.split()[0] in reader.screen.text


def test_changes_are_told_in_full_and_in_words(reader: Client) -> None:
    reader.open(f"{SLUG}/compare?from=1.0.0&to=1.1.0-beta.1")
    change = reader.screen.soup.select_one(".bm-change")
    assert change is not None
    words = change.get_text(" ")
    assert "In 1.0.0" in words
    assert "In 1.1.0-beta.1" in words
    assert "Removed" in words or "Added" in words
    assert not change.select("ins, del, s, u")


def test_a_version_compared_with_itself_is_its_page(reader: Client) -> None:
    reader.open(f"{SLUG}/compare?from=1.0.0&to=1.0.0")
    assert reader.screen.path == f"{SLUG}/1.0.0"


def test_the_file_is_the_locked_file_and_the_table_has_every_competency(
    reader: Client, program: Program
) -> None:
    (final,) = [each for each in program.library.list() if each.framework.version == "1.0.0"]
    reader.open(f"{SLUG}/1.0.0/framework.yaml")
    assert read_framework(reader.screen.response.text) == final.framework
    reader.open(f"{SLUG}/1.0.0/framework.csv")
    table = list(csv.reader(io.StringIO(reader.screen.response.data.decode("utf-8-sig"))))
    everything = "\n".join(cell for row in table for cell in row)
    for competency in final.framework.all_competencies():
        assert competency.key in everything


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_booklet_is_a_page_and_a_file(reader: Client) -> None:
    reader.open(f"{SLUG}/1.0.0/booklet.pdf")
    assert reader.screen.response.data.startswith(b"%PDF-")


@pytest.mark.parametrize(
    "path",
    [
        "/frameworks/none",
        f"{SLUG}/9.9.9",
        f"{SLUG}/not-a-version",
        f"{SLUG}/1.0.0/competencies/none",
        f"{SLUG}/1.0.0/positions/none",
        f"{SLUG}/compare",
        f"{SLUG}/compare?from=1.0.0&to=%00",
    ],
)
def test_what_is_not_there_is_not_found(reader: Client, path: str) -> None:
    reader.open(path, status=404)
    assert reader.screen.heading == "Page not found"


def test_pages_for_reading_set_no_cookie(reader: Client) -> None:
    for path in ("/", "/frameworks", f"{SLUG}/1.0.0", "/privacy"):
        reader.open(path)
        assert "Set-Cookie" not in reader.screen.response.headers


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
class TestLanguages:
    VERSION = "/frameworks/board-leadership/1.1.0-beta.1"

    def test_a_version_is_read_in_welsh_as_far_as_it_is_there(self, program: Program) -> None:
        browser = program.browser()
        browser.open(self.VERSION)
        link = browser.screen.soup.find("a", hreflang="cy")
        assert link is not None
        assert link["lang"] == "cy"
        screen = browser.follow("Cymraeg")
        assert screen.heading == "Cymwyseddau arweinyddiaeth bwrdd (version 1.1.0-beta.1)"
        assert "8 of the 46 competencies are in Cymraeg" in screen.text
        assert "No professional translator has checked it." in screen.text
        welsh = [each.get_text(" ", strip=True) for each in screen.soup.find_all(lang="cy")]
        assert "Gofal diogel a chanlyniadau gwell" in welsh
        assert "Fair care and fair work" in screen.text
        assert "Fair care and fair work" not in welsh

    def test_a_competency_keeps_the_language_and_its_citation(self, program: Program) -> None:
        browser = program.browser()
        browser.open(f"{self.VERSION}/competencies/quality.waiting")
        cited = browser.screen.text.split("Cite as ")[1].split("Previous")[0]
        browser.open(f"{self.VERSION}?language=cy")
        screen = browser.follow("Yn gweithredu ar amseroedd aros hir")
        assert screen.heading == "Yn gweithredu ar amseroedd aros hir"
        assert screen.soup.h1 is not None
        assert screen.soup.h1["lang"] == "cy"
        assert screen.text.split("Cite as ")[1].split("Previous")[0] == cited
        assert browser.follow("English").heading == "Acts on long waits"

    def test_the_file_of_a_variant_is_sent_to_the_byte(self, program: Program) -> None:
        browser = program.browser()
        screen = browser.open(f"{self.VERSION}/languages/cy.yaml")
        file = SHIPPED / "board-leadership" / "1.1.0-beta.1.cy.yaml"
        assert screen.response.data == file.read_bytes()

    def test_what_is_in_no_language_is_not_found(self, program: Program) -> None:
        browser = program.browser()
        for path in ("?language=fr", "/languages/fr.yaml", "/languages/cy.2.yaml"):
            browser.open(self.VERSION + path, status=404)
        browser.open("/frameworks/board-leadership/1.0.0?language=cy", status=404)
