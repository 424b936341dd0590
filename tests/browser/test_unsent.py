"""What somebody types stays theirs: without a connection, a service or a cookie, and too late."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, Route, expect

from exports.worker import Press
from tests.browser.conftest import OpenTab
from tests.browser.server import free_port, serving
from tests.browser.tab import Tab
from tests.pages.respondent import Respondent
from tests.pages.responses import a_writer, open_a_consultation
from tests.program import Program
from webapp.persistence import Database

ITEM = "/consultations/example-region/response/items/culture.speaking-up"
LIST = "/consultations/example-region/response"
COMMENT = '[name="culture.speaking-up:comment"]:visible'
WORDING = '[name="culture.speaking-up:wording"]:visible'
STATUS = "[data-autosave-status]"
SPOKEN = "form [role=status]"
UNSENT = ".bm-unsent"
KEPT = "() => Object.keys(localStorage).filter(each => each.startsWith('boardmark:'))"
TEXT = "Say who listens, and when."


@dataclass
class Server:
    """A server that can be stopped and started again, at the same address."""

    app: Flask
    port: int
    running: ExitStack = field(default_factory=ExitStack)

    def start(self) -> None:
        """Serve."""
        self.running.enter_context(serving(self.app, self.port))

    def stop(self) -> None:
        """Stop answering, as a machine that is switched off."""
        self.running.close()


@pytest.fixture
def program(database: Database, tmp_path: Path, press: Press) -> Program:
    """A fresh installation with a consultation that is open."""
    return Program(database, tmp_path, press, url=f"http://127.0.0.1:{free_port()}")


@pytest.fixture
def server(program: Program) -> Iterator[Server]:
    """What serves it."""
    found = Server(program.app, int(program.url.rpartition(":")[2]))
    found.start()
    yield found
    found.stop()


@pytest.fixture
def person(program: Program, server: Server) -> Respondent:
    """Somebody who has begun a response, and answered nothing yet."""
    return a_writer(program, open_a_consultation(program), "")


@pytest.fixture
def tab(open_tab: OpenTab, person: Respondent) -> Tab:
    """Their browser, on the page of one competency."""
    tab = open_tab()
    let_in(tab, person)
    tab.open(ITEM)
    return tab


def let_in(tab: Tab, person: Respondent) -> None:
    """Give a browser the cookie of another."""
    name = person.browser.app.config["SESSION_COOKIE_NAME"]
    cookie = person.browser.flask.get_cookie(name)
    assert cookie is not None
    tab.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": tab.url}])


def another(tab: Tab, path: str = ITEM) -> Tab:
    """Open a second tab of the same browser."""
    second = Tab(tab.page.context.new_page(), tab.url)
    second.open(path)
    return second


def close_and_reopen(tab: Tab) -> Tab:
    """Close a tab and open its page in a new one."""
    context = tab.page.context
    tab.page.close()
    fresh = Tab(context.new_page(), tab.url)
    fresh.open(ITEM)
    return fresh


def kept(tab: Tab) -> list[str]:
    """Return the names of what the device keeps."""
    names: list[str] = tab.page.evaluate(KEPT)
    return names


def comment(tab: Tab) -> Locator:
    """Return the field for a comment."""
    return tab.page.locator(COMMENT)


def told(tab: Tab, words: str) -> None:
    """Wait until the page says something about saving."""
    tab.page.locator(STATUS, has_text=words).wait_for()


def saved(tab: Tab) -> None:
    """Wait until what is typed was acknowledged."""
    forgotten(tab)
    told(tab, "Saved at")


def forgotten(tab: Tab) -> None:
    """Wait until the device keeps nothing."""
    for _ in range(100):
        if not kept(tab):
            return
        tab.page.wait_for_timeout(100)
    raise AssertionError(f"still kept: {kept(tab)}")


def offered(tab: Tab) -> Locator:
    """Return what the page offers of what was typed before."""
    box = tab.page.locator(UNSENT).first
    box.wait_for()
    return box


def answer_with(page: Page, status: int, times: int = 1) -> None:
    """Let the service answer so, a number of times, before it answers by itself."""

    def refuse(route: Route) -> None:
        if route.request.method == "POST":
            wait = {"Retry-After": "1"}
            route.fulfill(status=status, headers=wait, body="Wait")  # codespell:ignore
        else:
            route.continue_()

    page.route("**/items/*", refuse, times=times)


class TestWhileTyping:
    def test_it_is_saved_said_once_and_then_gone_from_the_device(self, tab: Tab) -> None:
        comment(tab).fill(TEXT)
        (name,) = kept(tab)
        assert ITEM in name
        saved(tab)
        told(tab, "Saved at 9:30am GMT")
        expect(tab.page.locator(SPOKEN)).to_have_text("Your answers are saved while you type.")
        comment(tab).fill(f"{TEXT} Soon.")
        saved(tab)
        expect(tab.page.locator(SPOKEN)).to_have_text("")
        tab.open(ITEM)
        assert comment(tab).input_value() == f"{TEXT} Soon."
        told(tab, "Saved at 9:30am GMT")

    def test_leaving_by_a_link_saves_what_was_typed_last(self, tab: Tab) -> None:
        comment(tab).fill(TEXT)
        tab.follow("Back")
        tab.open(ITEM)
        assert comment(tab).input_value() == TEXT
        tab.page.wait_for_timeout(300)
        assert not tab.page.locator(UNSENT).count()
        assert not kept(tab)

    def test_a_wording_shows_its_change_when_it_is_saved(self, tab: Tab) -> None:
        present = tab.page.locator(WORDING).input_value()
        tab.page.locator(WORDING).fill(present.replace("I ", "We ", 1))
        saved(tab)
        change = tab.page.locator(".bm-change")
        expect(change.locator("del")).to_contain_text("I")
        expect(change.locator("ins")).to_contain_text("We")
        tab.check()
        tab.press("Start again from the present wording")
        assert tab.page.locator(WORDING).input_value() == present
        assert "We " in tab.page.locator(".nhsuk-inset-text", has_text="gave up").inner_text()
        tab.press("Put it back")
        assert tab.page.locator(WORDING).input_value().startswith("We ")
        assert not kept(tab)

    def test_the_button_shows_a_change_without_leaving_the_page(self, tab: Tab) -> None:
        tab.page.locator(WORDING).fill("I listen.")
        tab.page.get_by_role("button", name="Show my change").click()
        tab.page.locator(".bm-change ins").first.wait_for()
        shown = tab.page.evaluate("document.activeElement.id")
        assert shown == "culture-speaking-up-wording-change"
        assert tab.page.locator(WORDING).input_value() == "I listen."

    def test_what_cannot_be_saved_is_told_and_saved_once_it_can(self, tab: Tab) -> None:
        comment(tab).fill("x" * 4001)
        told(tab, "Something on this page cannot be saved")
        comment(tab).fill("x" * 4000)
        saved(tab)
        comment(tab).fill("x" * 4001)
        told(tab, "Something on this page cannot be saved")
        tab.press("Save and return to list", status=422)
        assert comment(tab).input_value() == "x" * 4001
        fresh = close_and_reopen(tab)
        assert "x" * 4001 in offered(fresh).inner_text()


class TestWithoutAConnection:
    def test_it_is_told_kept_and_saved_when_the_connection_is_back(self, tab: Tab) -> None:
        tab.page.context.set_offline(True)
        comment(tab).fill(TEXT)
        told(tab, "there is no connection")
        assert len(kept(tab)) == 1
        tab.page.get_by_role("button", name="Save and return to list").click()
        told(tab, "there is no connection")
        assert comment(tab).input_value() == TEXT
        tab.page.context.set_offline(False)
        saved(tab)

    def test_a_server_that_starts_again_is_found_again(self, tab: Tab, server: Server) -> None:
        server.stop()
        comment(tab).fill(TEXT)
        told(tab, "there is no connection")
        server.start()
        tab.press("Save and return to list")
        assert "Your answers are saved" in tab.screen.text
        assert not kept(tab)

    @pytest.mark.parametrize("status", [429, 503])
    def test_a_busy_service_is_asked_again(self, tab: Tab, status: int) -> None:
        answer_with(tab.page, status)
        comment(tab).fill(TEXT)
        told(tab, "the service is busy")
        saved(tab)

    def test_a_tab_that_was_closed_offers_its_words_and_puts_nothing_in_by_itself(
        self, tab: Tab
    ) -> None:
        tab.page.context.set_offline(True)
        comment(tab).fill(TEXT)
        tab.page.context.set_offline(True)
        context = tab.page.context
        tab.page.close()
        context.set_offline(False)
        fresh = Tab(context.new_page(), tab.url)
        fresh.open(ITEM)
        box = offered(fresh)
        assert "and it did not reach us" in box.inner_text()
        assert TEXT in box.inner_text()
        assert comment(fresh).input_value() == ""
        fresh.check()
        box.get_by_role("button", name="Put it into the form").click()
        assert comment(fresh).input_value() == TEXT
        assert comment(fresh).evaluate("each => each === document.activeElement")
        saved(fresh)
        fresh.open(ITEM)
        assert comment(fresh).input_value() == TEXT
        assert not fresh.page.locator(UNSENT).count()

    def test_the_check_page_leads_to_where_it_can_be_put_in(self, tab: Tab) -> None:
        fresh = lost_in_a_closed_tab(tab, TEXT)
        fresh.open(ITEM.rpartition("/items/")[0] + "/check")
        box = offered(fresh)
        assert TEXT in box.inner_text()
        box.get_by_role("link", name="Go to that page to put it in").click()
        fresh.page.wait_for_url(f"**{ITEM}")
        offered(fresh).get_by_role("button", name="Put it into the form").click()
        assert comment(fresh).input_value() == TEXT

    def test_what_is_thrown_away_is_gone(self, tab: Tab) -> None:
        fresh = lost_in_a_closed_tab(tab, TEXT)
        offered(fresh).get_by_role("button", name="Throw it away").click()
        assert not fresh.page.locator(UNSENT).count()
        assert not kept(fresh)
        assert comment(fresh).input_value() == ""

    def test_nothing_newer_is_overwritten(self, tab: Tab) -> None:
        fresh = lost_in_a_closed_tab(tab, "Older, and never sent")
        comment(fresh).fill("Newer, and saved")
        told(fresh, "Saved at")
        offered(fresh).get_by_role("button", name="Put it into the form").click()
        told(fresh, "Somebody else changed this page")
        fresh.press("Save and return to list", status=409)
        for text in ("Older, and never sent", "Newer, and saved"):
            assert text in fresh.screen.text


def lost_in_a_closed_tab(tab: Tab, text: str) -> Tab:
    """Type without a connection, close the tab, and open the page in a new one with one."""
    context = tab.page.context
    context.set_offline(True)
    comment(tab).fill(text)
    tab.page.close()
    context.set_offline(False)
    fresh = Tab(context.new_page(), tab.url)
    fresh.open(ITEM)
    return fresh


class TestTwoPages:
    def test_two_tabs_keep_their_words_apart_and_offer_nothing_that_is_open(self, tab: Tab) -> None:
        tab.page.route("**/items/*", lambda route: route.abort())
        comment(tab).fill("From the first tab")
        second = another(tab)
        second.page.wait_for_timeout(400)
        assert not second.page.locator(UNSENT).count(), "the first tab still shows it"
        comment(second).fill("From the second tab")
        assert len(kept(second)) == 2

    def test_a_clash_is_told_and_the_other_answers_go_on_being_saved(self, tab: Tab) -> None:
        second = another(tab)
        comment(tab).fill("From the first tab")
        saved(tab)
        comment(second).fill("From the second tab")
        told(second, "Somebody else changed this page")
        second.page.locator('[name="culture.speaking-up:action"][value="keep"]').check()
        second.page.wait_for_timeout(2600)
        tab.open(ITEM)
        expect(
            tab.page.locator('[name="culture.speaking-up:action"][value="keep"]')
        ).to_be_checked()
        second.press("Save and return to list", status=409)
        assert "From the first tab" in second.screen.text
        assert "From the second tab" in second.screen.text
        assert "Keep it" not in second.screen.text, "that one did not clash"
        second.press("Save these answers", {"keep:culture.speaking-up:comment": "saved"})
        assert not kept(second), "who decided is not asked again"

    def test_going_back_shows_what_is_saved_and_not_what_was(self, tab: Tab) -> None:
        comment(tab).fill("First")
        tab.press("Save and return to list")
        second = another(tab)
        comment(second).fill("Second")
        second.press("Save and return to list")
        tab.page.go_back()
        tab.page.wait_for_load_state("networkidle")
        value = comment(tab).input_value()
        if value == "First":
            # The whole page came back with its revision: saving shows both.
            comment(tab).fill("Third")
            tab.press("Save and return to list", status=409)
            assert "Second" in tab.screen.text
        else:
            assert value == "Second"

    def test_going_back_without_scripts_keeps_what_was_typed_over_nothing_newer(
        self, open_tab: OpenTab, person: Respondent
    ) -> None:
        one, other = open_tab(scripts=False), open_tab()
        for each in (one, other):
            let_in(each, person)
            each.open(ITEM)
        comment(one).fill("Typed only")
        one.follow("Back")
        one.page.go_back()
        expect(comment(one)).to_have_value("Typed only")
        one.press("Save and return to list")
        other.open(ITEM)
        other.press("Save and return to list", {"culture.speaking-up:comment": "Second"})
        one.page.go_back()
        expect(comment(one)).to_have_value("Second")

    def test_enter_saves_as_the_first_button_does(self, tab: Tab) -> None:
        tab.page.locator('[name="culture.speaking-up:action"][value="keep"]').check()
        with tab.arriving():
            tab.page.keyboard.press("Enter")
        assert ITEM not in tab.screen.path
        tab.open(ITEM)
        expect(
            tab.page.locator('[name="culture.speaking-up:action"][value="keep"]')
        ).to_be_checked()


class TestWhatIsOver:
    def test_closing_is_told_and_everything_typed_can_still_be_copied(
        self, tab: Tab, program: Program
    ) -> None:
        program.clock.move(days=75)
        comment(tab).fill(TEXT)
        told(tab, "can no longer be changed here")
        tab.press("Save and return to list", status=410)
        assert tab.screen.heading == "This consultation is not open"
        assert TEXT in tab.screen.text
        tab.open(f"{LIST}/check")
        assert TEXT in offered(tab).inner_text()
        tab.check()

    def test_what_came_too_late_to_be_saved_stays_when_the_rest_is_lodged(
        self, tab: Tab, program: Program
    ) -> None:
        comment(tab).fill("In time.")
        saved(tab)
        program.clock.move(days=75)
        comment(tab).fill(TEXT)
        told(tab, "can no longer be changed here")
        tab.open(f"{LIST}/check")
        tab.press("Lodge it as late", {"reason": "Our board met late."})
        assert tab.screen.heading == "Response lodged late"
        left = tab.page.locator("[data-unsent-left]")
        left.get_by_text("not part of what you lodged").wait_for()
        assert TEXT in left.inner_text()
        assert kept(tab)
        tab.check()

    def test_a_lost_cookie_loses_no_word_and_the_code_brings_it_back(
        self, tab: Tab, person: Respondent
    ) -> None:
        tab.page.context.clear_cookies()
        comment(tab).fill(TEXT)
        told(tab, "Choose Save to send it again")
        tab.press("Save and return to list", status=400)
        tab.press("Send it again", status=410)
        assert TEXT in tab.screen.text
        let_in(tab, person)
        tab.open(ITEM)
        assert TEXT in offered(tab).inner_text()
        tab.page.get_by_role("button", name="Put it into the form").click()
        saved(tab)

    def test_sending_forgets_what_was_kept_of_the_response(self, tab: Tab) -> None:
        comment(tab).fill(TEXT)
        saved(tab)
        fresh = lost_in_a_closed_tab(tab, "Never to be sent")
        assert kept(fresh)
        fresh.open(f"{LIST}/check")
        assert "Never to be sent" in offered(fresh).inner_text()
        fresh.press("Send your response")
        forgotten(fresh)

    def test_it_is_forgotten_after_sixty_days(self, tab: Tab) -> None:
        fresh = lost_in_a_closed_tab(tab, TEXT)
        for days, left in ((59, 1), (61, 0)):
            fresh.page.evaluate(
                """days => {
                  for (const [name, text] of Object.entries(localStorage)) {
                    const entry = JSON.parse(text);
                    entry.at = Date.now() - days * 86400000;
                    localStorage.setItem(name, JSON.stringify(entry));
                  }
                }""",
                days,
            )
            fresh.open(ITEM)
            fresh.page.wait_for_timeout(300)
            assert len(kept(fresh)) == fresh.page.locator(UNSENT).count() == left

    def test_a_device_that_others_use_keeps_nothing(
        self, open_tab: OpenTab, person: Respondent
    ) -> None:
        with person.browser.flask.session_transaction() as cookie:
            cookie["shared-device"] = True
        tab = open_tab()
        let_in(tab, person)
        tab.open(ITEM)
        tab.page.context.set_offline(True)
        comment(tab).fill(TEXT)
        told(tab, "there is no connection")
        assert not kept(tab)
        tab.page.context.set_offline(False)
        told(tab, "Saved at")
