"""A consultation is put right while it is open: the lead, the public, and whoever is responding."""

from __future__ import annotations

import io

import pytest

from tests.pages.lead import Lead
from tests.pages.respondent import Respondent
from tests.pages.responses import SLUG, a_writer, open_a_consultation
from tests.program import Program
from webapp.consultations.consultation import Consultation
from webapp.security import Role

SPEAKING = "culture.speaking-up"
NECESSITY = f"{SPEAKING}:necessity:provider-chair"
NOTICE = "The question on necessity could be read in two ways. It now says at what moment."
NOW = "when somebody takes up the position?"
ESSENTIAL_WAS = "Essential means that nobody should hold the position without it."


@pytest.fixture
def consultation(program: Program) -> Consultation:
    return open_a_consultation(program)


@pytest.fixture
def lead(program: Program, consultation: Consultation) -> Lead:
    return Lead(program.staff(Role.CONSULTATION_LEAD))


@pytest.fixture
def writer(program: Program, consultation: Consultation) -> Respondent:
    """Somebody who has answered the question that is going to be put right."""
    person = a_writer(program, consultation)
    person.open_item(SPEAKING)
    person.save({NECESSITY: "essential"})
    return person


def put_right(program: Program, lead: Lead) -> None:
    program.clock.move(minutes=45)
    lead.put_right(NOTICE)
    lead.confirm_revision()


