"""Two officers take in what came by letter, email, telephone, at a meeting and on a form."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest

from frameworks.questions import AnswerKey, Given
from tests.factories.filling import fill_with_pypdf
from tests.pages.client import Client
from tests.pages.intake import LETTER, Officer
from tests.pages.lead import Lead
from tests.pages.responses import SLUG, open_a_consultation
from tests.program import Program
from webapp.consultations.consultation import Consultation
from webapp.consultations.redacting import Cut, Reason, Span
from webapp.consultations.services import (
    list_passages,
    lock_response,
    set_redactions,
    totals_of,
)
from webapp.intake import services
from webapp.security import Role

COMMENT = "culture.speaking-up:comment"
SCAN = b"\xff\xd8\xff\xe0" + b"\x00" * 200
PDF = b"%PDF-1.7\n" + b"a letter"
MAIL = (
    b"From: Bo <bo@example.org>\r\nDate: Mon, 23 Nov 2026 08:00:00 +0000\r\n"
    b"Subject: My view\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    b"Boards should <b>listen</b> more.\r\n"
)


@pytest.fixture
def consultation(program: Program) -> Consultation:
    return open_a_consultation(program)


def officer(program: Program, name: str = "ola") -> Officer[Client]:
    return Officer(program.staff(Role.CONSULTATION_OFFICER, f"{name}@meadowbank.example"))


def the_reference(text: str) -> str:
    found = re.search(r"BM-[0-9A-Z]{4}-[0-9A-Z]{4}", text)
    assert found, text
    return found[0]


class TestALetter:
    def test_it_is_transcribed_by_one_checked_by_another_and_then_counts(
        self, program: Program, consultation: Consultation
    ) -> None:
        ola, cas = officer(program), officer(program, "cas")
        ola.open_list()
        ola.note(SCAN, "page 1.jpg")
        item = ola.item
        assert ola.browser.screen.heading == "Item 1"
        ola.transcribe(item)
        assert "Being transcribed" in ola.open_list().text
        screen = ola.finish(item)
        assert "You transcribed some of this, so somebody else checks it." in screen.text
        assert (
            "1 waits for you"
            in ola.browser.open("/organisations/meadowbank/consultations/example-region").text
        )
        # The other person finds it on the list, sends it back once and then takes it in.
        cas.open_list()
        cas.browser.follow("Check it")
        assert "Say who listens." in cas.browser.screen.text
        assert "Ola transcribed this" in cas.browser.screen.text
        cas.browser.press("Send it back", {"reason": ""}, status=422)
        assert cas.browser.screen.errors == ["Enter the reason"]
        cas.browser.press("Send it back", {"reason": "The second page is missing."})
        screen = ola.browser.open(item)
        assert "The second page is missing." in screen.text
        assert "Sent back" in screen.text
        ola.answer(item, "culture.speaking-up", {COMMENT: "Say who listens, and when."})
        ola.finish(item)
        screen = cas.approve(item)
        reference = the_reference(screen.text)
        assert f"It is a response now: {reference}" in screen.text
        with program.database.reading() as session:
            assert totals_of(session, consultation.id).submitted == 1
        lead = Lead(program.staff(Role.CONSULTATION_LEAD))
        text = lead.browser.open(f"{lead.one()}/responses/{reference}").text
        for part in (
            "How it came By letter",
            "Taken in by Ola",
            "Checked by Cas",
            "Say who listens, and when.",
            "No, do not publish any of it",
        ):
            assert part in text

    def test_what_came_is_shown_no_more_once_words_are_taken_out(
        self, program: Program, consultation: Consultation
    ) -> None:
        ola, cas = officer(program), officer(program, "cas")
        ola.note(PDF, "letter from Bo.pdf", note="Rang about Leopold.")
        item, file = ola.item, ola.browser.screen.link("Download this PDF")
        ola.transcribe(item, "Ask Leopold, who listens.")
        ola.finish(item)
        reference = the_reference(cas.approve(item).text)
        assert "Rang about Leopold." in ola.browser.open(item).text
        with program.database.writing() as session:
            found = lock_response(session, consultation.id, reference)
            (passage,) = list_passages(session, found.id)
            cut = Cut(
                passage.key, Span(4, 11, Reason.SOMEBODY_ELSE), passage.digest, len(passage.text)
            )
            set_redactions(session, found.id, [cut])
        screen = ola.browser.open(item)
        assert "Words were taken out of this response" in screen.text
        assert "Leopold" not in screen.response.text
        assert "letter from Bo" not in screen.text
        ola.browser.open(file, status=404)
        assert "Download what came" not in screen.text
        # A lead still reads it, for a reason that is kept.
        lead = program.staff(Role.CONSULTATION_LEAD)
        lead.open(item)
        assert lead.press("Download what came", {"reason": " "}, status=422).errors == [
            "Enter the reason"
        ]
        lead.press("Download what came", {"reason": "A complaint about the transcription"})
        with zipfile.ZipFile(io.BytesIO(lead.screen.response.data)) as came:
            assert {name: came.read(name) for name in came.namelist()} == {
                "1-letter from Bo.pdf": PDF
            }
        assert "A complaint about the transcription" in lead.open(item).text

    def test_its_words_are_then_in_the_response_alone_and_its_scan_stays(
        self, program: Program, consultation: Consultation
    ) -> None:
        ola, cas = officer(program), officer(program, "cas")
        ola.note(SCAN, "page 1.jpg")
        item = ola.item
        ola.transcribe(item)
        ola.finish(item)
        screen = cas.approve(item)
        assert "Say who listens." not in screen.text
        image = screen.soup.select_one("img.bm-scan")
        assert image is not None
        shown = ola.browser.flask.get(str(image["src"]))
        assert (shown.data, shown.mimetype) == (SCAN, "image/jpeg")
        for page in ("about/who", "choose", "answers/culture.speaking-up", "check", "remove"):
            assert ola.browser.open(f"{item}/{page}").heading == "Item 1"

    def test_nobody_checks_their_own_work_whatever_they_post(
        self, program: Program, consultation: Consultation
    ) -> None:
        ola, bea, cas = officer(program), officer(program, "bea"), officer(program, "cas")
        ola.note(PDF, "letter.pdf")
        item = ola.item
        ola.transcribe(item)
        program.clock.move(minutes=1)
        # Bea changes a word, so she is one of those who transcribed it.
        bea.answer(item, "culture.speaking-up", {COMMENT: "Say clearly who listens."})
        program.clock.move(minutes=1)
        ola.finish(item)
        for each in (ola, bea):
            assert each.check(item).heading == "Item 1"
            proof = {"csrf_token": each.browser.proof(), "round": "1"}
            screen = each.browser.post(f"{item}/approve", proof, status=403)
            assert "somebody else has to check it" in screen.text
            each.browser.post(f"{item}/send-back", {**proof, "reason": "Mine"}, status=403)
        with program.database.reading() as session:
            assert totals_of(session, consultation.id).submitted == 0
        assert "Bea, Ola transcribed this" in cas.check(item).text

    def test_what_came_after_closing_waits_for_a_lead(
        self, program: Program, consultation: Consultation
    ) -> None:
        program.clock.move(days=80)
        ola, cas = officer(program), officer(program, "cas")
        late: dict[str, Any] = {
            "received_on-day": "8",
            "received_on-month": "2",
            "received_on-year": "2027",
        }
        changed: tuple[dict[str, Any], ...] = ({}, late)
        for changes in changed:
            ola.note(PDF, "letter.pdf", **changes)
            item = ola.item
            ola.transcribe(item)
            ola.finish(item)
            cas.approve(item)
        with program.database.reading() as session:
            assert totals_of(session, consultation.id).submitted == 1
        lead = Lead(program.staff(Role.CONSULTATION_LEAD))
        text = lead.browser.open(f"{lead.one()}/responses").text
        assert "It came by letter after the consultation had closed." in text


class TestOtherWays:
    def test_an_email_is_shown_beside_its_transcription_and_runs_nothing(
        self, program: Program, consultation: Consultation
    ) -> None:
        ola, cas = officer(program), officer(program, "cas")
        ola.note(MAIL, "view.eml", channel="email")
        item = ola.item
        ola.transcribe(item, "Boards should listen more.")
        ola.finish(item)
        screen = cas.check(item)
        assert "Subject: My view" in screen.text
        assert "Boards should <b>listen</b> more." in screen.text
        sent = cas.browser.flask.get(screen.link("Download this email"))
        assert sent.mimetype == "message/rfc822"
        assert sent.headers["Content-Disposition"].startswith("attachment")
        assert "By email" in cas.approve(item).text

    def test_notes_of_a_meeting_need_no_file(
        self, program: Program, consultation: Consultation
    ) -> None:
        ola, cas = officer(program), officer(program, "cas")
        meeting: dict[str, Any] = {"channel": "meeting", "received_time": "6:30pm", "words": ""}
        screen = ola.note(status=422, **meeting)
        assert screen.errors == ["Choose the file that came, or write down what was said"]
        program.clock.move(hours=12)
        ola = Officer(program.sign_in("ola@meadowbank.example"))
        meeting["words"] = "Several people asked who would listen."
        ola.note(**meeting)
        item = ola.item
        assert "23 November 2026, 6:30pm GMT" in ola.browser.screen.text
        ola.say_who(
            item,
            **{
                "responding-as": {"responds_as": "organisation"},
                "who": {
                    "organisation_name": "Friends of Meadowbank",
                    "respondent_class": "charity",
                },
            },
        )
        ola.answer(item, "consultation", {"consultation:overall-comment": "Who listens?"})
        ola.finish(item)
        cas = Officer(program.sign_in("cas@meadowbank.example"))
        screen = cas.check(item)
        assert "Several people asked who would listen." in screen.text
        assert "Friends of Meadowbank" in screen.text
        cas.approve(item)
        with program.database.reading() as session:
            assert totals_of(session, consultation.id).submitted == 1

    def test_a_filled_form_of_ours_is_read_and_each_answer_says_so(
        self, program: Program, consultation: Consultation
    ) -> None:
        blank = program.browser().flask.get(f"/consultations/{SLUG}/formats/response-form.pdf")
        assert blank.status_code == 200
        filled = fill_with_pypdf(
            blank.data,
            {
                AnswerKey("respondent", "responds-as"): Given(choices=("individual",)),
                AnswerKey("respondent", "individual-class"): Given(choices=("governor",)),
                AnswerKey("respondent", "publish"): Given(choices=("named",)),
                AnswerKey("respondent", "name"): Given(text="Sam Okafor"),
                AnswerKey("culture.speaking-up", "comment"): Given(text="Say who listens."),
                AnswerKey("culture.speaking-up", "clarity"): Given(choices=("very-clear",)),
                AnswerKey("culture.speaking-up", "necessity", "provider-chair"): Given(
                    choices=("essential",)
                ),
                AnswerKey("continuation", "1"): Given(text="And one more thing."),
            },
        )
        ola, cas = officer(program), officer(program, "cas")
        ola.note(filled, "form.pdf", channel="form")
        item = ola.item
        assert "3 answers were read from the form by the program" in ola.browser.screen.text
        screen = ola.browser.open(f"{item}/answers/culture.speaking-up")
        assert screen.text.count("Read from the form") == 3
        ola.answer(item, "culture.speaking-up", {COMMENT: "Say who listens!"})
        assert "2 answers were read" in ola.browser.screen.text
        ola.finish(item)
        screen = cas.check(item)
        for part in ("Sam Okafor", "Say who listens!", "Very clear", "Essential"):
            assert part in screen.text
        reference = the_reference(cas.approve(item).text)
        lead = Lead(program.staff(Role.CONSULTATION_LEAD))
        text = lead.browser.open(f"{lead.one()}/responses/{reference}").text
        assert "On a form that was filled in elsewhere" in text
        assert "Yes, with the name" in text


class TestWhatIsTyped:
    def test_everything_wrong_with_what_came_is_said_at_once(
        self, program: Program, consultation: Consultation
    ) -> None:
        ola = officer(program)
        screen = ola.note(b"\x00\x01", "odd.bin", status=422, channel=[], received_time="sometime")
        assert screen.errors[:2] == ["Select how it came", "Enter a time, such as 9am or 5:30pm"]
        assert screen.errors[2].startswith("This is not a PDF, a JPEG or PNG picture, an email")
        early: dict[str, Any] = {"received_on-day": "1"}
        assert ola.note(PDF, "x.pdf", status=422, **early).errors == [
            "The consultation was not open yet on that day"
        ]
        ahead: dict[str, Any] = {"received_on-day": "30"}
        assert ola.note(PDF, "x.pdf", status=422, **ahead).errors == ["That is still to come"]
        assert LETTER["note"] in ola.browser.screen.response.text

    def test_two_officers_on_one_page_lose_nothing(
        self, program: Program, consultation: Consultation
    ) -> None:
        ola, bea = officer(program), officer(program, "bea")
        ola.note(PDF, "letter.pdf")
        item = ola.item
        ola.transcribe(item, "First")
        for each in (ola, bea):
            each.browser.open(f"{item}/answers/culture.speaking-up")
        ola.browser.press("Save and return", {COMMENT: "What Ola typed"})
        screen = bea.browser.press(
            "Save and return",
            {COMMENT: "What Bea typed", "culture.speaking-up:clarity": "very-clear"},
            status=409,
        )
        assert "What Ola typed" in screen.text
        assert "What Bea typed" in screen.response.text
        bea.browser.press("Save and return", {COMMENT: "What both agree on"})
        screen = ola.browser.open(f"{item}/answers/culture.speaking-up")
        assert "What both agree on" in screen.response.text
        checked = screen.soup.select_one("input[value=very-clear]")
        assert checked is not None
        assert checked.has_attr("checked")

    def test_two_officers_say_who_responds_and_both_are_shown(
        self, program: Program, consultation: Consultation
    ) -> None:
        ola, bea = officer(program), officer(program, "bea")
        ola.note(PDF, "letter.pdf")
        item = ola.item
        ola.say_who(item)
        for each in (ola, bea):
            each.browser.open(f"{item}/about/who")
        ola.browser.press("Save and return", {"respondent_class": "patient"})
        screen = bea.browser.press("Save and return", {"respondent_class": "academic"}, status=409)
        assert "Patient, service user or carer" in screen.soup.select_one(".nhsuk-inset-text").text  # type: ignore[union-attr]  # It is there.
        assert screen.soup.select_one("input[value=academic][checked]")
        bea.browser.press("Save and return", {})
        assert ola.browser.open(f"{item}/about/who").soup.select_one(
            "input[value=academic][checked]"
        )

    def test_what_is_not_whole_is_not_handed_over(
        self, program: Program, consultation: Consultation
    ) -> None:
        ola = officer(program)
        ola.note(PDF, "letter.pdf")
        item = ola.item
        screen = ola.finish(item, status=422)
        assert screen.errors == [
            "Say who responds first: what is marked as needed below is missing."
        ]
        ola.say_who(item)
        screen = ola.finish(item, status=422)
        assert screen.errors == ["Transcribe at least one answer first."]


class TestFiles:
    def test_more_files_are_attached_once_each_and_taken_off(
        self, program: Program, consultation: Consultation
    ) -> None:
        ola = officer(program)
        ola.note(SCAN, "page 1.jpg")
        item = ola.item

        def attach(content: bytes, name: str, status: int = 200) -> list[str]:
            ola.browser.open(item)
            file = {"file": (io.BytesIO(content), name)}
            return ola.browser.press("Attach this file", file, status=status).errors

        attach(SCAN + b"2", "page 2.jpg")
        assert attach(SCAN, "again.jpg", 422) == ["This very file is attached already"]
        assert attach(b"", "", 422) == ["Choose the file to attach"]
        assert "page 2.jpg" in ola.browser.open(item).text
        ola.browser.press("Take page 1.jpg off")
        text = ola.browser.open(item).text
        assert "Take page 1.jpg off" not in text
        assert "File taken off" in text

    def test_what_is_no_response_is_removed_with_a_reason_and_erased(
        self, program: Program, consultation: Consultation
    ) -> None:
        ola = officer(program)
        ola.note(SCAN, "page 1.jpg", words="A complaint about parking.")
        item = ola.item
        source = str(ola.browser.screen.soup.select_one("img.bm-scan")["src"])  # type: ignore[index]  # It is there.
        ola.browser.follow("This is no response: remove it")
        assert ola.browser.press("Remove it", {"reason": " "}, status=422).errors == [
            "Enter the reason"
        ]
        screen = ola.browser.press("Remove it", {"reason": "About parking."})
        assert "The item is removed" in screen.text
        text = ola.browser.open(item).text
        assert "About parking." in text
        assert "A complaint" not in text
        ola.browser.open(source, status=404)
        ola.browser.post(f"{item}/finish", {"csrf_token": ola.browser.proof()}, status=409)
        with program.database.reading() as session:
            (received, attached, removed) = services.evidence(session, consultation.id)
        assert (removed.kind, removed.why, removed.by) == (
            "intake.removed",
            "About parking.",
            "Ola",
        )
        assert "parking" not in received.words + attached.words


class TestWhoMay:
    def test_nobody_but_the_team_of_the_organisation(
        self, program: Program, consultation: Consultation
    ) -> None:
        ola = officer(program)
        ola.note(PDF, "letter.pdf")
        item = ola.item
        elsewhere = program.add_organisation("elsewhere", "Elsewhere ICB")
        far = program.staff(Role.CONSULTATION_OFFICER, "far@elsewhere.example", elsewhere)
        for browser in (program.staff(Role.MODERATOR), program.staff(Role.RECRUITER), far):
            browser.open(ola.all, status=403)
            browser.open(item, status=403)
            proof = {"csrf_token": browser.proof()}
            browser.post(f"{item}/finish", proof, status=403)
        far.open(item.replace("meadowbank", "elsewhere"), status=404)

    def test_steps_out_of_order_are_refused_and_change_nothing(
        self, program: Program, consultation: Consultation
    ) -> None:
        ola, cas = officer(program), officer(program, "cas")
        ola.note(PDF, "letter.pdf")
        item = ola.item
        proof = {"csrf_token": cas.browser.proof(), "round": "1", "reason": "Early"}
        cas.browser.post(f"{item}/approve", proof, status=409)
        cas.browser.post(f"{item}/send-back", proof, status=409)
        ola.transcribe(item)
        ola.finish(item)
        # A page of the round before is no check of what was typed since.
        cas.browser.post(f"{item}/approve", {**proof, "round": "0"}, status=409)
        cas.browser.post(f"{item}/finish", proof, status=409)
        cas.browser.post(f"{item}/answers/culture.speaking-up", proof, status=409)
        cas.approve(item)
        cas.browser.post(f"{item}/approve", proof, status=409)
        cas.browser.post(f"{item}/remove", proof, status=409)
        with program.database.reading() as session:
            assert totals_of(session, consultation.id).submitted == 1
