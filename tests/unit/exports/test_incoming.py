"""Files that people send in, told by their content and read where they can do no harm."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator

import odf.opendocument
import odf.table
import odf.text
import pytest
import xlsxwriter

from exports.forms.examining import Examiner
from exports.forms.filled import FileRefused, Reason
from exports.incoming.answer_rows import TableRow
from exports.incoming.answer_tables import MOST_ROWS, read_table
from exports.incoming.file_names import shown_name
from exports.incoming.looking import look_at
from exports.incoming.source_kinds import SourceKind, kind_of
from tests.factories.answer_tables import as_csv, as_xlsx


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    examiner = Examiner()
    yield examiner
    examiner.close()


def packed(**members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, member in members.items():
            path = name.replace("__", "/").replace("_xml", ".xml")
            # The same to the byte whenever it is made: tests are named for what they are given.
            made.writestr(zipfile.ZipInfo(path), member, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def a_workbook(*cells: tuple[int, int, object]) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "dd/mm/yy"})
    sheet = book.add_worksheet()
    for row, column, value in cells:
        sheet.write(row, column, value)
    book.close()
    return content.getvalue()


def an_ods(repeated_rows: int = 1, repeated_columns: int = 1) -> bytes:
    document = odf.opendocument.OpenDocumentSpreadsheet()
    table = odf.table.Table(name="A")
    row = odf.table.TableRow(numberrowsrepeated=repeated_rows)
    cell = odf.table.TableCell(valuetype="string", numbercolumnsrepeated=repeated_columns)
    cell.addElement(odf.text.P(text="x"))
    row.addElement(cell)
    table.addElement(row)
    document.spreadsheet.addElement(table)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


class TestKinds:
    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            (b"%PDF-1.7 ...", SourceKind.PDF),
            (b"\xff\xd8\xff\xe0", SourceKind.JPEG),
            (b"\x89PNG\r\n\x1a\n", SourceKind.PNG),
            (b"From: a@b\nDate: today\n\nHello", SourceKind.EMAIL),
            (b"Received: by x\r\n\tfor y\r\nSubject: z\r\n\r\n", SourceKind.EMAIL),
            (b"Dear all: this is from: a letter\n\nHello", SourceKind.TEXT),
            ("Größe".encode("utf-16"), SourceKind.TEXT),
            (packed(word__document_xml=b"<w/>"), SourceKind.WORD),
            (packed(mimetype=b"application/vnd.oasis.opendocument.text"), SourceKind.ODT),
        ],
    )
    def test_a_file_is_what_its_content_says(self, content: bytes, kind: SourceKind) -> None:
        assert kind_of(content) is kind

    @pytest.mark.parametrize(
        ("content", "part"),
        [
            (b"\x00\x01\x02", "This is not a PDF"),
            (b"MZ\x90\x00\x03", "This is not a PDF"),
            (b"\xd0\xcf\x11\xe0", "save it as a PDF"),
            (b"PK\x03\x04", "damaged"),
            (packed(xl__workbook_xml=b"<x/>"), "spreadsheet"),
            (packed(virus=b"!"), "This is not a PDF"),
        ],
    )
    def test_anything_else_is_refused_with_what_to_do(self, content: bytes, part: str) -> None:
        with pytest.raises(FileRefused, match=part) as refused:
            kind_of(content)
        assert refused.value.reason is Reason.NO_SUCH_KIND

    def test_a_name_is_shown_without_folders_and_hidden_letters(self) -> None:
        assert shown_name("C:\\letters\\one\u202efdp.exe") == "one fdp.exe"
        assert shown_name("../../etc/passwd") == "passwd"
        assert shown_name("/") == "A file without a name"


class TestTexts:
    def test_an_email_is_read_with_its_head_and_named_attachments(self) -> None:
        content = (
            b"From: Bo <b@example.org>\r\nSubject: =?utf-8?q?View_=C3=B6?=\r\n"
            b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
            b"--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
            b"<style>p{}</style><p>Boards <b>should</b><br>listen &amp; act</p>"
            b"<script>steal()</script>\r\n"
            b"--x\r\nContent-Type: application/pdf\r\n"
            b'Content-Disposition: attachment; filename="view.pdf"\r\n\r\nx\r\n--x--\r\n'
        )
        text = look_at(content).text
        assert "From: Bo <b@example.org>" in text
        assert "Subject: View ö" in text
        assert "Boards should\nlisten & act" in text
        assert "view.pdf" in text
        assert "steal" not in text

    def test_an_email_that_is_folded_a_thousand_times_is_refused(self, examiner: Examiner) -> None:
        parts = b"".join(
            b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (each, each)
            for each in range(3000)
        )
        with pytest.raises(FileRefused, match="cannot be read"):
            examiner.look_at(b"From: a\nDate: b\n" + parts)

    def test_a_text_in_older_letters_is_read(self) -> None:
        assert look_at("“Ja”\r\n\x0cfür".encode("cp1252")).text == "“Ja”\nfür"


class TestTables:
    def test_cells_are_read_as_they_look(self) -> None:
        content = a_workbook(
            (0, 0, "key"), (0, 1, 17), (0, 2, 2.5), (0, 3, True), (3, 0, dt.date(2026, 6, 1))
        )
        assert read_table(content) == (
            TableRow(1, ("key", "17", "2.5", "yes")),
            TableRow(4, ("2026-06-01", "", "", "")),
        )

    def test_of_a_formula_what_it_came_to_is_read(self) -> None:
        content = io.BytesIO()
        book = xlsxwriter.Workbook(content, {"in_memory": True})
        book.add_worksheet().write_formula(0, 0, '=CONCAT("a","b")', None, "ab")
        book.close()
        assert read_table(content.getvalue())[0].cells == ("ab",)

    def test_csv_workbook_and_open_document_say_the_same(self) -> None:
        row = {"key": "1", "text": "One\nTwo"}
        assert read_table(as_csv([row], ("key", "text"))) == read_table(
            as_xlsx([row], ("key", "text"))
        )
        assert read_table(an_ods()) == (TableRow(1, ("x",)),)

    @pytest.mark.parametrize(
        ("content", "part"),
        [
            (a_workbook((0, 16_383, "x")), "16,384 columns"),
            (a_workbook((1_048_575, 0, "x"), (0, 0, "y")), "row 1,048,576"),
            (packed(xl__workbook_xml=b"0" * 200_000_000), "far larger than it looks"),
            (b"\xd0\xcf\x11\xe0 old", "damaged or of an unknown kind"),
            (b'key;text\n1;"never closed', "quotation mark"),
        ],
        ids=["wide", "tall", "bomb", "old", "quote"],
    )
    def test_what_is_too_much_is_refused_in_words(
        self, examiner: Examiner, content: bytes, part: str
    ) -> None:
        with pytest.raises(FileRefused, match=part) as refused:
            examiner.read_table(content)
        assert refused.value.reason is Reason.NOT_A_TABLE

    def test_cells_repeated_a_million_times_bring_nobody_down(self, examiner: Examiner) -> None:
        with pytest.raises(FileRefused):
            examiner.read_table(an_ods(1_048_576, 16_384))
        assert examiner.read_table(an_ods()) == (TableRow(1, ("x",)),)

    def test_a_csv_file_of_too_many_rows_is_refused(self) -> None:
        with pytest.raises(FileRefused, match="rows"):
            read_table(b"a;b\n" * (MOST_ROWS + 2))
