"""Exports: asked for by a lead, made by the worker, checked, downloaded and deleted."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from frameworks.questions import AnswerKey, Given
from tests.factories.writing import COMMENT, SPEAKING
from tests.pages.exports import Exporter, lines_of
from tests.pages.responses import open_a_consultation
from tests.program import Program
from webapp.consultations import services as consultations
from webapp.consultations.consultation import Actor, Consultation
from webapp.consultations.redacting import Cut, Reason, Span
from webapp.consultations.respondents import Channel, Interest, Publish, Respondent, RespondsAs
from webapp.consultations.submissions import Decision
from webapp.extracts import services
from webapp.operations.routines import routines_for
from webapp.persistence import new_id
from webapp.security import Role

OFFICER = Actor(new_id(), "Ola Officer")
SECRET = "Zyxwv Utsrq"


@pytest.fixture
def consultation(program: Program) -> Consultation:
    return open_a_consultation(program)


@pytest.fixture
def exporter(program: Program, consultation: Consultation) -> Exporter:
    return Exporter.of(program)


def respond(
    program: Program, consultation: Consultation, key: str, answers: dict[AnswerKey, Given]
) -> str:
    """Take a response in and return its reference."""
    with program.database.writing() as session:
        return consultations.record_response(
            session,
            consultation_id=consultation.id,
            respondent=Respondent(
                responds_as=RespondsAs.ORGANISATION,
                respondent_class="acute",
                organisation_name="Meadow Trust",
                region="midlands",
                publish=Publish.NOT_AT_ALL,
                interest=Interest.NONE,
            ),
            answers=answers,
            channel=Channel.LETTER,
            received_at=program.clock(),
            key=key,
            library=program.library,
            taken_in_by=OFFICER,
            checked_by=OFFICER,
            now=program.clock(),
        ).reference


def tidy(program: Program) -> None:
    """Do what the worker does by the hour."""
    for routine in routines_for(program.app.extensions["boardmark"].files):
        with program.database.writing() as session:
            routine(session, program.clock())
    program.deliver_mail()


def stored(program: Program) -> list[Path]:
    return [path for path in (program.home / "files").glob("??/*") if path.is_file()]


ANSWERS = {
    COMMENT: Given(text="=1+1\nSay who listens."),
    AnswerKey(SPEAKING, "clarity"): Given(choices=("mostly-clear",)),
    AnswerKey(SPEAKING, "wording"): Given(text="I listen, and I act on it."),
    AnswerKey("consultation", "overall-comment"): Given(text="A good start."),
}


class TestMaking:
    @pytest.mark.parametrize("file_format", ["csv", "xlsx", "ods", "jsonl"])
    def test_a_lead_takes_comments_away_as_a_table(
        self, program: Program, consultation: Consultation, exporter: Exporter, file_format: str
    ) -> None:
        reference = respond(program, consultation, "a", ANSWERS)
        screen = exporter.make(file_format=file_format)
        assert screen.heading == "Export: ready"
        content = exporter.download(screen)
        assert hashlib.sha256(content).hexdigest() in screen.text
        files = exporter.files(file_format=file_format)
        name = "comments-board-leadership-1.1.0-beta.1-competency-consultation-1.0.0"
        assert set(files) == {
            f"{name}.{file_format}",
            f"{name}.jsonl",
            "README.txt",
            "manifest.json",
        }
        rows = lines_of(files)
        assert [row["number"] for row in rows] == ["0000001", "0000002", "0000003"]
        assert {row["response"] for row in rows} == {reference}
        wording, comment, overall = rows
        assert comment["comment"] == "=1+1\nSay who listens."
        assert wording["suggested_wording"] == "I listen, and I act on it."
        assert wording["present_wording"].startswith("I")
        assert wording["type"] == "Suggested wording"
        assert "Mostly clear" in comment["chosen"]
        assert overall["type"] == "General comment"
        assert "Meadow Trust" not in json.dumps(rows)
        assert "3 comments from 1 response" in screen.text

    def test_nothing_in_it_is_a_formula(
        self, program: Program, consultation: Consultation, exporter: Exporter
    ) -> None:
        respond(program, consultation, "a", ANSWERS)
        files = exporter.files()
        (table,) = [content for name, content in files.items() if name.endswith(".csv")]
        rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))
        assert rows[1]["Comment"] == "'=1+1\nSay who listens."
        assert rows[1]["Team’s response"] == rows[1]["Decision"] == ""

    def test_a_response_is_a_row_with_a_column_for_each_question(
        self, program: Program, consultation: Consultation, exporter: Exporter
    ) -> None:
        reference = respond(program, consultation, "a", ANSWERS)
        files = exporter.files(layout="responses", names="y")
        (row,) = lines_of(files)
        assert row["response"] == reference
        assert row["respondent"] == "Meadow Trust"
        assert row["publishing"] == "Not at all"
        assert row[f"{SPEAKING}:clarity"] == "Mostly clear"
        assert row[str(COMMENT)] == "=1+1\nSay who listens."
        (table,) = [content for name, content in files.items() if name.endswith(".csv")]
        headings = next(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))
        assert any(each.endswith(f"[{SPEAKING}:clarity]") for each in headings)

    def test_what_was_taken_out_is_in_no_export_old_or_new(
        self, program: Program, consultation: Consultation, exporter: Exporter
    ) -> None:
        reference = respond(
            program, consultation, "a", {COMMENT: Given(text=f"Ask {SECRET} about it.")}
        )
        before = exporter.make()
        address = before.link("Download the export")
        assert SECRET.encode() in b"".join(_texts(exporter.download(before)))
        with program.database.writing() as session:
            found = consultations.find_response(session, consultation.id, reference)
            assert found is not None
            (passage,) = [
                each
                for each in consultations.list_passages(session, found.id)
                if SECRET in each.text
            ]
            span = Span(4, 4 + len(SECRET), Reason.PERSONAL)
            cut = Cut(passage.key, span, passage.digest, len(passage.text))
            consultations.set_redactions(session, found.id, [cut])
        assert exporter.browser.flask.get(address).status_code == 410
        screen = exporter.browser.open(before.path)
        assert screen.heading == "Export: out of date"
        for file_format in ("csv", "xlsx", "ods", "jsonl"):
            for layout in ("comments", "responses"):
                after = exporter.make(file_format=file_format, layout=layout, which="all")
                assert SECRET.encode() not in b"".join(_texts(exporter.download(after)))
        with program.database.writing() as session:
            services.forget_old_extracts(session, program.clock())
        assert exporter.browser.open(before.path).heading == "Export: deleted"

    def test_what_does_not_count_is_left_out_and_said(
        self, program: Program, consultation: Consultation, exporter: Exporter
    ) -> None:
        respond(program, consultation, "a", ANSWERS)
        withdrawn = respond(program, consultation, "b", ANSWERS)
        with program.database.writing() as session:
            consultations.decide(
                session,
                consultation_id=consultation.id,
                reference=withdrawn,
                decision=Decision.REMOVE,
                reason="Sent twice.",
                by=OFFICER,
                now=program.clock(),
            )
        files = exporter.files(layout="responses")
        assert len(lines_of(files)) == 1
        manifest = json.loads(files["manifest.json"])
        assert manifest["left_out"] == [{"responses": 1, "why": "Removed"}]
        everything = lines_of(exporter.files(layout="responses", which="all"))
        assert sorted(row["standing"] for row in everything) == ["Counts", "Removed"]

    def test_the_same_responses_make_the_same_file(
        self, program: Program, consultation: Consultation, exporter: Exporter
    ) -> None:
        respond(program, consultation, "a", ANSWERS)
        first = exporter.download(exporter.make(file_format="xlsx"))
        second = exporter.download(exporter.make(file_format="xlsx"))
        assert first == second


class TestKeeping:
    def test_a_lead_deletes_an_export_and_the_record_stays(
        self, program: Program, consultation: Consultation, exporter: Exporter
    ) -> None:
        respond(program, consultation, "a", ANSWERS)
        screen = exporter.make()
        address = screen.link("Download the export")
        assert len(stored(program)) == 1
        screen = exporter.browser.press("Delete the export")
        assert "The export was deleted." in screen.text
        program.deliver_mail()
        assert stored(program) == []
        assert exporter.browser.flask.get(address).status_code == 410
        with program.database.reading() as session:
            kinds = [each.kind for each in services.evidence(session, consultation.id)]
            words = " ".join(each.words for each in services.evidence(session, consultation.id))
        assert kinds == ["extracts.asked", "extracts.made", "extracts.deleted"]
        assert "3 rows from 1 responses" in words

    def test_an_export_is_deleted_after_a_week(
        self, program: Program, consultation: Consultation, exporter: Exporter
    ) -> None:
        screen = exporter.make()
        program.clock.move(days=7, seconds=1)
        with program.database.writing() as session:
            assert not services.forget_old_extracts(session, program.clock())
        program.deliver_mail()
        assert stored(program) == []
        lead = Exporter(program, program.sign_in("exporter@meadowbank.example"))
        assert lead.browser.open(screen.path).heading == "Export: deleted"

    def test_an_export_made_before_the_schedule_erased_is_deleted_and_says_why(
        self, program: Program, consultation: Consultation, exporter: Exporter
    ) -> None:
        respond(program, consultation, "a", ANSWERS)
        program.clock.now = consultation.ends_at + dt.timedelta(days=720)
        tidy(program)
        exporter = Exporter(program, program.sign_in("exporter@meadowbank.example"))
        program.clock.move(days=30)
        exporter = Exporter(program, program.sign_in("exporter@meadowbank.example"))
        screen = exporter.make()
        address = screen.link("Download the export")
        assert len(stored(program)) == 1
        program.clock.move(hours=1)
        tidy(program)
        assert stored(program) == []
        assert exporter.browser.flask.get(address).status_code == 410
        gone = exporter.browser.open(screen.path)
        assert gone.heading == "Export: deleted"
        assert "It held words or names that were taken out or erased since" in gone.text
        assert gone.link("Make it again")
        with program.database.reading() as session:
            last = services.evidence(session, consultation.id)[-1]
        assert (last.kind, last.why) == ("extracts.deleted", services.HELD_ERASED)

    def test_what_is_cancelled_is_never_made(
        self, program: Program, consultation: Consultation, exporter: Exporter
    ) -> None:
        asked = exporter.ask()
        assert asked.heading == "Export: waiting"
        screen = exporter.browser.press("Cancel the export")
        assert screen.heading == "Export: cancelled"
        program.deliver_mail()
        assert exporter.browser.open(asked.path).heading == "Export: cancelled"
        assert stored(program) == []


class TestAsking:
    def test_what_is_not_chosen_is_asked_for_again(self, exporter: Exporter) -> None:
        screen = exporter.ask(layout="", which="", status=422)
        assert screen.errors == [
            "Select what a row of the table is",
            "Select which responses are in it",
        ]

    def test_only_so_many_are_made_at_once(self, exporter: Exporter) -> None:
        for _ in range(5):
            exporter.ask()
        screen = exporter.ask(status=409)
        assert "Other exports of this consultation are being made" in screen.errors[0]

    def test_the_page_of_the_consultation_leads_there(self, exporter: Exporter) -> None:
        exporter.browser.open(exporter.index.removesuffix("/exports"))
        screen = exporter.browser.follow("Export comments and responses")
        assert screen.heading == "Exports"
        assert exporter.browser.follow("Make an export").heading == "Make an export"

    def test_an_officer_makes_none(self, program: Program, exporter: Exporter) -> None:
        officer = program.staff(Role.CONSULTATION_OFFICER)
        officer.open(exporter.index, status=403)


def _texts(content: bytes) -> list[bytes]:
    """Return every file of a ZIP, and of the ZIPs in it."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            found.append(part)
            if name.endswith((".xlsx", ".ods")):
                found += _texts(part)
    return found
