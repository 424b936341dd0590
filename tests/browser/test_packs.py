"""Forms for many people in a real browser, with scripts and without."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from playwright.sync_api import FilePayload

from tests.browser.conftest import OpenTab
from tests.browser.signing_in import sign_in
from tests.program import Program
from webapp.security import Role

EMAIL = "appraiser@meadowbank.example"
CHAIR = "board-leadership@1.0.0 provider-chair"


@pytest.mark.parametrize(
    ("width", "scripts"), [(1280, True), (320, False)], ids=["desktop", "phone without scripts"]
)
def test_an_appraiser_sends_a_table_follows_and_downloads(
    program: Program, open_tab: OpenTab, width: int, scripts: bool
) -> None:
    program.add_staff(EMAIL, Role.APPRAISER)
    tab = sign_in(program, open_tab(width, scripts=scripts), EMAIL)
    tab.open("/organisations/meadowbank/review-packs")
    tab.follow("Make review forms")
    form = tab.form("Check the table")
    tab.fill(form, "position", CHAIR)
    wrong = FilePayload(name="people.csv", mimeType="text/csv", buffer=b"name,rolle\nJo,Chair\n")
    tab.page.set_input_files("#file", wrong)
    tab.press("Check the table", status=422)
    assert "did you mean “role”" in tab.screen.errors[0]
    # What was in the file stands on the page, to be corrected there.
    tab.press("Check the table", {"table": "name,role\nZoë Köster,Chair\nJo Hall,\n"})
    assert tab.screen.heading == "2 review forms: not started"
    tab.press("Make 2 review forms")
    assert tab.screen.heading == "2 review forms: waiting"
    if scripts:
        program.deliver_mail()
        # Nobody touches the page: it looks by itself.
        tab.page.get_by_role("button", name="Download the forms").wait_for()
        tab.open(tab.screen.path)
    else:
        program.deliver_mail()
        tab.follow("See how far it is now")
    assert tab.screen.heading == "2 review forms: ready"
    content = tab.download(tab.page.get_by_role("button", name="Download the forms"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert json.loads(archive.read("manifest.json"))["count"] == 2
    tab.press("Delete the forms")
    assert "There are none now" in tab.screen.text
