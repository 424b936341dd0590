"""Somebody leaves a response and comes back to it: another day, another device, by mail or code."""

from __future__ import annotations

import logging
import re

import pytest
from sqlalchemy import select

from tests.pages.client import Client, Screen
from tests.pages.respondent import Respondent
from tests.pages.responses import SLUG, a_writer, open_a_consultation, remember
from tests.program import Program
from webapp.consultations import services
from webapp.consultations.consultation import Consultation
from webapp.consultations.store.passes import add_pass
from webapp.persistence import Base
from webapp.security.tokens import hash_token, new_token, read_code
from webapp.web.pace import MAILS_AN_HOUR

SPEAKING = "culture.speaking-up"
COMMENT = f"{SPEAKING}:comment"
WORDING = f"{SPEAKING}:wording"
LATER = f"/consultations/{SLUG}/response/return"
EMAIL = "sam.okafor@example.org"

# What the two databases do differently is tested with the services; most pages need one of them.
ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def consultation(program: Program) -> Consultation:
    """A consultation that is open."""
    return open_a_consultation(program)


@pytest.fixture
def person(program: Program, consultation: Consultation) -> Respondent:
    """Somebody who has written a comment on it."""
    return a_writer(program, consultation)


def value_of(browser: Client, field: str) -> str:
    """Return what a field of the present page holds."""
    found = browser.screen.soup.find(id=field)
    assert found is not None, f"no {field} on {browser.screen.path}"
    return str(found.get("value") or found.get_text()).strip()


def code_of(person: Respondent, at: str = "") -> str:
    """Open the page with the return code, and return the code."""
    person.browser.open(f"{LATER}?at={at}" if at else LATER)
    return value_of(person.browser, "return-code")


def link_of(person: Respondent, at: str = "") -> str:
    """Open the page with the return code, and return the path of the link."""
    code_of(person, at)
    return value_of(person.browser, "return-link").removeprefix("http://localhost")


def go_on(browser: Client, link: str, **values: str) -> Screen:
    """Open a link and press its button."""
    browser.open(link)
    return browser.press("Go on with your response", dict(values))


def type_code(browser: Client, code: str, *, status: int = 200, **values: str) -> Screen:
    """Type a code on the page for all consultations."""
    browser.open("/return")
    return browser.press("Go on with your response", {"code": code, **values}, status=status)


def ask_for_mail(person: Respondent, email: str = EMAIL, *, status: int = 200) -> Screen:
    """Ask for a mail with a link."""
    person.browser.open(LATER)
    return person.browser.press("Send me a link", {"email": email}, status=status)


def place_of(screen: Screen) -> str:
    """Return where the last of some redirects led, with the field on the page."""
    return str(screen.response.history[-1].headers["Location"])


def rows(program: Program) -> str:
    """Return everything in the database as text."""
    with program.database.reading() as session:
        return "\n".join(
            f"{table.name} {row}"
            for table in Base.metadata.sorted_tables
            for row in sorted(map(repr, session.execute(select(table)).all()))
        )


