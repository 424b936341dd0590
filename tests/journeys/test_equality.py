"""After a response: questions about oneself, apart from it, and what a lead sees of them."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select

from tests.factories.equality import open_for, send_form
from tests.pages.client import Client, filled_in
from tests.pages.lead import Lead
from tests.pages.respondent import Respondent
from tests.program import Program
from webapp.consultations.consultation import Consultation
from webapp.consultations.services import find_consultation
from webapp.equality.models import EqualityTrayRow
from webapp.equality.services import plan_mixing
from webapp.equality.views import cookie_name
from webapp.security import Role

ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

SLUG = "example-region"
OPT_IN = f"/consultations/{SLUG}/equality"
QUESTIONS = f"{OPT_IN}/questions"
OF_LEAD = f"/organisations/meadowbank/consultations/{SLUG}/equality"


@pytest.fixture
def consultation(program: Program) -> Consultation:
    """A consultation that is open."""
    return open_for(program)


@pytest.fixture
def lead(program: Program, consultation: Consultation) -> Client:
    """Its lead."""
    return program.staff(Role.CONSULTATION_LEAD)


@pytest.fixture
def person(program: Program, consultation: Consultation) -> Client:
    """Somebody who has just responded."""
    return responded(program)


def responded(program: Program, respondent_class: str = "individual") -> Client:
    browser = program.browser()
    with browser.flask.session_transaction() as cookie:
        cookie[cookie_name(SLUG)] = respondent_class
    return browser


def answer(browser: Client, **answers: str) -> None:
    browser.open(QUESTIONS)
    values = {f"answer-{name.replace('_', '-')}": value for name, value in answers.items()}
    browser.press("Send these answers", values)
    assert browser.screen.heading == "Thank you for answering"


def settle(program: Program) -> None:
    """Let the consultation close and the worker do its hourly work two days later."""
    program.clock.now = dt.datetime(2027, 2, 7, 18, tzinfo=dt.UTC)
    with program.database.writing() as session:
        plan_mixing(session, program.clock())
    program.deliver_mail()


def many_answer(
    program: Program, count: int, sex: str, *, respondent_class: str = "individual"
) -> None:
    """Let many answer, without the pages that others test."""
    with program.database.writing() as session:
        found = find_consultation(session, SLUG)
        assert found is not None
        for _ in range(count):
            send_form(
                session,
                found,
                program.home,
                {"sex": sex, "caring": "no"},
                respondent_class=respondent_class,
                now=program.clock(),
            )


def table(browser: Client, title: str) -> dict[str, list[str]]:
    """Return the rows of the table with this caption."""
    tables = browser.screen.soup.select("main table")
    (found,) = (each for each in tables if title in each.get_text())
    return {
        row.select("th")[0].get_text(): [cell.get_text() for cell in row.select("td")]
        for row in found.select("tbody tr")
    }


@ON_SQLITE
def test_a_form_without_an_answer_is_no_form(program: Program, consultation: Consultation) -> None:
    browser = responded(program)
    browser.open(QUESTIONS)
    browser.press("Send these answers")
    assert browser.screen.heading == "You chose not to answer"
    with program.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(EqualityTrayRow)) == 0
    # As after an answer, it is not offered again.
    assert "come after a response" in browser.open(QUESTIONS).text


@ON_SQLITE
def test_who_sends_a_response_is_offered_the_questions(
    program: Program, consultation: Consultation
) -> None:
    person = Respondent(program.browser())
    person.write()
    person.send()
    person.browser.follow("Read about these questions and decide")
    assert person.browser.screen.path == OPT_IN
    person.browser.follow("Yes, show me the questions")
    assert person.browser.screen.heading == "Questions about you"


@ON_SQLITE
class TestAnswering:
    def test_the_first_page_says_why_and_that_there_is_no_way_back(self, person: Client) -> None:
        text = person.open(OPT_IN).text
        for part in (
            "you do not have to answer any of them",
            "Public bodies must think about how",
            "Nothing connects them with your response",
            "at least 9 other people",
            "cannot be seen, changed or taken back",
            "deleted without being counted",
        ):
            assert part in text

    def test_every_question_says_why_it_is_asked_and_can_be_passed_over(
        self, person: Client
    ) -> None:
        screen = person.open(QUESTIONS)
        groups = screen.soup.select("main fieldset")
        assert len(groups) == 11
        for group in groups:
            labels = [each.get_text() for each in group.select("label")]
            assert labels[-1] == "Prefer not to say"
            assert group.select_one(".nhsuk-hint") is not None
        assert not screen.soup.select("main input[checked], main input[required]")
        answer(person, sex="prefer-not-to-say")

    def test_sex_and_gender_identity_are_two_questions(self, person: Client) -> None:
        text = person.open(QUESTIONS).text
        assert "What is your sex?" in text
        assert "Is the gender you identify with the same as your sex" in text

    def test_no_thank_you_is_the_end_of_it(self, person: Client) -> None:
        person.open(OPT_IN)
        screen = person.press("No thank you")
        assert screen.heading == "You chose not to answer"
        assert person.open(OPT_IN).heading == "These questions come after a response"

    def test_who_has_answered_is_not_asked_again(self, person: Client) -> None:
        answer(person, sex="female")
        assert person.open(OPT_IN).heading == "These questions come after a response"
        assert person.open(QUESTIONS).heading == "These questions come after a response"

    def test_who_has_not_responded_is_told_when_they_come(
        self, program: Program, consultation: Consultation
    ) -> None:
        browser = program.browser()
        assert browser.open(OPT_IN).heading == "These questions come after a response"
        values = {"csrf_token": browser.proof(), "answer-sex": "female"}
        screen = browser.post(QUESTIONS, values, status=410)
        assert screen.heading == "These answers were not taken"

    def test_an_answer_that_is_not_offered_is_refused_beside_its_question(
        self, person: Client
    ) -> None:
        person.open(QUESTIONS)
        screen = person.press(
            "Send these answers",
            {"answer-sex": "robot", "answer-age": "75-or-over"},
            status=422,
        )
        assert screen.errors == ["Select one of the answers, or none"]
        assert screen.soup.select_one("input[value='75-or-over'][checked]") is not None

    def test_a_double_click_counts_once(self, program: Program, person: Client) -> None:
        person.open(QUESTIONS)
        cookie = person.flask.get_cookie("boardmark")
        assert cookie is not None
        values = filled_in(person.screen.form()) | {"answer-sex": ["female"]}
        for _ in range(2):
            # The second click goes off before the answer to the first is there.
            person.flask.set_cookie("boardmark", cookie.value)
            assert person.post(QUESTIONS, values).heading == "Thank you for answering"
        with program.database.reading() as session:
            assert session.scalar(select(func.count(EqualityTrayRow.id))) == 1

    def test_they_are_closed_a_day_after_the_consultation(
        self, program: Program, person: Client
    ) -> None:
        program.clock.now = dt.datetime(2027, 2, 6, 16, 59, tzinfo=dt.UTC)
        person.open(QUESTIONS)
        program.clock.move(minutes=2)
        screen = person.press("Send these answers", {"answer-sex": "female"}, status=410)
        assert screen.heading == "These questions are closed"

    def test_no_page_of_them_is_indexed_or_kept_or_holds_a_code(self, person: Client) -> None:
        for path in (OPT_IN, QUESTIONS, f"{OPT_IN}/thanks"):
            screen = person.open(path)
            assert screen.response.headers["Cache-Control"] == "no-store"
            assert screen.soup.select_one("meta[name=robots]") is not None
            assert "/receipts/" not in screen.response.text

    def test_a_consultation_that_is_not_there_or_not_open_yet_has_none(
        self, program: Program, lead: Client
    ) -> None:
        Lead(lead).create(slug="not-yet")
        for slug in ("nowhere", "not-yet"):
            program.browser().open(f"/consultations/{slug}/equality", status=404)


class TestALead:
    @ON_SQLITE
    def test_sees_counts_by_class_when_they_are_final(self, program: Program, lead: Client) -> None:
        many_answer(program, 11, "female")
        many_answer(program, 12, "male")
        answer(responded(program), sex="male")
        many_answer(program, 10, "prefer-not-to-say", respondent_class="organisation")
        answer(responded(program, "organisation"), sex="prefer-not-to-say")
        before = lead.open(OF_LEAD)
        assert "The counts are shown once, when they are final" in before.text
        assert before.soup.find("table") is None

        settle(program)
        lead = program.sign_in("consultation-lead@meadowbank.example")
        lead.open(OF_LEAD)
        sexes = table(lead, "What is your sex?")
        assert sexes["Female"] == ["10", "0"]
        assert sexes["Male"] == ["15", "0"]
        assert sexes["Prefer not to say"] == ["0", "10"]
        caring = table(lead, "Do you look after")
        assert caring["No"] == ["*hidden", "*hidden"]
        assert caring["Yes, 9 hours a week or less"] == ["0", "0"]
        assert caring["Left blank"] == ["*hidden", "*hidden"]
        assert "There are no totals" in lead.screen.text

    @ON_SQLITE
    def test_sees_no_small_count(self, program: Program, lead: Client) -> None:
        many_answer(program, 3, "female")
        many_answer(program, 12, "male")
        settle(program)
        lead = program.sign_in("consultation-lead@meadowbank.example")
        lead.open(OF_LEAD)
        rows = table(lead, "What is your sex?")
        assert rows["Female"] == ["*hidden"]
        # Otherwise who knows how many answered could work it out.
        assert rows["Male"] == ["*hidden"]
        assert rows["Prefer not to say"] == ["0"]

    @ON_SQLITE
    def test_is_told_that_too_few_answered(self, program: Program, lead: Client) -> None:
        many_answer(program, 9, "female")
        settle(program)
        lead = program.sign_in("consultation-lead@meadowbank.example")
        assert "so few that their answers were deleted" in lead.open(OF_LEAD).text

    @ON_SQLITE
    def test_comes_there_from_the_consultation(self, lead: Client) -> None:
        lead.open(f"/organisations/meadowbank/consultations/{SLUG}")
        assert lead.follow("See who responded").path == OF_LEAD
