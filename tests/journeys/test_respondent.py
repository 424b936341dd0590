"""A respondent reads, says who they are, chooses, answers, checks, sends, and keeps a receipt."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from pypdf import PdfReader

from tests.factories.consultations import create_and_open, shipped_details
from tests.factories.editions import revise
from tests.pages.client import Client
from tests.pages.lead import Lead
from tests.pages.respondent import Respondent
from tests.program import Program
from webapp.consultations import services
from webapp.consultations.consultation import Actor
from webapp.consultations.counts import Totals
from webapp.consultations.opening import Period
from webapp.persistence import new_id
from webapp.security import Role

SPEAKING = "culture.speaking-up"
CLOSES = dt.datetime(2027, 2, 5, 17, tzinfo=dt.UTC)
COMMENT = f"{SPEAKING}:comment"
WORDING = f"{SPEAKING}:wording"


# What the two databases do differently is tested with the services; most pages need one of them.
ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def person(program: Program) -> Respondent:
    """Somebody who is about to respond to an open consultation of Meadowbank NHS Trust."""
    period = Period(program.clock() - dt.timedelta(minutes=30), CLOSES)
    by, organisation = Actor(new_id(), "Ada Lindqvist"), program.organisation
    with program.database.writing() as session:
        create_and_open(
            session,
            organisation_id=organisation.id,
            details=shipped_details(period=period),
            library=program.library,
            by=by,
            now=program.clock(),
        )
    return Respondent(program.browser())


def totals(program: Program, person: Respondent) -> Totals:
    """Return how many responses were sent and how many are being written."""
    with program.database.reading() as session:
        found = services.find_consultation(session, person.slug)
        assert found is not None
        return services.totals_of(session, found.id)


def present_wording(person: Respondent) -> str:
    area = person.browser.screen.soup.find("textarea", attrs={"name": WORDING})
    assert area is not None
    return area.get_text().strip()


@ON_SQLITE
class TestBeforeStarting:
    def test_the_page_says_what_why_until_when_and_what_becomes_of_answers(
        self, person: Respondent
    ) -> None:
        text = person.browser.open(person.page).text
        for part in (
            "To find out which competencies boards need.",
            "Every competency and its wording.",
            "That there will be a framework.",
            "within 12 weeks",
            "Meadowbank NHS Trust",
            "5 February 2027, 5pm GMT",
            "Freedom of Information Act",
            "version 1.1.0-beta.1",
        ):
            assert part in text
        link = person.browser.screen.link("as a booklet (PDF)")
        assert link == "/frameworks/board-leadership/1.1.0-beta.1/booklet.pdf"

    def test_a_look_at_it_starts_nothing(self, program: Program, person: Respondent) -> None:
        person.browser.open(person.page)
        assert totals(program, person).drafts == 0

    def test_without_a_started_response_every_page_leads_to_the_start(
        self, person: Respondent
    ) -> None:
        for path in ("", "/choose", "/check", "/about-you/who", f"/items/{SPEAKING}"):
            screen = person.browser.open(person.response + path)
            assert screen.path.startswith(person.page)
            assert "could not find a response" in screen.text

    def test_a_consultation_that_is_not_there_is_not_found(self, person: Respondent) -> None:
        person.browser.open("/consultations/nowhere", status=404)
        person.browser.open("/consultations/nowhere/response", status=404)


@ON_SQLITE
class TestSayingWhoTheyAre:
    def test_an_individual_is_led_from_page_to_page_and_to_the_choice(
        self, person: Respondent
    ) -> None:
        screen = person.introduce(positions=["provider-chair"], name="Sam Okafor")
        assert screen.heading == "What do you want to answer about?"
        statuses = person.statuses()
        for title in ("Responding as", "Who is responding", "NHS England region", "Publishing"):
            assert statuses[title] == "Completed"

    def test_an_organisation_gives_its_name_its_kind_and_how_it_came_to_its_view(
        self, person: Respondent
    ) -> None:
        press = person.browser.press
        person.start()
        press("Save and continue", {"responds_as": "organisation"})
        screen = press("Save and continue", status=422)
        assert screen.errors == [
            "Enter the name of the organisation",
            "Select the kind of organisation",
        ]
        press(
            "Save and continue",
            {
                "organisation_name": "Example <b>Union</b>",
                "respondent_class": "union",
                "gathered": "A survey of 900 members",
            },
        )
        text = person.check().text
        assert "Example <b>Union</b>" in text
        assert "Trade union" in text
        assert "A survey of 900 members" in text

    def test_the_law_on_disclosure_is_on_the_page_about_publishing(
        self, person: Respondent
    ) -> None:
        person.start()
        screen = person.browser.open(f"{person.response}/about-you/publishing")
        assert "Freedom of Information Act" in screen.text

    def test_who_wants_to_be_named_gives_a_name(self, person: Respondent) -> None:
        person.start()
        person.browser.press("Save and continue", {"responds_as": "individual"})
        person.browser.open(f"{person.response}/about-you/publishing")
        screen = person.browser.press("Save and continue", {"publish": "named"}, status=422)
        assert screen.errors == ["Enter your name, or select to publish without it"]

    def test_a_name_that_is_not_to_be_published_is_not_kept(self, person: Respondent) -> None:
        person.start()
        person.browser.press("Save and continue", {"responds_as": "individual"})
        person.browser.open(f"{person.response}/about-you/publishing")
        person.browser.press("Save and continue", {"publish": "unnamed", "name": "Sam Okafor"})
        assert "Sam Okafor" not in person.check().response.text

    def test_nothing_selected_is_said_beside_the_question(self, person: Respondent) -> None:
        person.start()
        screen = person.browser.press("Save and continue", status=422)
        assert screen.errors == ["Select how you are responding"]

    def test_what_is_not_offered_is_refused(self, person: Respondent) -> None:
        person.start()
        person.browser.press("Save and continue", {"responds_as": "robot"}, status=422)
        person.browser.open(f"{person.response}/about-you/positions")
        person.browser.press("Save and continue", {"positions": ["emperor"]}, status=422)
        person.browser.open(f"{person.response}/about-you/age", status=404)

    def test_a_change_from_the_check_page_leads_back_to_it(self, person: Respondent) -> None:
        person.write()
        person.check()
        person.browser.follow("Change NHS England region")
        screen = person.browser.press("Save and continue", {"region": "london"})
        assert screen.heading == "Check your answers before you send them"
        assert "London" in screen.text

    def test_who_turns_into_an_organisation_is_asked_which_before_going_back(
        self, person: Respondent
    ) -> None:
        person.write()
        person.check()
        person.browser.follow("Change Responding as")
        screen = person.browser.press("Save and continue", {"responds_as": "organisation"})
        assert screen.heading == "Which organisation are you responding for?"
        screen = person.browser.press(
            "Save and continue", {"organisation_name": "A union", "respondent_class": "union"}
        )
        assert screen.heading == "Check your answers before you send them"


@ON_SQLITE
class TestChoosing:
    def test_a_whole_domain_stands_for_everything_in_it(self, person: Respondent) -> None:
        person.introduce()
        person.choose(domains=("culture",))
        chosen = [title for title in person.statuses() if re.match(r"\d+\.\d+ ", title)]
        assert len(chosen) > 5
        assert any(title.startswith("The domain as a whole: ") for title in person.statuses())

    def test_what_was_chosen_stays_ticked_and_can_be_taken_off(self, person: Respondent) -> None:
        person.introduce()
        person.choose(SPEAKING, "culture.compassion")
        screen = person.browser.open(f"{person.response}/choose")
        ticked = [each["value"] for each in screen.soup.select("input[name=competency][checked]")]
        assert SPEAKING in ticked
        person.choose()
        assert person.statuses()["Choose domains and competencies"].startswith("0 of")

    def test_only_what_is_on_the_list_has_a_page(self, person: Respondent) -> None:
        person.introduce()
        person.choose(SPEAKING)
        person.browser.open(f"{person.response}/items/culture.no-such-thing", status=404)
        person.browser.open(f"{person.response}/items/profile.provider-chair", status=404)


@ON_SQLITE
class TestAnswering:
    def test_a_page_shows_the_statement_the_place_and_a_question_for_each_position(
        self, person: Respondent
    ) -> None:
        person.introduce(positions=["provider-chair", "provider-chief-executive"])
        person.choose(SPEAKING, domains=("culture",))
        text = person.open_item(SPEAKING).text
        assert re.search(r"\d of \d+ chosen", text)
        assert "How it is recognised" in text
        names = {
            str(each["name"])
            for each in person.browser.screen.soup.select(f"input[name^='{SPEAKING}:necessity']")
        }
        assert names == {
            f"{SPEAKING}:necessity:provider-chair",
            f"{SPEAKING}:necessity:provider-chief-executive",
        }

    def test_the_status_follows_the_answers(self, person: Respondent) -> None:
        person.introduce(positions=["provider-chair"])
        person.choose(SPEAKING)
        title = next(each for each in person.statuses() if re.match(r"\d+\.\d+ ", each))
        assert person.statuses()[title] == "Not started"
        person.open_item(SPEAKING)
        person.save({COMMENT: "Say who listens."})
        assert person.statuses()[title] == "Started"
        person.open_item(SPEAKING)
        person.save(
            {
                f"{SPEAKING}:necessity:provider-chair": "essential",
                f"{SPEAKING}:clarity": "very-clear",
                f"{SPEAKING}:action": "keep",
            }
        )
        assert person.statuses()[title] == "Answered"

    def test_save_and_next_leads_through_everything_and_then_to_the_list(
        self, person: Respondent
    ) -> None:
        person.introduce(positions=["provider-chair"])
        person.choose(SPEAKING)
        person.open_item(SPEAKING)
        seen = []
        for field in (
            COMMENT,
            "culture:missing",
            "profile.provider-chair:profile-comment",
            "consultation:overall-comment",
        ):
            seen.append(person.browser.screen.heading)
            screen = person.save({field: "Words"}, button="Save and go to next unanswered")
        assert len(set(seen)) == 4
        assert screen.heading == "Your response"

    def test_a_suggested_wording_starts_from_the_present_one_and_unchanged_is_no_answer(
        self, person: Respondent
    ) -> None:
        person.introduce()
        person.choose(SPEAKING)
        person.open_item(SPEAKING)
        before = present_wording(person)
        person.save({})
        assert "You have not answered anything yet" in person.check().text
        person.open_item(SPEAKING)
        person.save({WORDING: "I make it safe to speak."})
        assert "I make it safe to speak." in person.check().text
        person.open_item(SPEAKING)
        assert present_wording(person) == "I make it safe to speak."
        person.save({WORDING: before})
        assert "You have not answered anything yet" in person.check().text

    def test_a_text_that_is_too_long_is_kept_and_said_so(self, person: Respondent) -> None:
        person.introduce()
        person.choose(SPEAKING)
        person.open_item(SPEAKING)
        screen = person.save({COMMENT: "x" * 4100}, status=422)
        assert "Shorten this by 100 characters" in screen.errors[0]
        assert "x" * 4100 in screen.response.text

    def test_what_is_typed_is_shown_as_it_was_typed(self, person: Respondent) -> None:
        typed = "<script>alert(1)</script>\r\n\r\n=2+5 {{ 7*7 }} Cymraeg ŵ 👩🏽‍⚕️ \x00"
        person.write(typed)
        screen = person.check()
        assert "<script>alert(1)</script>" in screen.text
        assert "=2+5 {{ 7*7 }} Cymraeg ŵ 👩🏽‍⚕️" in screen.text
        assert "<script>alert" not in screen.response.text

    def test_what_is_taken_off_the_list_is_not_sent_and_comes_back_with_it(
        self, person: Respondent
    ) -> None:
        person.write("Remember me")
        person.choose("culture.compassion")
        assert "Remember me" not in person.check().text
        person.choose(SPEAKING)
        assert "Remember me" in person.check().text

    def test_a_choice_can_be_taken_back(self, person: Respondent) -> None:
        person.introduce()
        person.choose(SPEAKING)
        person.open_item(SPEAKING)
        person.save({f"{SPEAKING}:action": "remove"})
        assert "Remove it" in person.check().text
        person.open_item(SPEAKING)
        person.save({f"{SPEAKING}:action": ""})
        assert "Remove it" not in person.check().text

    def test_an_option_that_is_not_offered_is_refused(self, person: Respondent) -> None:
        person.introduce()
        person.choose(SPEAKING)
        person.open_item(SPEAKING)
        screen = person.save({f"{SPEAKING}:action": "explode"}, status=422)
        assert "Choose one of the answers shown" in screen.errors[0]


class TestTwoTabs:
    @pytest.fixture
    def tabs(self, person: Respondent) -> tuple[Respondent, Client]:
        """Two tabs of one browser, both with the page open, the first saved."""
        person.introduce()
        person.choose(SPEAKING)
        person.open_item(SPEAKING)
        second = Client(person.browser.app)
        second.flask = person.browser.flask
        second.open(f"{person.response}/items/{SPEAKING}")
        person.save({COMMENT: "From the first tab", f"{SPEAKING}:action": "keep"})
        return person, second

    def stale(self, second: Client) -> None:
        second.press(
            "Save and return to list",
            {COMMENT: "From the second tab", f"{SPEAKING}:clarity": "very-clear"},
            status=409,
        )

    def test_a_stale_save_shows_both_texts_and_keeps_the_first_saved(
        self, tabs: tuple[Respondent, Client]
    ) -> None:
        person, second = tabs
        self.stale(second)
        assert second.screen.heading == "These answers were changed in two places"
        assert "From the first tab" in second.screen.text
        assert "From the second tab" in second.screen.text
        text = person.check().text
        assert "From the first tab" in text
        assert "Very clear" in text, "what did not clash is saved"

    @pytest.mark.parametrize(
        ("keep", "expected"),
        [
            ("saved", ["From the first tab"]),
            ("sent", ["From the second tab"]),
            ("both", ["From the first tab", "From the second tab"]),
        ],
    )
    def test_either_or_both_can_be_kept(
        self, tabs: tuple[Respondent, Client], keep: str, expected: list[str]
    ) -> None:
        person, second = tabs
        self.stale(second)
        second.press("Save these answers", {f"keep:{COMMENT}": keep})
        text = person.check().text
        for tab in ("From the first tab", "From the second tab"):
            assert (tab in text) == (tab in expected)
        assert "Keep it as it is" in text

    def test_nothing_decided_is_asked_again_with_both_texts(
        self, tabs: tuple[Respondent, Client]
    ) -> None:
        _, second = tabs
        self.stale(second)
        screen = second.press("Save these answers", status=422)
        assert screen.errors == ["Select which answer to keep"]
        assert "From the second tab" in screen.text
        second.press("Save these answers", {f"keep:{COMMENT}": "sent"})
        assert second.screen.heading == "Your response"

    def test_both_together_may_not_be_too_long(self, tabs: tuple[Respondent, Client]) -> None:
        _, second = tabs
        self.stale(second)
        screen = second.press(
            "Save these answers",
            {
                f"keep:{COMMENT}": "both",
                f"both:{COMMENT}": "y" * 4001,
                f"keep:{SPEAKING}:action": "saved",
            },
            status=422,
        )
        assert "Shorten this by 1" in screen.errors[0]
        assert "y" * 4001 in screen.response.text

    def test_a_third_tab_can_clash_again(self, tabs: tuple[Respondent, Client]) -> None:
        person, second = tabs
        self.stale(second)
        person.open_item(SPEAKING)
        person.save({COMMENT: "From the first tab again"})
        screen = second.press(
            "Save these answers",
            {f"keep:{COMMENT}": "sent", f"keep:{SPEAKING}:action": "saved"},
            status=409,
        )
        assert "From the first tab again" in screen.text
        assert "From the second tab" in screen.text


class TestSending:
    def test_the_confirmation_gives_a_reference_and_the_code_to_keep(
        self, person: Respondent
    ) -> None:
        person.write()
        screen = person.send()
        assert screen.heading == "Response sent"
        assert re.search(r"BM-[0-9A-Z]{4}-[0-9A-Z]{4}", screen.text)
        assert "The private code is yours alone" in screen.text
        assert "23 November 2026, 9:30am GMT" in screen.text

    def test_the_receipt_shows_everything_that_was_sent(self, person: Respondent) -> None:
        person.write("Say who listens,\r\nand when.")
        person.send()
        screen = person.browser.follow("See exactly what you sent")
        for part in ("Say who listens,", "and when.", "Sam Okafor", "Midlands", "BM-"):
            assert part in screen.text
        assert screen.soup.select_one("meta[name=robots][content*=noindex]")
        assert screen.response.headers["Cache-Control"] == "no-store"

    def test_the_code_opens_it_on_another_device_and_the_reference_does_not(
        self, program: Program, person: Respondent
    ) -> None:
        person.write()
        screen = person.send()
        found = re.search(r"BM-\S+", screen.text)
        assert found
        code, browser = person.code(), program.browser()
        browser.open("/receipts")
        assert browser.press("Show my response", {"code": found[0]}, status=422).errors
        assert browser.press("Show my response", status=422).errors
        screen = browser.press("Show my response", {"code": f" {code.lower()} "})
        assert "Say who listens." in screen.text
        browser.open("/receipts/0000-0000-0000-0000-0000", status=404)

    @ON_SQLITE
    def test_the_pdf_holds_exactly_what_was_sent(self, person: Respondent) -> None:
        person.write("Say who listens, and when.")
        person.send()
        person.browser.press("Download as PDF")
        response = person.browser.screen.response
        assert response.mimetype == "application/pdf"
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(response.data)).pages)
        assert "Say who listens, and when." in " ".join(text.split())
        assert "Sam Okafor" in text

    def test_a_double_click_and_a_lost_reply_give_the_same_receipt(
        self, program: Program, person: Respondent
    ) -> None:
        person.write()
        person.check()
        form = person.browser.screen.form("Send your response")
        data = {str(each["name"]): str(each["value"]) for each in form.select("input")}
        codes = set()
        for _ in range(3):
            person.browser.post(f"{person.response}/send", data)
            codes.add(person.code())
        assert len(codes) == 1
        assert totals(program, person).submitted == 1

    def test_a_page_from_before_a_revision_sends_nothing_and_says_what_changed(
        self, program: Program, person: Respondent
    ) -> None:
        person.write("Kept words")
        person.check()
        with program.database.writing() as session:
            found = services.find_consultation(session, person.slug)
            assert found is not None
            revise(session, found, "A question was worded anew.")
        screen = person.browser.press("Send your response", status=409)
        assert "Nothing was sent yet" in screen.text
        assert "A question was worded anew." in screen.text
        assert "Kept words" in screen.text
        assert totals(program, person).submitted == 0
        person.browser.press("Send your response")
        assert totals(program, person).submitted == 1

    def test_nothing_to_send_is_said_kindly(self, person: Respondent) -> None:
        person.introduce()
        assert "Send your response" not in person.check().text.partition("Your answers")[2]
        screen = person.browser.post(
            f"{person.response}/send",
            {"csrf_token": person.browser.proof(), "key": "anything"},
            status=409,
        )
        assert "started another response" in screen.text

    def test_who_is_responding_is_asked_for_before_sending(self, person: Respondent) -> None:
        person.start()
        person.choose(SPEAKING)
        person.open_item(SPEAKING)
        person.save({COMMENT: "Words"})
        screen = person.send(status=422)
        assert screen.errors == [
            "Say how you are responding",
            "Say who is responding",
            "Say what we may publish",
        ]

    def test_after_sending_a_page_that_is_still_open_says_so_and_shows_what_was_typed(
        self, person: Respondent
    ) -> None:
        person.write()
        other = Client(person.browser.app)
        other.flask = person.browser.flask
        other.open(f"{person.response}/items/{SPEAKING}")
        person.send()
        screen = other.press("Save and return to list", {COMMENT: "One more thing"}, status=410)
        assert screen.heading == "This response was sent already"
        assert "One more thing" in screen.text

    def test_another_response_can_be_started_afterwards(self, person: Respondent) -> None:
        person.write()
        person.send()
        person.start()
        assert "You have not answered anything yet" in person.check().text

    def test_the_button_leads_on_with_what_was_started(self, person: Respondent) -> None:
        person.write()
        person.browser.open(person.page)
        assert person.browser.press("Continue your response").heading == "Your response"

    def test_one_browser_does_not_see_anothers_response(
        self, program: Program, person: Respondent
    ) -> None:
        person.write("Mine alone")
        other = Respondent(program.browser())
        other.write("Something else")
        assert "Mine alone" not in other.check().text


class TestAfterClosing:
    def test_nothing_can_be_started_changed_or_sent_and_nothing_typed_is_lost(
        self, program: Program, person: Respondent
    ) -> None:
        person.write()
        person.check()
        form = person.browser.screen.form("Send your response")
        data = {str(each["name"]): str(each["value"]) for each in form.select("input")}
        person.open_item(SPEAKING)
        program.clock.move(days=75)
        screen = person.save({COMMENT: "Too late, but long thought about"}, status=410)
        assert screen.heading == "This consultation is not open"
        assert "Too late, but long thought about" in screen.text
        screen = person.browser.post(f"{person.response}/send", data, status=410)
        assert screen.heading == "This consultation is not open"
        screen = program.browser().open(person.page)
        assert "has closed" in screen.text
        assert "Start now" not in screen.text

    def test_a_draft_can_still_be_read(self, program: Program, person: Respondent) -> None:
        person.write("My draft")
        program.clock.move(days=75)
        for path in ("", "/choose", "/about-you/who", f"/items/{SPEAKING}", "/check"):
            screen = person.browser.open(person.response + path)
            assert screen.heading == "Your response was not sent"
            assert "My draft" in screen.text

    def test_closing_early_stops_it_at_once(self, program: Program, person: Respondent) -> None:
        person.write()
        person.check()
        Lead(program.staff(Role.CONSULTATION_LEAD)).close("An election")
        screen = person.browser.press("Send your response", status=410)
        assert screen.heading == "This consultation is not open"

    def test_a_start_from_a_page_that_was_open_is_refused(
        self, program: Program, person: Respondent
    ) -> None:
        person.browser.open(person.page)
        program.clock.move(days=75)
        screen = person.browser.press("Start now")
        assert "has closed" in screen.text

    def test_a_receipt_stays(self, program: Program, person: Respondent) -> None:
        person.write()
        person.send()
        code = person.code()
        program.clock.move(days=200)
        assert "Say who listens." in program.browser().open(f"/receipts/{code}").text


@ON_SQLITE
class TestSize:
    def test_the_list_and_the_check_page_of_everything_stay_small(self, person: Respondent) -> None:
        person.introduce(positions=["provider-chair"])
        screen = person.browser.open(f"{person.response}/choose")
        every = [str(each["value"]) for each in screen.soup.select("input[name=domain]")]
        assert len(every) == 6
        person.choose(domains=tuple(every))
        person.open_list()
        person.check()
