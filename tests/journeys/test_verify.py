"""Anybody checks a document: by the file, by the identifier, or by its QR code."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pikepdf
import pytest
from pikepdf import String

from exports.documents.review_record import ReviewRecord
from exports.forms.blank_forms import blank_appraisal
from exports.forms.examining import Examiner, ExaminerBusy
from exports.issuing import Issuer, issue
from exports.samples import samples
from exports.seals.sealing import read_seal
from exports.seals.signing import Keyring, SigningKey
from exports.seals.verifying import Verdict
from exports.worker import Press
from frameworks.model import Reference
from tests.pages.client import Client, Screen
from tests.program import Program
from webapp.issued.keys import Keys
from webapp.issued.register import Series
from webapp.persistence import Database
from webapp.web.printing import Counter

FINAL = "1.0.0"
OLD = "1.0.0-beta.1"
UNKNOWN = "5NRH-CGNQ-4TR4-80B5"
CANARY = "Canary-Yellowhammer"


@pytest.fixture
def database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """One kind is enough for what pages show; the register has its own tests on both."""
    path = tmp_path / "boardmark.sqlite3"
    shutil.copyfile(sqlite_template, path)
    found = Database(f"sqlite:///{path}")
    yield found
    found.close()


@pytest.fixture
def reader(program: Program) -> Client:
    return program.browser()


def check(reader: Client, content: bytes, name: str = "a.pdf", *, status: int = 200) -> Screen:
    """Choose a file on the page and send it."""
    reader.open("/verify")
    return reader.press("Check this file", {"file": [(io.BytesIO(content), name)]}, status=status)


def handed_out(program: Program, version: str = FINAL, series: Series | None = None) -> bytes:
    """Return a record that rests on a version, as everything leaves the service."""
    published = program.library.get(Reference(slug="board-leadership", version=version))
    record = cast("ReviewRecord", samples()["review-final"])
    record = dataclasses.replace(record, citation=str(published.reference), digest=published.digest)
    if series is not None:
        record = dataclasses.replace(record, position=f"{record.position} {series.number}")
    counter: Counter = program.app.extensions["boardmark"].counter
    return counter.hand_out(record, program.clock(), once=True, series=series)


def identifier_of(content: bytes) -> str:
    sealed = read_seal(content)
    assert sealed is not None
    return sealed.seal.identifier


def changed(content: bytes, text: str = "") -> bytes:
    """Return a file saved again, after a line was drawn across its first page."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + text.encode())
        saved = io.BytesIO()
        pdf.save(saved)
    return saved.getvalue()


class TestFiles:
    def test_a_reader_checks_a_record(self, reader: Client, program: Program) -> None:
        reader.open("/")
        reader.follow("see whether it is genuine")
        screen = check(reader, handed_out(program))
        assert screen.heading == "This file is exactly as we made it"
        assert "Review form or record" in screen.text
        assert "Its framework version is in force" in screen.text
        assert "Board leadership" in reader.follow("version 1.0.0").heading

    def test_what_was_saved_again_and_what_was_altered_are_told_apart(
        self, reader: Client, program: Program
    ) -> None:
        content = handed_out(program)
        assert check(reader, changed(content)).heading == "This is our document, saved again"
        screen = check(reader, changed(content, " 0 0 m 500 500 l S"))
        assert screen.heading == "This file has been altered"
        assert "Do not rely on it" in screen.text
        assert "Its framework version" not in screen.text

    def test_a_superseded_version_names_its_successor(
        self, reader: Client, program: Program
    ) -> None:
        screen = check(reader, handed_out(program, OLD))
        assert screen.heading == "This file is exactly as we made it"
        assert "has been replaced by version 1.0.0" in screen.text
        reader.follow("See what is different")

    def test_what_somebody_wrote_in_is_never_shown(
        self, reader: Client, program: Program, press: Press
    ) -> None:
        published = program.library.get(Reference(slug="board-leadership", version=FINAL))
        keys = Keys(program.home)
        keys.make_if_missing(program.clock().date())
        document = blank_appraisal(published, "provider-chair", dt.date(2026, 11, 23))
        form = issue(press, document, Issuer(program.url, keys.keyring)).content
        with pikepdf.open(io.BytesIO(form)) as pdf:
            for each in pdf.Root.AcroForm.Fields:
                if each.get("/FT") == "/Tx" and str(each.T) != "copy:identifier":
                    each.V = String(CANARY)
            pdf.docinfo["/Author"] = CANARY
            saved = io.BytesIO()
            pdf.save(saved)
        screen = check(reader, saved.getvalue(), f"{CANARY}.pdf")
        assert screen.heading == "This is a form of ours, filled in or saved again"
        assert CANARY not in screen.response.text

    def test_a_file_of_another_service_is_not_judged(self, reader: Client, press: Press) -> None:
        elsewhere = Issuer("https://other.example", Keyring(SigningKey(b"e" * 32)))
        content = issue(press, samples()["receipt"], elsewhere).content
        screen = check(reader, content)
        assert screen.heading == "This file was not sealed by this service"
        assert "Consultation" not in screen.text
        unsigned = issue(press, samples()["receipt"], Issuer(elsewhere.address, Keyring())).content
        assert check(reader, unsigned).heading == "This file is not signed"

    def test_an_old_document_is_still_known_after_a_new_key(
        self, reader: Client, program: Program
    ) -> None:
        old = handed_out(program)
        Keys(program.home).rotate(program.clock().date())
        assert check(reader, old).heading == "This file is exactly as we made it"
        new = handed_out(program)
        assert new != old
        assert check(reader, new).heading == "This file is exactly as we made it"

    @pytest.mark.parametrize(
        ("content", "heading"),
        [
            (b"no PDF at all", "This is not a PDF file"),
            (b"PK\x03\x04 a spreadsheet", "This is not a PDF file"),
            (b"%PDF-1.7 cut off", "This file is damaged"),
            (b"%PDF-" + bytes(10_000_000), "This file is too large to be one of ours"),
        ],
    )
    def test_what_is_no_document_is_told_with_what_to_do(
        self, reader: Client, content: bytes, heading: str
    ) -> None:
        assert check(reader, content).heading == heading
        assert "What to do" in reader.screen.text

    def test_a_pdf_of_somebody_else_is_not_ours(self, reader: Client) -> None:
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            saved = io.BytesIO()
            pdf.save(saved)
        assert check(reader, saved.getvalue()).heading == "This is not a file of ours"

    def test_no_file_and_a_file_that_is_empty_are_asked_for_again(self, reader: Client) -> None:
        reader.open("/verify")
        reader.press("Check this file", status=422)
        assert "Choose the PDF file to check" in reader.screen.text
        assert check(reader, b"").heading == "This is not a PDF file"

    def test_where_too_many_files_are_looked_at_the_reader_is_told_to_wait(
        self, program: Program
    ) -> None:
        class BusyExaminer(Examiner):
            def verify(self, content: bytes, keyring: Keyring) -> Verdict:
                raise ExaminerBusy("as many files are being read as this service can read")

        program.app.extensions["boardmark"] = dataclasses.replace(
            program.app.extensions["boardmark"], public_examiner=BusyExaminer()
        )
        screen = check(program.browser(), b"%PDF-1.7", status=503)
        assert screen.response.headers["Retry-After"] == "30"


