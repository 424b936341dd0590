"""Staff sign in and out in a real browser, by link, by code, by keyboard."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenTab
from tests.browser.keyboard import Keyboard
from tests.browser.signing_in import sign_in
from tests.browser.tab import Tab
from tests.pages.sign_in import code_in
from tests.program import Program
from webapp.security import Role

EMAIL = "sam.hill@meadowbank.example"


@pytest.fixture(autouse=True)
def sam(program: Program) -> None:
    program.add_staff(EMAIL, Role.RECRUITER, Role.ADMINISTRATOR)


@pytest.mark.parametrize(("width", "scripts"), [(1280, False), (320, True)])
def test_staff_sign_in_by_link_and_out_again(
    program: Program, open_tab: OpenTab, width: int, scripts: bool
) -> None:
    tab = sign_in(program, open_tab(width, scripts=scripts), EMAIL)
    assert tab.screen.heading == "Your work"
    tab.follow("Meadowbank NHS Trust")
    tab.open("/organisations/meadowbank/members")
    screen = tab.press("Give the role", {"email": "nobody", "name": ""}, status=422)
    assert len(screen.errors) >= 2
    tab.click(tab.page.get_by_role("button", name="Sign out"))
    assert "signed out" in tab.screen.text
    tab.open("/staff")
    assert tab.screen.path.startswith("/sign-in?next=")


def test_staff_sign_in_by_code_without_a_mouse(program: Program, tab: Tab) -> None:
    keys = Keyboard(tab)
    tab.open("/")
    keys.press("Staff sign in")
    keys.type("Email address", "sam hill")
    keys.press("Send me an email", status=422)
    keys.type("Email address", EMAIL)
    keys.press("Send me an email")
    keys.type("Code from the email", "0000-0000")
    keys.press("Sign in", status=422)
    keys.type("Code from the email", code_in(program.newest_mail_to(EMAIL).mail.body))
    keys.press("Sign in")
    assert tab.screen.heading == "Your work"


def test_what_was_typed_is_kept_when_the_session_is_over(program: Program, tab: Tab) -> None:
    sign_in(program, tab, EMAIL)
    tab.open("/organisations/meadowbank/vacancies/new")
    program.clock.move(hours=3)
    values = {
        "title": "Chair of the board",
        "number": "V/1",
        "position": "board-leadership@1.0.0 provider-chair",
    }
    tab.press("Add the vacancy", values, status=401)
    second = Tab(tab.page.context.new_page(), tab.url)
    sign_in(program, second, EMAIL)
    # The cookie is a new one, so the page asks for one more press; nothing is typed again.
    tab.press("Send it again", status=400)
    tab.press("Send it again")
    assert tab.screen.heading == "Chair of the board"
