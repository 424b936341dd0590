"""A consultation lead in a real browser: creates, opens and watches a consultation."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import OpenTab
from tests.browser.signing_in import sign_in
from tests.pages.lead import Lead
from tests.pages.respondent import Respondent
from tests.program import Program
from webapp.security import Role

EMAIL = "lead@meadowbank.example"


@pytest.mark.parametrize("width", [1280, 320])
def test_a_lead_creates_opens_counts_and_closes(
    program: Program, open_tab: OpenTab, width: int
) -> None:
    program.add_staff(EMAIL, Role.CONSULTATION_LEAD)
    tab = open_tab(width)
    lead = Lead(sign_in(program, tab, EMAIL))
    too_early: dict[str, Any] = {"closes_on-year": "2025"}
    screen = lead.begin(status=422, **too_early)
    assert screen.errors
    lead.create()
    tab.open(f"{lead.one()}/preview")
    tab.open(f"{lead.one()}/edit")
    tab.open(f"{lead.one()}/open")
    tab.open(f"{lead.one()}/documents")
    preview = lead.share()
    tab.open(preview)
    tab.open(f"{preview}/questions")
    lead.open()
    person = Respondent(program.browser())
    person.write()
    person.send()
    tab.open(lead.one())
    tab.open("/consultations/example-region/log")
    screen = tab.open(f"{lead.one()}/counts")
    assert "Responses" in screen.text
    assert tab.page.get_by_text("Governor of a foundation trust").count() == 1
    lead.extend("The post was on strike.")
    lead.close("The election was called.")
    assert "The election was called." in tab.screen.text
    tab.open(lead.all)
