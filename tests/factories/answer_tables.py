"""Tables of responses as a team would type them: rows, and the files that programs save."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from webapp.intake.columns import NAMES

ROW = {
    "key": "L-1",
    "received_on": "2026-11-23",
    "responds_as": "individual",
    "class": "governor",
    "publish": "unnamed",
    "item": "culture.speaking-up",
    "question": "comment",
    "text": "Say who listens.",
}
"""One answer with everything that is needed."""


def a_row(**changes: str) -> dict[str, str]:
    """Return a row, changed in parts; `of` stands for `class`."""
    changes = {{"of": "class"}.get(name, name): value for name, value in changes.items()}
    return ROW | changes


def some_responses(number: int) -> list[dict[str, str]]:
    """Return one row each of so many responses."""
    return [a_row(key=f"L-{each}", text=f"Comment {each}") for each in range(1, number + 1)]


def as_csv(rows: Sequence[dict[str, str]], names: Sequence[str] = NAMES) -> bytes:
    """Return rows as a CSV file."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, names, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def as_xlsx(rows: Sequence[dict[str, Any]], names: Sequence[str] = NAMES) -> bytes:
    """Return rows as a workbook; numbers and dates stand in it as such."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(
        content,
        {
            "in_memory": True,
            "default_date_format": "dd/mm/yyyy",
            "strings_to_formulas": False,
            "strings_to_urls": False,
        },
    )
    sheet = book.add_worksheet("Responses")
    for number, row in enumerate([dict(zip(names, names, strict=True)), *rows]):
        for column, name in enumerate(names):
            if name in row:
                sheet.write(number, column, row[name])
    book.close()
    return content.getvalue()
