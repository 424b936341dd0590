"""What a lead should think about before opening; nothing of it forbids opening."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from dateutil.easter import easter

from webapp.consultations.opening import UK, Period, length_in_words, uk_day

SENSIBLE_WEEKS = 6
HOLIDAY_WEEKS = SENSIBLE_WEEKS + 2
BEFORE_AN_ELECTION = dt.timedelta(weeks=6)
"""For how long before an election local bodies usually hold back: a convention and no law.

Source: NHS England, pre-election guidance for NHS organisations, spring 2023.
"""

THURSDAY = 3


def advice_on(period: Period, elections: Collection[dt.date] = ()) -> tuple[str, ...]:
    """Return what to think about; `elections` are days beside the ordinary local elections."""
    advice = []
    if period.days < SENSIBLE_WEEKS * 7:
        advice.append(
            f"This consultation is open for {length_in_words(period.days)}. At least"
            f" {SENSIBLE_WEEKS} weeks is sensible, so that people have time to respond."
        )
    if period.days < HOLIDAY_WEEKS * 7:
        advice.extend(_on_holidays(period))
    advice.extend(_on_elections(period, elections))
    if period.closes_at.astimezone(UK).weekday() >= 5:
        advice.append(
            "It closes at a weekend, when nobody may be there to answer questions about it."
        )
    return tuple(advice)


def local_elections(year: int) -> dt.date:
    """Return the ordinary day of local elections in England: the first Thursday in May.

    Source: Representation of the People Act 1983, section 37(1). An order can fix another day,
    which the setting with other elections then names.
    """
    first = dt.date(year, 5, 1)
    return first + dt.timedelta(days=(THURSDAY - first.weekday()) % 7)


def _on_holidays(period: Period) -> Iterator[str]:
    days = _Days(period)
    if any(days.cover(dt.date(year, 12, 25)) for year in days.years):
        yield (
            "It runs over Christmas and the new year."
            " Allow two weeks more than you otherwise would."
        )
    if any(days.cover(easter(year)) for year in days.years):
        yield "It runs over Easter. Allow a week more than you otherwise would."
    if any(days.meet(dt.date(year, 8, 1), dt.date(year, 8, 31)) for year in days.years):
        yield (
            "It runs in August, when many people are away."
            " Allow two weeks more than you otherwise would."
        )


def _on_elections(period: Period, elections: Collection[dt.date]) -> Iterator[str]:
    days = _Days(period)
    # The weeks before an election in the next year may begin in this one.
    years = (*days.years, days.years[-1] + 1)
    known = {local_elections(year): "ordinary local elections in England" for year in years}
    for day in sorted({*known, *elections}):
        begins = day - BEFORE_AN_ELECTION
        which = f"the six weeks before the {known.get(day, 'elections')} on {day.day} {day:%B %Y}"
        if begins <= days.first <= day:
            yield (
                f"It opens in {which}. Where people vote then, public bodies usually start no"
                " consultation in that time: ask your communications team first."
            )
        elif days.meet(begins, day):
            yield (
                f"It runs into {which}. Where people vote then, public bodies say little in"
                " public in that time: allow people more time, and ask your communications team."
            )


class _Days:
    """The calendar days in the UK of a period, the first and the last included."""

    def __init__(self, period: Period) -> None:
        self.first, self.last = uk_day(period.opens_at), uk_day(period.closes_at)
        self.years = range(self.first.year, self.last.year + 1)

    def cover(self, day: dt.date) -> bool:
        """Say whether a day is one of them."""
        return self.first <= day <= self.last

    def meet(self, first: dt.date, last: dt.date) -> bool:
        """Say whether any day of a span is one of them."""
        return self.first <= last and first <= self.last
