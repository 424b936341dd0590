"""What a lead is told about dates before opening; nothing of it forbids opening."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.consultations.advice import BEFORE_AN_ELECTION, advice_on, local_elections
from webapp.consultations.opening import Period, uk_day, uk_moment

OPENS = dt.datetime(2026, 6, 1, 8, tzinfo=dt.UTC)
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2080, 12, 31))


def between(first: dt.date, last: dt.date) -> Period:
    """Return a period that opens at 9am on the first and closes at 5pm on the last day."""
    return Period(uk_moment(first, dt.time(9)), uk_moment(last, dt.time(17)))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first = draw(DAYS)
    return between(first, first + dt.timedelta(days=draw(st.integers(0, 500))))


def days_of(period: Period) -> set[dt.date]:
    first = uk_day(period.opens_at)
    return {first + dt.timedelta(days=n) for n in range(period.days + 1)}


def told(period: Period, words: str, elections: tuple[dt.date, ...] = ()) -> bool:
    return any(words in each for each in advice_on(period, elections))


class TestLength:
    def test_less_than_six_weeks_is_warned_about(self) -> None:
        advice, *_ = advice_on(Period(OPENS, OPENS + dt.timedelta(days=41)))
        assert "5 weeks and 6 days" in advice

    def test_six_weeks_are_enough(self) -> None:
        assert advice_on(Period(OPENS, OPENS + dt.timedelta(days=42))) == ()

    def test_closing_on_a_saturday_is_mentioned(self) -> None:
        assert told(between(dt.date(2026, 6, 1), dt.date(2026, 8, 1)), "weekend")


class TestHolidays:
    def test_christmas_asks_for_two_weeks_more(self) -> None:
        opens = dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC)
        (advice,) = advice_on(Period(opens, opens + dt.timedelta(days=49)))
        assert "Christmas" in advice
        assert advice_on(Period(opens, opens + dt.timedelta(days=56))) == ()

    @pytest.mark.parametrize("easter", [dt.date(2026, 4, 5), dt.date(2027, 3, 28)])
    def test_easter_is_known_for_each_year(self, easter: dt.date) -> None:
        day = dt.timedelta(days=1)
        assert told(between(easter - 20 * day, easter + 25 * day), "Easter")
        assert not told(between(easter + day, easter + 45 * day), "Easter")

    @given(periods())
    def test_a_holiday_is_mentioned_when_a_short_one_meets_it_and_only_then(
        self, period: Period
    ) -> None:
        days = days_of(period)
        short = period.days < 56
        christmas = any((day.month, day.day) == (12, 25) for day in days)
        assert told(period, "Christmas") == (short and christmas)
        assert told(period, "August, when") == (short and any(day.month == 8 for day in days))


class TestElections:
    @given(st.integers(1984, 2200))
    def test_local_elections_are_on_the_first_thursday_in_may(self, year: int) -> None:
        day = local_elections(year)
        assert (day.month, day.weekday()) == (5, 3)
        assert day.day <= 7

    def test_opening_shortly_before_them_and_running_into_them_are_told_apart(self) -> None:
        may = dt.date(2027, 5, 6)
        assert told(between(dt.date(2027, 3, 25), dt.date(2027, 7, 1)), "It opens in the six weeks")
        early = between(dt.date(2027, 1, 11), dt.date(2027, 4, 8))
        assert told(early, "It runs into the six weeks before the ordinary local elections")
        assert not told(between(may + dt.timedelta(days=1), dt.date(2027, 7, 15)), "six weeks b")

    @given(periods(), DAYS)
    def test_other_days_count_the_same(self, period: Period, day: dt.date) -> None:
        begins = day - BEFORE_AN_ELECTION
        meets = any(begins <= each <= day for each in days_of(period))
        when = f" on {day.day} {day:%B %Y}"
        assert told(period, when, (day,)) == meets

    @given(periods(), st.lists(DAYS, max_size=3))
    def test_each_thing_is_said_once(self, period: Period, days: list[dt.date]) -> None:
        advice = advice_on(period, days)
        assert len(advice) == len(set(advice))
