"""Tables that are written a row at a time, as other programs read them."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import openpyxl
import pydantic_core
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odf import teletype
from odf.opendocument import load as load_document
from odf.table import Table, TableCell, TableColumn, TableRow
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook

from exports.tables import restored, shown
from exports.tables.packages import WRITERS, Part, check_package, pack_tables
from exports.tables.reading import NotAsWritten, read_table
from exports.tables.writing import Column, Limits, TooManyColumns, Written
from tests.unit.exports.test_cells import HOSTILE

SPREADSHEETS = (".xlsx", ".ods")
Rows = list[list[str]]


def columns(number: int) -> list[Column]:
    return [Column(f"c{place}", f"Column {place}") for place in range(number)]


def write(
    path: Path,
    rows: Sequence[Sequence[str]],
    headings: Sequence[Column] | None = None,
    **options: object,
) -> Written:
    writer = WRITERS[path.suffix](path, title="Comments", **options)  # type: ignore[arg-type]
    writer.open(headings or columns(len(rows[0])))
    try:
        for row in rows:
            writer.row(row)
    except ValueError:
        writer.leave()
        raise
    return writer.close()


def padded(rows: Sequence[Sequence[object]], width: int) -> Rows:
    return [[*map(str, row), *[""] * (width - len(row))] for row in rows]


def by_duckdb(path: Path, width: int) -> Rows:
    query = (
        "SELECT * FROM read_csv(?, auto_detect=false, header=false, delim=',', quote='\"',"
        " escape='\"', new_line='\\r\\n', columns=?)"
    )
    named = {column.key: "VARCHAR" for column in columns(width)}
    rows = duckdb.connect().execute(query, [str(path), named]).fetchall()
    return [[each or "" for each in row] for row in rows]


def by_openpyxl(path: Path, width: int) -> Rows:
    rows: Rows = []
    for sheet in openpyxl.load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            assert {cell.data_type for cell in row if cell.value is not None} <= {"s", "inlineStr"}
            rows.append([unescape(str(cell.value or "")) for cell in row])
    return padded(rows, width)


def by_calamine(path: Path, width: int) -> Rows:
    book = CalamineWorkbook.from_path(path)
    rows: Rows = []
    for name in book.sheet_names:
        for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False):
            assert all(isinstance(each, str) for each in row)
            rows.append([str(each) for each in row])
    return padded(rows, width)


def by_odfpy(path: Path, width: int) -> Rows:
    rows: Rows = []
    for table in load_document(str(path)).spreadsheet.getElementsByType(Table):
        for row in table.getElementsByType(TableRow):
            cells = []
            for each in row.getElementsByType(TableCell):
                assert each.getAttribute("formula") is None
                lines = [teletype.extractText(line) for line in each.childNodes]
                assert not lines or each.getAttribute("valuetype") == "string"
                cells.append("\n".join(lines))
            rows.append(cells)
    return padded(rows, width)


OTHERS: list[tuple[str, Callable[[Path, int], Rows]]] = [
    (".csv", by_duckdb),
    (".xlsx", by_openpyxl),
    (".xlsx", by_calamine),
    (".ods", by_odfpy),
    (".ods", by_calamine),
]
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
ANY_ROWS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(ANY_TEXT, min_size=width, max_size=width), min_size=1)
)
ANY_TIMES = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize(("suffix", "read"), OTHERS)
@ANY_TIMES
@given(rows=ANY_ROWS)
def test_any_text_is_found_again_by_another_program(
    tmp_path: Path, suffix: str, read: Callable[[Path, int], Rows], rows: Rows
) -> None:
    path = tmp_path / f"table{suffix}"
    # A row of nothing is no row to some programs.
    rows = [["row", *row] for row in rows]
    written = write(path, rows)
    width = len(rows[0])
    found = read(path, width)
    assert found[0] == [column.heading for column in columns(width)]
    assert found[1:] == [[shown(text) for text in row] for row in rows]
    assert [[restored(text) for text in row] for row in found[1:]] == rows
    assert written.rows == len(rows)


@ANY_TIMES
@given(rows=ANY_ROWS)
def test_json_lines_hold_every_text_as_it_was_written(tmp_path: Path, rows: Rows) -> None:
    path = tmp_path / "table.jsonl"
    write(path, rows)
    content = path.read_bytes()
    lines = content.decode().splitlines()
    assert len(lines) == len(rows), "some character broke a line"
    assert not any(code < 0x20 and code != 0x0A for code in content)
    for line, row in zip(lines, rows, strict=True):
        found = json.loads(line)
        assert [found.get(column.key, "") for column in columns(len(row))] == row
        if line.isascii() and "\\ud" in line:
            continue  # A lone surrogate, which no other program takes.
        try:
            also = pydantic_core.from_json(line)
        except ValueError:
            assert any(0xD800 <= ord(each) < 0xE000 for text in row for each in text)
        else:
            assert also == found


def test_json_lines_are_read_by_a_database(tmp_path: Path) -> None:
    path = tmp_path / "table.jsonl"
    rows = [[text, "two\nlines\tand “more”"] for text in HOSTILE if "\x00" not in text]
    write(path, rows)
    query = "SELECT c0, c1 FROM read_json(?, format='newline_delimited')"
    found = duckdb.connect().execute(query, [str(path)]).fetchall()
    assert [list(row) for row in found] == rows


@pytest.mark.parametrize(("suffix", "read"), OTHERS)
def test_no_cell_and_no_heading_is_a_formula(
    tmp_path: Path, suffix: str, read: Callable[[Path, int], Rows]
) -> None:
    path = tmp_path / f"table{suffix}"
    headings = [Column(f"c{place}", text) for place, text in enumerate(HOSTILE)]
    write(path, [HOSTILE, tuple(reversed(HOSTILE))], headings)
    for row in read(path, len(HOSTILE)):
        assert all(text.startswith("'") for text in row)


@pytest.mark.parametrize("suffix", SPREADSHEETS)
def test_a_text_that_looks_like_markup_writes_no_cells(tmp_path: Path, suffix: str) -> None:
    smuggled = '<r></t></is></c><c r="B2"><f>1+1</f></c><c><is><t></r>'
    path = tmp_path / f"table{suffix}"
    write(path, [[smuggled, "after"]])
    assert by_calamine(path, 2)[1] == [f"'{smuggled}", "after"]


@pytest.mark.parametrize("suffix", SPREADSHEETS)
def test_a_table_longer_than_a_sheet_goes_on_on_the_next(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"table{suffix}"
    rows = [[f"{number}"] for number in range(7)]
    written = write(path, rows, limits=Limits(rows=4))
    assert (written.rows, written.sheets) == (7, 3)
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["Comments", "Comments 2", "Comments 3"]
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    assert [sheet[0] for sheet in sheets] == [["Column 0"]] * 3
    assert [row for sheet in sheets for row in sheet[1:]] == rows
    with path.open("rb") as file:
        found = read_table(file, suffix, ["c0"])
    assert (found.rows, found.digest) == (7, written.digest)


@pytest.mark.parametrize("suffix", SPREADSHEETS)
@pytest.mark.parametrize("letter", ["x", "\U0001f642", "\x07"])
def test_a_text_longer_than_a_cell_says_where_it_stands_whole(
    tmp_path: Path, suffix: str, letter: str
) -> None:
    path = tmp_path / f"table{suffix}"
    written = write(path, [["short"], [letter * 40_000]], whole="comments.jsonl")
    assert written.shortened == 1
    text = by_calamine(path, 1)[2][0]
    assert len(text.encode("utf-16-le")) // 2 <= 32_767
    assert text.endswith(" […] [Cut short: 40,000 characters, whole in comments.jsonl, line 2]")
    assert text.startswith(shown(letter) * 2000)


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_a_text_file_holds_a_text_of_any_length(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"table{suffix}"
    written = write(path, [["x" * 400_000]])
    assert written.shortened == 0
    with path.open("rb") as file:
        assert read_table(file, suffix, ["c0"]).digest == written.digest


@pytest.mark.parametrize("suffix", SPREADSHEETS)
def test_more_columns_than_a_sheet_has_are_refused(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(TooManyColumns, match="at most 3 columns, this has 4"):
        write(tmp_path / f"t{suffix}", [["a"] * 4], limits=Limits(columns=3))


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_row_has_a_text_for_every_column(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(ValueError, match="1 cells for 2 columns"):
        write(tmp_path / f"t{suffix}", [["a"]], columns(2))


@pytest.mark.parametrize("suffix", WRITERS)
def test_the_same_rows_make_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    contents = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        path = tmp_path / name / f"table{suffix}"
        write(path, [["a", "=b"], ["", "c\nd"]])
        contents.append(path.read_bytes())
    assert contents[0] == contents[1]


@pytest.mark.parametrize("text", [" a", "a ", "a  b", "a   b\tc", "\t", "a \n b", "   "])
def test_a_document_keeps_the_blanks_that_a_paragraph_would_swallow(
    tmp_path: Path, text: str
) -> None:
    path = tmp_path / "table.ods"
    write(path, [["first", text]])
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml").decode()
    for paragraph in re.findall("<text:p>(.*?)</text:p>", content):
        # What a paragraph does with white space as it stands, by the standard.
        assert paragraph == re.sub(r"[ \t\n]+", " ", paragraph).strip(" ")
    assert restored(by_odfpy(path, 2)[1][1]) == text


def test_whole_sentences_stand_in_a_wide_column(tmp_path: Path) -> None:
    headings = [Column("n", "Number"), Column("said", "Comment", is_prose=True)]
    for suffix in SPREADSHEETS:
        write(tmp_path / f"table{suffix}", [["1", "Say what somebody does."]], headings)
    sheet = openpyxl.load_workbook(tmp_path / "table.xlsx").active
    assert sheet is not None
    number, said = (sheet.column_dimensions[each].width for each in "AB")
    assert said > 3 * number
    styles = [
        each.getAttribute("stylename")
        for each in load_document(tmp_path / "table.ods").getElementsByType(TableColumn)
    ]
    assert styles == ["column", "prose"]


def test_a_document_says_first_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "table.ods"
    write(path, [["a"]])
    first = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
    assert path.read_bytes()[30:].startswith(first)


class TestPackages:
    """A ZIP of tables is compared with what was written into it."""

    @pytest.fixture(params=WRITERS)
    def packed(self, request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Part]:
        suffix: str = request.param
        path = tmp_path / f"table{suffix}"
        rows = [[f"{number}", "some words", "", f"=more\nwords {number}"] for number in range(300)]
        part = Part(f"comments{suffix}", path, tuple(columns(4)), write(path, rows))
        package = tmp_path / "package.zip"
        with package.open("wb") as file:
            pack_tables(file, [part], {"about": "a test"}, "Read me.\n")
        return package, part

    def test_what_was_written_is_found(self, packed: tuple[Path, Part]) -> None:
        package, part = packed
        heard: list[None] = []
        with package.open("rb") as file:
            check_package(file, [part], lambda: heard.append(None))
        assert heard
        with zipfile.ZipFile(package) as archive:
            manifest = json.loads(archive.read("manifest.json"))
        assert manifest["about"] == "a test"
        assert manifest["files"][0]["rows"] == 300

    def test_a_flipped_bit_is_found_wherever_it_is(self, packed: tuple[Path, Part]) -> None:
        package, part = packed
        content = package.read_bytes()
        with zipfile.ZipFile(package) as archive:
            size = archive.getinfo(part.name).compress_size
        begins_at = 30 + len(part.name)
        for place in range(begins_at, begins_at + size, max(1, size // 20)):
            flipped = bytearray(content)
            flipped[place] ^= 0x10
            with pytest.raises(NotAsWritten):
                check_package(io.BytesIO(bytes(flipped)), [part])

    def test_a_file_that_is_cut_off_is_found(self, packed: tuple[Path, Part]) -> None:
        package, part = packed
        content = package.read_bytes()
        for length in (0, 100, len(content) // 2, len(content) - 1):
            with pytest.raises(NotAsWritten):
                check_package(io.BytesIO(content[:length]), [part])

    def test_a_table_with_a_row_less_is_found(
        self, packed: tuple[Path, Part], tmp_path: Path
    ) -> None:
        _, part = packed
        rows = [[f"{number}", "some words", "", f"=more\nwords {number}"] for number in range(299)]
        write(part.path, rows)
        with (tmp_path / "other.zip").open("w+b") as file:
            pack_tables(file, [part], {}, "Read me.\n")
            with pytest.raises(NotAsWritten, match="reads differently"):
                check_package(file, [part])

    def test_a_table_with_another_word_is_found(
        self, packed: tuple[Path, Part], tmp_path: Path
    ) -> None:
        _, part = packed
        rows = [[f"{number}", "some words", "", f"=more\nwords {number}"] for number in range(300)]
        rows[150][1] = "same words"
        write(part.path, rows)
        with (tmp_path / "other.zip").open("w+b") as file:
            pack_tables(file, [part], {}, "Read me.\n")
            with pytest.raises(NotAsWritten, match="reads differently"):
                check_package(file, [part])
