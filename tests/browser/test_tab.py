"""The checks of a tab are seen to fail on planted faults."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route

from tests.browser.conftest import OpenTab
from tests.browser.keyboard import Keyboard
from tests.browser.tab import Tab

END = "</main>"


def plant(tab: Tab, before: str, after: str) -> None:
    """Change the page about the service on its way to the browser."""

    def change(route: Route) -> None:
        answer = route.fetch()
        body = answer.text().replace(before, after)
        route.fulfill(response=answer, body=body)  # codespell:ignore

    tab.page.route("**/about", change)


@pytest.mark.parametrize(
    ("after", "message"),
    [
        ('<img src="/static/img/mark.svg"></main>', "image-alt"),
        ('<div class="bm-header"><p class="nhsuk-hint">Grey on blue</p></div></main>', "contrast"),
        ("<ul><p>No item</p></ul></main>", "list"),
        ('<svg width="900" height="9" aria-hidden="true"></svg></main>', "scrolls sideways"),
        ('<img alt="" src="/static/nothing.png"></main>', "404 for"),
        ('<img alt="" src="https://elsewhere.example/a.png"></main>', "another site"),
        ("<h1>Twice</h1></main>", "2 h1 headings"),
    ],
    ids=lambda value: value if "<" not in value else "page",
)
def test_a_planted_fault_is_found(open_tab: OpenTab, after: str, message: str) -> None:
    tab = open_tab(320)
    plant(tab, END, after)
    with pytest.raises(AssertionError, match=message):
        tab.open("/about")


def test_a_script_that_the_policy_refuses_is_a_complaint(tab: Tab) -> None:
    plant(tab, END, "<script>alert(1)</script></main>")
    with pytest.raises(AssertionError, match="an inline script"):
        tab.open("/about")
    assert any("Content Security Policy" in each for each in tab.complaints)


def test_a_control_that_no_key_reaches_is_found(tab: Tab) -> None:
    plant(tab, END, "<span>Unreachable</span></main>")
    tab.open("/about")
    with pytest.raises(AssertionError, match="no Tab leads to “Unreachable”"):
        Keyboard(tab).reach("Unreachable")
