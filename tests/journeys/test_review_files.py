"""Reviews that travel as files: real forms, filled by real programs, and scans of paper."""

from __future__ import annotations

import datetime as dt
import shutil
import uuid
from pathlib import Path

import pytest

from exports.forms.prefill import Base
from exports.worker import Press
from frameworks.questions import AnswerKey, Given
from tests.factories.files import garbage, refused_files
from tests.factories.filling import fill_with_pikepdf, fill_with_pypdf
from tests.factories.review_files import SCAN
from tests.factories.reviews import write_what_signing_needs
from tests.pages.review import ReviewPages
from tests.pages.review_files import ReviewFiles
from tests.program import Program
from webapp.operations.routines import routines_for
from webapp.persistence import Database
from webapp.security import Role

CHIEF_EXECUTIVE = "Chief executive of an NHS provider"
APPRAISEE = "jo.hall@example.org"
SUMMARY = AnswerKey("feedback", "summary")
OBJECTIVE = AnswerKey("objectives.1", "objective")
DUE = AnswerKey("objectives.1", "by")
COMMENT = AnswerKey("comments", "appraisee")
PAGE = AnswerKey("continuation", "page-1")
PNG = b"\x89PNG\r\n\x1a\n a photograph of paper"
SQLITE_ONLY = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one program printed and with which keys, so that the form is drawn once here."""
    return tmp_path_factory.mktemp("printed")


@pytest.fixture
def program(database: Database, tmp_path: Path, press: Press, printed: Path) -> Program:
    """A fresh installation that finds the form printed, if a test before it had it printed."""
    shutil.copytree(printed, tmp_path, dirs_exist_ok=True)
    return Program(database, tmp_path, press)


@pytest.fixture(autouse=True)
def keep_printed(program: Program, printed: Path) -> None:
    """Have the form printed before the first test, and keep it."""
    if (printed / "printed").exists():
        return
    ReviewFiles.of(started(program)).download()
    shutil.copytree(program.home / "printed", printed / "printed")
    shutil.copy(program.home / "signing-keys", printed / "signing-keys")


def started(program: Program, **details: str) -> ReviewPages:
    email = f"appraiser-{uuid.uuid4().hex[:6]}@meadowbank.example"
    pages = ReviewPages(program.staff(Role.APPRAISER, email))
    pages.start(CHIEF_EXECUTIVE, **details)
    return pages


def shared(program: Program) -> tuple[ReviewPages, ReviewPages]:
    """Share a review that lacks nothing; return it in the browsers of both."""
    appraiser = started(program)
    with program.database.writing() as session:
        write_what_signing_needs(session, program.library, appraiser.path, program.clock())
    program.clock.move(minutes=1)
    appraiser.press("Share with Jo Hall")
    return appraiser, ReviewPages(program.join(APPRAISEE), appraiser.path)


class TestAFormThatComesBack:
    def test_the_form_goes_out_prefilled_and_comes_back_into_the_record(
        self, program: Program
    ) -> None:
        appraiser = started(program)
        appraiser.write("Feedback", {"feedback:summary": "Nine were asked."})
        files = ReviewFiles.of(appraiser)
        form = files.download()
        base = Base.of(form)
        assert base.seal.base
        filled = fill_with_pypdf(
            form,
            {
                SUMMARY: Given(text="Nine were asked and seven answered."),
                OBJECTIVE: Given(text="Halve the gap."),
                DUE: Given(text="31 March 2027"),
                PAGE: Given(text="Two more wrote later."),
            },
        )
        screen = files.bring(filled)
        assert screen.heading == "What the form would change"
        for words in (
            "Nine were asked and seven answered.",
            "31 March 2027",
            "Two more wrote later.",
            base.seal.identifier,
        ):
            assert words in screen.text
        screen = files.browser.press("Take these answers", status=422)
        assert screen.errors == ["Choose where this text belongs, or leave it out"]
        screen = files.browser.press("Take these answers", {"continuation-1": "feedback:summary"})
        assert "Success The answers of the form are in the review." in screen.text

        assert screen.heading == "Review of Jo Hall"
        assert "took answers from a filled form (file " in screen.text
        assert f"downloaded the form of revision 1 to fill in, copy {base.seal.identifier}" in (
            screen.text
        )
        draft = appraiser.open("/draft").text
        assert "Nine were asked and seven answered. Two more wrote later." in draft
        assert "31 March 2027" in draft
        files.open()
        taken = files.browser.follow("form.pdf (PDF)").response
        assert taken.data == filled
        assert taken.headers["Content-Disposition"].startswith("attachment")
        assert taken.headers["X-Content-Type-Options"] == "nosniff"
        assert files.bring(filled, status=409).errors[0].startswith("The answers of this very file")

    @SQLITE_ONLY
    def test_nothing_changes_is_said_plainly(self, program: Program) -> None:
        appraiser = started(program)
        appraiser.write("Feedback", {"feedback:summary": "Nine were asked."})
        files = ReviewFiles.of(appraiser)
        screen = files.bring(files.download())

        assert (
            "Nothing changes The form says what is stored already (1 answer): you need do nothing."
            in screen.text
        )
        assert "Take these answers" not in screen.text
        screen = files.browser.press("Discard the file")
        assert screen.heading.startswith("Forms and files")

    @SQLITE_ONLY
    def test_what_was_changed_in_both_is_chosen_and_what_was_changed_here_stays(
        self, program: Program
    ) -> None:
        appraiser = started(program)
        appraiser.write("Feedback", {"feedback:summary": "Nine were asked."})
        files = ReviewFiles.of(appraiser)
        form = files.download()
        appraiser.write("Feedback", {"feedback:summary": "Ten were asked."})
        appraiser.write("Development plan", {"development.1:need": "Finance."})
        filled = fill_with_pikepdf(form, {SUMMARY: Given(text="Eleven were asked.")})
        screen = files.bring(filled)

        assert "Changed here since the form was downloaded" in screen.text
        assert "What stays" in screen.text
        assert "What is development need 1?" in screen.text
        screen = files.browser.press("Take these answers", status=422)
        assert screen.errors[0].startswith("Choose which answer to keep")
        files.browser.press("Take these answers", {"clash-1": "file"})
        draft = appraiser.open("/draft").text
        assert "Eleven were asked." in draft
        assert "Finance." in draft

    @SQLITE_ONLY
    def test_what_changes_while_somebody_looks_is_looked_at_again(self, program: Program) -> None:
        appraiser = started(program)
        files = ReviewFiles.of(appraiser)
        form = files.download()
        filled = fill_with_pypdf(
            form, {SUMMARY: Given(text="Nine."), OBJECTIVE: Given(text="Halve the gap.")}
        )
        screen = files.bring(filled)
        address = screen.path
        appraiser.write("Feedback", {"feedback:summary": "Ten."})
        files.browser.screen = screen
        screen = files.browser.press("Take these answers", status=409)

        assert screen.errors[0].startswith("Somebody changed the review")
        assert "Ten." in screen.text
        assert "Halve the gap." not in appraiser.open("/draft").text
        files.browser.open(address)
        files.browser.press("Take these answers", {"clash-1": "stored"})
        draft = appraiser.open("/draft").text
        assert "Ten." in draft
        assert "Halve the gap." in draft

    def test_the_person_appraised_brings_their_comments(self, program: Program) -> None:
        appraiser, appraisee = shared(program)
        files = ReviewFiles.of(appraisee)
        filled = fill_with_pypdf(
            files.download(),
            {COMMENT: Given(text="I see it otherwise."), SUMMARY: Given(text="Planted.")},
        )
        screen = files.bring(filled)
        assert "What cannot be taken from you" in screen.text
        files.browser.press("Take these answers")

        draft = appraiser.open("/draft").text
        assert "I see it otherwise." in draft
        assert "Planted." not in draft

    @SQLITE_ONLY
    def test_a_correction_after_signing_is_the_next_revision_with_a_reason(
        self, program: Program
    ) -> None:
        appraiser, appraisee = shared(program)
        files = ReviewFiles.of(appraiser)
        form = files.download()
        files.bring(fill_with_pypdf(form, {SUMMARY: Given(text="Ten were asked.")}))
        files.browser.press("Take these answers")
        appraiser.press("Finish revision 1")
        corrected = fill_with_pypdf(form, {SUMMARY: Given(text="Eleven were asked.")})
        assert "opens it again or amends it" in files.open("/bring-back").text
        files.browser.post(
            f"{files.path}/form.pdf", {"csrf_token": files.browser.proof()}, status=409
        )
        appraisee.sign()
        appraiser.sign()
        appraiser.open("/amend")
        appraiser.browser.press("Start revision 2", {"reason": "A wrong number."})
        screen = files.bring(corrected)
        assert "Answers from this copy of the form were taken before." in screen.text
        files.browser.press("Take these answers", {"clash-1": "file"}, status=422)
        screen = files.browser.press(
            "Take these answers", {"clash-1": "file", "reason": "I had counted wrongly."}
        )

        assert "I had counted wrongly." in screen.text
        assert "into revision 2" in screen.text

    @SQLITE_ONLY
    def test_a_form_of_another_review_is_refused(self, program: Program) -> None:
        first, second = started(program), started(program, appraisee_name="Jo Hill")
        form = ReviewFiles.of(first).download()
        filled = fill_with_pypdf(form, {SUMMARY: Given(text="Nine.")})
        screen = ReviewFiles.of(second).bring(filled, status=422)

        assert screen.errors[0].startswith("This copy of the form was downloaded from another")
        assert "Jo Hall" not in screen.text

    @SQLITE_ONLY
    def test_nobody_else_sees_what_somebody_sent(self, program: Program) -> None:
        appraiser, appraisee = shared(program)
        files = ReviewFiles.of(appraiser)
        filled = fill_with_pypdf(files.download(), {SUMMARY: Given(text="Ten.")})
        address = files.bring(filled).path

        appraisee.browser.open(address, status=404)
        proof = {"csrf_token": appraisee.browser.proof()}
        appraisee.browser.post(f"{address}/take", proof, status=404)
        appraisee.browser.post(f"{address}/discard", proof)
        assert files.browser.open(address).heading == "What the form would change"
        other = started(program)
        wrong = address.replace(files.path, ReviewFiles.of(other).path)
        other.browser.open(wrong, status=404)


@SQLITE_ONLY
class TestFilesThatCannotBeTaken:
    def test_every_one_is_refused_with_a_sentence_and_nothing_is_kept(
        self, program: Program
    ) -> None:
        appraiser = started(program)
        files = ReviewFiles.of(appraiser)
        form = files.download()
        wrong = []
        sent = {name: content for name, (content, _) in refused_files(form).items()}
        sent |= {"garbage": garbage(1), "a scan": SCAN}
        for name, content in sent.items():
            screen = files.bring(content, name=f"../../{name}<img src=x>\u202e.pdf", status=422)
            if not screen.errors or screen.errors[0][-1] not in ".!":
                wrong.append(f"{name}: {screen.errors}")
        assert wrong == []
        assert not list((program.home / "files").glob("??/*"))
        assert "took answers" not in appraiser.open().text

    def test_no_file_is_asked_for_again(self, program: Program) -> None:
        files = ReviewFiles.of(started(program))
        assert files.bring(b"", name="", status=422).errors == [
            "Choose the PDF file that you filled in"
        ]
        assert files.attach(b"", name="", status=422).errors == ["Choose the file to attach"]

    def test_a_file_that_is_too_large_is_refused_before_it_is_read(self, program: Program) -> None:
        files = ReviewFiles.of(started(program))
        screen = files.attach(b"%PDF-" + b"x" * 10_000_001, status=422)
        assert screen.errors[0].startswith("This file is larger than 10 MB.")
        files.bring(b"%PDF-" + b"x" * 10_000_001, status=422)


class TestPaper:
    def typed(self, appraiser: ReviewPages, content: bytes = PNG) -> ReviewFiles:
        """Attach a form and type the feedback from it to the end."""
        files = ReviewFiles.of(appraiser)
        files.attach(content, "photo.png")
        self.type_feedback(files, "Ten were asked.")
        return files

    def type_feedback(self, files: ReviewFiles, words: str) -> None:
        files.browser.follow("Feedback from others")
        files.browser.press("Save and go back", {"feedback:summary": words})
        files.browser.press("Everything is typed")

    def test_one_types_another_compares_and_both_are_in_the_record(self, program: Program) -> None:
        appraiser, appraisee = shared(program)
        files = self.typed(appraiser)
        assert "You typed this yourself" in files.browser.screen.text
        address = files.browser.screen.path
        assert files.browser.open(f"{address}/check").path == address
        assert "photo.png Waiting for a check" in appraisee.open("").text
        screen = appraisee.browser.follow("photo.png")
        assert screen.path == address
        file = appraisee.browser.follow("photo.png").response
        assert file.data == PNG
        assert file.mimetype == "image/png"
        assert file.headers["Content-Disposition"].startswith("attachment")
        assert file.headers["X-Content-Type-Options"] == "nosniff"

        appraisee.browser.open(address)
        screen = appraisee.browser.follow("Compare what was typed")
        assert "Ten were asked." in screen.text
        screen = appraisee.browser.press("Send it back", {"reason": " "}, status=422)
        assert screen.errors == ["Say why: the reason is kept with the review"]
        appraisee.browser.press("Send it back", {"reason": "It says eleven."})
        screen = files.browser.open(address)
        assert "It says eleven." in screen.text
        self.type_feedback(files, "Eleven were asked.")
        appraisee.browser.open(f"{address}/check")
        appraisee.browser.press("The file says the same", status=422)
        screen = appraisee.browser.press("The file says the same", {"clash-1": "file"})

        assert "Jo Hall, person appraised, compared what Appraiser" in screen.text
        assert "Eleven were asked." in appraiser.open("/draft").text
        assert "Taken" in files.open().text
        assert "photo.png" not in appraiser.open("").text.partition("What happened so far")[0]

    @SQLITE_ONLY
    def test_comments_on_paper_are_checked_by_whose_they_are(self, program: Program) -> None:
        appraiser, appraisee = shared(program)
        files = ReviewFiles.of(appraiser)
        address = files.attach(SCAN).path
        files.browser.follow("Comments of the person appraised")
        files.browser.press("Save and go back", {"comments:appraisee": "I see it otherwise."})
        files.browser.press("Everything is typed")
        appraiser.press("Let the board secretaries read it")
        secretary = program.staff(Role.BOARD_SECRETARY)
        assert "they are Jo Hall’s alone" in secretary.open(address).text
        secretary.post(
            f"{address}/check",
            {"csrf_token": secretary.proof(), "finished": "1"},
            status=409,
        )
        appraisee.browser.open(f"{address}/check")
        appraisee.browser.press("The file says the same")

        assert "I see it otherwise." in appraiser.open("/draft").text

    @SQLITE_ONLY
    def test_what_is_removed_is_gone_from_pages_and_disk(self, program: Program) -> None:
        appraiser = started(program)
        files = self.typed(appraiser)
        address = files.browser.screen.path
        screen = files.browser.press("Remove this form")
        assert "No form on paper is attached." in screen.text
        for tail in ("", "/file", "/check"):
            files.browser.open(address + tail, status=404)
        files_routine = routines_for(program.app.extensions["boardmark"].files)[-1]
        with program.database.writing() as session:
            files_routine(session, dt.datetime.now(dt.UTC) + dt.timedelta(hours=2))
            files_routine(session, dt.datetime.now(dt.UTC) + dt.timedelta(hours=2))
        assert not list((program.home / "files").glob("??/*"))

    @SQLITE_ONLY
    def test_the_same_file_twice_or_no_form_is_refused(self, program: Program) -> None:
        files = ReviewFiles.of(started(program))
        files.attach(SCAN)
        screen = files.attach(SCAN, status=409)
        assert screen.errors == ["This very file is attached to this review already"]
        for content in (b"<html><script>alert(1)</script>", b"GIF89a", b"PK\x03\x04"):
            screen = files.attach(content, "form.pdf", status=422)
            assert screen.errors[0].startswith("This file is not a PDF, a JPEG or a PNG.")

    @SQLITE_ONLY
    def test_a_file_that_the_disk_lost_is_said_to_be_lost(self, program: Program) -> None:
        files = ReviewFiles.of(started(program))
        address = files.attach(SCAN).path
        for path in (program.home / "files").glob("??/*"):
            path.write_bytes(b"something else")
        screen = files.browser.open(f"{address}/file", status=410)
        assert "damaged or missing" in screen.text

    @SQLITE_ONLY
    def test_a_wrong_date_is_shown_again_and_the_rest_is_kept(self, program: Program) -> None:
        files = ReviewFiles.of(started(program))
        address = files.attach(SCAN).path
        files.browser.follow("Objectives for the coming year")
        values = {
            "objectives.1:objective": "Halve the gap.",
            "objectives.1:by-day": "31",
            "objectives.1:by-month": "2",
            "objectives.1:by-year": "2027",
        }
        screen = files.browser.press("Save and go back", values, status=422)
        assert "Enter a real date" in screen.errors[0]
        screen = files.browser.open(f"{address}/sections/objectives")
        assert "Halve the gap." in screen.response.text

    @SQLITE_ONLY
    def test_after_it_is_handed_over_nothing_more_is_typed(self, program: Program) -> None:
        files = ReviewFiles.of(started(program))
        address = files.attach(SCAN).path
        files.browser.follow("Feedback from others")
        late = files.browser.screen
        files.browser.press("Save and go back", {"feedback:summary": "Ten."})
        files.browser.press("Everything is typed")
        files.browser.screen = late
        screen = files.browser.press("Save", {"feedback:summary": "Too late."}, status=409)
        assert screen.heading == "What you typed was not saved"
        assert "Too late." in screen.text
        assert files.browser.open(f"{address}/sections/feedback").path == address