class TestTheCode:
    def test_it_stands_in_groups_of_four_with_a_link_and_until_when(
        self, person: Respondent
    ) -> None:
        code = code_of(person)
        assert re.fullmatch(r"(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}", code)
        screen = person.browser.screen
        assert "5 February 2027, 5pm GMT" in screen.text
        assert "until 7 March 2027, 5pm GMT" in screen.text
        link = value_of(person.browser, "return-link")
        assert link == f"http://localhost{person.page}/return/{code}"
        assert screen.response.headers["Cache-Control"] == "no-store"
        assert screen.soup.select_one("meta[name=robots][content*=noindex]")
        screen = type_code(Client(person.browser.app), code)
        assert screen.path.startswith(f"{person.response}/items/{SPEAKING}")
        assert "Say who listens." in screen.response.text

    @ON_SQLITE
    def test_it_is_read_however_it_is_typed(self, program: Program, person: Respondent) -> None:
        code = code_of(person)
        for typed in (
            f"  {code.lower()} ",
            code.replace("0", "O").replace("1", "l"),
            code.replace("-", " "),
            code.replace("-", "\u2011"),
            value_of(person.browser, "return-link"),
            f"<{value_of(person.browser, 'return-link')}?at=culture>",
        ):
            screen = type_code(program.browser(), typed)
            assert screen.path.startswith(f"{person.response}/items/{SPEAKING}"), typed

    @ON_SQLITE
    def test_what_is_no_code_is_told_why(self, program: Program, person: Respondent) -> None:
        code = code_of(person)
        other = code[:-1] + ("0" if code[-1] != "0" else "1")
        browser = program.browser()
        for typed, message in (
            ("", "Enter your return code"),
            ("BM-7K3M-9QRT", "the reference of a response that was sent"),
            ("7K3M-9QRT-7K3M-9QRT-7K3M", "the one on a receipt"),
            (code[:-2], "28 letters and digits, and this has 26"),
            (code[:-1] + "U", "no return code has the character U"),
            (code[:-1] + "é", "no return code has the character É"),
            (other, "We do not know this return code"),
        ):
            screen = type_code(browser, typed, status=422)
            assert message in screen.errors[0], typed
            assert value_of(browser, "code") == typed.strip()

    @ON_SQLITE
    def test_a_new_one_ends_the_old_and_no_other(
        self, program: Program, person: Respondent
    ) -> None:
        old, other = code_of(person), program.browser()
        ask_for_mail(person)
        mailed = program.link_to(EMAIL)
        person.browser.press("Make a new code")
        new = value_of(person.browser, "return-code")
        assert new != old
        assert "You have a new return code" in person.browser.screen.text
        type_code(other, old, status=422)
        assert type_code(other, new).path.startswith(person.response)
        assert go_on(program.browser(), mailed).path.startswith(person.response)
        assert "Say who listens." in person.check().text, "this browser goes on"

    @ON_SQLITE
    def test_a_new_one_can_end_every_other_too(self, program: Program, person: Respondent) -> None:
        ask_for_mail(person)
        mailed = program.link_to(EMAIL)
        far = Respondent(program.browser())
        go_on(far.browser, mailed)
        assert "Say who listens." in far.check().text
        person.browser.open(LATER)
        person.browser.press("Make a new code", {"others": "end"})
        assert "could not find a response" in far.browser.open(far.response).text
        screen = program.browser().open(mailed, status=404)
        assert screen.heading == "We do not know this link"
        assert "Say who listens." in person.check().text

    @ON_SQLITE
    def test_ending_every_other_stops_a_mail_that_still_waits(
        self, program: Program, person: Respondent, consultation: Consultation
    ) -> None:
        ask_for_mail(a_writer(program, consultation), "other@example.org")
        ask_for_mail(person)
        person.browser.open(LATER)
        person.browser.press("Make a new code", {"others": "end"})
        assert EMAIL not in rows(program)
        program.deliver_mail()
        assert [sent.mail.to for sent in program.outbox.list_mails()] == ["other@example.org"]

    @ON_SQLITE
    def test_a_response_from_before_there_were_codes_is_offered_one(
        self, program: Program, person: Respondent
    ) -> None:
        secret = new_token()
        with program.database.writing() as session:
            way = services.find_way(session, read_code(code_of(person)))
            assert way is not None
            add_pass(session, way.draft_id, hash_token(secret), program.clock())
        remember(person.browser, secret)
        screen = person.browser.open(LATER)
        assert "has no return code yet" in screen.text
        assert secret not in screen.response.text
        person.browser.press("Make a new code")
        assert len(read_code(value_of(person.browser, "return-code"))) == 28


