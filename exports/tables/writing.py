"""What every table that is written row by row has in common; memory does not grow with its rows."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from exports.tables.cells import shown

MOST_ROWS = 1_048_576
"""Rows of one sheet, the heading among them, in the spreadsheets that people have."""

MOST_COLUMNS = 16_384
MOST_IN_A_CELL = 32_767
"""Characters that a cell of a spreadsheet holds, one outside the first plane counted twice."""


class TooManyColumns(ValueError):
    """A spreadsheet has not so many columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the key by which programs know it, and what people read above it.

    `is_prose` says that whole sentences stand in it, which are read in a wide column.
    """

    key: str
    heading: str
    is_prose: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one sheet holds."""

    rows: int = MOST_ROWS
    columns: int = MOST_COLUMNS
    in_a_cell: int = MOST_IN_A_CELL


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: rows without headings, sheets, cells cut short, and the cells’ digest."""

    rows: int
    sheets: int
    shortened: int
    digest: str


class CellDigest:
    """A digest over the texts of cells in order, however a file keeps them."""

    def __init__(self) -> None:
        """Begin with no row."""
        self._sum = hashlib.sha256()

    def add(self, cells: Iterable[str]) -> None:
        """Add a row; the length in front of each text keeps neighbours apart."""
        contents = [text.encode("utf-8", "surrogatepass") for text in cells]
        self._sum.update(b"".join([b"%d:%b" % (len(each), each) for each in contents]) + b"\n")

    def digest(self) -> str:
        """Return the digest of the rows so far."""
        return f"sha256:{self._sum.hexdigest()}"


class TableWriter(ABC):
    """Writes one table to a file: `open`, a `row` at a time, `close`.

    The same rows make the same bytes. `whole` names the file in which a text that is longer than
    a cell stands whole, on the line that has the number of the row; `scratch` is a folder for what
    is needed meanwhile.
    """

    suffix: ClassVar[str]
    media_type: ClassVar[str]

    def __init__(
        self,
        path: Path,
        *,
        title: str = "Table",
        whole: str = "",
        scratch: Path | None = None,
        limits: Limits = LIMITS,
    ) -> None:
        """Take where to write; nothing is written before `open`."""
        self.path = path
        self.title = title
        self.whole = whole
        self.scratch = scratch or path.parent
        self.limits = limits
        self.columns: tuple[Column, ...] = ()
        self.rows = 0
        self.sheets = 0
        self.shortened = 0
        self._digest = CellDigest()

    def open(self, columns: Sequence[Column]) -> None:
        """Begin the table; raises TooManyColumns."""
        if self.is_sheet and len(columns) > self.limits.columns:
            raise TooManyColumns(
                f"a sheet has at most {self.limits.columns} columns, this has {len(columns)}"
            )
        self.columns = tuple(columns)
        self._begin()
        self._begin_sheet()

    def row(self, cells: Sequence[str]) -> None:
        """Write one row; ValueError unless it has a text for every column."""
        if len(cells) != len(self.columns):
            raise ValueError(f"a row has {len(cells)} cells for {len(self.columns)} columns")
        if self.is_sheet and self._rows_of_sheet + 1 >= self.limits.rows:
            self._end_sheet()
            self._begin_sheet()
        self.rows += 1
        self._rows_of_sheet += 1
        standing = [self._standing(each) if each else "" for each in cells]
        self._digest.add(standing)
        self._write(standing)

    def close(self) -> Written:
        """End the table and say what was written."""
        self._end_sheet()
        self._end()
        return Written(self.rows, self.sheets, self.shortened, self._digest.digest())

    @abstractmethod
    def leave(self) -> None:
        """Close the files of a table that was begun and that nobody wants any more."""

    @property
    def is_sheet(self) -> bool:
        """Whether rows, columns and cells are limited as in a spreadsheet."""
        return False

    @property
    def sheet_name(self) -> str:
        """What the present sheet is called: the title, numbered from the second sheet on."""
        return self.title if self.sheets < 2 else f"{self.title} {self.sheets}"

    def _standing(self, text: str) -> str:
        standing = shown(text)
        if self.is_sheet and units(standing) > self.limits.in_a_cell:
            self.shortened += 1
            return self._cut_short(text, standing)
        return standing

    def _cut_short(self, text: str, standing: str) -> str:
        place = f", whole in {self.whole}, line {self.rows}" if self.whole else ""
        note = f" […] [Cut short: {len(text):,} characters{place}]"
        return first_units(standing, self.limits.in_a_cell - units(note)) + note

    def _begin_sheet(self) -> None:
        self.sheets += 1
        self._rows_of_sheet = 0
        headings = [self._heading(column) for column in self.columns]
        if self.sheets == 1:
            self._digest.add(headings)
        self._start_sheet(headings)

    def _heading(self, column: Column) -> str:
        return first_units(shown(column.heading), self.limits.in_a_cell)

    @abstractmethod
    def _begin(self) -> None:
        """Open the file."""

    @abstractmethod
    def _start_sheet(self, headings: Sequence[str]) -> None:
        """Write the row of headings."""

    @abstractmethod
    def _write(self, cells: Sequence[str]) -> None:
        """Write a row of texts as they stand in cells."""

    def _end_sheet(self) -> None:  # noqa: B027  A text file has no sheets to end.
        """End the sheet."""

    @abstractmethod
    def _end(self) -> None:
        """Close the file."""


def units(text: str) -> int:
    """Return the length as spreadsheets count it."""
    if len(text) * 2 <= MOST_IN_A_CELL or text.isascii():
        return len(text)
    return len(text.encode("utf-16-le")) // 2


def first_units(text: str, most: int) -> str:
    """Return the beginning that is so long at most; no character is taken apart."""
    if units(text) <= most:
        return text
    return text.encode("utf-16-le")[: most * 2].decode("utf-16-le", "ignore")