class TestIdentifiers:
    def test_the_identifier_of_a_document_may_be_typed_in_any_way(
        self, reader: Client, program: Program
    ) -> None:
        identifier = identifier_of(handed_out(program))
        for typed in (identifier, identifier.lower().replace("-", " "), f"x/verify/{identifier}"):
            screen = reader.open(f"/verify?identifier={typed}")
            assert screen.path == f"/verify/{identifier}"
            assert screen.heading == "This identifier is one of ours"
            assert "Review form or record" in screen.text
            assert "23 November 2026" in screen.text

    def test_the_code_on_the_page_leads_to_it(self, reader: Client, program: Program) -> None:
        with pikepdf.open(io.BytesIO(handed_out(program))) as pdf:
            texts = " ".join(
                str(each.Alt)
                for each in pdf.objects
                if isinstance(each, pikepdf.Dictionary) and "/Alt" in each
            )
        found = re.search(rf"{re.escape(program.url)}(/verify/\S+)", texts)
        assert found
        assert reader.open(found[1]).heading == "This identifier is one of ours"

    def test_an_identifier_that_nobody_issued_is_told_with_advice(self, reader: Client) -> None:
        screen = reader.open(f"/verify/{UNKNOWN}", status=404)
        assert screen.heading == "We do not know this identifier"
        assert "check the file itself instead" in screen.text

    @pytest.mark.parametrize(
        ("typed", "says"),
        [
            ("", "Enter the identifier"),
            ("7K3M", "and this has 4"),
            ("5NRH-CGNQ-4TR4-80B6", "not as printed"),
            ("<script>alert(1)</script>", "is neither"),
            ("x" * 2000, "has 16 letters and digits"),
        ],
    )
    def test_a_mistyped_one_says_what_is_wrong_and_keeps_what_was_typed(
        self, reader: Client, typed: str, says: str
    ) -> None:
        response = reader.flask.get("/verify", query_string={"identifier": typed})
        assert response.status_code == 422
        reader.open(f"/verify?identifier={typed[:200]}", status=422)
        assert says in reader.screen.text
        assert "<script>alert" not in response.text

    def test_an_earlier_revision_says_that_there_is_a_later_one(
        self, reader: Client, program: Program
    ) -> None:
        first, _ = (handed_out(program, FINAL, Series("a review", n)) for n in (1, 2))
        screen = reader.open(f"/verify/{identifier_of(first)}")
        assert "There is a later revision" in screen.text
        assert samples()["review-final"].title not in screen.response.text
        assert "There is a later revision" in check(reader, first).text

    def test_an_address_with_anything_else_in_it_is_an_error_page(self, reader: Client) -> None:
        reader.open("/verify/nothing", status=404)
        assert reader.flask.get(f"/verify/{UNKNOWN.lower()}").status_code == 303
        assert reader.flask.get("/verify/" + "9" * 5000).status_code == 404
