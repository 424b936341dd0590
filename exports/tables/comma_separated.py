"""A table as CSV: RFC 4180, in UTF-8 with the mark by which Excel knows that it is UTF-8."""

from __future__ import annotations

import csv
from collections.abc import Sequence

from exports.tables.writing import TableWriter


class CsvWriter(TableWriter):
    """Writes CSV; a text of any length is whole in it."""

    suffix = ".csv"
    media_type = "text/csv"

    def _begin(self) -> None:
        self._file = self.path.open("w", encoding="utf-8-sig", newline="")
        self._csv = csv.writer(self._file)

    def _start_sheet(self, headings: Sequence[str]) -> None:
        self._csv.writerow(headings)

    def _write(self, cells: Sequence[str]) -> None:
        self._csv.writerow(cells)

    def leave(self) -> None:
        """Close the file of a table that nobody wants any more."""
        self._file.close()

    def _end(self) -> None:
        self._file.close()
