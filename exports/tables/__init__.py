"""Tables that leave: CSV, XLSX, ODS and JSON Lines, in which nothing can be run as a formula."""

from exports.tables.cells import cell, restored, shown
from exports.tables.framework import FRAMEWORK_COLUMNS, framework_csv, write_csv

__all__ = [
    "FRAMEWORK_COLUMNS",
    "cell",
    "framework_csv",
    "restored",
    "shown",
    "write_csv",
]
