"""An administrator sees what will be erased, is warned, and places and lifts holds."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.pages.client import Client
from tests.pages.lead import Lead
from tests.pages.respondent import Respondent
from tests.program import Program
from webapp.consultations.services import find_consultation
from webapp.operations.routines import routines_for
from webapp.security import Role

ADDRESS = "administrator@meadowbank.example"
PAGE = "/organisations/meadowbank/retention"
OF_IT = f"{PAGE}/example-region"
WORDS = "Words of responses"


@pytest.fixture
def administrator(program: Program) -> Client:
    Lead(program.staff(Role.CONSULTATION_LEAD)).create_open()
    person = Respondent(program.browser())
    person.write()
    person.send()
    return program.staff(Role.ADMINISTRATOR, ADDRESS)


def pass_until(program: Program, days: int) -> None:
    """Let so many days pass after the consultation closed, and two in between."""
    with program.database.reading() as session:
        found = find_consultation(session, "example-region")
    assert found is not None
    for each in (days - 1, days):
        program.clock.now = found.ends_at + dt.timedelta(days=each, hours=1)
        tidy(program)


def tidy(program: Program) -> None:
    for routine in routines_for(program.app.extensions["boardmark"].files):
        with program.database.writing() as session:
            routine(session, program.clock())
    program.deliver_mail()


class TestTheSchedule:
    def test_says_what_is_kept_for_how_long_and_of_what(
        self, program: Program, administrator: Client
    ) -> None:
        screen = administrator.open(PAGE)
        assert "2 years after the consultation closes" in screen.text
        assert "Periods begin when it closes" in screen.text
        screen = administrator.open(OF_IT)
        assert WORDS in screen.text
        assert "Say who listens" not in screen.text, "an administrator reads no content"


class TestErasing:
    def test_is_announced_a_month_before_and_then_done_and_recorded(
        self, program: Program, administrator: Client
    ) -> None:
        pass_until(program, 699)
        assert not _warnings(program)
        pass_until(program, 701)
        mails = _warnings(program)
        assert len(mails) == 2, "one about names and one about words, however often it is looked"
        assert any(WORDS in mail for mail in mails)
        assert all("example-region" in mail for mail in mails)
        administrator = program.staff(Role.ADMINISTRATOR, "second@meadowbank.example")
        assert "as was announced" in administrator.open(OF_IT).text
        pass_until(program, 729)
        administrator = program.staff(Role.ADMINISTRATOR, "early@meadowbank.example")
        assert WORDS in administrator.open(OF_IT).text
        pass_until(program, 731)
        administrator = program.staff(Role.ADMINISTRATOR, "third@meadowbank.example")
        screen = administrator.open(OF_IT)
        assert "Nothing that people wrote is kept" in screen.text
        assert "What was erased" in screen.text
        assert "2 years after the consultation closes" in screen.text


class TestAHold:
    def test_is_placed_with_a_reason_and_lifted_with_another(self, administrator: Client) -> None:
        administrator.open(OF_IT)
        screen = administrator.press("Place a hold", {"reason": " "}, status=422)
        assert screen.errors == ["Enter a reason"]
        screen = administrator.press("Place a hold", {"reason": "A court asks for it"})
        assert "Nothing of this consultation is erased until it is lifted" in screen.text
        assert "A court asks for it" in screen.text
        assert "Held" in administrator.open(PAGE).text
        administrator.open(OF_IT)
        screen = administrator.press("Lift the hold", {"reason": "The court has ruled"})
        assert "The hold is lifted" in screen.text
        assert "The court has ruled" in screen.text

    def test_of_two_administrators_the_second_keeps_what_they_typed(
        self, program: Program, administrator: Client
    ) -> None:
        other = program.staff(Role.ADMINISTRATOR, "other@meadowbank.example")
        administrator.open(OF_IT)
        other.open(OF_IT)
        other.press("Place a hold", {"reason": "An inquiry"})
        screen = administrator.press("Place a hold", {"reason": "A court asks"}, status=409)
        assert "A court asks" in str(screen.form("Lift the hold"))
        assert "An inquiry" in screen.text

    def test_keeps_everything_for_as_long_as_it_lasts(
        self, program: Program, administrator: Client
    ) -> None:
        administrator.open(OF_IT)
        administrator.press("Place a hold", {"reason": "A court asks for it"})
        pass_until(program, 1000)
        assert not _warnings(program)
        administrator = program.staff(Role.ADMINISTRATOR, "second@meadowbank.example")
        assert "Stays until the hold is lifted" in administrator.open(OF_IT).text
        administrator.press("Lift the hold", {"reason": "The court has ruled"})
        tidy(program)
        assert _warnings(program)
        assert "as was announced" in administrator.open(OF_IT).text, "nobody is erased unannounced"


class TestAWithdrawalUnderAHold:
    def test_counts_at_once_and_erases_when_the_hold_is_lifted(self, program: Program) -> None:
        Lead(program.staff(Role.CONSULTATION_LEAD)).create_open()
        administrator = program.staff(Role.ADMINISTRATOR, ADDRESS)
        administrator.open(OF_IT)
        administrator.press("Place a hold", {"reason": "A court asks for it"})
        browser = program.browser()
        person = Respondent(browser)
        person.write()
        person.send()
        code = person.code()
        screen = browser.open(f"/receipts/{code}/withdraw")
        assert "because of a legal duty" in screen.text
        assert "erased at once" not in screen.text
        screen = browser.press("Withdraw it")
        assert "Your response is withdrawn" in screen.text
        assert "it is erased when that ends" in screen.text
        assert "Words of responses that were withdrawn" in administrator.open(OF_IT).text
        administrator.press("Lift the hold", {"reason": "The court has ruled"})
        tidy(program)
        assert "Nothing that people wrote is kept" in administrator.open(OF_IT).text
        screen = browser.open(f"/receipts/{code}")
        assert "were erased then" in screen.text


def _warnings(program: Program) -> list[str]:
    return [
        mail.mail.body
        for mail in program.outbox.list_mails()
        if mail.mail.subject.startswith("Erased on")
    ]
