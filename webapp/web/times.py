"""How moments and days are shown: in the United Kingdom's time, with the zone named."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def in_words(moment: dt.datetime) -> str:
    """Return `23 November 2026, 2:05pm GMT` for an aware moment."""
    local = moment.astimezone(LONDON)
    return f"{day_in_words(local.date())}, {clock_time(moment)}"


def clock_time(moment: dt.datetime) -> str:
    """Return `2:05pm GMT` (or BST) for an aware moment; noon and midnight in words."""
    local = moment.astimezone(LONDON)
    zone = local.tzname()
    if (local.hour, local.minute) == (12, 0):
        return f"midday {zone}"
    if (local.hour, local.minute) == (0, 0):
        return f"midnight {zone}"
    hour = local.hour % 12 or 12
    half = "am" if local.hour < 12 else "pm"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{hour}{minutes}{half} {zone}"


def day_in_words(day: dt.date) -> str:
    """Return `23 November 2026`."""
    return f"{day.day} {day:%B %Y}"


def from_london(day: dt.date, time: dt.time) -> dt.datetime:
    """Return the moment in UTC of a wall-clock time in the United Kingdom.

    Raises ValueError for a time that the spring change skips; in the hour that
    the autumn change repeats, the first one is meant.
    """
    local = dt.datetime.combine(day, time, tzinfo=LONDON)
    moment = local.astimezone(dt.UTC)
    if moment.astimezone(LONDON).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValueError(
            f"{time:%H:%M} does not exist on {day_in_words(day)}: the clocks go forward"
        )
    return moment
