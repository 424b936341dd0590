"""Three colleagues in three real browsers: join, share out, settle a clash, and the lead sends."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenTab
from tests.browser.tab import Tab
from tests.pages.lead import Lead
from tests.pages.together import a_team
from tests.program import Program
from webapp.security import Role

KEY, OTHER = "culture.speaking-up", "culture.compassion"
COMMENT = f"{KEY}:comment"


@pytest.fixture(autouse=True)
def consultation(program: Program) -> None:
    """A consultation that is open, made without a browser."""
    Lead(program.staff(Role.CONSULTATION_LEAD)).create_open()


def copy_the_link(tab: Tab) -> None:
    """Copy the joining link with one click."""
    tab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    link = tab.page.locator("#joining-link").input_value()
    tab.page.get_by_role("button", name="Copy : Joining link").click()
    tab.page.get_by_text("Copied").first.wait_for()
    assert tab.page.evaluate("navigator.clipboard.readText()") == link


def test_three_colleagues_write_and_settle_and_the_lead_sends(open_tab: OpenTab) -> None:
    widths = iter((1280, 390, 1280))
    asha, ben, cat = a_team(lambda: open_tab(next(widths)), "Ben Hall", "Cat Ng", keys=(KEY, OTHER))
    assert "You have joined" in cat.browser.screen.text
    copy_the_link(asha.browser)
    asha.give({KEY: "Ben Hall", OTHER: "Cat Ng"})
    ben.open_list()
    ben.browser.follow("Only the 1 that you look after")
    ben.browser.follow("Makes it safe to speak up")
    ben.save({COMMENT: "From Ben"}, button="Save and write a note")
    ben.browser.press("Save the note", {"text": "Is this what the board said?"})
    cat.open_item(KEY)
    cat.browser.page.get_by_text("1 note among colleagues").click()
    assert cat.browser.page.get_by_text("Is this what the board said?").is_visible()
    ben.open_item(KEY)
    ben.save({COMMENT: "From Ben, again"})
    cat.save({COMMENT: "From Cat"}, status=409)
    cat.browser.press("Save these answers", {f"keep:{COMMENT}": "both"})
    cat.check()
    assert cat.browser.page.get_by_role("button", name="Send your response").count() == 0
    cat.browser.open(f"{cat.response}/choose", status=403)
    asha.ask("Take off", "Ben Hall")
    asha.browser.press("Take off")
    ben.browser.open(f"{ben.page}/join")
    asha.ask("Hand over the lead", "Cat Ng")
    asha.browser.press("Hand over the lead")
    asha.browser.open(f"{asha.team}/leave")
    asha.browser.open(asha.team)
    cat.browser.open(cat.team)
    cat.browser.press("Make a joining code")
    screen = cat.send()
    assert screen.heading == "Response sent"
    cat.browser.follow("See exactly what you sent")
    assert "From Ben, again" in cat.browser.screen.text
    assert "From Cat" in cat.browser.screen.text
    assert "Is this what the board said?" not in cat.browser.screen.text


def test_it_all_works_without_scripts(open_tab: OpenTab) -> None:
    asha, ben = a_team(lambda: open_tab(390, scripts=False), "Ben Hall", keys=(KEY,))
    asha.give({KEY: "Ben Hall"})
    ben.open_item(KEY)
    ben.save({COMMENT: "Typed without scripts"}, button="Save and write a note")
    ben.browser.press("Save the note", {"text": "A note"})
    ben.browser.press("Delete")
    assert "Typed without scripts" in asha.check().text
    assert asha.send().heading == "Response sent"
