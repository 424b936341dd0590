"""Taking in a response in a real browser: the letter beside its transcription, and a table."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import FilePayload

from tests.browser.conftest import OpenTab
from tests.browser.signing_in import sign_in
from tests.browser.tab import Tab
from tests.factories.answer_tables import a_row, as_csv
from tests.pages.intake import LETTER
from tests.pages.responses import open_a_consultation
from tests.program import Program
from webapp.security import Role

OLA, CAS = "ola@meadowbank.example", "cas@meadowbank.example"
ALL = "/organisations/meadowbank/consultations/example-region/intake"


def a_scan() -> bytes:
    """Return a page as a scanner makes it."""
    content = io.BytesIO()
    Image.new("L", (1240, 1754), 235).save(content, "JPEG")
    return content.getvalue()


def note(tab: Tab) -> str:
    """Note a letter with its scan and return the address of the item."""
    tab.open(ALL)
    tab.follow("Note something that came in")
    form = tab.form("Save and go on")
    scan = FilePayload(name="page 1.jpg", mimeType="image/jpeg", buffer=a_scan())
    tab.page.set_input_files("#file", scan)
    for name, value in LETTER.items():
        tab.fill(form, name, value)
    tab.press("Save and go on")
    return tab.screen.path.partition("?")[0]


@pytest.mark.parametrize(
    ("width", "scripts"), [(1280, True), (390, False)], ids=["desktop", "phone without scripts"]
)
def test_a_letter_is_transcribed_and_checked(
    program: Program, open_tab: OpenTab, width: int, scripts: bool
) -> None:
    open_a_consultation(program)
    for each in (OLA, CAS):
        program.add_staff(each, Role.CONSULTATION_OFFICER)
    ola = sign_in(program, open_tab(width, scripts=scripts), OLA)
    item = note(ola)
    ola.follow("Responding as")
    ola.press("Save and go on", {"responds_as": "individual"})
    ola.press("Save and go on", {"respondent_class": "governor"})
    for _ in range(2):
        ola.press("Save and go on")
    ola.press("Save and go on", {"publish": "not-at-all"})
    ola.press("Save and go on")
    assert ola.screen.heading == "What does it speak about?"
    ola.press("Save and return", {"competency": ["culture.speaking-up"]})
    ola.open(f"{item}/answers/culture.speaking-up")
    ola.press("Save and return", {"culture.speaking-up:comment": "Say who listens."})
    ola.press("Hand over to be checked")
    cas = sign_in(program, open_tab(width, scripts=scripts), CAS)
    cas.open(ALL)
    cas.follow("Check it")
    assert "Say who listens." in cas.screen.text
    scan = cas.page.locator("img.bm-scan")
    assert scan.evaluate("each => each.naturalWidth") == 1240
    cas.press("It is right: take it in")
    assert "It is a response now: BM-" in cas.screen.text


def test_a_table_is_looked_at_by_a_second_person(program: Program, open_tab: OpenTab) -> None:
    open_a_consultation(program)
    for each in (OLA, CAS):
        program.add_staff(each, Role.CONSULTATION_OFFICER)
    ola = sign_in(program, open_tab(1280), OLA)

    def upload(*rows: dict[str, str], status: int = 200) -> None:
        ola.open(f"{ALL}/imports/new")
        table = FilePayload(name="table.csv", mimeType="text/csv", buffer=as_csv(rows))
        ola.page.set_input_files("#file", table)
        ola.press("Check the table", status=status)

    upload(a_row(of="x"), a_row(key="L-2", item="y"), status=422)
    assert "2 mistakes" in ola.screen.errors[0]
    upload(a_row(), a_row(key="L-2"))
    cas = sign_in(program, open_tab(390), CAS)
    cas.open(ola.screen.path)
    cas.follow("L-2")
    cas.follow("Back to import 1")
    cas.press("It is right: take them in")
    assert "Added 2 of 2" in cas.screen.text
