"""Times of the day as people type them, and the moments that they make with a date."""

from __future__ import annotations

import datetime as dt

import wtforms
from wtforms.validators import ValidationError

from webapp.consultations.opening import NotATime, read_clock, uk_moment


class ClockField(wtforms.StringField):
    """A time of the day as people write it: 9am, 5:30pm, 17:00, midday."""


def check_clock(field: wtforms.Field) -> None:
    """Refuse what is not a time of the day."""
    try:
        read_clock(field.data or "")
    except NotATime as error:
        raise ValidationError(str(error)) from error


def typed_moment(day: dt.date | None, typed: str, *, later: bool = False) -> dt.datetime:
    """Return the moment of a date and a typed time; raises NotATime or NoSuchTime.

    With `later` the hour that comes twice is its second.
    """
    if day is None:
        raise NotATime("Enter the date")
    return uk_moment(day, read_clock(typed), later=later)
