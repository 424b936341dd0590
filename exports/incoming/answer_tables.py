"""Tables that people send: CSV, XLSX and ODS as rows of texts, each with its place."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from exports.delimited import NotATable, TableLimits, decode_table, read_rows
from exports.forms.filled import FileRefused, Reason
from exports.incoming.answer_rows import TableRow

MOST_ROWS = 100_000
MOST_COLUMNS = 100
MOST_CHARACTERS = 12_000_000
LARGEST_UNPACKED = 150_000_000
"""How large a spreadsheet may be that was packed into 10 MB; ours are a tenth of it."""

_LIMITS = TableLimits(characters=MOST_CHARACTERS, rows=MOST_ROWS, cells=MOST_COLUMNS)
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def read_table(content: bytes) -> tuple[TableRow, ...]:
    """Return the rows of the first sheet of a file; raises FileRefused."""
    if content.startswith(_SPREADSHEETS):
        return tuple(_spreadsheet(content))
    try:
        rows = read_rows(decode_table(content), limits=_LIMITS, clean=str.strip)
    except NotATable as error:
        place = f"Line {error.line}: " if error.line > 1 else ""
        raise _refused(f"{place}{_sentence(str(error))}") from error
    return tuple(TableRow(each.line, each.cells) for each in rows)


def _spreadsheet(content: bytes) -> Iterator[TableRow]:
    _check_unpacked(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        if not workbook.sheet_names:
            raise _refused("This spreadsheet has no sheet.")
        sheet = workbook.get_sheet_by_index(0)
        # They count from nought.
        height, width = sheet.total_height + 1, sheet.total_width + 1
        if height > MOST_ROWS:
            raise _refused(
                f"The table goes down to row {height:,}, and at most {MOST_ROWS:,} rows"
                " can be read. Delete empty rows at its end, or send it in parts."
            )
        if width > MOST_COLUMNS:
            raise _refused(
                f"The table has {width:,} columns, and at most {MOST_COLUMNS} can be"
                " read. Delete empty columns at its end."
            )
        rows = sheet.iter_rows()
    except PasswordError as error:
        raise _refused(
            "This spreadsheet is locked with a password: save it without one."
        ) from error
    except (CalamineError, ValueError, OSError) as error:
        raise _refused(
            "This spreadsheet is damaged or of an unknown kind. Save it again as XLSX, ODS or CSV."
        ) from error
    yield from _filled(rows)


def _filled(rows: Iterable[Iterable[Any]]) -> Iterator[TableRow]:
    left = MOST_CHARACTERS
    for number, row in enumerate(rows, 1):
        cells = tuple(_in_words(cell) for cell in row)
        left -= sum(map(len, cells))
        if left < 0:
            raise _refused("The table is too long: send it in parts.")
        if any(cells):
            yield TableRow(number, cells)


def _in_words(cell: Any) -> str:
    """Return a cell as somebody would have typed it; of a formula, what it came to."""
    match cell:
        case bool():
            return "yes" if cell else "no"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        case dt.datetime():
            return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
        case dt.date() | dt.time():
            return cell.isoformat()
        case _:
            return str(cell).strip()


def _check_unpacked(content: bytes) -> None:
    """Refuse what says itself that it is much larger than it looks, before anybody unpacks it."""
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(each.file_size for each in packed.infolist())
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise _refused("This spreadsheet is damaged: save it again and send that.") from error
    if size > LARGEST_UNPACKED:
        raise _refused(
            "This spreadsheet is far larger than it looks. Copy the answers alone into a new one,"
            " and send that."
        )


def _refused(message: str) -> FileRefused:
    return FileRefused(Reason.NOT_A_TABLE, message)


def _sentence(message: str) -> str:
    return f"{message[:1].upper()}{message[1:]}."
