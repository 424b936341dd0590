"""What a respondent sees and does after sending, and what becomes of what was not sent in time."""

from __future__ import annotations

import io
import re
from dataclasses import replace as with_changes
from pathlib import Path

import pytest
from pypdf import PdfReader

from exports.worker import Press
from tests.pages.client import Client, Screen
from tests.pages.lead import Lead
from tests.pages.respondent import Respondent
from tests.pages.responses import SLUG, a_writer, open_a_consultation
from tests.pages.together import Colleague
from tests.program import Program
from webapp.consultations import services
from webapp.consultations.consultation import Consultation
from webapp.consultations.counts import Totals
from webapp.persistence import Database
from webapp.security import Role

SPEAKING = "culture.speaking-up"
COMMENT = f"{SPEAKING}:comment"
WORDS = "Say who listens."

# What the two databases do differently is tested with the services; most pages need one of them.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def consultation(program: Program) -> Consultation:
    return open_a_consultation(program)


@pytest.fixture
def writer(program: Program, consultation: Consultation) -> Respondent:
    """Somebody who has written a comment and not sent it."""
    return a_writer(program, consultation)


@pytest.fixture
def person(writer: Respondent) -> Respondent:
    """Somebody who has just sent a response."""
    writer.send()
    return writer


@pytest.fixture
def receipt(person: Respondent) -> str:
    """The address of the receipt."""
    return f"/receipts/{person.code()}"


def totals(program: Program) -> Totals:
    with program.database.reading() as session:
        found = services.find_consultation(session, SLUG)
        assert found is not None
        return services.totals_of(session, found.id)


def reference_on(screen: Screen) -> str:
    found = re.search(r"BM-[0-9A-Z]{4}-[0-9A-Z]{4}", screen.text)
    assert found
    return found[0]


class TestWhatWasShown:
    def test_a_receipt_names_the_edition_with_the_digest_of_each_part(
        self, person: Respondent, receipt: str
    ) -> None:
        text = person.browser.open(receipt).text
        assert "Edition of the consultation 1" in text
        for part in ("Text of the consultation", "Impact assessment", "Privacy notice"):
            assert re.search(rf"{part} [0-9a-f]{{12}}", text), part
        assert re.search(r"Questionnaire, version 1.0.0 [0-9a-f]{12}", text)
        screen = person.browser.press("Download as PDF")
        printed = PdfReader(io.BytesIO(screen.response.data)).pages[0].extract_text()
        assert "Impact assessment" in printed


class TestTheConfirmation:
    def test_it_says_what_the_code_and_the_reference_are_for_and_lets_both_be_copied(
        self, person: Respondent
    ) -> None:
        screen = person.browser.screen
        copyable = [each.get_text().strip() for each in screen.soup.select("[data-copy] textarea")]
        assert copyable == [person.code(), reference_on(screen)]
        assert "replace or withdraw it" in screen.text
        assert "The reference opens nothing" in screen.text
        assert screen.soup.select_one("script[src$='copy.js']")

    def test_equality_questions_are_offered_once_something_was_sent_in_this_browser(
        self, program: Program, person: Respondent
    ) -> None:
        code = person.code()
        link = person.browser.screen.soup.select_one("a[href$='/equality']")
        assert link is not None
        assert link["rel"] == ["noreferrer"]
        with person.browser.flask.session_transaction() as cookie:
            assert cookie[f"equality:{SLUG}"] == "individual"
        elsewhere = program.browser().open(f"/receipts/{code}/sent")
        assert elsewhere.soup.select_one("a[href$='/equality']") is None

    def test_the_list_for_news_of_the_outcome_is_not_told_where_from(
        self, person: Respondent
    ) -> None:
        link = person.browser.screen.soup.select_one("a[href$='/notices']")
        assert link is not None
        assert link["rel"] == ["noreferrer"]

    def test_a_filled_trap_refuses_nobody_and_waits_for_a_look(
        self, program: Program, writer: Respondent
    ) -> None:
        writer.check()
        screen = writer.browser.press("Send your response", {"further_details": "x"})
        assert screen.heading == "Response sent"
        assert "A field was filled in that people do not see" in screen.text
        assert totals(program).submitted == 0

    def test_when_very_many_send_a_response_is_taken_and_held(
        self, program: Program, writer: Respondent
    ) -> None:
        surge = program.app.extensions["boardmark"].surge
        for _ in range(program.settings.sends_a_minute):
            surge.note("sends")
        screen = writer.send()
        assert "Very many responses came within the same minute" in screen.text

    def test_each_response_is_noted_once_however_often_it_is_posted(
        self, program: Program, writer: Respondent
    ) -> None:
        noted: list[str] = []
        surge = program.app.extensions["boardmark"].surge
        program.app.extensions["boardmark"] = with_changes(
            program.app.extensions["boardmark"], surge=_Listening(surge, noted)
        )
        writer.check()
        form = writer.browser.screen.form("Send your response")
        data = {str(each["name"]): str(each["value"]) for each in form.select("input")}
        for _ in range(3):
            writer.browser.post(f"{writer.response}/send", data)
        assert noted == ["sends"]


