"""A consultation lead decides about responses that are held, late or wrong."""

from __future__ import annotations

import pytest

from frameworks.questions import Given
from tests.factories.writing import COMMENT, SPEAKING, Writer
from tests.pages.client import Screen
from tests.pages.lead import Lead
from tests.pages.responses import SLUG, a_writer, open_a_consultation
from tests.program import Program
from webapp.consultations import services
from webapp.consultations.consultation import Consultation
from webapp.consultations.submissions import SURGE
from webapp.security import Role

# What the two databases do differently is tested with the services; most pages need one of them.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def consultation(program: Program) -> Consultation:
    return open_a_consultation(program)


@pytest.fixture
def lead(program: Program, consultation: Consultation) -> Lead:
    return Lead(program.staff(Role.CONSULTATION_LEAD))


def sent(
    program: Program, consultation: Consultation, words: str = "Words", *held_for: str
) -> tuple[str, str]:
    """Send a response and return its reference and its private code."""
    secrets = program.settings.secret_keys
    with program.database.writing() as session:
        writer = Writer(session, consultation, program.clock())
        writer.introduce()
        writer.choose(SPEAKING)
        writer.answer(COMMENT, Given(text=words))
        key = services.submission_key(secrets[0], writer.draft.id)
        receipt = writer.send(key=key, secrets=secrets, held_for=held_for)
    return receipt.reference, receipt.code


def open_waiting(lead: Lead) -> Screen:
    lead.browser.open(lead.one())
    return lead.browser.follow("Decide about responses")


def open_one(lead: Lead, reference: str, *, status: int = 200) -> Screen:
    return lead.browser.open(f"{lead.one()}/responses/{reference}", status=status)


def decide(lead: Lead, decision: str, reason: str = "Because.", *, status: int = 200) -> Screen:
    values = {"decision": decision, "reason": reason}
    return lead.browser.press("Record this decision", values, status=status)


class TestWhatWaits:
    def test_the_page_of_the_consultation_says_how_many_wait(
        self, program: Program, consultation: Consultation, lead: Lead
    ) -> None:
        assert "No response is held" in open_waiting(lead).text
        sent(program, consultation)
        sent(program, consultation, "Held", "trap")
        text = lead.browser.open(lead.one()).text
        assert "Decide about responses : 1 waits for you" in text
        text = lead.browser.follow("Responses in numbers").text
        assert "Responses sent 2 Of these, counted 1" in text

    def test_each_is_shown_with_why_and_without_what_it_says(
        self, program: Program, consultation: Consultation, lead: Lead
    ) -> None:
        reference, _ = sent(program, consultation, "A most private thought", "trap", SURGE)
        screen = open_waiting(lead)
        assert reference in screen.text
        assert "A field was filled in that people do not see." in screen.text
        assert "Very many responses came within the same minute." in screen.text
        assert "A most private thought" not in screen.text

    def test_a_late_one_is_listed_with_its_senders_reason(
        self, program: Program, consultation: Consultation
    ) -> None:
        person = a_writer(program, consultation)
        program.clock.move(days=75)
        person.check()
        person.browser.press("Lodge it as late", {"reason": "Our board met late."})
        lead = Lead(program.staff(Role.CONSULTATION_LEAD))
        screen = open_waiting(lead)
        assert "Our board met late." in screen.text
        screen = lead.browser.follow("BM-")
        reference = screen.heading.removeprefix("Response ")
        assert "everybody reads it on the public log" in screen.text
        screen = decide(lead, "admit", "They had told us before.")
        assert "Your decision is recorded" in screen.text
        assert "It was lodged after the consultation had closed, and was admitted." in screen.text
        person.browser.open(f"/receipts/{person.code()}")
        assert "This response counts" in person.browser.screen.text
        log = program.browser().open(f"/consultations/{consultation.slug}/log").text
        assert "A late response was admitted" in log
        assert "They had told us before." in log
        for private in (reference, "Sam Okafor", "Our board met late.", "Consultation-Lead"):
            assert private not in log

    def test_a_response_is_found_by_its_public_reference(
        self, program: Program, consultation: Consultation, lead: Lead
    ) -> None:
        reference, code = sent(program, consultation)
        open_waiting(lead)
        typed = reference.lower().replace("-", " ")
        screen = lead.browser.open(f"{lead.one()}/responses?reference={typed}")
        assert screen.heading == f"Response {reference}"
        for wrong in (code, "", "BM-0000-0000"):
            screen = lead.browser.open(f"{lead.one()}/responses?reference={wrong}", status=422)
            assert len(screen.errors) == 1


