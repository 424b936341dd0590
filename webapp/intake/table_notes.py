"""What is wrong with a table, in sentences with their places, and how its cells are compared."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from frameworks.problems import did_you_mean
from frameworks.questions import Option
from webapp.consultations.response import plain_lines
from webapp.web.days import read_day

_MOST_HINTS = 50


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong with a table, in a sentence; `column` is empty for a whole row."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        """Return the sentence with its place."""
        place = f"Row {self.row}, {self.column}" if self.column else f"Row {self.row}"
        return f"{place}: {self.message}"


class Notes:
    """Collects the mistakes of one table."""

    def __init__(self) -> None:
        """Begin without any."""
        self.mistakes: list[Mistake] = []
        self._hints: dict[tuple[str, str], str] = {}

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.mistakes)

    def add(self, row: int, column: str, message: str) -> None:
        """Keep a mistake."""
        self.mistakes.append(Mistake(row, column, message))

    def hint(self, column: str, typed: str, known: Iterable[str]) -> str:
        """Return what may have been meant; looked for a few times, as it takes a while."""
        asked = (column, typed)
        if asked not in self._hints and len(self._hints) < _MOST_HINTS:
            self._hints[asked] = did_you_mean(typed, known)
        return self._hints.get(asked, "")


def by_name(options: Sequence[Option]) -> Mapping[str, str]:
    """Return the keys of options by what a cell may say: the key or the label."""
    labels = {plain(each.label): each.key for each in options}
    return labels | {plain(each.key): each.key for each in options}


def read_date(typed: str) -> dt.date | None:
    """Return the date that somebody typed or a spreadsheet holds; the day comes first."""
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+)?", typed.strip())
    if found:
        return read_day((found[3], found[2], found[1]))
    parts = re.split(r"[/. -]+", typed.strip())
    return read_day(parts) if len(parts) == 3 else None


def plain(text: str) -> str:
    """Return a text without the differences that nobody means: case, blanks, hyphens, quotes."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return " ".join(folded.replace("_", " ").replace("-", " ").split())


def one_line(text: str) -> str:
    """Return a text on one line, without control characters."""
    return " ".join(plain_lines(text).split())


def short(text: str) -> str:
    """Return a text as a sentence quotes it."""
    return text if len(text) <= 60 else f"{text[:60]}…"