class _Listening:
    def __init__(self, surge: object, noted: list[str]) -> None:
        self._surge, self._noted = surge, noted

    def is_over(self, kind: str) -> bool:
        return False

    def note(self, kind: str) -> None:
        self._noted.append(kind)


class TestTheReceipt:
    def test_it_says_that_the_response_counts_and_what_can_be_done(
        self, person: Respondent, receipt: str
    ) -> None:
        screen = person.browser.open(receipt)
        assert "This response counts" in screen.text
        assert "Yes, with the name : Sam Okafor" in screen.text
        for words in ("Change what may be published", "Change your answers", "Withdraw this"):
            assert screen.link(words)

    @pytest.mark.parametrize("tail", ["", "/sent", "/permission", "/replace", "/withdraw"])
    def test_no_cache_keeps_its_pages_and_no_other_page_learns_the_code(
        self, program: Program, receipt: str, tail: str
    ) -> None:
        # Also for whoever comes without a cookie, and whatever the page then leads to.
        response = program.browser().open(receipt + tail).response
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "strict-origin"

    @pytest.mark.parametrize("tail", ["", "/sent", "/permission", "/replace", "/withdraw"])
    def test_a_code_that_is_wrong_tells_nothing(
        self, program: Program, receipt: str, tail: str
    ) -> None:
        browser = program.browser()
        pages = set()
        for code in (
            f"{receipt[:-1]}{'0' if receipt[-1] != '0' else '1'}",
            "/receipts/0",
            "/receipts/%00",
        ):
            screen = browser.open(f"{code}{tail}", status=404)
            pages.add(screen.response.text)
            if tail not in ("", "/sent"):
                data = {"csrf_token": browser.proof(), "publish": "unnamed"}
                browser.post(f"{code}{tail}", data, status=404)
            browser.post(f"{code}/pdf", {"csrf_token": browser.proof()}, status=404)
        assert len(pages) == 1

    def test_over_https_a_post_is_let_in_that_says_no_more_than_the_site(
        self, database: Database, tmp_path: Path, press: Press
    ) -> None:
        base = "https://localhost"
        flask = Program(database, tmp_path, press, url=base).browser().flask
        page = flask.get("/receipts", base_url=base).text
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found
        for referrer, status in ((f"{base}/", 422), ("https://evil.example/", 400), ("", 400)):
            headers = {"Referer": referrer} if referrer else {}
            answer = flask.post(
                "/receipts",
                base_url=base,
                headers=headers,
                data={"csrf_token": found[1], "code": "0000"},
            )
            assert answer.status_code == status


class TestPermission:
    def test_it_is_changed_with_the_law_on_the_same_page(
        self, person: Respondent, receipt: str
    ) -> None:
        person.browser.open(receipt)
        screen = person.browser.follow("Change what may be published")
        assert "Freedom of Information Act" in screen.text
        screen = person.browser.press("Save", {"publish": "not-at-all"})
        assert "What may be published is changed" in screen.text
        assert "No, do not publish any of it (changed on 23 November 2026" in screen.text
        assert "Sam Okafor" not in screen.text

    def test_a_name_is_asked_for_where_it_may_be_shown(
        self, person: Respondent, receipt: str
    ) -> None:
        person.browser.open(f"{receipt}/permission")
        screen = person.browser.press("Save", {"publish": "named", "name": ""}, status=422)
        assert screen.errors == ["Enter your name, or select to publish without it"]
        screen = person.browser.press("Save", {"publish": "gold"}, status=422)
        assert len(screen.errors) >= 1
        screen = person.browser.press("Save", {"publish": "named", "name": "S. Okafor"})
        assert "S. Okafor" in screen.text

    def test_after_closing_the_page_says_that_only_the_future_changes(
        self, program: Program, person: Respondent, receipt: str
    ) -> None:
        program.clock.move(days=75)
        screen = person.browser.open(receipt)
        assert "can no longer be replaced or withdrawn" in screen.text
        screen = person.browser.follow("Change what may be published")
        assert "what has been published already cannot be called back" in screen.text
        screen = person.browser.press("Save", {"publish": "unnamed"})
        assert "What may be published is changed" in screen.text


