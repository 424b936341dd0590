"""When a consultation is open, and what a lead is told about its dates."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from webapp.consultations.opening import (
    NoSuchTime,
    NotATime,
    Period,
    Phase,
    State,
    clock,
    length_in_words,
    phase_at,
    problem_with,
    read_clock,
    uk_day,
    uk_moment,
)

OPENS = dt.datetime(2026, 6, 1, 8, tzinfo=dt.UTC)
CLOSES = dt.datetime(2026, 8, 3, 16, tzinfo=dt.UTC)
PERIOD = Period(OPENS, CLOSES)
SECOND = dt.timedelta(seconds=1)


class TestPhase:
    @pytest.mark.parametrize(
        ("now", "phase"),
        [
            (OPENS - SECOND, Phase.COMING),
            (OPENS, Phase.OPEN),
            (CLOSES - SECOND, Phase.OPEN),
            (CLOSES, Phase.CLOSED),
        ],
    )
    def test_an_opened_consultation_follows_its_dates(self, now: dt.datetime, phase: Phase) -> None:
        assert phase_at(State.OPENED, PERIOD, now) is phase

    def test_a_draft_is_a_draft_whatever_its_dates(self) -> None:
        for now in (OPENS - SECOND, OPENS, CLOSES):
            assert phase_at(State.DRAFT, PERIOD, now) is Phase.DRAFT

    def test_one_that_was_closed_early_stays_closed_within_its_dates(self) -> None:
        assert phase_at(State.CLOSED, PERIOD, OPENS + SECOND) is Phase.CLOSED


class TestClockChanges:
    def test_a_summer_time_is_an_hour_ahead_of_utc(self) -> None:
        moment = uk_moment(dt.date(2026, 8, 3), dt.time(17))
        assert moment == dt.datetime(2026, 8, 3, 16, tzinfo=dt.UTC)

    def test_a_winter_time_is_utc(self) -> None:
        moment = uk_moment(dt.date(2026, 12, 3), dt.time(17))
        assert moment == dt.datetime(2026, 12, 3, 17, tzinfo=dt.UTC)

    def test_a_time_that_the_clocks_leave_out_is_refused(self) -> None:
        with pytest.raises(NoSuchTime, match="go forward"):
            uk_moment(dt.date(2026, 3, 29), dt.time(1, 30))

    def test_the_hour_that_comes_twice_is_its_first_or_with_later_its_second(self) -> None:
        day, time = dt.date(2026, 10, 25), dt.time(1, 30)
        first, second = uk_moment(day, time), uk_moment(day, time, later=True)
        assert second - first == dt.timedelta(hours=1)
        assert first == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)

    def test_later_changes_no_other_hour(self) -> None:
        day = dt.date(2026, 10, 25)
        for hour in (0, 2, 12):
            time = dt.time(hour)
            assert uk_moment(day, time) == uk_moment(day, time, later=True)

    def test_shortly_before_midnight_utc_it_is_the_next_day_in_a_british_summer(self) -> None:
        assert uk_day(dt.datetime(2026, 8, 3, 23, 30, tzinfo=dt.UTC)) == dt.date(2026, 8, 4)

    def test_days_are_calendar_days_also_over_a_clock_change(self) -> None:
        opens = uk_moment(dt.date(2026, 10, 1), dt.time(0))
        closes = uk_moment(dt.date(2026, 11, 12), dt.time(0))
        assert Period(opens, closes).days == 42


class TestPeriods:
    def test_a_consultation_cannot_close_before_it_opens(self) -> None:
        assert problem_with(Period(OPENS, OPENS)) is not None
        assert problem_with(PERIOD) is None

    @pytest.mark.parametrize(
        ("days", "words"),
        [(0, "0 days"), (1, "1 day"), (7, "1 week"), (15, "2 weeks and 1 day")],
    )
    def test_a_length_is_said_in_weeks_and_days(self, days: int, words: str) -> None:
        assert length_in_words(days) == words


class TestTypedTimes:
    @pytest.mark.parametrize(
        ("typed", "time"),
        [
            ("9am", dt.time(9)),
            (" 9 AM ", dt.time(9)),
            ("5:30pm", dt.time(17, 30)),
            ("5.30 pm", dt.time(17, 30)),
            ("17:00", dt.time(17)),
            ("12pm", dt.time(12)),
            ("12:01am", dt.time(0, 1)),
            ("00:00", dt.time(0)),
            ("noon", dt.time(12)),
        ],
    )
    def test_a_time_is_read_however_it_is_written(self, typed: str, time: dt.time) -> None:
        assert read_clock(typed) == time

    @pytest.mark.parametrize("typed", ["", "9", "13pm", "0am", "25:00", "9:61am", "soon", "9:5am"])
    def test_what_is_no_time_is_refused(self, typed: str) -> None:
        with pytest.raises(NotATime, match="such as 9am"):
            read_clock(typed)

    def test_midnight_is_refused_since_it_can_mean_two_days(self) -> None:
        with pytest.raises(NotATime, match="11:59pm"):
            read_clock("Midnight")

    @given(st.times().map(lambda time: time.replace(second=0, microsecond=0)))
    def test_what_a_form_shows_is_read_back_as_the_same_time(self, time: dt.time) -> None:
        assume(time != dt.time(0))
        assert read_clock(clock(time)) == time
