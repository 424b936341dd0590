"""A consultation lead creates, previews, opens and closes a consultation, and sees the counts."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from tests.pages.lead import ASSESSMENT, FILLED, LEAVE, Lead
from tests.pages.respondent import Respondent
from tests.program import Program
from webapp.consultations import services
from webapp.consultations.models import ConsultationPreviewRow
from webapp.consultations.store import documents as store
from webapp.persistence import new_id
from webapp.security import Role

# What the two databases do differently is tested with the services; most pages need one of them.
ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


LATER = {
    "closes_on-day": "5",
    "closes_on-month": "3",
    "closes_on-year": "2028",
    "closes_time": "5pm",
}


@pytest.fixture
def lead(program: Program) -> Lead:
    return Lead(program.staff(Role.CONSULTATION_LEAD))


@ON_SQLITE
class TestCreating:
    def test_a_consultation_begins_as_a_draft_that_nobody_outside_sees(
        self, program: Program, lead: Lead
    ) -> None:
        assert "saved as a draft" in lead.begin().text
        screen = lead.browser.open(lead.one())
        assert screen.heading == FILLED["title"]
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
        screen = lead.begin(title="", opens_time="soon", slug="Not A Slug", status=422)
        assert screen.errors == [
            "Enter a title",
            "Use small letters, digits and single hyphens only",
            "Enter a time, such as 9am or 5:30pm",
        ]
        assert "Not A Slug" in str(screen.soup.find("input", attrs={"name": "slug"}))

    def test_only_versions_that_are_published_for_consultation_are_offered(
        self, lead: Lead
    ) -> None:
        screen = lead.browser.open(f"{lead.all}/new")
        options = [each["value"] for each in screen.soup.select("#framework option")]
        assert options == ["board-leadership@1.1.0-beta.1"]
        screen = lead.begin(framework="board-leadership@1.0.0", status=422)
        assert len(screen.errors) == 1

    def test_an_address_is_used_once(self, lead: Lead) -> None:
        lead.create()
        assert "web address" in lead.begin(status=422).errors[0]
        assert "used by the service" in lead.begin(slug="new", status=422).errors[0]

    def test_closing_must_come_after_opening(self, lead: Lead) -> None:
        screen = lead.begin(status=422, **{"closes_on-year": "2025"})
        assert screen.errors == ["The closing date must be after the opening date"]

    def test_an_hour_that_the_clocks_leave_out_is_refused(self, lead: Lead) -> None:
        changes = {"closes_on-day": "28", "closes_on-month": "3", "closes_time": "1:30am"}
        assert "go forward" in lead.begin(status=422, **changes).errors[0]

    def test_a_date_that_does_not_exist_is_refused(self, lead: Lead) -> None:
        screen = lead.begin(status=422, **{"closes_on-day": "31"})
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
        lead.browser.press("Open this consultation", LEAVE)

    def test_a_draft_is_previewed_as_the_public_will_see_it(self, lead: Lead) -> None:
        lead.create()
        screen = lead.browser.follow("Preview the consultation")
        assert FILLED["purpose"] in screen.text
        assert "What respondents are asked" in screen.text

    def test_a_draft_is_edited_section_by_section_with_gaps(self, lead: Lead) -> None:
        lead.begin()
        screen = lead.edit("about", title="A better title", purpose="Half of it")
        assert "2 of 8 sections are complete" in screen.text
        assert "alternatives Started" in screen.text
        screen = lead.browser.open(lead.one())
        assert screen.heading == "A better title"
        assert (
            "Edited 23 November 2026, 9:30am GMT, Consultation-Lead Section “What it is about”"
            in (screen.text)
        )

    def test_two_leads_who_edit_a_section_at_once_lose_nothing(
        self, program: Program, lead: Lead
    ) -> None:
        lead.begin()
        other = Lead(program.staff(Role.CONSULTATION_LEAD, "other.lead@meadowbank.example"))
        lead.browser.open(f"{lead.one()}/edit/about")
        other.edit("about", purpose="What the other lead wrote")
        screen = lead.browser.press("Save", {"purpose": "What I wrote"}, status=409)
        assert "What the other lead wrote" in screen.text
        assert screen.soup.find("textarea", attrs={"name": "purpose"}).get_text().strip() == (  # type: ignore[union-attr]  # It is there.
            "What I wrote"
        )
        lead.browser.press("Save")
        assert "What I wrote" in lead.browser.open(f"{lead.one()}/preview").text

    def test_two_leads_who_edit_different_sections_do_not_meet(
        self, program: Program, lead: Lead
    ) -> None:
        lead.begin()
        other = Lead(program.staff(Role.CONSULTATION_LEAD, "other.lead@meadowbank.example"))
        lead.browser.open(f"{lead.one()}/edit/about")
        other.edit("contact", contact="The other lead")
        lead.browser.press("Save", {"purpose": "What I wrote"})
        screen = lead.browser.open(f"{lead.one()}/preview")
        assert "What I wrote" in screen.text
        assert "The other lead" in screen.text

    def test_what_was_typed_when_somebody_else_opened_it_is_shown_and_not_saved(
        self, program: Program, lead: Lead
    ) -> None:
        lead.create()
        lead.browser.open(f"{lead.one()}/edit/about")
        Lead(program.staff(Role.CONSULTATION_LEAD, "other.lead@meadowbank.example")).open()
        screen = lead.browser.press("Save", {"purpose": "My late words"}, status=409)
        assert "My late words" in str(screen.soup.find("textarea", attrs={"name": "purpose"}))
        assert "opened while you were writing" in screen.text
        assert "My late words" not in program.browser().open("/consultations/example-region").text

    def test_a_privacy_notice_starts_from_a_text_that_must_be_completed(self, lead: Lead) -> None:
        lead.create()
        lead.edit("privacy", privacy_notice="")
        screen = lead.browser.open(f"{lead.one()}/edit/privacy")
        assert "[Name of the organisation] is the controller" in screen.text
        lead.browser.press("Save")
        screen = lead.browser.open(lead.one())
        assert "in place of “[Name of the organisation]”" in screen.text


@ON_SQLITE
class TestDocuments:
    def test_they_are_attached_replaced_and_removed(self, lead: Lead) -> None:
        lead.begin()
        screen = lead.attach()
        assert "assessment.txt (Text, 1 KB)" in screen.text
        lead.browser.follow("Replace")
        data = {"file": (io.BytesIO(b"Better words"), "better.txt")}
        screen = lead.browser.press("Replace the document", data)
        assert "better.txt" in screen.text
        assert "assessment.txt" not in screen.text
        lead.browser.follow("better.txt")
        assert lead.browser.screen.response.data == b"Better words"
        lead.browser.open(f"{lead.one()}/documents")
        lead.browser.follow("remove")
        screen = lead.browser.press("Remove the document")
        assert "Nothing is attached yet" in screen.text

    @pytest.mark.parametrize(
        ("content", "name", "said"),
        [
            (b"", "empty.txt", "The file is empty: choose another"),
            (b"MZ\x90\x00\x03", "tool.pdf", "The file must be a PDF"),
            (b"Words", "words.pdf", "does not end in .txt"),
            (b"x" * (10 * 1024 * 1024 + 1), "long.txt", "smaller than 10 MB"),
        ],
    )
    def test_what_is_no_document_is_refused_and_the_title_stays(
        self, lead: Lead, content: bytes, name: str, said: str
    ) -> None:
        lead.begin()
        screen = lead.attach(content=content, name=name, title="My title", status=422)
        assert said in screen.errors[0]
        assert "My title" in str(screen.soup.find("input", attrs={"name": "title"}))

    def test_a_title_a_kind_and_a_file_are_asked_for(self, lead: Lead) -> None:
        lead.begin()
        lead.browser.open(f"{lead.one()}/documents")
        screen = lead.browser.press("Attach the document", status=422)
        assert screen.errors == [
            "Enter a title for the document",
            "Select what the document is",
            "Select a file",
        ]

    def test_everybody_downloads_them_once_it_is_opened(self, program: Program, lead: Lead) -> None:
        lead.create()
        lead.browser.open(f"{lead.one()}/documents")
        own = lead.browser.screen.link("assessment.txt")
        public = own.replace("/organisations/meadowbank", "")
        program.browser().open(public, status=404)
        lead.open()
        browser = program.browser()
        browser.open("/consultations/example-region")
        screen = browser.follow("Equality impact assessment (Text, 1 KB)")
        assert screen.response.data == ASSESSMENT
        assert screen.response.headers["Content-Disposition"].startswith("attachment;")
        assert screen.path == public


@ON_SQLITE
class TestOpeningAndClosing:
    def test_opening_fixes_what_it_is_about_and_shows_it_to_everybody(
        self, program: Program, lead: Lead
    ) -> None:
        screen = lead.create_open()
        assert "Approved to open" in screen.text
        assert "given by Robin Achebe, Director of Workforce on 20 November 2026" in screen.text
        assert "(fixed," in screen.text
        assert FILLED["title"] in program.browser().open("/consultations").text
        assert FILLED["title"] in program.browser().open("/").text
        assert lead.browser.open(f"{lead.one()}/edit").heading == FILLED["title"]

    def test_a_page_from_before_an_edit_opens_nothing(self, program: Program, lead: Lead) -> None:
        lead.create()
        lead.browser.open(f"{lead.one()}/open")
        other = Lead(program.staff(Role.CONSULTATION_LEAD, "other.lead@meadowbank.example"))
        other.edit("about", title="Changed")
        screen = lead.browser.press("Open this consultation", LEAVE, status=409)
        assert "Nothing was opened" in screen.text

    def test_nothing_opens_without_what_people_must_be_told_not_by_a_direct_post_either(
        self, program: Program, lead: Lead
    ) -> None:
        lead.begin()
        screen = lead.browser.open(f"{lead.one()}/open")
        assert screen.heading == "This consultation cannot open yet"
        assert "An impact assessment, as a file" in screen.text
        data = {"csrf_token": lead.browser.proof(), "revision": "1", **LEAVE}
        screen = lead.browser.post(f"{lead.one()}/open", data, status=422)
        assert screen.heading == "This consultation cannot open yet"
        program.browser().open("/consultations/example-region", status=404)

    def test_every_missing_thing_leads_to_the_page_that_mends_it(self, lead: Lead) -> None:
        lead.begin()
        screen = lead.browser.open(f"{lead.one()}/open")
        links = [str(each["href"]) for each in screen.soup.select("main .nhsuk-list--cross a")]
        assert len(links) == 12
        for link in links:
            lead.browser.open(link)

    def test_opening_takes_the_confirmation_and_the_date_of_leave(self, lead: Lead) -> None:
        lead.create()
        assert lead.open(status=422, confirmed=[]).errors == [
            "Confirm that leave to open was given"
        ]
        assert lead.open(status=422, **{"authorised_on-year": "2027"}).errors == [
            "The date on which leave was given must not be in the future"
        ]

    def test_a_closing_is_moved_later_for_a_reason_that_everybody_sees(
        self, program: Program, lead: Lead
    ) -> None:
        lead.create_open()
        assert lead.extend("", status=422).errors == ["Enter why it closes later"]
        for earlier in ({"closes_on-month": "1"}, {"closes_on-month": "2"}):
            errors = lead.extend("Why not", status=422, **earlier).errors
            assert errors == ["The new closing must be later than the present one"]
        lead.extend("The post was on strike.")
        public = program.browser().open("/consultations/example-region")
        assert "Closes 5 March 2027, 5pm GMT" in public.text
        log = program.browser().open("/consultations/example-region/log")
        assert "It now closes on 5 March 2027, 5pm GMT. The post was on strike." in log.text
        program.clock.move(days=80)
        person = Respondent(program.browser())
        person.write()
        person.send()

    def test_nothing_is_moved_after_closing(self, program: Program, lead: Lead) -> None:
        lead.create_open()
        program.clock.move(days=80)
        lead = Lead(program.sign_in("consultation-lead@meadowbank.example"))
        assert "Move the closing later" not in lead.browser.open(lead.one()).text
        data = {"csrf_token": lead.browser.proof(), "reason": "Late", **LATER}
        lead.browser.post(f"{lead.one()}/extend", data, status=409)

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

    def test_what_a_later_edition_replaced_can_still_be_read_as_such(
        self, program: Program, lead: Lead
    ) -> None:
        lead.create_open()
        with program.database.writing() as session:
            found = services.find_consultation(session, "example-region")
            assert found is not None
            (old,) = services.list_documents(session, found.id)
            assert store.end_document(session, found.id, old.id, 1)
            assert not store.end_document(session, found.id, old.id, 1)
            new = replace(old, id=new_id(), title="The assessment, put right", first_edition=2)
            store.add_document(session, found.id, new)
        anybody = program.browser()
        screen = anybody.open("/consultations/example-region")
        assert "The assessment, put right (Text, 1 KB)" in screen.text
        assert "These were shown earlier and count no longer" in screen.text
        anybody.follow("Equality impact assessment (Text, 1 KB)")
        disposition = anybody.screen.response.headers["Content-Disposition"]
        assert 'filename="Replaced assessment.txt"' in disposition
        assert anybody.screen.response.data == ASSESSMENT


@ON_SQLITE
class TestPreviewLinks:
    def test_somebody_without_an_account_sees_everything_and_can_send_nothing(
        self, program: Program, lead: Lead
    ) -> None:
        lead.create()
        anybody = program.browser()
        link = lead.share()
        screen = anybody.open(link)
        assert screen.heading == f"Preview: {FILLED['title']}"
        assert FILLED["purpose"] in screen.text
        assert FILLED["privacy_notice"] in screen.text
        assert screen.soup.select("main form") == []
        assert screen.response.headers["Cache-Control"] == "no-store"
        assert screen.response.headers["Referrer-Policy"] == "strict-origin"
        anybody.follow("Equality impact assessment")
        assert anybody.screen.response.data == ASSESSMENT
        anybody.open(link)
        screen = anybody.follow("All questions on one page")
        assert "This is a preview" in screen.text
        assert "5.1 Makes it safe to speak up" in screen.text
        assert screen.soup.select("main form") == []

    def test_only_a_hash_is_kept_and_the_link_is_shown_once(
        self, program: Program, lead: Lead
    ) -> None:
        lead.create()
        secret = lead.share().rpartition("/")[2]
        with program.database.reading() as session:
            rows = session.execute(select(ConsultationPreviewRow)).scalars().all()
            kept = [str(value) for row in rows for value in vars(row).values()]
        assert not any(secret in each for each in kept)
        screen = lead.browser.open(f"{lead.one()}/preview-links")
        assert secret not in screen.response.text
        assert "Made on 23 November 2026, 9:30am GMT by Consultation-Lead" in screen.text

    def test_it_works_until_it_is_ended_or_two_weeks_have_passed(
        self, program: Program, lead: Lead
    ) -> None:
        lead.create()
        ended, lasting = lead.share(), lead.share()
        anybody = program.browser()
        lead.browser.open(f"{lead.one()}/preview-links")
        # The newest stands in front; either may, of two of the same moment.
        lead.browser.press("End this link")
        statuses = sorted(anybody.flask.get(each).status_code for each in (ended, lasting))
        assert statuses == [200, 410]
        program.clock.move(days=14)
        for each in (ended, lasting):
            anybody.open(each, status=410)

    def test_a_guess_shows_nothing(self, program: Program, lead: Lead) -> None:
        lead.create()
        lead.share()
        for path in ("", "/questions", f"/documents/{'0' * 8}-0000-4000-8000-{'0' * 12}"):
            program.browser().open(f"/previews/{'A' * 22}{path}", status=410)

    def test_no_document_of_another_consultation_is_handed_out(
        self, program: Program, lead: Lead
    ) -> None:
        lead.create(slug="another")
        lead.browser.open(f"{lead.one('another')}/documents")
        other = lead.browser.screen.link("assessment.txt").rpartition("/")[2]
        lead.create()
        program.browser().open(f"{lead.share()}/documents/{other}", status=404)

    def test_once_it_is_opened_it_leads_to_the_public_page(
        self, program: Program, lead: Lead
    ) -> None:
        lead.create()
        link = lead.share()
        lead.open()
        assert program.browser().open(link).path == "/consultations/example-region"
        data = {"csrf_token": lead.browser.proof()}
        lead.browser.post(f"{lead.one()}/preview-links", data, status=409)


@ON_SQLITE
class TestCounts:
    def test_they_are_numbers_with_their_base(self, program: Program, lead: Lead) -> None:
        lead.create_open()
        for _ in range(2):
            respondent = Respondent(program.browser())
            respondent.write()
            respondent.send()
        Respondent(program.browser()).start()
        assert "2 responses count, 1 is being written" in lead.browser.open(lead.one()).text
        text = lead.browser.follow("Responses in numbers").text
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
        for address in (lead.one(), f"{lead.one()}/counts"):
            page = lead.browser.open(address).response.text
            assert "A most private thought" not in page
            assert "Sam Okafor" not in page


PAGES = (
    "",
    "/edit",
    "/edit/about",
    "/documents",
    "/preview",
    "/preview-links",
    "/open",
    "/extend",
    "/close",
)
POSTS = ("/edit/about", "/documents", "/preview-links", "/open", "/extend", "/close")


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
            browser.open(
                consultation + page, status=200 if follows and page in ("", "/counts") else 403
            )
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
