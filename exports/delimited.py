"""Tables in text, as spreadsheets save them: which characters, which separator, which lines."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

# Ten thousand people with everything that can be said of them, and not more: a table is read while
# somebody waits.
MOST_CHARACTERS = 4_000_000
MOST_ROWS = 20_000
MOST_CELLS = 100
SEPARATORS = (",", ";", "\t")
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_ADVICE = "in the spreadsheet save it as “CSV UTF-8 (comma delimited)” and send that file"
# Where a text turns round, and marks without a width: they make two names look the same.
_UNSEEN = frozenset("\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class NotATable(ValueError):
    """Something that cannot be read as a table; the message says what to do."""

    def __init__(self, line: int, message: str) -> None:
        """Take the line, 1 where the whole file is to blame, and the sentence."""
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class TableLimits:
    """How much a table may have, in all and in each row."""

    characters: int
    rows: int
    cells: int


USUAL_LIMITS = TableLimits(MOST_CHARACTERS, MOST_ROWS, MOST_CELLS)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not empty: the line on which it begins, and its cells without odd blanks."""

    line: int
    cells: tuple[str, ...]


def decode_table(content: bytes) -> str:
    """Return the text of a file: UTF-8 with or without its mark, or UTF-16 with it.

    Anything else is refused with advice, since the older code pages differ in the very letters
    that names need. Raises NotATable.
    """
    if content.startswith(_SPREADSHEETS):
        raise NotATable(1, f"this is a spreadsheet and not a CSV file: {_ADVICE}")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise NotATable(
            line,
            f"the letters of this file cannot be told for certain: {_ADVICE}",
        ) from None


def one_line(text: str) -> str:
    """Return a text on one line: composed, without control characters and doubled blanks."""
    composed = unicodedata.normalize("NFC", text)
    seen = "".join(
        " " if unicodedata.category(each) in ("Cc", "Zl", "Zp") else each
        for each in composed
        if each not in _UNSEEN and unicodedata.category(each) != "Cs"
    )
    return " ".join(seen.split())


def read_rows(
    text: str, limits: TableLimits = USUAL_LIMITS, clean: Callable[[str], str] = one_line
) -> list[Row]:
    """Return the rows of a table in which something stands; raises NotATable.

    The separator is the one that the first line has most of: comma, semicolon or tab. `clean` is
    what each cell goes through.
    """
    if len(text) > limits.characters:
        raise NotATable(1, "the table is too long: send it in parts")
    if "\x00" in text:
        raise NotATable(text.count("\n", 0, text.index("\x00")) + 1, "this is not a table in text")
    text = text.removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    skipped = 0
    if first.strip().lower() in {f"sep={each}" for each in SEPARATORS if each != "\t"}:
        # How a spreadsheet is told what separates the cells.
        separator, text, skipped = first.strip()[-1], rest, 1
    else:
        separator = _separator(text)
    return list(_rows(text, separator, skipped, limits, clean))


def _separator(text: str) -> str:
    header = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(header.split('"')[::2])
    return max(SEPARATORS, key=outside.count)


def _rows(
    text: str, separator: str, skipped: int, limits: TableLimits, clean: Callable[[str], str]
) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1 + skipped
    try:
        for number, cells in enumerate(reader):
            if number > limits.rows:
                raise NotATable(
                    line, f"the table has more than {limits.rows:,} rows: send it in parts"
                )
            if len(cells) > limits.cells:
                raise NotATable(
                    line, f"a row has at most {limits.cells} cells, this has {len(cells)}"
                )
            found = tuple(clean(cell) for cell in cells)
            if any(found):
                yield Row(line, found)
            line = reader.line_num + 1 + skipped
    except csv.Error as error:
        if "field larger" in str(error):
            message = "a cell is longer than any cell may be: is a quotation mark never closed?"
        else:
            message = "a quotation mark is never closed, or something stands right after one"
        raise NotATable(line, message) from None
