"""Tables read back, row by row, to see that a file holds what was meant to be written.

None of this is what wrote them: CSV by Python's own reader, workbooks by an XML parser that knows
nothing of who made them.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from lxml import etree

from exports.tables.cells import unescaped
from exports.tables.writing import CellDigest

Rows = Iterator[list[str]]
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_LONGEST_CELL = 1 << 26
_SHEET = re.compile(r"xl/worksheets/sheet([0-9]+)\.xml")


class NotAsWritten(ValueError):
    """A file does not hold what was written into it."""


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in a table: rows without headings, and the digest of every cell."""

    rows: int
    digest: str


def read_table(
    file: IO[bytes], suffix: str, keys: Sequence[str], heard: Callable[[], None] = lambda: None
) -> Found:
    """Read a whole table and return what stands in it; raises NotAsWritten.

    `keys` are those of its columns; `heard` is called every thousand rows.
    """
    digest = CellDigest()
    rows = -1
    try:
        for cells in READERS[suffix](file, keys):
            if len(cells) > len(keys):
                raise NotAsWritten(f"row {rows + 1} has {len(cells)} cells for {len(keys)} columns")
            digest.add([*cells, *[""] * (len(keys) - len(cells))])
            rows += 1
            if rows % 1000 == 0:
                heard()
    except NotAsWritten:
        raise
    except (csv.Error, etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise NotAsWritten(f"it cannot be read: {error}") from error
    except (EOFError, OSError, zlib.error) as error:
        raise NotAsWritten("it is cut off or damaged") from error
    if rows < 0:
        raise NotAsWritten("it has no row of headings")
    return Found(rows, digest.digest())


def csv_rows(file: IO[bytes], _keys: Sequence[str]) -> Rows:
    """Yield the rows of a CSV file with its headings."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        with _long_cells():
            yield from csv.reader(text, strict=True)
    finally:
        # Whoever gave the file closes it.
        text.detach()


def json_rows(file: IO[bytes], keys: Sequence[str]) -> Rows:
    """Yield the keys, and the rows of a file of JSON Lines with a text for each key."""
    yield list(keys)
    for line in file:
        if not line.endswith(b"\n"):
            raise NotAsWritten("its last line is cut off")
        said = json.loads(line)
        if not isinstance(said, dict) or not said.keys() <= set(keys):
            raise NotAsWritten("a line has something else than its columns")
        yield [said.get(key, "") for key in keys]


def workbook_rows(file: IO[bytes], _keys: Sequence[str]) -> Rows:
    """Yield the rows of an Excel workbook, its headings once; every cell must be text."""
    with zipfile.ZipFile(file) as archive:
        numbers = sorted(
            int(found[1]) for found in map(_SHEET.fullmatch, archive.namelist()) if found
        )
        for number in numbers:
            with archive.open(f"xl/worksheets/sheet{number}.xml") as sheet:
                rows = _sheet_rows(sheet)
                headings = next(rows, None)
                if number == 1 and headings is not None:
                    yield headings
                yield from rows


def document_rows(file: IO[bytes], _keys: Sequence[str]) -> Rows:
    """Yield the rows of an OpenDocument spreadsheet, its headings once; every cell must be text."""
    with zipfile.ZipFile(file) as archive, archive.open("content.xml") as content:
        is_first, is_heading = True, False
        for event, element in _elements(content, f"{_TABLE}table", f"{_TABLE}table-row"):
            if element.tag == f"{_TABLE}table":
                is_heading = event == "start"
                is_first = is_first and event == "start"
            elif event == "end":
                if is_first or not is_heading:
                    yield _trimmed([_document_text(cell) for cell in element])
                is_heading = False
                _forget(element)


READERS: dict[str, Callable[[IO[bytes], Sequence[str]], Rows]] = {
    ".csv": csv_rows,
    ".jsonl": json_rows,
    ".xlsx": workbook_rows,
    ".ods": document_rows,
}
"""How a table is read, by the end of its file's name."""


def _sheet_rows(sheet: IO[bytes]) -> Rows:
    for event, element in _elements(sheet, f"{_MAIN}row"):
        if event == "start":
            continue
        cells: list[str] = []
        for each in element:
            cells.extend([""] * (_place(each.get("r", "")) - len(cells)))
            cells.append(unescaped(_sheet_text(each)))
        yield cells
        _forget(element)


def _sheet_text(cell: etree._Element) -> str:
    # The one text of the one inline string; a formula or a number would be something else.
    if cell.get("t") == "inlineStr" and len(cell) == 1 and cell[0].tag == f"{_MAIN}is":
        inline = cell[0]
        if len(inline) == 1 and inline[0].tag == f"{_MAIN}t" and not len(inline[0]):
            return inline[0].text or ""
    raise NotAsWritten(f"cell {cell.get('r')} is not a text")


def _place(reference: str) -> int:
    place = 0
    for letter in reference.rstrip("0123456789"):
        place = place * 26 + ord(letter) - 64
    return place - 1


def _document_text(cell: etree._Element) -> str:
    if cell.get(f"{_TABLE}formula") is not None:
        raise NotAsWritten("a cell is a formula")
    if len(cell) and cell.get(f"{_OFFICE}value-type") != "string":
        raise NotAsWritten("a cell is not a text")
    return "\n".join("".join(_parts(paragraph)) for paragraph in cell)


def _parts(paragraph: etree._Element) -> Iterator[str]:
    yield paragraph.text or ""
    for each in paragraph:
        if each.tag == f"{_TEXT}s":
            yield " " * int(each.get(f"{_TEXT}c", "1"))
        elif each.tag == f"{_TEXT}tab":
            yield "\t"
        else:
            raise NotAsWritten("a text has something else in it than blanks")
        yield each.tail or ""


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _elements(file: IO[bytes], *tags: str) -> Iterator[tuple[str, etree._Element]]:
    return iter(
        etree.iterparse(
            file,
            events=("start", "end"),
            tag=tags,
            resolve_entities=False,
            no_network=True,
            huge_tree=True,
        )
    )


def _forget(element: etree._Element) -> None:
    element.clear()
    above = element.getparent()
    while above is not None and element.getprevious() is not None:
        del above[0]


@contextmanager
def _long_cells() -> Iterator[None]:
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)
