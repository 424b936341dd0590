"""The record as evidence, in a real browser: its page here, and the page in the bundle."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import OpenTab
from tests.browser.signing_in import sign_in
from tests.pages.lead import Lead
from tests.pages.outreach import OutreachLog
from tests.program import Program
from webapp.security import Role

BUNDLES = "/organisations/meadowbank/consultations/example-region/bundles"


@pytest.mark.parametrize("width", [1280, 320])
def test_the_record_is_made_and_opens_without_a_network(
    program: Program, open_tab: OpenTab, tmp_path: Path, width: int
) -> None:
    staff = program.staff(Role.CONSULTATION_LEAD, "lead@meadowbank.example")
    Lead(staff).create_open()
    OutreachLog(staff).add()
    tab = sign_in(program, open_tab(width), "lead@meadowbank.example")
    tab.open(BUNDLES)
    tab.press("Make the bundle")
    program.deliver_mail()
    tab.open(BUNDLES)
    with tab.page.expect_download() as downloading:
        tab.page.get_by_text("Download the bundle").click()
    downloading.value.save_as(tmp_path / "bundle.zip")
    with zipfile.ZipFile(tmp_path / "bundle.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    page = tab.page.context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "unpacked/record-of-example-region/index.html").as_uri())
    assert [each for each in asked if not each.startswith("file:")] == []
    found = Axe().run(page).response["violations"]
    assert [each["id"] for each in found] == []
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) <= 0
