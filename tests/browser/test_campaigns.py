"""The pages of campaigns in a real browser, wide and narrow."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenTab
from tests.browser.signing_in import sign_in
from tests.factories.campaigns import send_campaign, send_text
from tests.factories.equality import open_for
from tests.factories.writing import COMMENT
from tests.program import Program
from webapp.security import Role

EMAIL = "lead@meadowbank.example"
CAMPAIGNS = "/organisations/meadowbank/consultations/example-region/campaigns"


@pytest.mark.parametrize("width", [1280, 320])
def test_a_lead_looks_at_a_campaign_and_at_results_without_it(
    program: Program, open_tab: OpenTab, width: int
) -> None:
    program.add_staff(EMAIL, Role.CONSULTATION_LEAD)
    consultation = open_for(program)
    with program.database.writing() as session:
        send_text(session, consultation, "I agree.", choice="useful", now=program.clock())
        send_campaign(session, consultation, now=program.clock())
    tab = sign_in(program, open_tab(width), EMAIL)
    tab.open(CAMPAIGNS)
    tab.press("Search the responses")
    program.deliver_mail()
    tab.open(CAMPAIGNS)
    tab.follow("Group 1")
    tab.press("Record this decision", {"reason": "It is on a website."}, status=422)
    tab.press("Record this decision", {"decision": "campaign", "reason": "It is on a website."})
    tab.follow("BM-")
    tab.open(f"{CAMPAIGNS}/results")
    tab.open(f"{CAMPAIGNS}/results?item={COMMENT.item}")
    assert "Essential 5 0" in tab.screen.text
