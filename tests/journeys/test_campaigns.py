"""A lead finds a campaign, says what it is, and looks at results with it and without."""

from __future__ import annotations

import pytest

from tests.factories.campaigns import WHOLE, send_campaign, send_text
from tests.factories.equality import open_for
from tests.factories.writing import COMMENT
from tests.pages.client import Client
from tests.program import Program
from webapp.campaigns import services
from webapp.campaigns.campaign import Decided, DecisionKind
from webapp.consultations.consultation import Actor, Consultation
from webapp.persistence import new_id
from webapp.security import Role

SLUG = "example-region"
OF_LEAD = f"/organisations/meadowbank/consultations/{SLUG}"
CAMPAIGNS = f"{OF_LEAD}/campaigns"
GROUP = f"{CAMPAIGNS}/1"

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def consultation(program: Program) -> Consultation:
    """One that is open and has a campaign of five among eight responses."""
    opened = open_for(program)
    with program.database.writing() as session:
        now = program.clock()
        for text in ("I agree.", "No comment.", "Say who listens at night."):
            send_text(session, opened, text, choice="useful", now=now)
        send_campaign(session, opened, now=now)
    return opened


@pytest.fixture
def lead(program: Program, consultation: Consultation) -> Client:
    """Its lead, who has had the responses searched."""
    browser = program.staff(Role.CONSULTATION_LEAD)
    browser.open(OF_LEAD)
    browser.follow("Review campaigns")
    browser.press("Search the responses")
    assert "being compared" in browser.screen.text
    program.deliver_mail()
    browser.open(CAMPAIGNS)
    return browser


def decide(browser: Client, decision: str, **typed: str) -> None:
    browser.open(GROUP)
    browser.press(
        "Record this decision", {"decision": decision, "reason": "It is on a website.", **typed}
    )


class TestALead:
    def test_sees_the_group_with_its_size_its_days_and_its_template(self, lead: Client) -> None:
        text = lead.screen.text
        assert "Group 1" in text
        assert "5 responses, 23 November 2026. Nearly the same words." in text
        assert "Governor of a foundation trust: 5" in text
        assert "I am writing to ask that the competency on speaking up" in text

    def test_sees_what_each_person_added(self, lead: Client) -> None:
        lead.follow("Group 1")
        assert "The template, word for word." in lead.screen.text
        added = [each.get_text() for each in lead.screen.soup.find_all("ins")]
        assert len(added) == 8
        assert all(each.startswith("added: ") for each in added)
        assert "Added or written differently" in lead.screen.text

    def test_says_that_it_is_a_campaign_and_gives_it_a_name(self, lead: Client) -> None:
        decide(lead, "campaign")
        assert "Your decision is recorded." in lead.screen.text
        decide(lead, "named", name="Speaking up")
        assert lead.screen.heading == "Speaking up"
        assert "Named ‘Speaking up’" in lead.screen.text
        assert lead.screen.text.count("It is on a website.") == 2

    def test_sees_results_with_it_and_without(self, lead: Client) -> None:
        lead.open(f"{CAMPAIGNS}/results")
        assert "1 group nobody has decided yet" in lead.screen.text
        assert "All, n of 8 Without campaigns, n of 8" in lead.screen.text
        lead.follow("Leave it out as well")
        assert "All, n of 8 Without campaigns, n of 3" in lead.screen.text
        decide(lead, "campaign")
        lead.open(f"{CAMPAIGNS}/results")
        assert "All, n of 8 Without campaigns, n of 3" in lead.screen.text
        lead.open(f"{CAMPAIGNS}/results?item={COMMENT.item}")
        assert "Essential 5 0 Useful, not essential 3 3" in lead.screen.text

    def test_moves_a_response_out_and_puts_it_back(self, lead: Client) -> None:
        lead.follow("Group 1")
        lead.follow("BM-")
        assert WHOLE.split("\n", maxsplit=1)[0] in lead.screen.text
        lead.press("Move it out of the group", {"reason": "She wrote the letter."})
        assert "not in this group any more" in lead.screen.text
        assert "Responses 4" in lead.screen.text
        lead.follow("BM-")
        lead.press("Put it back into the group", {"reason": "We asked her."})
        assert "Responses 5" in lead.screen.text
        assert "moved out" in lead.screen.text
        assert "We asked her." in lead.screen.text

    def test_is_told_when_more_came(
        self, lead: Client, program: Program, consultation: Consultation
    ) -> None:
        assert "Since then" not in lead.screen.text
        with program.database.writing() as session:
            send_text(session, consultation, WHOLE, now=program.clock())
        lead.open(CAMPAIGNS)
        assert "Since then 1 response was added or taken away." in lead.screen.text

    def test_reads_pages_of_a_large_group(
        self, lead: Client, program: Program, consultation: Consultation
    ) -> None:
        with program.database.writing() as session:
            for _ in range(20):
                send_text(session, consultation, WHOLE, now=program.clock())
        lead.press("Search again")
        program.deliver_mail()
        lead.open(GROUP)
        assert "Page 1 of 2, 25 responses." in lead.screen.text
        lead.follow("Next")
        assert "Page 2 of 2" in lead.screen.text
        assert len(lead.screen.soup.select("article")) == 5


class TestMistakes:
    def test_a_reason_and_a_decision_are_needed(self, lead: Client) -> None:
        lead.open(GROUP)
        lead.press("Record this decision", {"name": "Kept"}, status=422)
        assert lead.screen.errors == ["Select what you decide", "Enter the reason"]
        assert "Kept" in str(lead.screen.soup)

    def test_a_name_is_needed_where_there_is_to_be_one(self, lead: Client) -> None:
        lead.open(GROUP)
        lead.press("Record this decision", {"decision": "named", "reason": "So."}, status=422)
        assert lead.screen.errors == ["Enter the name"]

    def test_what_is_so_already_is_said(self, lead: Client) -> None:
        decide(lead, "campaign")
        lead.open(GROUP)
        lead.press("Record this decision", {"decision": "campaign", "reason": "Again."}, status=422)
        assert lead.screen.errors == ["It is that already: select something else"]

    def test_a_decision_that_crossed_another_loses_nothing(
        self, lead: Client, program: Program, consultation: Consultation
    ) -> None:
        lead.open(GROUP)
        with program.database.writing() as session:
            group = services.get_campaign(session, consultation.id, 1)
            services.decide(
                session,
                group,
                Decided(DecisionKind.CAMPAIGN, 0, "We found the website."),
                by=Actor(new_id(), "Bo Marsh"),
                now=program.clock(),
            )
        lead.press(
            "Record this decision",
            {"decision": "not-a-campaign", "reason": "They are colleagues."},
            status=409,
        )
        assert "Nothing was recorded" in lead.screen.text
        assert "They are colleagues." in str(lead.screen.soup)
        assert "We found the website." in lead.screen.text

    def test_a_response_that_is_not_in_the_group_has_no_page(self, lead: Client) -> None:
        for path in (f"{GROUP}/responses/BM-0000-0000", f"{CAMPAIGNS}/2", f"{CAMPAIGNS}/0"):
            lead.open(path, status=404)
        lead.open(f"{CAMPAIGNS}/results?item=nothing", status=404)
