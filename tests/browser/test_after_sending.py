"""What comes after a response, in a real browser: equality questions, and a list for notices."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.browser.conftest import OpenTab
from tests.browser.signing_in import sign_in
from tests.factories.equality import open_for, send_form
from tests.pages.respondent import Respondent
from tests.program import Program
from webapp.equality.services import plan_mixing
from webapp.security import Role

LEAD = "lead@meadowbank.example"
ANN = "ann@example.org"
OF_LEAD = "/organisations/meadowbank/consultations/example-region"


@pytest.mark.parametrize(
    ("width", "scripts"), [(390, True), (320, False)], ids=["phone", "narrow without scripts"]
)
def test_somebody_answers_about_themselves_and_asks_for_news(
    program: Program, open_tab: OpenTab, width: int, scripts: bool
) -> None:
    open_for(program)
    tab = open_tab(width, scripts=scripts)
    person = Respondent(tab)
    person.write()
    person.send()
    tab.follow("Read about these questions and decide")
    tab.follow("Yes, show me the questions")
    tab.press("Send these answers", {"answer-sex": "female", "answer-caring": "no"})
    assert tab.screen.heading == "Thank you for answering"
    tab.follow("Hear what becomes of this consultation")
    tab.press("Send me an email", {"email": "ann"}, status=422)
    tab.press("Send me an email", {"email": ANN})
    tab.open(program.link_to(ANN))
    tab.press("Confirm")
    assert tab.screen.heading == "You are on the list"


def test_a_lead_sends_a_notice_and_reads_the_counts(program: Program, open_tab: OpenTab) -> None:
    consultation = open_for(program)
    reader = program.browser()
    reader.open("/consultations/example-region/notices")
    reader.press("Send me an email", {"email": ANN})
    reader.open(program.link_to(ANN))
    reader.press("Confirm")
    program.add_staff(LEAD, Role.CONSULTATION_LEAD)
    tab = sign_in(program, open_tab(390), LEAD)
    tab.open(OF_LEAD)
    tab.follow("Send notices to those who asked for them")
    tab.follow("Write a notice")
    tab.press("Preview", {"subject": "", "text": "Thank you."}, status=422)
    tab.press("Preview", {"subject": "What we heard", "text": "Read it.\n\nThank you."})
    tab.press("Send to 1 address")
    program.deliver_mail()
    assert "Went to 1 of 1" in tab.open(f"{OF_LEAD}/notices").text
    assert "shown once, when they are final" in tab.open(f"{OF_LEAD}/equality").text

    with program.database.writing() as session:
        for number in range(30):
            sex = "female" if number % 2 else "male"
            send_form(session, consultation, program.home, {"sex": sex}, now=program.clock())
    program.clock.now = dt.datetime(2027, 2, 7, 18, tzinfo=dt.UTC)
    with program.database.writing() as session:
        plan_mixing(session, program.clock())
    program.deliver_mail()
    sign_in(program, tab, LEAD)
    assert "There are no totals" in tab.open(f"{OF_LEAD}/equality").text
