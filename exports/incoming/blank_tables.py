"""The spreadsheet that people fill in and send back: headings to write below, and codes."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

_MADE_AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""What the file says of itself: the same codes always make the same file."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: headings with the width of each column in characters, and rows of texts."""

    title: str
    headings: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[str]] = ()


def make_workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook in which every cell is text, so that nothing becomes a date or formula."""
    content = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    workbook.set_properties({"created": _MADE_AT})
    heading = workbook.add_format({"bold": True, "bg_color": "#E8EDEE", "bottom": 1})
    text = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for sheet in sheets:
        made = workbook.add_worksheet(sheet.title)
        for column, (name, width) in enumerate(sheet.headings):
            made.set_column(column, column, width, text)
            made.write_string(0, column, name, heading)
        for number, row in enumerate(sheet.rows, 1):
            for column, cell in enumerate(row):
                made.write_string(number, column, cell, text)
        made.freeze_panes(1, 0)
    workbook.close()
    return content.getvalue()
