"""What is put right while people answer, in a real browser, checked by axe on every page."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenTab
from tests.browser.signing_in import sign_in
from tests.pages.lead import Lead
from tests.pages.respondent import Respondent
from tests.pages.responses import open_a_consultation
from tests.program import Program
from webapp.security import Role

EMAIL = "lead@meadowbank.example"
SPEAKING = "culture.speaking-up"
NECESSITY = f"{SPEAKING}:necessity:provider-chair"


@pytest.mark.parametrize("width", [1280, 320])
def test_a_lead_puts_a_question_right_and_a_respondent_is_told(
    program: Program, open_tab: OpenTab, width: int
) -> None:
    open_a_consultation(program)
    program.add_staff(EMAIL, Role.CONSULTATION_LEAD)
    person = Respondent(open_tab(width))
    person.introduce(positions=["provider-chair"])
    person.choose(SPEAKING)
    person.open_item(SPEAKING)
    person.save({NECESSITY: "essential"})

    lead = Lead(sign_in(program, open_tab(width), EMAIL))
    lead.put_right("The question on necessity now says at what moment.")
    assert "when somebody takes up the position?" in lead.browser.screen.text
    lead.confirm_revision()
    lead.browser.open(f"{lead.one()}/tally?of=culture")

    assert "before the wording was changed" in person.open_list().text
    page = person.open_item(SPEAKING)
    assert "You answered this before its wording was changed" in page.text
    person.browser.page.get_by_text("The wording that you answered").click()
    person.browser.page.get_by_text("nobody should hold the position without it").wait_for()
