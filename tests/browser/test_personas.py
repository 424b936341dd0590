"""A whole response by people as they are: on a phone and later elsewhere, by ear, without scripts.

Several colleagues are in `test_together`, a lost connection in `test_unsent`.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator

from tests.browser.conftest import OpenTab
from tests.browser.tab import Tab
from tests.pages.lead import Lead
from tests.pages.respondent import Respondent
from tests.program import Program
from webapp.security import Role

KEY = "culture.speaking-up"
TITLE = "Makes it safe to speak up"
WORDING = "I make it safe for anyone to speak up, and I act."


@pytest.fixture(autouse=True)
def consultation(program: Program) -> None:
    """A consultation that is open, made without a browser."""
    Lead(program.staff(Role.CONSULTATION_LEAD)).create_open()


def value_of(tab: Tab, control: str) -> str:
    return tab.page.locator(f"#{control}").input_value()


def go_on(tab: Tab, words: str) -> None:
    """Click a link that leads to a page of its own words."""
    tab.click(tab.page.get_by_role("link", name=words).first)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "without scripts"])
def test_somebody_begins_on_a_phone_and_ends_elsewhere(open_tab: OpenTab, scripts: bool) -> None:
    phone = open_tab(390, 844, scripts=scripts)
    person = Respondent(phone)
    person.introduce(positions=["provider-chair"])
    person.choose(KEY)
    person.open_item(KEY)
    person.save({f"{KEY}:comment": "Begun on the bus."}, button="Save and come back later")
    code = value_of(phone, "return-code")

    desk = open_tab(scripts=scripts)
    desk.open("/consultations")
    go_on(desk, "Return to a saved response")
    desk.press("Go on with your response", {"code": code.replace("-", " ").lower()})
    # It leads back to the question that was answered last.
    assert desk.page.url.partition("#")[0].endswith(f"/items/{KEY}")
    assert desk.page.locator(f'[name="{KEY}:comment"]').input_value() == "Begun on the bus."
    desk.press("Save and return to list", {f"{KEY}:wording": WORDING})

    # The phone still shows the page of before: what it says now is not lost either.
    person.open_item(KEY)
    assert phone.page.locator(f'[name="{KEY}:wording"]').input_value() == WORDING
    person.send()
    receipt = value_of(phone, "private-code")

    go_on(phone, "Read about these questions")
    phone.click(phone.page.get_by_role("button", name="Yes, show me the questions"))
    phone.page.get_by_label("Prefer not to say").first.check()
    phone.press("Send these answers")

    desk.open("/receipts")
    desk.press(values={"code": receipt})
    assert WORDING in desk.screen.text
    go_on(desk, "Change what may be published")
    desk.press(values={"publish": "not-at-all"})
    assert "What may be published is changed" in desk.screen.text
    go_on(desk, "Withdraw this response")
    desk.press("Withdraw")
    assert "Your response is withdrawn" in desk.screen.text
    assert WORDING not in desk.screen.text


class Ear:
    """Somebody who knows a page by its roles and names alone, as a screen reader tells them."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab

    @property
    def main(self) -> Locator:
        return self.tab.page.get_by_role("main")

    def heading(self) -> str:
        return self.main.get_by_role("heading", level=1).inner_text()

    def follow(self, name: str) -> None:
        self.tab.click(self.main.get_by_role("link", name=name))

    def press(self, name: str) -> None:
        self.tab.click(self.main.get_by_role("button", name=name, exact=True))

    def choose(self, group: str, name: str) -> None:
        self.main.get_by_role("group", name=group).get_by_role("radio", name=name).check()

    def tick(self, name: str) -> None:
        self.main.get_by_role("checkbox", name=name).check()

    def write(self, name: str, text: str) -> None:
        self.main.get_by_role("textbox", name=name).fill(text)


def test_somebody_who_listens_responds_by_role_and_name(tab: Tab) -> None:
    ear = Ear(tab)
    tab.open("/consultations")
    ear.follow("Board competencies for the example region")
    assert ear.heading() == "Board competencies for the example region"
    ear.press("Start now")
    ear.choose("as an individual or on behalf", "As an individual")
    ear.press("Save and continue")
    ear.choose("describes you best", "Governor of a foundation trust")
    ear.write("Your role", "Lead governor")
    ear.press("Save and continue")
    ear.choose("NHS England region", "Midlands")
    ear.press("Save and continue")
    ear.choose("anything to declare", "Yes")
    ear.write("What is your interest?", "I advise boards for a living.")
    ear.press("Save and continue")
    ear.choose("What may we publish?", "Yes, with the name")
    ear.write("Your name", "Sam Okafor")
    ear.press("Save and continue")
    ear.tick("Chair of an NHS provider")
    ear.press("Save and continue")
    ear.tick(TITLE)
    ear.press("Save and continue")
    ear.follow(TITLE)
    assert ear.heading() == TITLE
    ear.choose(f"How clear is the wording of ‘{TITLE}’?", "Mostly clear")
    ear.write(f"Do you have a comment on ‘{TITLE}’?", "Say who listens.")
    ear.write(f"Would you word the statement of ‘{TITLE}’ differently?", WORDING)
    # Saved while typing, and said once.
    said = ear.main.get_by_role("status").filter(has_text="saved")
    said.wait_for(state="attached")
    ear.press("Save and return to list")
    # It looks like a button, and is told as one.
    tab.click(ear.main.get_by_role("button", name="Check your answers and send"))
    removed = ear.main.get_by_role("deletion").all_inner_texts()
    added = ear.main.get_by_role("insertion").all_inner_texts()
    assert removed or added
    ear.press("Send your response")
    assert ear.heading() == "Response sent"
    assert ear.main.get_by_role("textbox", name="Your private code").input_value()
    ear.follow("See exactly what you sent")
    for words in ("Lead governor", "I advise boards for a living.", "Say who listens.", WORDING):
        assert words in ear.main.inner_text()