class TestReplacing:
    def test_everything_is_there_to_change_and_the_new_one_takes_its_place(
        self, program: Program, person: Respondent, receipt: str
    ) -> None:
        first = reference_on(person.browser.screen)
        person.browser.open(receipt)
        person.browser.follow("Change your answers and send them again")
        screen = person.browser.press("Make a copy to change")
        assert screen.heading == "Your response"
        assert WORDS in person.check().text
        assert f"take the place of your response {first}" in person.browser.screen.text
        person.open_item(SPEAKING)
        person.save({COMMENT: "Say who listens, and when."})
        assert "This response counts" in program.browser().open(receipt).text
        second = reference_on(person.send())
        assert second != first
        screen = person.browser.follow("See exactly what you sent")
        assert f"in place of {first}" in screen.text
        assert "and when." in screen.text
        screen = person.browser.open(receipt)
        assert f"This response was replaced by {second}" in screen.text
        assert "What you can do" not in screen.text
        assert WORDS in screen.text
        assert totals(program) == Totals(submitted=1, drafts=0)

    def test_beginning_twice_leads_to_the_same_copy(
        self, program: Program, person: Respondent, receipt: str
    ) -> None:
        for _ in range(2):
            person.browser.open(f"{receipt}/replace")
            person.browser.press("Make a copy to change")
        other = Respondent(program.browser())
        other.browser.open(f"{receipt}/replace")
        other.browser.press("Make a copy to change")
        other.open_item(SPEAKING)
        other.save({COMMENT: "From the other device"})
        assert "From the other device" in person.check().text
        assert totals(program).drafts == 1

    def test_a_browser_that_writes_something_else_is_given_the_way_back_to_it(
        self, program: Program, consultation: Consultation, person: Respondent, receipt: str
    ) -> None:
        own = a_writer(program, consultation, "Another response of mine")
        data = {"csrf_token": own.browser.proof()}
        screen = own.browser.post(f"{receipt}/replace", data, status=409)
        assert "This browser is writing another response" in screen.text
        code = screen.soup.select_one("#other-code")
        assert code is not None
        own.browser.press("Make a copy to change")
        assert WORDS in own.check().text
        back = Respondent(program.browser())
        back.browser.open("/return")
        back.browser.press("", {"code": code.get_text().strip()})
        assert "Another response of mine" in back.check().text

    def test_what_was_withdrawn_meanwhile_can_be_sent_on_its_own(
        self, program: Program, person: Respondent, receipt: str
    ) -> None:
        person.browser.open(f"{receipt}/replace")
        person.browser.press("Make a copy to change")
        elsewhere = program.browser()
        elsewhere.open(f"{receipt}/withdraw")
        elsewhere.press("Withdraw and erase it")
        screen = person.send(status=409)
        assert screen.heading == "Your earlier response can no longer be replaced"
        assert "nothing of it is lost" in screen.text
        screen = person.browser.press("Send it on its own")
        assert screen.heading == "Response sent"
        assert totals(program).submitted == 1

    def test_after_closing_its_pages_lead_back_to_the_receipt(
        self, program: Program, person: Respondent, receipt: str
    ) -> None:
        program.clock.move(days=75)
        for tail in ("/replace", "/withdraw"):
            assert person.browser.open(receipt + tail).path == receipt
            data = {"csrf_token": person.browser.proof(), "other": ""}
            assert person.browser.post(receipt + tail, data).path.partition("?")[0] == receipt
        assert "It was too late to withdraw" in person.browser.screen.text
        assert totals(program).submitted == 1


class TestWithdrawing:
    def test_the_copy_is_offered_first_and_then_the_words_are_gone(
        self, program: Program, person: Respondent, receipt: str
    ) -> None:
        person.browser.open(receipt)
        screen = person.browser.follow("Withdraw this response")
        assert "is erased at once" in screen.text
        copy = person.browser.press("Download as PDF").response
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(copy.data)).pages)
        assert WORDS in " ".join(text.split())
        person.browser.open(f"{receipt}/withdraw")
        screen = person.browser.press("Withdraw and erase it")
        assert "Your response is withdrawn" in screen.text
        assert "were erased then" in screen.text
        for gone in (WORDS, "Sam Okafor", "Download as PDF", "Change what may be published"):
            assert gone not in screen.text
        assert totals(program) == Totals(submitted=0, drafts=0)

    def test_a_second_click_shows_the_same_and_the_file_is_gone(
        self, person: Respondent, receipt: str
    ) -> None:
        data = {"csrf_token": person.browser.proof()}
        for _ in range(2):
            screen = person.browser.post(f"{receipt}/withdraw", data)
            assert "Your response is withdrawn" in screen.text
        screen = person.browser.post(f"{receipt}/pdf", data, status=410)
        assert "erased" in screen.text