class TestTheLink:
    def test_opening_it_writes_nothing_and_its_button_leads_to_the_answer_saved_last(
        self, program: Program, person: Respondent
    ) -> None:
        link, browser = link_of(person), program.browser()
        before = rows(program)
        browser.open(link)
        assert rows(program) == before
        assert "response" not in str(browser.flask.get_cookie("boardmark"))
        browser.open(person.response)
        assert "could not find a response" in browser.screen.text, "only the button lets in"
        screen = go_on(browser, link)
        assert place_of(screen).endswith(f"/items/{SPEAKING}#culture-speaking-up-comment")
        assert screen.soup.find(id="culture-speaking-up-comment")

    @ON_SQLITE
    def test_it_leads_to_the_exact_place_where_somebody_left(
        self, program: Program, person: Respondent
    ) -> None:
        plain = link_of(person)
        for at, place in (
            (WORDING, f"/items/{SPEAKING}#culture-speaking-up-wording"),
            (SPEAKING, f"/items/{SPEAKING}"),
            ("culture.compassion:comment", f"/items/{SPEAKING}#culture-speaking-up-comment"),
            (f"{SPEAKING}:no-such", f"/items/{SPEAKING}"),
            ("%22%3E", f"/items/{SPEAKING}#culture-speaking-up-comment"),
        ):
            screen = go_on(program.browser(), f"{plain}?at={at}")
            assert place_of(screen).endswith(place), at
        with program.database.writing() as session:
            services.note_place(session, read_code(code_of(person)), WORDING)
        assert place_of(go_on(program.browser(), plain)).endswith("#culture-speaking-up-wording")

    @ON_SQLITE
    def test_it_says_that_others_who_have_it_read_what_is_written(
        self, program: Program, person: Respondent
    ) -> None:
        screen = program.browser().open(link_of(person))
        assert "Whoever else has this link can read and change" in screen.text
        assert screen.link("start a response of your own") == f"/consultations/{SLUG}"

    @ON_SQLITE
    def test_no_cache_keeps_it_and_no_other_page_is_told_of_it(
        self, program: Program, person: Respondent
    ) -> None:
        headers = program.browser().open(link_of(person)).response.headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "strict-origin"

    @ON_SQLITE
    def test_where_nothing_is_answered_it_leads_to_the_list(
        self, program: Program, consultation: Consultation
    ) -> None:
        person = a_writer(program, consultation, comment="")
        screen = go_on(program.browser(), link_of(person))
        assert screen.heading == "Your response"

    @ON_SQLITE
    def test_of_a_response_that_was_sent_it_leads_to_the_receipt(
        self, program: Program, person: Respondent
    ) -> None:
        link, code = link_of(person), code_of(person)
        person.send()
        browser = program.browser()
        for screen in (browser.open(link, status=410), type_code(browser, code, status=410)):
            assert screen.heading == "This response was sent"
            assert screen.link("open it with the private code") == "/receipts"

    @ON_SQLITE
    def test_after_closing_it_leads_to_what_was_written(
        self, program: Program, person: Respondent
    ) -> None:
        link = link_of(person)
        program.clock.move(days=75)
        browser = program.browser()
        assert browser.open(link).heading == "Read your response"
        screen = browser.press("Read your response")
        assert screen.heading == "Your response was not sent"
        assert "Say who listens." in screen.text
        screen = browser.open(LATER)
        assert "read what you had written until 7 March 2027" in screen.text
        assert "Make a new code" not in screen.text

    @ON_SQLITE
    def test_of_another_consultation_or_none_it_is_not_known(
        self, program: Program, person: Respondent
    ) -> None:
        browser = program.browser()
        for code in ("nothing", "0" * 28, "%00", "%C3%A9"):
            browser.open(f"{person.page}/return/{code}", status=404)
        browser.open("/consultations/nowhere/return/0000", status=404)


@ON_SQLITE
class TestABrowserThatHoldsAnotherResponse:
    @pytest.fixture
    def two(
        self, program: Program, consultation: Consultation, person: Respondent
    ) -> tuple[Respondent, Respondent]:
        """Two people, each with a response in a browser."""
        return person, a_writer(program, consultation, "From the second browser")

    def test_it_is_said_and_nothing_is_lost(self, two: tuple[Respondent, Respondent]) -> None:
        first, second = two
        link, own = link_of(first), code_of(second)
        browser = second.browser
        assert browser.open(link).heading == "This browser holds another response"
        assert value_of(browser, "other-code") == own
        screen = browser.follow("Stay with the response in this browser")
        assert "From the second browser" in second.check().text
        browser.open(link)
        screen = browser.press("I have kept that code: change over")
        assert "Say who listens." in screen.response.text
        screen = type_code(browser, own, status=409)
        assert screen.heading == "This browser holds another response"
        browser.press("I have kept that code: change over")
        assert "From the second browser" in second.check().text

    def test_a_post_that_has_not_seen_the_code_changes_nothing(
        self, program: Program, two: tuple[Respondent, Respondent]
    ) -> None:
        first, second = two
        link = link_of(first)
        second.browser.post(link, {"csrf_token": second.browser.proof()}, status=409)
        assert "From the second browser" in second.check().text

    def test_one_without_a_code_is_given_one_first(
        self, program: Program, two: tuple[Respondent, Respondent]
    ) -> None:
        first, second = two
        secret = new_token()
        with program.database.writing() as session:
            way = services.find_way(session, read_code(code_of(second)))
            assert way is not None
            add_pass(session, way.draft_id, hash_token(secret), program.clock())
        remember(second.browser, secret)
        link = link_of(first)
        screen = second.browser.open(link)
        assert "has no return code yet" in screen.text
        assert "I have kept that code" not in screen.text
        values = {"csrf_token": second.browser.proof(), "instead": "yes"}
        second.browser.post(link, values, status=409)
        assert "From the second browser" in second.check().text

    def test_its_own_link_leads_on_without_a_question(
        self, two: tuple[Respondent, Respondent]
    ) -> None:
        first, _ = two
        assert go_on(first.browser, link_of(first)).path.startswith(first.response)


