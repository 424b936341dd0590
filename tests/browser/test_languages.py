"""Reading and answering in another language in a real browser, with scripts and without."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenTab
from tests.browser.tab import OVERFLOWING, Tab
from tests.journeys.test_respondent import person
from tests.pages.respondent import Respondent

__all__ = ["person"]

WAITING = "quality.waiting"
COMMENT = f"{WAITING}:comment"


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_typed_comes_along_into_another_language(
    open_tab: OpenTab, person: Respondent, scripts: bool
) -> None:
    tab = open_tab(320, scripts=scripts)
    me = Respondent[Tab](tab)
    me.introduce()
    me.choose(WAITING)
    me.open_item(WAITING)
    screen = tab.press("Cymraeg", {COMMENT: "Say how long is long."})
    assert screen.heading == "Yn gweithredu ar amseroedd aros hir"
    assert tab.page.locator(f"[name='{COMMENT}']").input_value() == "Say how long is long."
    assert tab.page.evaluate(OVERFLOWING) == []
    assert tab.page.locator("h1").get_attribute("lang") == "cy"


def test_a_listener_hears_which_language_is_shown(open_tab: OpenTab, person: Respondent) -> None:
    tab = open_tab()
    tab.open(person.page)
    page = tab.page
    language = page.get_by_role("form", name="Language")
    screen = tab.click(language.get_by_role("button", name="Easy Read"))
    assert "Please answer in your own words." in screen.text
    now = page.locator(".bm-languages [aria-current=true]")
    assert now.inner_text() == "Easy Read"
    assert now.get_attribute("lang") == "en-GB-x-easyread"
    assert page.get_by_role("button", name="Easy Read").count() == 0
