"""A row of a table that people send, as plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row in which something stands, with its number as a spreadsheet shows it."""

    number: int
    cells: tuple[str, ...]