class TestOneResponse:
    def test_it_shows_who_sent_what_and_never_the_private_code(
        self, program: Program, consultation: Consultation, lead: Lead
    ) -> None:
        reference, code = sent(program, consultation, "Say who listens.")
        screen = open_one(lead, reference)
        for part in ("Say who listens.", "Sam Okafor", "Yes, with the name", "Counts"):
            assert part in screen.text
        for secret in (code, code.replace("-", "")):
            assert secret not in screen.response.text

    def test_every_decision_needs_a_reason_and_what_was_typed_stays(
        self, program: Program, consultation: Consultation, lead: Lead
    ) -> None:
        reference, _ = sent(program, consultation, "Held", "trap")
        open_one(lead, reference)
        for nothing in ("", "  \n "):
            screen = decide(lead, "release", nothing, status=422)
            assert screen.errors == ["Enter the reason"]
            assert screen.soup.select_one("input[value=release][checked]")
        screen = lead.browser.press(
            "Record this decision", {"decision": [], "reason": "Looked at"}, status=422
        )
        assert screen.errors == ["Select what you decide"]
        assert "Looked at" in screen.text

    def test_a_decision_is_logged_with_name_reason_and_time(
        self, program: Program, consultation: Consultation, lead: Lead
    ) -> None:
        reference, _ = sent(program, consultation, "Held", "trap")
        open_one(lead, reference)
        screen = decide(lead, "set-aside", "The same text came 400 times.")
        row = screen.soup.select("table tbody tr")[0].get_text(" ", strip=True)
        assert "23 November 2026, 9:30am GMT" in row
        assert "Set aside" in row
        assert "Consultation-Lead" in row
        assert "The same text came 400 times." in row
        choices = [str(each["value"]) for each in screen.soup.select("input[name=decision]")]
        assert choices == ["release", "remove"]

    def test_what_somebody_else_decided_first_is_shown_and_the_reason_stays(
        self, program: Program, consultation: Consultation, lead: Lead
    ) -> None:
        reference, code = sent(program, consultation, "Held", "trap")
        open_one(lead, reference)
        other = Lead(program.staff(Role.CONSULTATION_LEAD, "other.lead@meadowbank.example"))
        open_one(other, reference)
        decide(other, "release", "Genuine.")
        screen = decide(lead, "set-aside", "I thought it was not.", status=409)
        assert "Nothing was recorded" in screen.text
        assert "Genuine." in screen.text
        assert "I thought it was not." in screen.response.text
        with program.database.writing() as session:
            services.withdraw_response(session, code=code, now=program.clock())
        screen = decide(lead, "remove", "It names a patient.", status=409)
        assert "It names a patient." in screen.text
        assert "its words are gone" in screen.text
        assert "Sam Okafor" not in screen.text

    def test_what_was_replaced_leads_to_what_took_its_place_and_back(
        self, program: Program, consultation: Consultation, lead: Lead
    ) -> None:
        reference, code = sent(program, consultation)
        secrets = program.settings.secret_keys
        with program.database.writing() as session:
            token = services.start_replacement(
                session, code=code, library=program.library, now=program.clock()
            )
            draft = services.find_draft(session, consultation_id=consultation.id, token=token)
            assert draft is not None
            second = services.submit_response(
                session,
                slug=SLUG,
                token=token,
                key=services.submission_key(secrets[0], draft.id),
                library=program.library,
                secrets=secrets,
                now=program.clock(),
            )
        screen = open_one(lead, reference)
        assert f"This response was replaced by {second.reference}" in screen.text
        assert lead.browser.follow(second.reference).heading == f"Response {second.reference}"
        assert lead.browser.follow(reference).heading == f"Response {reference}"

    def test_what_is_not_there_is_not_found(self, lead: Lead) -> None:
        open_one(lead, "BM-0000-0000", status=404)
        open_one(lead, "nonsense", status=404)


class TestReleasingTogether:
    def test_those_that_are_ticked_count_and_the_others_wait_on(
        self, program: Program, consultation: Consultation, lead: Lead
    ) -> None:
        references = [sent(program, consultation, "Held", "trap")[0] for _ in range(3)]
        open_waiting(lead)
        screen = lead.browser.press(
            "Release those that are ticked", {"reason": "Genuine."}, status=422
        )
        assert screen.errors == ["Tick at least one response"]
        screen = lead.browser.press(
            "Release those that are ticked",
            {"reference": references[:2], "reason": ""},
            status=422,
        )
        assert screen.errors == ["Enter the reason"]
        assert len(screen.soup.select("input[name=reference][checked]")) == 2
        screen = lead.browser.press("Release those that are ticked", {"reason": "Genuine."})
        assert "2 responses are released" in screen.text
        assert references[2] in screen.text
        assert "Genuine." in open_one(lead, references[0]).text

    def test_all_that_only_came_in_a_surge_are_released_at_once(
        self, program: Program, consultation: Consultation, lead: Lead
    ) -> None:
        for _ in range(3):
            sent(program, consultation, "Held", SURGE)
        kept, _ = sent(program, consultation, "Held", "trap", SURGE)
        open_waiting(lead)
        screen = lead.browser.press("Release all 3", {"reason": "A newsletter went out."})
        assert "3 responses are released" in screen.text
        assert kept in screen.text


class TestWhoMay:
    def test_nobody_but_a_lead_of_the_organisation(
        self, program: Program, consultation: Consultation
    ) -> None:
        reference, _ = sent(program, consultation, "Held", SURGE)
        elsewhere = program.add_organisation("elsewhere", "Elsewhere ICB")
        far = program.staff(Role.CONSULTATION_LEAD, "far@elsewhere.example", elsewhere)
        base = "/organisations/meadowbank/consultations/example-region/responses"
        own = base.replace("meadowbank", "elsewhere")
        public, recruiter = program.browser(), program.staff(Role.RECRUITER)
        for browser, address, status in (
            (public, base, 401),
            (recruiter, base, 403),
            (far, base, 403),
            (far, own, 404),
        ):
            for tail in ("", f"/{reference}"):
                screen = browser.open(address + tail, status=200 if status == 401 else status)
                assert reference not in screen.text
            data = {
                "csrf_token": browser.proof(),
                "which": "surge",
                "decision": "remove",
                "reason": "Planted",
            }
            for tail in ("/release", f"/{reference}"):
                browser.post(address + tail, data, status=status)
        with program.database.reading() as session:
            assert services.count_waiting(session, consultation.id) == 1
