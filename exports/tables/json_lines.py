"""A table as JSON Lines: an object a line, every text exactly as it was written."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from exports.tables.writing import Column, TableWriter

# Some programs break lines at more than a line feed, and a lone surrogate has no UTF-8.
_WRITTEN_OUT = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


class JsonLinesWriter(TableWriter):
    """Writes JSON Lines; a column without a text is left out of its line."""

    suffix = ".jsonl"
    media_type = "application/jsonl"

    def _begin(self) -> None:
        self._file = self.path.open("w", encoding="utf-8", newline="")

    def _heading(self, column: Column) -> str:
        return column.key

    def _standing(self, text: str) -> str:
        return text

    def _start_sheet(self, headings: Sequence[str]) -> None:
        self._keys = tuple(headings)

    def _write(self, cells: Sequence[str]) -> None:
        said = {key: text for key, text in zip(self._keys, cells, strict=True) if text}
        line = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        if not line.isascii() or "\x7f" in line:
            line = _WRITTEN_OUT.sub(lambda found: f"\\u{ord(found.group()):04x}", line)
        self._file.write(f"{line}\n")

    def leave(self) -> None:
        """Close the file of a table that nobody wants any more."""
        self._file.close()

    def _end(self) -> None:
        self._file.close()
