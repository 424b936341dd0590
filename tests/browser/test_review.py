"""A review in a real browser: every page held to axe, saved while somebody types."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import OpenTab
from tests.browser.tab import Tab
from tests.factories.reviews import write_what_signing_needs
from tests.pages.review import ReviewPages
from tests.program import Program
from webapp.security import Role

APPRAISER, APPRAISEE = "appraiser@meadowbank.example", "jo.hall@example.org"
CHIEF_EXECUTIVE = "Chief executive of an NHS provider"
SUMMARY = "[name='feedback:summary']"
STATUS = "[data-autosave-status]"
SPOKEN = "form [role=status]"


def sign_in(program: Program, tab: Tab, email: str = APPRAISER) -> Tab:
    tab.open("/sign-in")
    tab.press("", {"email": email})
    tab.open(program.link_to(email))
    tab.press("")
    return tab


def a_draft(program: Program, tab: Tab) -> ReviewPages[Tab]:
    program.add_staff(APPRAISER, Role.APPRAISER)
    pages = ReviewPages(sign_in(program, tab))
    pages.start(CHIEF_EXECUTIVE)
    return pages


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (320, True), (1280, False)])
def test_a_review_from_its_start_to_its_signatures(
    program: Program, open_tab: OpenTab, width: int, scripts: bool
) -> None:
    tab = open_tab(width, scripts=scripts)
    appraiser = a_draft(program, tab)
    appraiser.write("Feedback", {"feedback:summary": "Nine were asked."})
    with program.database.writing() as session:
        write_what_signing_needs(session, program.library, appraiser.path, program.clock())
    appraiser.press("Share with Jo Hall")
    other = open_tab(width, scripts=scripts)
    other.open(program.link_to(APPRAISEE))
    other.press("")
    appraisee = ReviewPages(other, appraiser.path)
    appraisee.open("/comments")
    other.press("Save", {"comments:agreement": "agree"})
    for tail in ("/sections/objectives", "/sections/domain.culture", "/people", "/withdraw"):
        appraiser.open(tail)
    appraiser.press("Finish revision 1")
    appraisee.sign("I would put the second objective first.")
    appraiser.sign()

    assert "State Signed" in tab.screen.text
    appraiser.open("/revisions/1")
    file = tab.download(tab.page.locator("button", has_text="Download this revision"))
    assert file.startswith(b"%PDF")
    appraiser.open("/amend")
    tab.open("/organisations/meadowbank/reviews")


class TestSavingWhileTyping:
    def test_what_is_typed_is_kept_without_a_button_and_spoken_once(
        self, program: Program, tab: Tab
    ) -> None:
        pages = a_draft(program, tab)
        pages.open("/sections/feedback")
        type_and_wait(tab, "Nine were asked.", "Saved at")
        expect(tab.page.locator(SPOKEN)).to_have_text("Your answers are saved while you type.")
        type_and_wait(tab, "Nine were asked and seven answered.", "Saved at")
        expect(tab.page.locator(SPOKEN)).to_have_text("")
        tab.check()

        tab.page.reload()
        assert tab.page.locator(SUMMARY).input_value() == "Nine were asked and seven answered."

    def test_a_save_by_button_after_one_by_script_is_no_conflict(
        self, program: Program, tab: Tab
    ) -> None:
        pages = a_draft(program, tab)
        pages.open("/sections/feedback")
        type_and_wait(tab, "Nine were asked.", "Saved at")
        tab.press("Save and continue", {"feedback:summary": "Nine were asked, all answered."})

        assert tab.screen.heading == "Objectives for the coming year"

    def test_a_button_pressed_while_the_script_saves_waits_for_it(
        self, program: Program, tab: Tab
    ) -> None:
        pages = a_draft(program, tab)
        pages.open("/sections/feedback")
        tab.page.route("**/sections/feedback", slowly)
        tab.page.locator(SUMMARY).fill("Nine were asked.")
        with tab.page.expect_request(lambda request: request.method == "POST"):
            pass
        tab.page.locator(SUMMARY).fill("Nine were asked, all answered.")
        with tab.arriving():
            tab.page.get_by_role("button", name="Save and continue").click()

        assert tab.screen.heading == "Objectives for the coming year"
        tab.page.unroute("**/sections/feedback")
        pages.open("/sections/feedback")
        assert tab.page.locator(SUMMARY).input_value() == "Nine were asked, all answered."

    def test_somebody_elses_text_stops_the_script_and_the_button_shows_both(
        self, program: Program, open_tab: OpenTab
    ) -> None:
        tab, other = open_tab(), open_tab()
        pages = a_draft(program, tab)
        program.clock.move(minutes=5)
        sign_in(program, other)
        for each in (tab, other):
            each.open(f"{pages.path}/sections/feedback")
        type_and_wait(tab, "Nine were asked.", "Saved at")
        type_and_wait(other, "Ten were asked.", "Somebody else changed this page")
        other.press("Save and continue", status=409)

        assert "Nine were asked." in other.screen.text
        assert other.page.locator(SUMMARY).input_value() == "Ten were asked."

    def test_without_a_connection_it_says_so_and_tries_again(
        self, program: Program, tab: Tab
    ) -> None:
        pages = a_draft(program, tab)
        pages.open("/sections/feedback")
        tab.page.context.set_offline(True)
        type_and_wait(tab, "Nine were asked.", "there is no connection")
        tab.page.context.set_offline(False)
        tab.page.locator(STATUS, has_text="Saved at").wait_for()


def type_and_wait(tab: Tab, words: str, status: str) -> None:
    """Type, and wait until what the page sent was answered and the status says so."""
    tab.page.locator(SUMMARY).fill(words)
    if status == "Saved at":
        with tab.page.expect_response(lambda response: response.request.method == "POST"):
            pass
        tab.page.wait_for_load_state("networkidle")
    tab.page.locator(STATUS, has_text=status).wait_for()


def slowly(route: Route) -> None:
    """Let a request wait for a moment before it goes on."""
    time.sleep(0.5)
    route.continue_()
