"""Somebody hears what becomes of a consultation, and stops when they like."""

from __future__ import annotations

import pytest

from tests.factories.equality import open_for
from tests.pages.client import Client
from tests.pages.lead import Lead
from tests.program import Program
from webapp.consultations.consultation import Consultation
from webapp.security import Role
from webapp.web.pace import MAILS_AN_HOUR

SLUG = "example-region"
SIGN_UP = f"/consultations/{SLUG}/notices"
OF_LEAD = f"/organisations/meadowbank/consultations/{SLUG}/notices"
ANN = "ann@example.org"

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def consultation(program: Program) -> Consultation:
    """A consultation that is open."""
    return open_for(program)


@pytest.fixture
def lead(program: Program, consultation: Consultation) -> Client:
    """Its lead."""
    return program.staff(Role.CONSULTATION_LEAD)


def sign_up(program: Program, email: str = ANN) -> Client:
    browser = program.browser()
    browser.open(SIGN_UP)
    browser.press("Send me an email", {"email": email})
    return browser


def join(program: Program, email: str = ANN) -> Client:
    browser = sign_up(program, email)
    browser.open(program.link_to(email))
    browser.press("Confirm")
    return browser


def send(lead: Client, subject: str = "What we heard", words: str = "Thank you.") -> None:
    lead.open(OF_LEAD)
    lead.follow("Write a notice")
    lead.press("Preview", {"subject": subject, "text": words})
    lead.press("Send to")


class TestAReader:
    def test_comes_from_the_consultation_without_having_responded(
        self, program: Program, consultation: Consultation
    ) -> None:
        browser = program.browser()
        browser.open(f"/consultations/{SLUG}")
        screen = browser.follow("Hear by email what becomes of this consultation")
        assert screen.path == SIGN_UP
        assert "You need not have responded" in screen.text

    def test_confirms_by_a_mail_and_a_button(self, program: Program, lead: Client) -> None:
        browser = sign_up(program)
        assert browser.screen.heading == "Check your email"
        link = program.link_to(ANN)
        assert browser.open(link).heading == "Confirm your email address"
        assert "Confirmed addresses 0" in lead.open(OF_LEAD).text
        assert browser.press("Confirm").heading == "You are on the list"
        assert browser.open(link).heading == "You are on the list"
        assert "Confirmed addresses 1" in lead.open(OF_LEAD).text

    def test_learns_nothing_about_who_is_on_the_list(
        self, program: Program, consultation: Consultation
    ) -> None:
        join(program)
        pages = []
        for email in (ANN, "nobody@example.org", ANN, ANN, ANN):
            browser = sign_up(program, email)
            pages.append((browser.screen.path, browser.screen.text))
            program.deliver_mail()
        assert len(set(pages)) == 1

    def test_is_not_flooded_by_a_stranger_who_varies_the_address(
        self, program: Program, consultation: Consultation
    ) -> None:
        pages = {sign_up(program, f"ann+{number}@example.org").screen.text for number in range(15)}
        assert len(pages) == 1
        program.deliver_mail()
        assert len(program.outbox.list_mails()) == MAILS_AN_HOUR

    def test_keeps_a_secret_address_from_caches_and_other_pages(
        self, program: Program, consultation: Consultation
    ) -> None:
        sign_up(program)
        headers = program.browser().flask.get(program.link_to(ANN)).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "strict-origin"

    def test_is_told_what_is_wrong_with_an_address(
        self, program: Program, consultation: Consultation
    ) -> None:
        browser = program.browser()
        for typed, wrong in (
            ("", "Enter your email address"),
            ("ann", "Enter an email address in the correct format, such as name@example.org"),
            ("ann@example.org\r\nBcc: all@example.org", "Enter an email address in the correct"),
            ("a" * 300 + "@example.org", "Enter an email address of 254 characters or fewer"),
        ):
            browser.open(SIGN_UP)
            screen = browser.press("Send me an email", {"email": typed}, status=422)
            assert screen.errors[0].startswith(wrong)

    def test_stops_by_the_link_in_any_notice(self, program: Program, lead: Client) -> None:
        browser = join(program)
        join(program, "bob@example.org")
        send(lead)
        body = program.newest_mail_to(ANN).mail.body
        link = next(line for line in body.splitlines() if "/stop/" in line)
        link = link.removeprefix("http://localhost")
        assert ANN in browser.open(link).text
        assert browser.press("Stop").heading == "Your address is deleted"
        assert browser.open(link).heading == "Your address is deleted"
        send(lead, "More news")
        assert program.newest_mail_to("bob@example.org").mail.subject == "More news"
        assert program.newest_mail_to(ANN).mail.subject == "What we heard"

    def test_cannot_use_a_link_that_was_tampered_with(
        self, program: Program, consultation: Consultation
    ) -> None:
        browser = sign_up(program)
        link = program.link_to(ANN)
        for wrong in (
            link[:-1] + ("0" if link[-1] != "0" else "1"),
            link.replace("/confirm/", "/stop/"),
            f"{link}0",
        ):
            browser.open(wrong, status=404)
            browser.post(wrong, {"csrf_token": browser.proof()}, status=404)

    def test_is_told_that_a_link_is_over(self, program: Program, lead: Client) -> None:
        browser = join(program)
        confirm = browser.screen.path
        send(lead)
        body = program.newest_mail_to(ANN).mail.body
        stop = next(line for line in body.splitlines() if "/stop/" in line)
        browser.open(stop.removeprefix("http://localhost"))
        browser.press("Stop")
        assert browser.open(confirm, status=410).heading == "This link is over"

    def test_finds_no_list_of_a_consultation_that_is_not_there_or_not_open_yet(
        self, program: Program, lead: Client
    ) -> None:
        Lead(lead).create(slug="not-yet")
        for slug in ("nowhere", "not-yet"):
            program.browser().open(f"/consultations/{slug}/notices", status=404)


