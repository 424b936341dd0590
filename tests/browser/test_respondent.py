"""A respondent in a real browser: with scripts and without, on a phone, by keyboard alone."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenTab
from tests.browser.keyboard import Keyboard
from tests.browser.tab import Tab
from tests.pages.lead import Lead
from tests.pages.respondent import Respondent
from tests.program import Program
from webapp.security import Role

KEY = "culture.speaking-up"


@pytest.fixture(autouse=True)
def consultation(program: Program) -> None:
    """A consultation that is open, made without a browser."""
    Lead(program.staff(Role.CONSULTATION_LEAD)).create_open()


def respond(tab: Tab) -> Respondent[Tab]:
    """Go all the way from the list of consultations to the receipt."""
    person = Respondent(tab)
    tab.open("/consultations")
    tab.follow("Board competencies for the example region")
    person.introduce(positions=["provider-chair"], name="Sam Okafor")
    person.choose(KEY, domains=("governance",))
    person.open_item(KEY)
    person.save(
        {
            f"{KEY}:necessity:provider-chair": "essential",
            f"{KEY}:clarity": "mostly-clear",
            f"{KEY}:action": "reword",
            f"{KEY}:wording": "I make it safe for anyone to speak up, and I act.",
            f"{KEY}:comment": "Say who listens.",
        },
        button="Save and go to next unanswered",
    )
    person.open_list()
    assert "You have answered 1 of" in tab.screen.text
    person.send()
    assert tab.screen.heading == "Response sent"
    tab.follow("See exactly what you sent")
    assert "Say who listens." in tab.screen.text
    return person


@pytest.mark.parametrize(
    ("width", "scripts"),
    [(1280, True), (1280, False), (320, True)],
    ids=["desktop", "without scripts", "phone"],
)
def test_a_respondent_answers_checks_sends_and_keeps_a_copy(
    open_tab: OpenTab, width: int, scripts: bool
) -> None:
    tab = open_tab(width, scripts=scripts)
    respond(tab)
    file = tab.download(tab.page.get_by_role("button", name="Download as PDF"))
    assert file.startswith(b"%PDF-")


def test_a_respondent_needs_no_mouse(tab: Tab) -> None:
    keys = Keyboard(tab)
    tab.open("/consultations/example-region")
    keys.skip()
    keys.press("Start now")
    keys.reach("As an individual")
    keys.press("Save and continue")
    keys.reach("Governor of a foundation trust")
    keys.press("Save and continue")
    keys.reach("Midlands")
    keys.press("Save and continue")
    keys.reach("No")
    keys.press("Save and continue")
    keys.reach("Yes, without the name")
    keys.press("Save and continue")
    keys.tick("Chair of an NHS provider")
    keys.press("Save and continue")
    keys.tick("Makes it safe to speak up")
    keys.press("Save and continue")
    keys.press("Makes it safe to speak up")
    keys.type("Do you have a comment", "Typed without a mouse.")
    keys.press("Save and return to list")
    keys.press("Check your answers and send")
    keys.press("Send your response")
    assert tab.screen.heading == "Response sent"
    keys.press("See exactly what you sent")
    assert "Typed without a mouse." in tab.screen.text


@pytest.mark.parametrize("scripts", [True, False])
def test_a_mistake_leads_to_its_field_and_loses_nothing(open_tab: OpenTab, scripts: bool) -> None:
    tab = open_tab(320, scripts=scripts)
    person = Respondent(tab)
    person.introduce()
    person.choose(KEY)
    person.open_item(KEY)
    typed = "x" * 5000
    screen = person.save({f"{KEY}:comment": typed}, status=422)
    tab.page.locator(".nhsuk-error-summary a").first.click()
    field = tab.page.locator(f'[name="{KEY}:comment"]')
    assert field.evaluate("each => each === document.activeElement")
    assert field.input_value() == typed
    assert screen.errors[0].startswith("Shorten this by")


def test_two_tabs_on_one_answer_show_both_texts(tab: Tab) -> None:
    person = Respondent(tab)
    person.introduce()
    person.choose(KEY)
    second = Tab(tab.page.context.new_page(), tab.url)
    for each in (tab, second):
        each.open(f"{person.response}/items/{KEY}")
    tab.press("Save and return to list", {f"{KEY}:comment": "From the first tab"})
    second.press("Save and return to list", {f"{KEY}:comment": "From the second"}, status=409)
    assert "From the first tab" in second.screen.text
    assert "From the second" in second.page.locator("main").inner_text() + "".join(
        each.input_value() for each in second.page.locator("main textarea").all()
    )
