"""What a lead types to change where a consultation stands: opening, closing, moving the closing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import wtforms
from wtforms.validators import DataRequired, InputRequired, ValidationError

from webapp.consultations.consultation import REASON_LENGTH
from webapp.consultations.forms.moments import ClockField, check_clock, typed_moment
from webapp.consultations.forms.texts import at_most, plain
from webapp.consultations.opening import NoSuchTime, NotATime
from webapp.web.days import DayField
from webapp.web.forms import Form


def _reason(label: str, missing: str) -> wtforms.TextAreaField:
    return wtforms.TextAreaField(
        label,
        description="People see this on the page of the consultation.",
        filters=[plain],
        validators=[DataRequired(missing), at_most(REASON_LENGTH)],
    )


class OpeningForm(Form):
    """That the named authority has given leave to open, and when."""

    confirmed = wtforms.BooleanField(
        "They have given leave to open this consultation as it is shown here",
        validators=[InputRequired("Confirm that leave to open was given")],
    )
    authorised_on = DayField(
        "When was leave given?", validators=[InputRequired("Enter the date on which it was given")]
    )
    revision = wtforms.HiddenField(default="1")

    def given_by(self, today: dt.date) -> Any:
        """Return this form, which takes no date after today."""
        self._today = today
        return self

    def validate_authorised_on(self, field: wtforms.Field) -> None:
        """Refuse leave that is yet to be given."""
        if field.data and field.data > self._today:
            raise ValidationError("The date on which leave was given must not be in the future")


class ClosingForm(Form):
    """Why a consultation is closed early."""

    reason = _reason("Why is it closed early?", "Enter why it is closed early")


class ExtensionForm(Form):
    """Until when a consultation is extended, and why."""

    closes_on = DayField(
        "New closing date", validators=[InputRequired("Enter the new closing date")]
    )
    closes_time = ClockField(
        "New closing time", validators=[DataRequired("Enter the new closing time")]
    )
    reason = _reason("Why does it close later?", "Enter why it closes later")

    def validate_closes_time(self, field: wtforms.Field) -> None:
        """Refuse what is not a time, or does not exist."""
        check_clock(field)
        if self.closes_on.data:
            try:
                _ = self.closes_at
            except (NotATime, NoSuchTime) as error:
                raise ValidationError(str(error)) from error

    @property
    def closes_at(self) -> dt.datetime:
        """The new closing; raises NotATime or NoSuchTime."""
        return typed_moment(self.closes_on.data, self.closes_time.data or "", later=True)