class TestALead:
    def test_sees_how_many_and_never_who(self, program: Program, lead: Client) -> None:
        join(program)
        lead.open(f"/organisations/meadowbank/consultations/{SLUG}")
        screen = lead.follow("Send notices")
        assert screen.path == OF_LEAD
        assert "Confirmed addresses 1" in screen.text
        assert ANN not in screen.response.text

    def test_reads_a_notice_once_more_changes_it_and_sends_it(
        self, program: Program, lead: Client
    ) -> None:
        join(program)
        lead.open(OF_LEAD)
        lead.follow("Write a notice")
        lead.press("Preview", {"subject": "What we haerd", "text": "One.\n\nTwo & <three>."})
        assert lead.screen.heading == "Send this notice?"
        assert "Two & <three>." in lead.screen.text
        lead.press("Change it")
        assert lead.screen.soup.select_one("textarea[name=text]") is not None
        lead.press("Preview", {"subject": "What we heard"})
        lead.press("Send to 1 address")
        assert "The notice is on its way." in lead.screen.text
        mail = program.newest_mail_to(ANN).mail
        assert mail.subject == "What we heard"
        assert mail.body.startswith("One.\n\nTwo & <three>.\n")
        text = lead.open(OF_LEAD).text
        assert "by Consultation-Lead. Went to 1 of 1 address." in text
        assert "Sent" in text

    def test_sends_once_however_often_the_button_is_pressed(
        self, program: Program, lead: Client
    ) -> None:
        join(program)
        lead.open(OF_LEAD)
        lead.follow("Write a notice")
        preview = lead.press("Preview", {"subject": "What we heard", "text": "Thank you."})
        lead.press("Send to 1 address")
        lead.screen = preview
        lead.press("Send to 1 address")
        program.deliver_mail()
        sent = [each for each in program.outbox.list_mails() if each.mail.to == ANN]
        assert [each.mail.subject for each in sent].count("What we heard") == 1
        assert lead.open(OF_LEAD).text.count("Went to 1 of 1") == 1

    def test_loses_nothing_of_what_was_typed_on_an_error(
        self, program: Program, lead: Client
    ) -> None:
        join(program)
        lead.open(f"{OF_LEAD}/new")
        screen = lead.press("Preview", {"subject": "", "text": "Long words."}, status=422)
        assert screen.errors == ["Enter a subject"]
        assert "Long words." in screen.response.text
        screen = lead.press("Preview", {"subject": "s" * 151, "text": "t" * 6001}, status=422)
        assert screen.errors == ["Shorten it to 150 characters", "Shorten it to 6,000 characters"]

    def test_cannot_send_to_nobody_and_keeps_what_was_written(
        self, program: Program, lead: Client
    ) -> None:
        assert "Write a notice" not in lead.open(OF_LEAD).text
        lead.open(f"{OF_LEAD}/new")
        lead.press("Preview", {"subject": "What we heard", "text": "Thank you."})
        screen = lead.press("Send to 0 addresses", status=409)
        assert "there is nobody to send this to" in screen.errors[0]
        assert "Thank you." in screen.response.text

    def test_writes_what_shows_as_the_words_that_were_typed(
        self, program: Program, lead: Client
    ) -> None:
        markup = "<img src=x onerror=alert(1)>"
        join(program)
        send(lead, markup, f"{markup}\n\n{{{{ 7 * 7 }}}}")
        screen = lead.open(OF_LEAD)
        assert screen.soup.select_one("img") is None
        assert markup in screen.text
        assert program.newest_mail_to(ANN).mail.subject == markup
