"""A consultation lead creates, previews, opens and closes a consultation, and sees the counts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pages.lead import FILLED, Lead
from tests.pages.respondent import Respondent
from tests.program import Program
from webapp.security import Role

# What the two databases do differently is tested with the services; most pages need one of them.
ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def lead(program: Program) -> Lead:
    return Lead(program.staff(Role.CONSULTATION_LEAD))


@ON_SQLITE
class TestCreating:
    def test_a_consultation_begins_as_a_draft_that_nobody_outside_sees(
        self, program: Program, lead: Lead
    ) -> None:
        screen = lead.create()
        assert screen.heading == FILLED["title"]
        assert "saved as a draft" in screen.text
        assert "Opens 23 November 2026, 9am GMT" in screen.text
        assert "10 weeks and 4 days" in screen.text
        assert FILLED["title"] not in program.browser().open("/consultations").text
        program.browser().open("/consultations/example-region", status=404)

    def test_the_list_shows_it_with_its_counts(self, lead: Lead) -> None:
        lead.create()
        row = lead.browser.open(lead.all).soup.select_one("tbody tr")
        assert row is not None
        assert " ".join(row.get_text(" ").split()).endswith("Responses 0 Being written 0")

    def test_everything_missing_is_said_at_once_and_what_was_typed_stays(self, lead: Lead) -> None:
        screen = lead.create(title="", purpose="", opens_time="soon", slug="Not A Slug", status=422)
        assert screen.errors == [
            "Enter a title",
            "Use small letters, digits and single hyphens only",
            "Enter what is consulted on, and why",
            "Enter a time, such as 9am or 5:30pm",
        ]
        assert "Not A Slug" in str(screen.soup.find("input", attrs={"name": "slug"}))

    def test_only_versions_that_are_published_for_consultation_are_offered(
        self, lead: Lead
    ) -> None:
        screen = lead.browser.open(f"{lead.all}/new")
        options = [each["value"] for each in screen.soup.select("#framework option")]
        assert options == ["board-leadership@1.1.0-beta.1"]
        screen = lead.create(framework="board-leadership@1.0.0", status=422)
        assert len(screen.errors) == 1

    def test_an_address_is_used_once(self, lead: Lead) -> None:
        lead.create()
        assert "web address" in lead.create(status=422).errors[0]
        assert "used by the service" in lead.create(slug="new", status=422).errors[0]

    def test_closing_must_come_after_opening(self, lead: Lead) -> None:
        screen = lead.create(status=422, **{"closes_on-year": "2025"})
        assert screen.errors == ["The closing date must be after the opening date"]

    def test_an_hour_that_the_clocks_leave_out_is_refused(self, lead: Lead) -> None:
        changes = {"closes_on-day": "28", "closes_on-month": "3", "closes_time": "1:30am"}
        assert "go forward" in lead.create(status=422, **changes).errors[0]

    def test_a_date_that_does_not_exist_is_refused(self, lead: Lead) -> None:
        screen = lead.create(status=422, **{"closes_on-day": "31"})
        assert "real date" in screen.errors[0]

    def test_a_short_one_is_warned_about_and_not_forbidden(self, lead: Lead) -> None:
        changes: dict[str, Any] = {
            "closes_on-day": "11",
            "closes_on-month": "12",
            "closes_on-year": "2026",
        }
        screen = lead.create(**changes)
        assert "open for 2 weeks and 4 days. At least 6 weeks is sensible" in screen.text
        lead.browser.follow("Open the consultation")
        assert "At least 6 weeks" in lead.browser.screen.text
        lead.browser.press("Open this consultation")

    def test_a_draft_is_previewed_as_the_public_will_see_it(self, lead: Lead) -> None:
        lead.create()
        screen = lead.browser.follow("Preview the consultation")
        assert FILLED["purpose"] in screen.text
        assert "What respondents are asked" in screen.text

    def test_a_draft_is_edited(self, lead: Lead) -> None:
        lead.create()
        assert lead.edit(title="A better title").heading == "A better title"
        assert "Edited" in lead.browser.screen.text

    def test_two_leads_who_edit_at_once_lose_nothing(self, program: Program, lead: Lead) -> None:
        lead.create()
        other = Lead(program.staff(Role.CONSULTATION_LEAD, "other.lead@meadowbank.example"))
        lead.browser.open(f"{lead.one()}/edit")
        other.edit(purpose="What the other lead wrote")
        screen = lead.browser.press("Save", {"purpose": "What I wrote"}, status=409)
        assert "What the other lead wrote" in screen.text
        assert screen.soup.find("textarea", attrs={"name": "purpose"}).get_text().strip() == (  # type: ignore[union-attr]  # It is there.
            "What I wrote"
        )
        lead.browser.press("Save")
        assert "What I wrote" in lead.browser.follow("Preview the consultation").text


class TestOpeningAndClosing:
    def test_opening_fixes_what_it_is_about_and_shows_it_to_everybody(
        self, program: Program, lead: Lead
    ) -> None:
        screen = lead.create_open()
        assert "Approved to open" in screen.text
        assert "(fixed," in screen.text
        assert FILLED["title"] in program.browser().open("/consultations").text
        assert FILLED["title"] in program.browser().open("/").text
        assert lead.browser.open(f"{lead.one()}/edit").heading == FILLED["title"]

    def test_a_page_from_before_an_edit_opens_nothing(self, program: Program, lead: Lead) -> None:
        lead.create()
        lead.browser.open(f"{lead.one()}/open")
        other = Lead(program.staff(Role.CONSULTATION_LEAD, "other.lead@meadowbank.example"))
        other.edit(title="Changed")
        screen = lead.browser.press("Open this consultation", status=409)
        assert "Nothing was opened" in screen.text

    def test_one_that_opens_later_is_listed_as_coming(self, program: Program, lead: Lead) -> None:
        lead.create_open(**{"opens_on-day": "30"})
        browser = program.browser()
        assert "Opens on 30 November 2026, 9am GMT" in browser.open("/consultations").text
        screen = browser.open("/consultations/example-region")
        assert "You can respond from 30 November 2026, 9am GMT" in screen.text
        assert "Start now" not in screen.text

    def test_closing_early_needs_a_reason_that_everybody_sees(
        self, program: Program, lead: Lead
    ) -> None:
        lead.create_open()
        assert lead.close("", status=422).errors == ["Enter why it is closed early"]
        screen = lead.close("An election was called.")
        assert "Closed early" in screen.text
        public = program.browser().open("/consultations/example-region")
        assert "An election was called." in public.text
        assert "earlier than announced" in public.text

    def test_it_closes_by_itself_and_then_cannot_be_closed(
        self, program: Program, lead: Lead
    ) -> None:
        lead.create_open()
        lead.browser.open(f"{lead.one()}/close")
        program.clock.move(days=80)
        lead = Lead(program.sign_in("consultation-lead@meadowbank.example"))
        assert "Close the consultation early" not in lead.browser.open(lead.one()).text
        data = {"reason": "Late", "csrf_token": lead.browser.proof()}
        screen = lead.browser.post(f"{lead.one()}/close", data, status=409)
        assert "Only a consultation that is open can be closed" in screen.text


@ON_SQLITE
class TestCounts:
    def test_they_are_numbers_with_their_base(self, program: Program, lead: Lead) -> None:
        lead.create_open()
        for _ in range(2):
            respondent = Respondent(program.browser())
            respondent.write()
            respondent.send()
        Respondent(program.browser()).start()
        text = lead.browser.open(lead.one()).text
        assert "Responses sent 2" in text
        assert "From individuals 2 of 2" in text
        assert "Started, not sent 1" in text
        assert "Governor of a foundation trust 2" in text
        assert "(n of 2)" in text
        assert "23 November 2026 2" in text
        assert "%" not in text

    def test_no_content_of_a_response_is_on_the_page(self, program: Program, lead: Lead) -> None:
        lead.create_open()
        respondent = Respondent(program.browser())
        respondent.write("A most private thought")
        respondent.send()
        page = lead.browser.open(lead.one()).response.text
        assert "A most private thought" not in page
        assert "Sam Okafor" not in page


PAGES = ("", "/edit", "/preview", "/open", "/close")
POSTS = ("/edit", "/open", "/close")


@ON_SQLITE
class TestWhoMay:
    @pytest.fixture
    def consultation(self, lead: Lead) -> str:
        lead.create()
        return lead.one()

    def test_nobody_who_is_not_signed_in(self, program: Program, consultation: str) -> None:
        browser = program.browser()
        for page in PAGES:
            assert browser.open(consultation + page).heading == "Sign in"
        data = {"csrf_token": browser.proof(), "reason": "x", "revision": "1", **FILLED}
        for page in POSTS:
            browser.post(consultation + page, data, status=401)
        browser.post("/organisations/meadowbank/consultations/new", data, status=401)

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.CONSULTATION_LEAD])
    def test_no_other_role_of_the_organisation(
        self, program: Program, consultation: str, role: Role
    ) -> None:
        browser = program.staff(role)
        parent = consultation.rpartition("/")[0]
        follows = role in (Role.CONSULTATION_OFFICER, Role.MODERATOR)
        for page in PAGES:
            browser.open(consultation + page, status=200 if follows and not page else 403)
        browser.open(parent, status=200 if follows else 403)
        browser.open(f"{parent}/new", status=403)
        data = {"csrf_token": browser.proof(), "reason": "x", "revision": "1", **FILLED}
        for page in POSTS:
            browser.post(consultation + page, data, status=403)
        browser.post(f"{parent}/new", data, status=403)

    def test_no_lead_of_another_organisation(
        self, program: Program, consultation: str, lead: Lead
    ) -> None:
        elsewhere = program.add_organisation("elsewhere", "Elsewhere ICB")
        browser = program.staff(
            Role.CONSULTATION_LEAD, "lead@elsewhere.example", organisation=elsewhere
        )
        data = {"csrf_token": browser.proof(), "reason": "x", "revision": "1", **FILLED}
        # Neither at its own address nor as if it belonged to the lead's own organisation.
        for base, status in (
            (consultation, 403),
            ("/organisations/elsewhere/consultations/example-region", 404),
        ):
            for page in PAGES:
                browser.open(base + page, status=status)
            for page in POSTS:
                browser.post(base + page, data, status=status)
        browser.open("/organisations/meadowbank/consultations", status=403)
        assert "Draft" in lead.browser.open(consultation).text
