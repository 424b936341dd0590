"""When a consultation is open: its dates in UK time."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")


class State(StrEnum):
    """What a lead has decided about a consultation."""

    DRAFT = "draft"
    OPENED = "opened"
    CLOSED = "closed"


class Phase(StrEnum):
    """What a consultation is at one moment, from its state and its dates."""

    DRAFT = "draft"
    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"


class NotATime(ValueError):
    """What was typed is not a time of the day."""


class NoSuchTime(ValueError):
    """A time of the day that the clocks leave out when they go forward."""


@dataclass(frozen=True, slots=True)
class Period:
    """From when (included) until when (excluded) responses are taken."""

    opens_at: dt.datetime
    closes_at: dt.datetime

    @property
    def days(self) -> int:
        """The calendar days in the UK between opening and closing."""
        return (self.closes_at.astimezone(UK).date() - self.opens_at.astimezone(UK).date()).days


def phase_at(state: State, period: Period, now: dt.datetime) -> Phase:
    """Return what a consultation with this state and these dates is at a moment."""
    if state is State.DRAFT:
        return Phase.DRAFT
    if state is State.CLOSED or now >= period.closes_at:
        return Phase.CLOSED
    return Phase.COMING if now < period.opens_at else Phase.OPEN


def uk_moment(day: dt.date, time: dt.time, *, later: bool = False) -> dt.datetime:
    """Return the moment in UTC of a UK clock time.

    The hour that comes twice when the clocks go back is its first, or its second with `later`.
    Raises NoSuchTime for the hour that is left out when they go forward.
    """
    local = dt.datetime.combine(day, time, tzinfo=UK).replace(fold=1 if later else 0)
    moment = local.astimezone(dt.UTC)
    if moment.astimezone(UK).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTime(
            "The clocks go forward that night, so this time does not exist."
            " Choose a time before 1am or from 2am"
        )
    return moment


def read_clock(typed: str) -> dt.time:
    """Return the time that somebody typed: `9am`, `5:30 pm`, `17:00` or `midday`.

    Raises NotATime, for midnight too: nobody agrees on which day that belongs to.
    """
    text = typed.strip().lower().replace(".", ":")
    if text in ("midday", "noon"):
        return dt.time(12)
    if text in ("midnight", "12am", "12:00am", "24:00"):
        raise NotATime("Midnight can mean two days: enter 11:59pm or 12:01am instead")
    found = re.fullmatch(r"([0-9]{1,2})(?::([0-9]{2}))? ?(am|pm)?", text)
    if not found or not (found[2] or found[3]):
        raise NotATime("Enter a time, such as 9am or 5:30pm")
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3] and not 1 <= hour <= 12:
        raise NotATime("Enter a time, such as 9am or 5:30pm")
    if found[3]:
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    try:
        return dt.time(hour, minute)
    except ValueError:
        raise NotATime("Enter a time, such as 9am or 5:30pm") from None


def clock(time: dt.time) -> str:
    """Return a time as a form shows it: `5pm`, `9:30am`, `midday`."""
    if (time.hour, time.minute) == (12, 0):
        return "midday"
    minutes = f":{time:%M}" if time.minute or time.hour == 0 else ""
    return f"{time.hour % 12 or 12}{minutes}{'am' if time.hour < 12 else 'pm'}"


def uk_day(moment: dt.datetime) -> dt.date:
    """Return the calendar day of a moment in the UK."""
    return moment.astimezone(UK).date()


def problem_with(period: Period) -> str | None:
    """Return why these dates cannot be; None where they can."""
    if period.closes_at <= period.opens_at:
        return "The closing date must be after the opening date"
    return None


def length_in_words(days: int) -> str:
    """Return a length of time such as `5 weeks and 2 days`."""
    weeks, rest = divmod(days, 7)
    parts = [_count(weeks, "week")] if weeks else []
    if rest or not weeks:
        parts.append(_count(rest, "day"))
    return " and ".join(parts)


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
