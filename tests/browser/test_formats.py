"""The other formats of a consultation in a real browser, also where letters are very large."""

from __future__ import annotations

from tests.browser.conftest import OpenTab
from tests.browser.tab import OVERFLOWING, Tab
from tests.journeys.test_respondent import SPEAKING, person
from tests.pages.respondent import Respondent

__all__ = ["person"]

# A window of 1280 dots at 400 % is as wide as one of 320, and at 200 % as one of 640.
AT_400, AT_200 = 320, 640


def test_all_questions_can_be_read_at_400_per_cent(open_tab: OpenTab, person: Respondent) -> None:
    tab = open_tab(AT_400)
    tab.open(person.page)
    tab.follow("Other formats")
    screen = tab.follow("All questions on one page")
    assert screen.heading == "All questions"
    box = tab.page.locator(".matrix tbody td").first
    label = box.evaluate("each => getComputedStyle(each, '::after').content")
    assert "Essential" in label, "an option is beside its box where there are no columns"


def test_nothing_runs_out_of_the_window_where_text_alone_is_twice_as_large(
    open_tab: OpenTab, person: Respondent
) -> None:
    tab = open_tab(AT_200)
    me = Respondent[Tab](tab)
    me.introduce(positions=["provider-chair"])
    me.choose(SPEAKING)
    for path in (me.page, f"{me.page}/formats", me.response, f"{me.response}/items/{SPEAKING}"):
        tab.open(path)
        tab.page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
        assert tab.page.evaluate(OVERFLOWING) == [], path
