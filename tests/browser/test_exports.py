"""Exports in a real browser: asked for, followed until they are ready, and downloaded."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from frameworks.questions import Given
from tests.browser.conftest import OpenTab
from tests.browser.signing_in import sign_in
from tests.factories.writing import COMMENT, SPEAKING, Writer
from tests.pages.exports import CHOSEN
from tests.pages.lead import Lead
from tests.pages.responses import open_a_consultation
from tests.program import Program
from webapp.consultations import services
from webapp.security import Role

EMAIL = "lead@meadowbank.example"


@pytest.mark.parametrize("width", [1280, 320])
def test_a_lead_asks_for_an_export_and_sees_when_it_is_ready(
    program: Program, open_tab: OpenTab, width: int, tmp_path: Path
) -> None:
    consultation = open_a_consultation(program)
    with program.database.writing() as session:
        writer = Writer(session, consultation, program.clock())
        writer.introduce()
        writer.choose(SPEAKING)
        writer.answer(COMMENT, Given(text="=1+1 Say who listens."))
        secrets = program.settings.secret_keys
        writer.send(key=services.submission_key(secrets[0], writer.draft.id), secrets=secrets)
    program.add_staff(EMAIL, Role.CONSULTATION_LEAD)
    tab = open_tab(width)
    sign_in(program, tab, EMAIL)
    address = f"{Lead(tab).one()}/exports"
    tab.open(address)
    tab.follow("Make an export")
    tab.press("Make the export", CHOSEN | {"layout": "responses"})
    assert tab.screen.heading == "Export: waiting"
    program.deliver_mail()
    # Nobody asks: the page looks by itself.
    tab.page.get_by_role("heading", name="Export: ready").wait_for()
    with tab.page.expect_download() as downloading:
        tab.page.get_by_role("button", name="Download the export").click()
    path = tmp_path / "export.zip"
    downloading.value.save_as(path)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert "README.txt" in archive.namelist()
    screen = tab.open(address)
    assert "A row for each response" in screen.text
