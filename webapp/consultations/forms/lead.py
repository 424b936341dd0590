"""What a lead writes about a consultation."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Self

import wtforms
from wtforms.validators import InputRequired, Regexp, ValidationError

from frameworks.model import SLUG_PATTERN
from webapp.consultations.consultation import (
    CONTACT_LENGTH,
    PROSE_LENGTH,
    REASON_LENGTH,
    SLUG_LENGTH,
    TITLE_LENGTH,
    Details,
)
from webapp.consultations.forms.texts import at_most, plain
from webapp.consultations.opening import (
    UK,
    NoSuchTime,
    NotATime,
    Period,
    clock,
    problem_with,
    read_clock,
    uk_moment,
)
from webapp.web.days import DayField
from webapp.web.forms import Form, SelectChoice

RESERVED_SLUGS = ("new",)


class ClockField(wtforms.StringField):
    """A time of the day as people write it: 9am, 5:30pm, 17:00, midday."""


def _prose(label: str, description: str, missing: str) -> wtforms.TextAreaField:
    return wtforms.TextAreaField(
        label,
        description=description,
        filters=[plain],
        validators=[InputRequired(missing), at_most(PROSE_LENGTH)],
    )


class ConsultationForm(Form):
    """Everything that a lead writes about a consultation."""

    title = wtforms.StringField(
        "Title",
        filters=[plain],
        validators=[InputRequired("Enter a title"), at_most(TITLE_LENGTH)],
    )
    slug = wtforms.StringField(
        "Web address",
        description="The last part of its address: small letters, digits and hyphens,"
        " for example board-competencies-2026. It cannot change once the consultation is open.",
        validators=[
            InputRequired("Enter a web address"),
            at_most(SLUG_LENGTH),
            Regexp(SLUG_PATTERN, message="Use small letters, digits and single hyphens only"),
        ],
    )
    purpose = _prose(
        "What is consulted on, and why",
        "The first thing that people read. Leave a blank line between paragraphs.",
        "Enter what is consulted on, and why",
    )
    open_to_change = _prose(
        "What can change", "What people can still influence.", "Enter what can change"
    )
    not_open_to_change = _prose(
        "What cannot change",
        "What is decided already, so that nobody answers in vain.",
        "Enter what cannot change",
    )
    use_of_answers = _prose(
        "How answers will be used",
        "Who reads them, what is published and when.",
        "Enter how answers will be used",
    )
    contact = wtforms.StringField(
        "Contact for questions",
        description="A name or a team, with an email address or a telephone number.",
        filters=[plain],
        validators=[InputRequired("Enter whom people can ask"), at_most(CONTACT_LENGTH)],
    )
    framework = wtforms.SelectField(
        "Framework version",
        description="Versions that are published for consultation.",
        validators=[InputRequired("Select a framework version")],
    )
    questionnaire = wtforms.SelectField(
        "Questionnaire", validators=[InputRequired("Select a questionnaire")]
    )
    opens_on = DayField("Opening date", validators=[InputRequired("Enter the opening date")])
    opens_time = ClockField(
        "Opening time", validators=[InputRequired("Enter the opening time")], default="9am"
    )
    closes_on = DayField("Closing date", validators=[InputRequired("Enter the closing date")])
    closes_time = ClockField(
        "Closing time", validators=[InputRequired("Enter the closing time")], default="11:59pm"
    )
    revision = wtforms.HiddenField(default="1")

    @classmethod
    def of(cls, details: Details, revision: int) -> Self:
        """Return the form with a consultation in it."""
        opens, closes = (
            moment.astimezone(UK) for moment in (details.period.opens_at, details.period.closes_at)
        )
        return cls(
            data={
                "title": details.title,
                "slug": details.slug,
                "purpose": details.purpose,
                "open_to_change": details.open_to_change,
                "not_open_to_change": details.not_open_to_change,
                "use_of_answers": details.use_of_answers,
                "contact": details.contact,
                "framework": f"{details.framework_slug}@{details.framework_version}",
                "questionnaire": f"{details.questionnaire_slug}@{details.questionnaire_version}",
                "opens_on": opens.date(),
                "opens_time": clock(opens.time()),
                "closes_on": closes.date(),
                "closes_time": clock(closes.time()),
                "revision": str(revision),
            }
        )

    def offering(self, frameworks: Mapping[str, str], questionnaires: Mapping[str, str]) -> Self:
        """Return this form with what the library has to choose from."""
        for field, offered in (
            (self.framework, frameworks),
            (self.questionnaire, questionnaires),
        ):
            field.choices = [SelectChoice(key, title) for key, title in offered.items()]
        return self

    def validate_slug(self, field: wtforms.Field) -> None:
        """Keep the addresses that the service itself uses."""
        if field.data in RESERVED_SLUGS:
            raise ValidationError("This address is used by the service: choose another")

    def validate_opens_time(self, field: wtforms.Field) -> None:
        """Refuse what is not a time."""
        _check_clock(field)

    def validate_closes_time(self, field: wtforms.Field) -> None:
        """Refuse what is not a time, then dates in the wrong order or that do not exist."""
        _check_clock(field)
        if self.opens_on.data and self.closes_on.data and not self.opens_time.errors:
            try:
                problem = problem_with(self.period)
            except (NotATime, NoSuchTime) as error:
                raise ValidationError(str(error)) from error
            if problem:
                raise ValidationError(problem)

    @property
    def shown_revision(self) -> int:
        """The revision that the page showed; 0 where it was tampered with."""
        typed = self.revision.data or ""
        return int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else 0

    @property
    def period(self) -> Period:
        """When it opens and closes; raises NotATime or NoSuchTime."""
        return Period(
            _moment(self.opens_on.data, self.opens_time.data or ""),
            # In the hour that comes twice people get the longer time.
            _moment(self.closes_on.data, self.closes_time.data or "", later=True),
        )

    def details(self) -> Details:
        """Return what a valid form says."""
        framework_slug, _, framework_version = self.framework.data.partition("@")
        questionnaire_slug, _, questionnaire_version = self.questionnaire.data.partition("@")
        return Details(
            title=self.title.data or "",
            slug=self.slug.data or "",
            purpose=self.purpose.data or "",
            open_to_change=self.open_to_change.data or "",
            not_open_to_change=self.not_open_to_change.data or "",
            use_of_answers=self.use_of_answers.data or "",
            contact=self.contact.data or "",
            framework_slug=framework_slug,
            framework_version=framework_version,
            questionnaire_slug=questionnaire_slug,
            questionnaire_version=questionnaire_version,
            period=self.period,
        )


class ClosingForm(Form):
    """Why a consultation is closed early."""

    reason = wtforms.TextAreaField(
        "Why is it closed early?",
        description="People see this on the page of the consultation.",
        filters=[plain],
        validators=[InputRequired("Enter why it is closed early"), at_most(REASON_LENGTH)],
    )


def _check_clock(field: wtforms.Field) -> None:
    try:
        read_clock(field.data or "")
    except NotATime as error:
        raise ValidationError(str(error)) from error


def _moment(day: dt.date | None, typed: str, *, later: bool = False) -> dt.datetime:
    if day is None:
        raise NotATime("Enter the date")
    return uk_moment(day, read_clock(typed), later=later)