class TestTogether:
    def test_a_colleague_who_does_not_lead_has_no_button_and_no_key(
        self, program: Program, consultation: Consultation
    ) -> None:
        lead = Colleague(program.browser(), name="Asha Rao")
        lead.introduce_organisation()
        lead.choose(SPEAKING)
        lead.open_item(SPEAKING)
        lead.save({COMMENT: WORDS})
        lead.lead()
        ben = Colleague(program.browser(), name="Ben Cole")
        ben.join(lead.joining_code())
        screen = ben.check()
        assert "Asha Rao decides when this response is sent" in screen.text
        assert screen.soup.select_one("input[name=key]") is None
        lead.check()
        key = lead.browser.screen.soup.select_one("input[name=key]")
        assert key is not None
        data = {"csrf_token": ben.browser.proof(), "key": str(key["value"])}
        screen = ben.browser.post(f"{ben.response}/send", data, status=403)
        assert "Asha Rao" in screen.text
        assert lead.send().heading == "Response sent"
        with lead.browser.flask.session_transaction() as cookie:
            assert cookie[f"equality:{SLUG}"] == "organisation"


class TestAfterClosing:
    def late(self, program: Program, writer: Respondent) -> Screen:
        program.clock.move(days=75)
        return writer.check()

    def test_a_draft_can_be_lodged_late_with_a_reason_and_waits(
        self, program: Program, writer: Respondent
    ) -> None:
        screen = self.late(program, writer)
        assert WORDS in screen.text
        screen = writer.browser.press("Lodge it as late", status=422)
        assert screen.errors == ["Enter why it comes late"]
        long = "x" * 2001
        screen = writer.browser.press("Lodge it as late", {"reason": long}, status=422)
        assert long in screen.response.text
        screen = writer.browser.press("Lodge it as late", {"reason": "Our board met late."})
        assert screen.heading == "Response lodged late"
        screen = writer.browser.follow("See exactly what you sent")
        assert "Late, waits for a decision" in screen.text
        assert WORDS in screen.text
        assert totals(program).submitted == 0

    def test_a_double_click_gives_the_same_receipt(
        self, program: Program, writer: Respondent
    ) -> None:
        self.late(program, writer)
        form = writer.browser.screen.form("Lodge it as late")
        data = {str(each["name"]): str(each["value"]) for each in form.select("input")}
        codes = set()
        for _ in range(2):
            writer.browser.post(f"{writer.response}/lodge", data | {"reason": "Late."})
            codes.add(writer.code())
        assert len(codes) == 1

    def test_a_page_that_was_open_at_closing_leads_to_it_with_what_was_typed(
        self, program: Program, writer: Respondent
    ) -> None:
        writer.open_item(SPEAKING)
        program.clock.move(days=75)
        screen = writer.save({COMMENT: "Too late, but long thought about"}, status=410)
        assert "Too late, but long thought about" in screen.text
        assert "Lodge it as late" in writer.browser.follow("Read what you had saved").response.text

    def test_before_closing_nothing_is_lodged(self, program: Program, writer: Respondent) -> None:
        key = writer.check().soup.select_one("input[name=key]")
        assert key is not None
        data = {
            "csrf_token": writer.browser.proof(),
            "key": str(key["value"]),
            "reason": "Planted",
        }
        screen = writer.browser.post(f"{writer.response}/lodge", data)
        assert screen.heading == "Check your answers before you send them"
        assert totals(program) == Totals(submitted=0, drafts=1)

    def test_a_month_later_it_is_too_late_for_that_too(
        self, program: Program, writer: Respondent
    ) -> None:
        self.late(program, writer)
        form = writer.browser.screen.form("Lodge it as late")
        data = {str(each["name"]): str(each["value"]) for each in form.select("input")}
        program.clock.move(days=31)
        assert "Lodge it as late" not in writer.check().response.text
        writer.browser.post(f"{writer.response}/lodge", data | {"reason": "Late."}, status=410)

    def test_what_says_too_little_about_its_sender_is_not_offered(
        self, program: Program, consultation: Consultation
    ) -> None:
        person = Respondent(program.browser())
        person.start()
        person.choose(SPEAKING)
        person.open_item(SPEAKING)
        person.save({COMMENT: WORDS})
        program.clock.move(days=75)
        screen = person.check()
        assert "Lodge it as late" not in screen.response.text
        assert WORDS in screen.text


class TestDecidedMeanwhile:
    def test_the_receipt_tells_what_was_decided_and_why(
        self, program: Program, person: Respondent, receipt: str
    ) -> None:
        reference = reference_on(person.browser.screen)
        lead = program.staff(Role.CONSULTATION_LEAD)
        lead.open(f"{Lead(lead).one()}/responses/{reference}")
        lead.press("Record this decision", {"decision": "remove", "reason": "It names a patient."})
        screen = Client(program.app).open(receipt)
        assert "was removed on 23 November 2026" in screen.text
        assert "It names a patient." in screen.text
        assert "Consultation Lead" not in screen.text, "who decided is not told"
