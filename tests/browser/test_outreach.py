"""The log of who was told, in a real browser."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenTab
from tests.browser.signing_in import sign_in
from tests.pages.lead import Lead
from tests.pages.outreach import OutreachLog
from tests.program import Program
from webapp.security import Role


@pytest.mark.parametrize("width", [1280, 320])
def test_an_officer_records_who_was_told_and_sees_who_has_not_answered(
    program: Program, open_tab: OpenTab, width: int
) -> None:
    Lead(program.staff(Role.CONSULTATION_LEAD)).create_open()
    email = "officer@meadowbank.example"
    program.add_staff(email, Role.CONSULTATION_OFFICER)
    tab = open_tab(width)
    log = OutreachLog(sign_in(program, tab, email))
    assert log.add(audience="", status=422).errors == ["Enter who was told"]
    log.add()
    log.paste("Riverside NHS Trust", "Hillside NHS Trust", "Hillside nhs trust")
    tab.press("Add them")
    log.correct("Riverside NHS Trust", note="By hand.")
    log.strike("Hillside NHS Trust", "It never went out.")
    assert "Not yet" in log.open("/organisations").text
    assert "Told and not answered yet" in log.open("/classes").text
