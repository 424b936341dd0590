"""A table as an Excel workbook, every cell of which is text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from exports.tables.writing import MOST_IN_A_CELL, Column, TableWriter

_MADE = dt.datetime(1980, 1, 1)  # noqa: DTZ001  The format knows no zones, and this is no moment.
_LOOKS_WRITTEN = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_LONG_TEXTS = 50
_NARROW, _WIDE = 18, 60


class _Sheet(Worksheet):  # type: ignore[misc]  # It ships no types.
    """A sheet whose texts are the caller's own, whatever they look like."""

    @staticmethod
    def _escape_control_characters(data: str) -> str:
        # There are none left, and the library's own way loses a text such as `_x0041_x0042_`.
        return _LOOKS_WRITTEN.sub("_x005F_", data)


class XlsxWriter(TableWriter):
    """Writes XLSX; a table longer than a sheet goes on on the next, under the same headings."""

    suffix = ".xlsx"
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    @property
    def is_sheet(self) -> bool:
        """Whether rows, columns and cells are limited as in a spreadsheet."""
        return True

    def _begin(self) -> None:
        self._book = xlsxwriter.Workbook(
            str(self.path),
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "tmpdir": str(self.scratch),
                "use_zip64": True,
            },
        )
        self._book.set_properties({"title": self.title, "created": _MADE})
        self._bold = self._text_format(bold=True)
        self._plain = self._text_format()

    def _text_format(self, **values: bool) -> Format:
        # Otherwise a cell becomes a formula when somebody opens it for editing and leaves it.
        return self._book.add_format(
            {"num_format": "@", "quote_prefix": True, "valign": "top", "text_wrap": True, **values}
        )

    def _start_sheet(self, headings: Sequence[str]) -> None:
        self._sheet = self._book.add_worksheet(self.sheet_name, worksheet_class=_Sheet)
        for place, column in enumerate(self.columns):
            self._sheet.set_column(place, place, _width(column), self._plain)
        self._sheet.freeze_panes(1, 0)
        self._put(0, headings, self._bold)

    def _write(self, cells: Sequence[str]) -> None:
        self._put(self._rows_of_sheet, cells, self._plain)

    def _put(self, row: int, cells: Sequence[str], form: Format) -> None:
        put = self._sheet.write_string
        for place, text in enumerate(cells):
            if text and put(row, place, text, form) != 0:
                # The library says so with a number, and leaves the cell empty.
                raise ValueError(f"a cell holds {MOST_IN_A_CELL} characters, this has {len(text)}")

    def _end_sheet(self) -> None:
        self._sheet.autofilter(0, 0, self._rows_of_sheet, max(0, len(self.columns) - 1))

    def leave(self) -> None:
        """Close the files of a table that nobody wants any more."""
        for sheet in self._book.worksheets():
            sheet._opt_close()
        self._book.fileclosed = True

    def _end(self) -> None:
        self._book.close()


def _width(column: Column) -> int:
    return _WIDE if column.is_prose or len(column.heading) > _LONG_TEXTS else _NARROW
