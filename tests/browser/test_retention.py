"""The schedule of erasing and a hold in a real browser, on a desktop and a phone."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenTab
from tests.browser.signing_in import sign_in
from tests.pages.responses import open_a_consultation
from tests.program import Program
from webapp.security import Role

EMAIL = "administrator@meadowbank.example"
PAGE = "/organisations/meadowbank/retention"


@pytest.mark.parametrize("width", [1280, 320])
def test_an_administrator_sees_the_schedule_and_places_a_hold(
    program: Program, open_tab: OpenTab, width: int
) -> None:
    consultation = open_a_consultation(program)
    program.add_staff(EMAIL, Role.ADMINISTRATOR)
    tab = open_tab(width)
    sign_in(program, tab, EMAIL)
    screen = tab.open(PAGE)
    assert "2 years after the consultation closes" in screen.text
    tab.open(f"{PAGE}/{consultation.slug}")
    tab.press("Place a hold", {"reason": ""}, status=422)
    tab.press("Place a hold", {"reason": "A court asks for it"})
    assert "A court asks for it" in tab.screen.text
    tab.press("Lift the hold", {"reason": "The court has ruled"})
    assert "The hold is lifted" in tab.screen.text
