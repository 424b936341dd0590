"""Anyone browses the published frameworks, compares two versions and takes a copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import OpenTab
from tests.browser.tab import Tab
from tests.factories.forms import a_form

VERSION = "/frameworks/board-leadership/1.0.0"


@pytest.mark.parametrize("width", [1280, 320])
def test_a_reader_finds_a_competency_and_a_position(open_tab: OpenTab, width: int) -> None:
    tab = open_tab(width)
    tab.open("/")
    tab.follow("Frameworks")
    tab.follow("Board")
    tab.open(VERSION)
    tab.click(tab.page.locator("main .nhsuk-list--border a").first)
    assert tab.page.locator(".bm-statement").is_visible()
    tab.open(f"{VERSION}/positions/provider-chair")


@pytest.mark.parametrize("width", [1280, 320])
def test_a_reader_compares_two_versions(open_tab: OpenTab, width: int) -> None:
    tab = open_tab(width)
    tab.open("/frameworks/board-leadership/compare?from=1.0.0-beta.1&to=1.0.0")
    assert tab.page.locator(".bm-change").first.is_visible()


@pytest.mark.parametrize("page", ["about", "privacy", "accessibility"])
def test_the_pages_about_the_service_hold(tab: Tab, page: str) -> None:
    tab.open(f"/{page}")


def test_a_reader_reads_the_booklet_and_takes_the_table(tab: Tab) -> None:
    tab.open(f"{VERSION}/booklet")
    tab.open(VERSION)
    table = tab.download(tab.page.locator("a", has_text="CSV").first)
    assert b"board-leadership" in table


@pytest.mark.parametrize("width", [1280, 320])
def test_a_reader_checks_a_file_and_an_identifier(
    open_tab: OpenTab, width: int, tmp_path: Path
) -> None:
    tab = open_tab(width)
    tab.open("/")
    tab.follow("Check a document")
    (tmp_path / "somebody.pdf").write_bytes(a_form())
    tab.page.locator("input[type=file]").set_input_files(tmp_path / "somebody.pdf")
    tab.press("Check this file")
    assert tab.screen.heading == "This file was not sealed by this service"
    tab.follow("Check another document")
    tab.page.locator("#identifier").fill("5nrh cgnq 4tr4 80b5")
    button = tab.page.locator("button", has_text="Check this identifier")
    tab.click(button, status=404)
    assert tab.screen.path == "/verify/5NRH-CGNQ-4TR4-80B5"
    tab.open("/verify?identifier=7K3M", status=422)


def test_an_address_that_is_nowhere_is_a_page(tab: Tab) -> None:
    tab.open("/nowhere", status=404)
