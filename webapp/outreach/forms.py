"""The forms of the log: an entry, its correction, striking it out, and a pasted list."""

from __future__ import annotations

import datetime as dt
import re
from typing import Self

import wtforms
from wtforms.validators import DataRequired, InputRequired, ValidationError

from frameworks.questions import Option
from webapp.consultations.forms.texts import at_most, plain
from webapp.consultations.respondents import INDIVIDUAL_CLASSES, ORGANISATION_TYPES
from webapp.outreach.entries import (
    AUDIENCE_LENGTH,
    EVERYBODY,
    KINDS,
    MOST_REACHED,
    NOTE_LENGTH,
    REASON_LENGTH,
    WAYS,
    Attachment,
    Kind,
    Told,
    Way,
    classes_of,
)
from webapp.outreach.names import same_name
from webapp.outreach.pasting import LONGEST_LIST
from webapp.web.days import DayField
from webapp.web.forms import Form, SelectChoice


def _offered(options: tuple[Option, ...], group: str = "") -> list[SelectChoice]:
    more = {"optgroup": group} if group else {}
    return [SelectChoice(option.key, option.label, **more) for option in options]


def _way() -> wtforms.RadioField:
    return wtforms.RadioField(
        "How were they told?",
        choices=_offered(WAYS),
        validators=[InputRequired("Select how they were told")],
    )


def _told_on() -> DayField:
    return DayField("On which day?", validators=[InputRequired("Enter the day")])


def _note(description: str) -> wtforms.TextAreaField:
    return wtforms.TextAreaField(
        "Note", description=description, filters=[plain], validators=[at_most(NOTE_LENGTH)]
    )


def _reason(label: str, missing: str) -> wtforms.TextAreaField:
    return wtforms.TextAreaField(
        label,
        description="It is recorded with your name.",
        filters=[plain],
        validators=[DataRequired(missing), at_most(REASON_LENGTH)],
    )


class _DatedForm(Form):
    """A form with a day on which somebody was told, which is over or today."""

    def on(self, today: dt.date) -> Self:
        """Return this form as it is filled in on a day."""
        self._today = today
        return self

    def validate_told_on(self, field: DayField) -> None:
        """Refuse a day that has yet to come: what is planned is not told."""
        if field.data is not None and field.data > self._today:
            raise ValidationError("The day must be today or in the past")


class EntryForm(_DatedForm):
    """Asks who was told, how, and on which day."""

    kind = wtforms.RadioField(
        "Who was told?",
        choices=_offered(KINDS),
        validators=[InputRequired("Select whether it was one organisation or a group")],
    )
    audience = wtforms.StringField(
        "Name of the organisation, or description of the group",
        description="For example ‘Meadowbank NHS Trust’, or ‘Governors at the autumn meeting’.",
        validators=[DataRequired("Enter who was told"), at_most(AUDIENCE_LENGTH)],
    )
    audience_class = wtforms.SelectField(
        "What describes them best?",
        choices=[
            SelectChoice("", "Choose"),
            SelectChoice(EVERYBODY, "Everybody"),
            *_offered(INDIVIDUAL_CLASSES, "Individuals"),
            *_offered(ORGANISATION_TYPES, "Organisations"),
        ],
        validators=[InputRequired("Choose what describes them best")],
    )
    way = _way()
    told_on = _told_on()
    reached = wtforms.StringField(
        "About how many people or organisations did it reach?",
        description="Leave it empty if nobody knows.",
    )
    note = _note("For example what was said, or who was at the meeting.")

    @classmethod
    def of(cls, told: Told) -> Self:
        """Return the form filled in with what an entry says."""
        return cls(
            data={
                "kind": told.kind.value,
                "audience": told.audience,
                "audience_class": told.audience_class,
                "way": told.way.value,
                "told_on": told.told_on,
                "reached": "" if told.reached is None else f"{told.reached:,}",
                "note": told.note,
            }
        )

    def validate_audience(self, field: wtforms.Field) -> None:
        """Refuse a name without a letter or a figure."""
        if not same_name(field.data or ""):
            raise ValidationError("Enter a name or a description in words")

    def validate_audience_class(self, field: wtforms.Field) -> None:
        """Let an organisation be of a kind of organisation alone."""
        is_organisation = self.kind.data == Kind.ORGANISATION
        if is_organisation and field.data and field.data not in classes_of(Kind.ORGANISATION):
            raise ValidationError("Choose what kind of organisation it is")

    def validate_reached(self, field: wtforms.Field) -> None:
        """Refuse what is not a whole number."""
        typed = field.data or ""
        if typed and not 1 <= (_number(typed) or 0) <= MOST_REACHED:
            raise ValidationError("Enter a whole number, such as 250")

    def told(self, attachment: Attachment | None) -> Told:
        """Return what a form that validates says."""
        day = self.told_on.data
        if day is None:
            raise ValueError("the form was not validated")
        return Told(
            kind=Kind(self.kind.data),
            audience=self.audience.data or "",
            audience_class=self.audience_class.data,
            way=Way(self.way.data),
            told_on=day,
            reached=_number(self.reached.data or ""),
            note=self.note.data or "",
            attachment=attachment,
        )


class CorrectionForm(EntryForm):
    """Asks what an entry should say, and why."""

    detach = wtforms.BooleanField("Take the attached file off")
    reason = _reason("Why is it corrected?", "Enter why it is corrected")


class StrikeForm(Form):
    """Asks why an entry is struck out."""

    reason = _reason("Why is it struck out?", "Enter why it is struck out")


class ListForm(_DatedForm):
    """Asks for organisations that were all told in one way on one day.

    `again` has the names that were told before and are to be entered once more.
    """

    names = wtforms.TextAreaField(
        "Organisations",
        description="One a line. You can paste a column of a spreadsheet.",
        validators=[
            DataRequired("Enter the organisations, one a line"),
            at_most(LONGEST_LIST),
        ],
    )
    audience_class = wtforms.SelectField(
        "What kind of organisation are they?",
        choices=[SelectChoice("", "Choose"), *_offered(ORGANISATION_TYPES)],
        validators=[InputRequired("Choose what kind of organisation they are")],
    )
    way = _way()
    told_on = _told_on()
    note = _note("It is kept with each of them.")
    again = wtforms.SelectMultipleField("Told before", choices=(), validate_choice=False)

    def told(self, name: str) -> Told:
        """Return what a form that validates says of one organisation."""
        day = self.told_on.data
        if day is None:
            raise ValueError("the form was not validated")
        return Told(
            kind=Kind.ORGANISATION,
            audience=name,
            audience_class=self.audience_class.data,
            way=Way(self.way.data),
            told_on=day,
            reached=1,
            note=self.note.data or "",
        )


def _number(typed: str) -> int | None:
    """Return a whole number as people write it, `1,200` or `1 200`; None for anything else."""
    plain_digits = re.sub(r"[,\s]", "", typed)
    # Not more figures than any number of people has: Python would take any length.
    return int(plain_digits) if re.fullmatch(r"[0-9]{1,12}", plain_digits) else None
