"""A calendar date typed in three parts, for WTForms."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

import wtforms
from wtforms.utils import unset_value

PARTS = ("day", "month", "year")
FIRST_YEAR = 1900
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


def read_day(parts: Sequence[str]) -> dt.date | None:
    """Return the date of a typed day, month (a number or a name) and year, None if it is none.

    A year of two figures is none: nobody can say which century is meant.
    """
    day, month, year = (part.strip().casefold() for part in parts)
    named = [
        place for place, name in enumerate(MONTHS, 1) if len(month) > 2 and name.startswith(month)
    ]
    if named:
        month = str(named[0])
    if not all(re.fullmatch(r"[0-9]{1,4}", part) for part in (day, month, year)):
        return None
    try:
        found = dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if found.year >= FIRST_YEAR else None


class DayField(wtforms.Field):
    """A date asked as day, month and year; what was typed is kept whatever it is."""

    data: dt.date | None

    def __init__(self, label: str = "", validators: Any = None, **kwargs: Any) -> None:
        """Take the label and validators of any WTForms field."""
        super().__init__(label, validators, **kwargs)
        self._typed: tuple[str, ...] = ("", "", "")
        self._wrong = False

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Read the three parts where they were posted, otherwise the stored date."""
        self.process_errors = []
        if data is unset_value:
            data = self.default() if callable(self.default) else self.default
        self.object_data = data
        self.data = data
        self.raw_data = []
        if data is not None:
            self._typed = (str(data.day), str(data.month), str(data.year))
        if formdata is not None and f"{self.name}-day" in formdata:
            self._typed = tuple(formdata.get(f"{self.name}-{part}", "").strip() for part in PARTS)
            self.raw_data = [each for each in self._typed if each]
            self.data = read_day(self._typed)
            self._wrong = any(self._typed) and self.data is None

    def pre_validate(self, form: Any) -> None:
        """Refuse parts that make no date."""
        if self._wrong:
            raise wtforms.validators.StopValidation("Enter a real date, such as 27 3 2026")

    def parts(self) -> tuple[tuple[str, str], ...]:
        """Return (name, typed text) for day, month and year."""
        return tuple(zip(PARTS, self._typed, strict=True))