class TestEverybody:
    def test_a_question_is_put_right_and_results_are_told_apart(
        self, program: Program, consultation: Consultation, lead: Lead, writer: Respondent
    ) -> None:
        early = a_writer(program, consultation)
        early.open_item(SPEAKING)
        early.save({NECESSITY: "essential"})
        early.send()
        receipt = f"/receipts/{early.code()}"

        put_right(program, lead)
        assert "What you put right is shown from now on" in lead.browser.screen.text
        assert "Put right while open" in lead.browser.screen.text

        # Everybody reads the notice, with its date.
        public = program.browser().open(f"/consultations/{SLUG}")
        assert NOTICE in public.text
        assert "Changed on 23 November 2026" in public.text

        # Who has a draft is told on the list, and above the question with the earlier wording.
        listed = writer.open_list()
        assert NOTICE in listed.text
        assert "You answered a question before the wording was changed" in listed.text
        page = writer.open_item(SPEAKING)
        assert NOW in page.text
        assert page.text.count("You answered this before its wording was changed on") == 1
        assert ESSENTIAL_WAS in page.text

        # Saved again as it is, it stays an answer to the earlier wording; changed, it is not.
        writer.save({})
        assert "You answered this before" in writer.open_item(SPEAKING).text
        writer.save({NECESSITY: "useful"})
        assert "You answered this before" not in writer.open_item(SPEAKING).text
        assert NOW in writer.check().text
        writer.send()
        assert NOW in writer.browser.open(f"/receipts/{writer.code()}").text

        # The receipt of what was sent before shows the words that were answered.
        shown = early.browser.open(receipt)
        assert NOW not in shown.text
        assert "how necessary is" in shown.text.lower()

        counts = lead.browser.open(f"{lead.one()}/counts")
        rows = [row.get_text(" ", strip=True) for row in counts.soup.select("tr")]
        assert any(row.startswith("1.0.0") and row.endswith("1") for row in rows)
        assert any(row.startswith("1.0.1") and NOW in row and row.endswith("1") for row in rows)
        tally = lead.browser.open(f"{lead.one()}/tally?of=culture")
        rows = [row.get_text(" ", strip=True) for row in tally.soup.select("tr")]
        about = [row for row in rows if "5.1 Makes it safe to speak up" in row]
        assert any("1.0.0 1 0 0 0 1" in row for row in about)
        assert any("1.0.1 0 1 0 0 1" in row for row in about)

    def test_a_page_that_was_opened_before_saves_to_the_words_that_it_showed(
        self, program: Program, lead: Lead, writer: Respondent
    ) -> None:
        writer.open_item(SPEAKING)
        put_right(program, lead)
        writer.save({NECESSITY: "useful"})
        assert "You answered this before its wording was changed" in writer.open_item(SPEAKING).text

    def test_a_page_from_before_that_is_refused_keeps_its_words(
        self, program: Program, lead: Lead, writer: Respondent
    ) -> None:
        writer.open_item(SPEAKING)
        put_right(program, lead)
        long = "x" * 4001
        page = writer.save({NECESSITY: "useful", f"{SPEAKING}:comment": long}, status=422)
        assert NOW not in page.text
        writer.save({f"{SPEAKING}:comment": "Shorter"})
        assert "You answered this before its wording was changed" in writer.open_item(SPEAKING).text

    def test_two_tabs_of_different_editions_are_settled_and_know_their_words(
        self, program: Program, lead: Lead, writer: Respondent
    ) -> None:
        early = Respondent(writer.browser)
        early.open_item(SPEAKING)
        before = early.browser.screen
        put_right(program, lead)
        writer.open_item(SPEAKING)
        writer.save({NECESSITY: "useful"})
        early.browser.screen = before
        clash = early.save({NECESSITY: "not-necessary"}, status=409)
        assert "changed in two places" in clash.heading
        assert NOW not in clash.text
        early.browser.press("Save these answers", {f"keep:{NECESSITY}": "sent"})
        assert "You answered this before its wording was changed" in writer.open_item(SPEAKING).text

    def test_what_is_settled_on_a_page_of_today_answers_todays_words(
        self, program: Program, lead: Lead, writer: Respondent
    ) -> None:
        put_right(program, lead)
        writer.open_item(SPEAKING)
        stale = writer.browser.screen
        writer.save({NECESSITY: "useful"})
        writer.browser.screen = stale
        writer.save({NECESSITY: "not-necessary"}, status=409)
        writer.browser.press("Save these answers", {f"keep:{NECESSITY}": "sent"})
        assert "You answered this before its wording" not in writer.open_item(SPEAKING).text

    def test_a_version_that_was_never_asked_is_not_known(self, writer: Respondent) -> None:
        writer.open_item(SPEAKING)
        writer.save({"questionnaire": "1.0.1", NECESSITY: "useful"}, status=404)

    def test_files_are_made_of_what_is_asked_now_and_a_draft_of_what_was_answered(
        self, program: Program, lead: Lead, writer: Respondent
    ) -> None:
        put_right(program, lead)
        blank = program.browser().open(f"/consultations/{SLUG}/questions")
        assert NOW in blank.text
        checked = writer.check()
        assert NOW not in checked.text
        assert "Answered before the wording was changed" in checked.text


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
class TestTheLead:
    def test_every_changed_question_is_shown_before_and_after_in_full(self, lead: Lead) -> None:
        page = lead.put_right(NOTICE)
        assert page.heading == "Check what changes"
        for words in (NOTICE, ESSENTIAL_WAS, NOW, "Removed", "Added", "Useful, not essential"):
            assert words in page.text
        assert "How clear is the wording" not in page.text
        assert "edition 2" in page.text

    def test_nothing_changes_before_it_is_confirmed(self, lead: Lead) -> None:
        lead.put_right(NOTICE)
        assert NOTICE not in lead.browser.open(f"/consultations/{SLUG}").text

    def test_one_can_go_back_and_nothing_typed_is_lost(self, lead: Lead) -> None:
        lead.put_right(NOTICE, privacy_notice="We keep it for a year.")
        page = lead.browser.press("Change something first")
        assert page.heading == "Put right what is shown or asked"
        assert NOTICE in page.text
        chosen = page.soup.select_one("input[name=questionnaire][checked]")
        assert chosen is not None
        assert chosen["value"] == "1.0.1"
        assert "We keep it for a year." in page.text

    def test_a_notice_is_needed_and_something_to_change(self, lead: Lead) -> None:
        page = lead.put_right("", status=422)
        assert page.errors == ["Enter what the public is told about this change"]
        page = lead.put_right(NOTICE, questionnaire="1.0.0", status=422)
        assert page.errors == [
            "Change something: the questionnaire, a document or the privacy notice"
        ]

    def test_the_privacy_notice_is_put_right_before_and_after(self, lead: Lead) -> None:
        page = lead.put_right(NOTICE, questionnaire="1.0.0", privacy_notice="We keep it a year.")
        assert "We keep it a year." in page.text
        assert "What is asked" not in page.text
        lead.confirm_revision()
        page = lead.put_right("Again", questionnaire="1.0.0", privacy_notice="", status=422)
        assert page.errors == ["Enter the privacy notice: it can be put right, not taken away"]

    def test_the_second_of_two_leads_keeps_what_was_typed(
        self, program: Program, lead: Lead
    ) -> None:
        other = Lead(program.staff(Role.CONSULTATION_LEAD, "other@meadowbank.example"))
        other.put_right("Mine", privacy_notice="Another notice on privacy.")
        put_right(program, lead)
        page = other.confirm_revision(status=409)
        assert "somebody else changed this consultation" in page.text
        assert "Mine" in page.text
        assert "Another notice on privacy." in page.text
        page = other.browser.press("See what changes")
        assert page.heading == "Check what changes"
        other.confirm_revision()
        public = program.browser().open(f"/consultations/{SLUG}").text
        assert public.index("Mine") < public.index(NOTICE), "the last first"

    def test_what_has_closed_meanwhile_is_not_changed(self, program: Program, lead: Lead) -> None:
        lead.put_right(NOTICE)
        Lead(program.sign_in(f"{Role.CONSULTATION_LEAD.value}@meadowbank.example")).close("Done")
        page = lead.confirm_revision(status=409)
        assert "somebody else changed" in page.text
        lead.browser.press("See what changes", status=409)
        assert lead.browser.open(f"{lead.one()}/revise").heading != page.heading

    def test_a_document_is_replaced_and_the_old_one_stays_to_be_read(
        self, program: Program, lead: Lead
    ) -> None:
        lead.browser.open(f"{lead.one()}/revise")
        lead.browser.follow("Attach a document for the next edition")
        lead.browser.press("Attach the document", {"title": "", "kind": ""}, status=422)
        file = (io.BytesIO(b"Corrected: nobody is worse off."), "corrected.txt")
        page = lead.browser.press(
            "Attach the document",
            {"title": "Corrected assessment", "kind": "impact-assessment", "file": file},
        )
        (own,) = (a["href"] for a in page.soup.select("a[href*='/documents/']"))
        identifier = str(own).rpartition("/")[2]
        public = f"/consultations/{SLUG}"
        assert "Corrected assessment" not in program.browser().open(public).text
        program.browser().open(f"{public}/documents/{identifier}", status=404)

        page = lead.browser.open(f"{lead.one()}/revise")
        (was,) = (each["value"] for each in page.soup.select("input[name=taken_away]"))
        checked = lead.browser.press("See what changes", {"notice": NOTICE, "taken_away": [was]})
        assert "Shown from now on" in checked.text
        assert "No longer shown" in checked.text
        lead.confirm_revision()
        shown = program.browser().open(public)
        assert "Corrected assessment" in shown.text
        assert "Documents that were replaced" in shown.text
        got = program.browser().flask.get(f"{public}/documents/{identifier}")
        assert got.data == b"Corrected: nobody is worse off."

    def test_whoever_saw_the_draft_sees_no_document_that_waits(
        self, program: Program, lead: Lead
    ) -> None:
        lead.create(slug="another")
        link = lead.share("another")
        lead.open("another")
        lead.browser.open(f"{lead.one('another')}/revise/documents")
        file = (io.BytesIO(b"A secret draft."), "draft.txt")
        page = lead.browser.press(
            "Attach the document", {"title": "Draft", "kind": "supporting", "file": file}
        )
        (own,) = (a["href"] for a in page.soup.select("a[href*='/documents/']"))
        identifier = str(own).rpartition("/")[2]
        program.browser().open(f"{link}/documents/{identifier}", status=404)

    def test_the_only_impact_assessment_is_not_taken_away(self, lead: Lead) -> None:
        page = lead.browser.open(f"{lead.one()}/revise")
        (was,) = (each["value"] for each in page.soup.select("input[name=taken_away]"))
        values = {"notice": NOTICE, "taken_away": [was]}
        refused = lead.browser.press("See what changes", values, status=422)
        assert refused.errors == ["Show an impact assessment in place of the one you take away"]
        assert NOTICE in refused.text

    def test_a_document_that_waits_can_be_removed(self, lead: Lead) -> None:
        lead.browser.open(f"{lead.one()}/revise/documents")
        file = (io.BytesIO(b"A draft."), "draft.txt")
        lead.browser.press(
            "Attach the document", {"title": "Draft", "kind": "supporting", "file": file}
        )
        page = lead.browser.press("Remove Draft")
        assert "Nothing waits yet." in page.text

    def test_the_tally_has_a_page_for_each_part(self, lead: Lead) -> None:
        page = lead.browser.open(f"{lead.one()}/tally")
        assert page.heading.startswith("What was chosen:")
        assert "What should happen to ‘…’?" in page.text
        for part, words in (("positions", "are the weights right?"), ("consultation", "Overall,")):
            assert words in lead.browser.open(f"{lead.one()}/tally?of={part}").text
        lead.browser.open(f"{lead.one()}/tally?of=nothing", status=404)
