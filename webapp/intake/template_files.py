"""The files that people fill in to import responses: an empty table, and the codes for it."""

from __future__ import annotations

from exports.incoming.blank_tables import Sheet, make_workbook
from exports.tables import write_csv
from webapp.consultations.asking import Asking
from webapp.intake.columns import COLUMNS, codes_of

CODE_HEADINGS = ("column", "code", "what it stands for", "belongs to")
_WIDTHS = {"item": 32, "question": 20, "answer": 24, "text": 60, "organisation": 32, "class": 24}


def template_xlsx(asking: Asking) -> bytes:
    """Return an empty table, with the columns in words and every code on sheets of their own."""
    return make_workbook(
        (
            Sheet("Responses", [(each.name, _WIDTHS.get(each.name, 14)) for each in COLUMNS]),
            Sheet(
                "Columns",
                (("column", 16), ("what stands in it", 90), ("needed", 10)),
                [(each.name, each.words, "yes" if each.is_needed else "") for each in COLUMNS],
            ),
            Sheet(
                "Codes",
                tuple(zip(CODE_HEADINGS, (16, 40, 80, 28), strict=True)),
                _codes(asking),
            ),
        )
    )


def codes_csv(asking: Asking) -> str:
    """Return every code as a table."""
    return write_csv(CODE_HEADINGS, _codes(asking))


def _codes(asking: Asking) -> list[tuple[str, str, str, str]]:
    return [(each.column, each.code, each.words, each.of) for each in codes_of(asking)]
