"""Moments and days as people in the United Kingdom read and mean them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.web.times import LONDON, clock_time, day_in_words, from_london, in_words

SPRING = dt.date(2026, 3, 29)
AUTUMN = dt.date(2026, 10, 25)


def utc(year: int, month: int, day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (utc(2026, 11, 23, 14, 5), "23 November 2026, 2:05pm GMT"),
        (utc(2026, 7, 1, 14, 5), "1 July 2026, 3:05pm BST"),
        (utc(2026, 7, 1, 23, 30), "2 July 2026, 12:30am BST"),
        (utc(2026, 1, 1, 9), "1 January 2026, 9am GMT"),
        (utc(2026, 1, 1, 12), "1 January 2026, midday GMT"),
        (utc(2026, 1, 1, 0), "1 January 2026, midnight GMT"),
        (utc(2026, 1, 1, 12, 30), "1 January 2026, 12:30pm GMT"),
    ],
)
def test_a_moment_is_shown_in_local_time_with_its_zone(moment: dt.datetime, words: str) -> None:
    assert in_words(moment) == words


def test_the_hour_that_comes_twice_is_told_apart_by_its_zone() -> None:
    assert clock_time(utc(2026, 10, 25, 0, 30)) == "1:30am BST"
    assert clock_time(utc(2026, 10, 25, 1, 30)) == "1:30am GMT"


def test_the_hour_that_the_spring_change_skips_is_never_shown() -> None:
    assert clock_time(utc(2026, 3, 29, 0, 59)) == "12:59am GMT"
    assert clock_time(utc(2026, 3, 29, 1, 0)) == "2am BST"


def test_a_day_has_no_zero_before_it() -> None:
    assert day_in_words(dt.date(2026, 4, 7)) == "7 April 2026"


@pytest.mark.parametrize(
    ("day", "time", "moment"),
    [
        (dt.date(2026, 1, 5), dt.time(9), utc(2026, 1, 5, 9)),
        (dt.date(2026, 7, 5), dt.time(9), utc(2026, 7, 5, 8)),
        (SPRING, dt.time(0, 59), utc(2026, 3, 29, 0, 59)),
        (SPRING, dt.time(2), utc(2026, 3, 29, 1)),
        # The first of the two.
        (AUTUMN, dt.time(1, 30), utc(2026, 10, 25, 0, 30)),
        (AUTUMN, dt.time(2), utc(2026, 10, 25, 2)),
    ],
)
def test_a_wall_clock_time_means_a_moment(day: dt.date, time: dt.time, moment: dt.datetime) -> None:
    assert from_london(day, time) == moment


@pytest.mark.parametrize("time", [dt.time(1), dt.time(1, 30), dt.time(1, 59)])
def test_a_time_that_the_spring_change_skips_is_refused(time: dt.time) -> None:
    with pytest.raises(ValueError, match="does not exist on 29 March 2026: the clocks go forward"):
        from_london(SPRING, time)


@given(st.integers(0, 40 * 365 * 24 * 60))
def test_a_moment_read_back_from_the_wall_is_itself_or_an_hour_before(minutes: int) -> None:
    moment = utc(1996, 1, 1, 0) + dt.timedelta(minutes=minutes)
    local = moment.astimezone(LONDON)
    again = from_london(local.date(), local.time())
    assert moment - again in (dt.timedelta(0), dt.timedelta(hours=1))