class TestTheMail:
    def test_it_holds_a_way_of_its_own_and_the_address_is_kept_nowhere(
        self, program: Program, person: Respondent, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        code = code_of(person)
        screen = ask_for_mail(person)
        assert "The email is on its way" in screen.text
        assert EMAIL in rows(program), "the job has it until the mail is sent"
        mail = program.newest_mail_to(EMAIL).mail
        mailed = re.search(r"/return/(\S+)", mail.body)
        assert mailed
        assert mailed[1] != code
        assert "5 February 2027, 5pm GMT" in mail.body
        stored = rows(program)
        for secret in (EMAIL, code, read_code(code), mailed[1], read_code(mailed[1])):
            assert secret not in stored
            assert secret not in caplog.text
        screen = go_on(program.browser(), program.link_to(EMAIL))
        assert "Say who listens." in screen.response.text

    @ON_SQLITE
    def test_it_leads_to_the_place_from_which_it_was_asked_for(
        self, program: Program, person: Respondent
    ) -> None:
        person.browser.open(f"{LATER}?at={WORDING}")
        screen = person.browser.press("Send me a link", {"email": EMAIL})
        assert screen.soup.select_one("a.nhsuk-back-link[href$='culture.speaking-up']")
        screen = go_on(program.browser(), program.link_to(EMAIL))
        assert place_of(screen).endswith("#culture-speaking-up-wording")

    @ON_SQLITE
    def test_the_answer_is_the_same_whatever_the_address(
        self, program: Program, person: Respondent
    ) -> None:
        program.add_staff("known@meadowbank.example")
        known = ask_for_mail(person, "known@meadowbank.example").text
        assert ask_for_mail(person, "unknown@meadowbank.example").text == known

    @ON_SQLITE
    def test_three_are_enough_and_what_is_no_address_is_not_one(
        self, program: Program, person: Respondent
    ) -> None:
        screen = ask_for_mail(person, "no address", status=422)
        assert screen.errors[0].startswith("Enter an email address in the correct format")
        assert value_of(person.browser, "email") == "no address"
        person.browser.open(LATER)
        form = {"email": EMAIL, "csrf_token": person.browser.proof()}
        for _ in range(3):
            ask_for_mail(person)
        assert "as many emails as one response may ask for" in person.browser.screen.text
        person.browser.post(f"{LATER}/mail", form, status=422)
        program.deliver_mail()
        assert len(program.outbox.list_mails()) == 3

    @ON_SQLITE
    def test_many_responses_cannot_flood_one_mailbox(
        self, program: Program, consultation: Consultation
    ) -> None:
        victim, other = "victim@example.org", "other@example.org"
        for number in range(MAILS_AN_HOUR):
            ask_for_mail(a_writer(program, consultation), f"victim+{number}@example.org")
        person = a_writer(program, consultation)
        screen = ask_for_mail(person, victim, status=422)
        assert screen.errors[0].startswith("Many emails went to this address")
        ask_for_mail(person, other)
        program.deliver_mail()
        sent_to = [mail.mail.to for mail in program.outbox.list_mails()]
        assert victim not in sent_to
        assert len(sent_to) == MAILS_AN_HOUR + 1

    @ON_SQLITE
    def test_of_a_response_that_was_sent_meanwhile_none_goes_out(
        self, program: Program, person: Respondent
    ) -> None:
        ask_for_mail(person)
        person.send()
        program.deliver_mail()
        assert program.outbox.list_mails() == ()
        assert EMAIL not in rows(program)


@ON_SQLITE
class TestASharedDevice:
    def test_its_cookie_ends_with_the_browser(self, program: Program, person: Respondent) -> None:
        shared = program.browser()
        go_on(shared, link_of(person), shared="yes")
        cookie = shared.flask.get_cookie("boardmark")
        assert cookie is not None
        assert cookie.expires is None
        shared.open(LATER)
        shared.press("This is my own device")
        cookie = shared.flask.get_cookie("boardmark")
        assert cookie is not None
        assert cookie.expires is not None

    def test_it_can_be_said_at_the_start(
        self, program: Program, consultation: Consultation
    ) -> None:
        browser = program.browser()
        browser.open(f"/consultations/{SLUG}")
        browser.press("Start now", {"shared": "yes"})
        cookie = browser.flask.get_cookie("boardmark")
        assert cookie is not None
        assert cookie.expires is None
        assert "You told us that others use this device" in browser.open(LATER).text

    def test_it_forgets_a_response_after_showing_the_code_once_more(
        self, program: Program, person: Respondent
    ) -> None:
        code = code_of(person)
        person.browser.follow("Forget this response on this device")
        assert value_of(person.browser, "return-code") == code
        screen = person.browser.press("Forget this response on this device")
        assert screen.heading == "This device has forgotten your response"
        assert "could not find a response" in person.browser.open(person.response).text
        with person.browser.flask.session_transaction() as cookie:
            assert not [name for name in cookie if name.startswith("begun:")]
        assert type_code(person.browser, code).path.startswith(person.response)
        assert "Say who listens." in person.check().text
