"""Leaving a response and coming back, in a real browser: copying, other devices, a shared one."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenTab
from tests.browser.tab import Tab
from tests.pages.respondent import Respondent
from tests.pages.responses import SLUG, a_writer, open_a_consultation
from tests.program import Program

OF_CONSULTATION = f"/consultations/{SLUG}"
LATER = f"{OF_CONSULTATION}/response/return"
WHO = f"{OF_CONSULTATION}/response/about-you/who"
COPY = re.compile("Copy.*Your return code")
SAVE = "Save and continue"


@pytest.fixture
def people(program: Program) -> list[Respondent]:
    """Two people who write to the same consultation."""
    consultation = open_a_consultation(program)
    return [a_writer(program, consultation) for _ in range(2)]


def sit_down(tab: Tab, person: Respondent) -> None:
    """Give a browser the cookie of somebody."""
    cookie = person.browser.flask.get_cookie("boardmark")
    assert cookie is not None
    tab.page.context.add_cookies(
        [{"name": "boardmark", "value": cookie.value, "url": tab.url, "httpOnly": True}]
    )


def value_of(tab: Tab, control: str) -> str:
    """Return what a control of the page holds."""
    return tab.page.locator(f"#{control}").input_value()


def test_the_code_is_copied_with_one_click_and_nothing_is_lost_between_two_responses(
    people: list[Respondent], open_tab: OpenTab
) -> None:
    tab = open_tab(320)
    tab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sit_down(tab, people[0])
    tab.open(LATER)
    code, link = value_of(tab, "return-code"), value_of(tab, "return-link")
    tab.page.get_by_role("button", name=COPY).click()
    expect(tab.page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert tab.page.evaluate("navigator.clipboard.readText()") == code
    sit_down(tab, people[1])
    assert tab.open(link).heading == "This browser holds another response"
    other = value_of(tab, "other-code")
    assert other != code
    tab.press("I have kept that code: change over")
    tab.open("/return")
    tab.press("Go on with your response", {"code": code[:-1]}, status=422)
    tab.press("Go on with your response", {"code": other}, status=409)
    tab.press("I have kept that code: change over")
    tab.open(LATER)
    assert value_of(tab, "return-code") == other
    tab.press("This is a shared or public device")
    tab.follow("Forget this response on this device")
    tab.press("Forget this response on this device")
    assert tab.screen.heading == "This device has forgotten your response"


def test_without_scripts_there_is_no_button_that_does_nothing(
    people: list[Respondent], open_tab: OpenTab
) -> None:
    tab = open_tab(scripts=False)
    sit_down(tab, people[0])
    tab.open(LATER)
    expect(tab.page.get_by_role("button", name=COPY)).to_be_hidden()
    assert value_of(tab, "return-link").endswith(value_of(tab, "return-code"))


def test_two_tabs_about_one_respondent_are_settled(
    people: list[Respondent], open_tab: OpenTab
) -> None:
    first, second = open_tab(), open_tab(320)
    for tab in (first, second):
        sit_down(tab, people[0])
        tab.open(WHO)
    first.press(SAVE, {"role": "Governor of the North"})
    second.press(SAVE, {"role": "Governor of the South"}, status=409)
    second.press(SAVE, status=422)
    second.press(SAVE, {"keep:role": "sent"})
    second.open(WHO)
    assert value_of(second, "role") == "Governor of the South"
