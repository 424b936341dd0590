"""What a lead writes about a consultation, one section a page; a section may be left with gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar, Self

import wtforms
from wtforms.validators import DataRequired, InputRequired, Regexp, ValidationError

from frameworks.digest import texts_digest
from frameworks.model import SLUG_PATTERN
from webapp.consultations.consultation import (
    CONTACT_LENGTH,
    PROSE_LENGTH,
    SLUG_LENGTH,
    TITLE_LENGTH,
    Details,
)
from webapp.consultations.fitness import Section
from webapp.consultations.forms.moments import ClockField, check_clock, typed_moment
from webapp.consultations.forms.texts import at_most, plain
from webapp.consultations.opening import UK, NoSuchTime, NotATime, Period, clock, problem_with
from webapp.consultations.privacy import STARTING_TEXT
from webapp.web.days import DayField
from webapp.web.forms import Form, SelectChoice

RESERVED_SLUGS = ("new",)
NOTICE_LENGTH = 20_000


def _prose(label: str, description: str, longest: int = PROSE_LENGTH) -> wtforms.TextAreaField:
    return wtforms.TextAreaField(
        label, description=description, filters=[plain], validators=[at_most(longest)]
    )


def _line(label: str, description: str, longest: int = CONTACT_LENGTH) -> wtforms.StringField:
    return wtforms.StringField(
        label, description=description, filters=[plain], validators=[at_most(longest)]
    )


class SectionForm(Form):
    """A part of the details; fields are named as in them.

    `shown` is the digest of what the section said when its page was shown, so that only another
    change of the same section stands in the way of saving.
    """

    names: ClassVar[tuple[str, ...]] = ()
    shown = wtforms.HiddenField()

    @classmethod
    def of(cls, details: Details) -> Self:
        """Return the form with what a consultation says."""
        return cls(data={**cls.said(details), "shown": cls.digest_of(details)})

    @classmethod
    def said(cls, details: Details) -> dict[str, Any]:
        """Return what the fields show of a consultation."""
        return {name: getattr(details, name) for name in cls.names}

    @classmethod
    def digest_of(cls, details: Details) -> str:
        """Return the digest of what a consultation says in this section."""
        return texts_digest({name: str(value) for name, value in cls.said(details).items()})

    def is_of(self, details: Details) -> bool:
        """Say whether nobody changed this section since the page was shown."""
        return self.shown.data == self.digest_of(details)

    def changed(self, details: Details) -> Details:
        """Return the details with what a valid form says."""
        written: dict[str, Any] = {name: _said(self[name]) for name in self.names}
        return replace(details, **written)

    def differing(self, details: Details) -> tuple[tuple[str, str], ...]:
        """Return (label, what is saved) for every field that says something else."""
        mine = self.said(self.changed(details))
        return tuple(
            (self[name].label.text, str(saved or "Nothing"))
            for name, saved in self.said(details).items()
            if mine[name] != saved
        )


def _said(field: wtforms.Field) -> Any:
    # A field that was not posted at all says nothing.
    is_text = isinstance(field, wtforms.StringField)
    return "" if is_text and field.data is None else field.data


class _TitleFields(Form):
    title = wtforms.StringField(
        "Title",
        filters=[plain],
        validators=[DataRequired("Enter a title"), at_most(TITLE_LENGTH)],
    )
    slug = wtforms.StringField(
        "Web address",
        description="The last part of its address: small letters, digits and hyphens,"
        " for example board-competencies-2026. It cannot change once the consultation is open.",
        validators=[
            DataRequired("Enter a web address"),
            at_most(SLUG_LENGTH),
            Regexp(SLUG_PATTERN, message="Use small letters, digits and single hyphens only"),
        ],
    )

    def validate_slug(self, field: wtforms.Field) -> None:
        """Keep the addresses that the service itself uses."""
        if field.data in RESERVED_SLUGS:
            raise ValidationError("This address is used by the service: choose another")


class AboutForm(_TitleFields, SectionForm):
    """What it is about."""

    names = ("title", "slug", "purpose", "open_to_change", "not_open_to_change", "alternatives")
    purpose = _prose(
        "What is consulted on, and why",
        "The first thing that people read. Leave a blank line between paragraphs.",
    )
    open_to_change = _prose("What can change", "What people can still influence.")
    not_open_to_change = _prose(
        "What cannot change", "What is decided already, so that nobody answers in vain."
    )
    alternatives = _prose(
        "Realistic alternatives",
        "What else could be done, and why you do not prefer it. If there is none, say why.",
    )


class AskedForm(SectionForm):
    """What is asked."""

    names: ClassVar[tuple[str, ...]] = ("framework", "questionnaire")
    framework = wtforms.SelectField(
        "Framework version",
        description="Versions that are published for consultation.",
        validators=[InputRequired("Select a framework version")],
    )
    questionnaire = wtforms.SelectField(
        "Questionnaire", validators=[InputRequired("Select a questionnaire")]
    )

    @classmethod
    def said(cls, details: Details) -> dict[str, Any]:
        """Return the two references."""
        return {
            "framework": f"{details.framework_slug}@{details.framework_version}",
            "questionnaire": f"{details.questionnaire_slug}@{details.questionnaire_version}",
        }

    def changed(self, details: Details) -> Details:
        """Return the details with what was selected."""
        selected: dict[str, Any] = self.selected()
        return replace(details, **selected)

    def selected(self) -> dict[str, str]:
        """Return the four parts of the two references."""
        framework_slug, _, framework_version = self.framework.data.partition("@")
        questionnaire_slug, _, questionnaire_version = self.questionnaire.data.partition("@")
        return {
            "framework_slug": framework_slug,
            "framework_version": framework_version,
            "questionnaire_slug": questionnaire_slug,
            "questionnaire_version": questionnaire_version,
        }

    def offering(self, frameworks: Mapping[str, str], questionnaires: Mapping[str, str]) -> Self:
        """Return this form with what the library has to choose from."""
        for field, offered in (
            (self.framework, frameworks),
            (self.questionnaire, questionnaires),
        ):
            field.choices = [SelectChoice(key, title) for key, title in offered.items()]
        return self


class WhenForm(SectionForm):
    """When it opens and closes."""

    names: ClassVar[tuple[str, ...]] = ("opens_on", "opens_time", "closes_on", "closes_time")
    opens_on = DayField("Opening date", validators=[InputRequired("Enter the opening date")])
    opens_time = ClockField(
        "Opening time", validators=[DataRequired("Enter the opening time")], default="9am"
    )
    closes_on = DayField("Closing date", validators=[InputRequired("Enter the closing date")])
    closes_time = ClockField(
        "Closing time", validators=[DataRequired("Enter the closing time")], default="11:59pm"
    )

    @classmethod
    def said(cls, details: Details) -> dict[str, Any]:
        """Return the dates and times on the clocks in the UK."""
        opens, closes = (
            moment.astimezone(UK) for moment in (details.period.opens_at, details.period.closes_at)
        )
        return {
            "opens_on": opens.date(),
            "opens_time": clock(opens.time()),
            "closes_on": closes.date(),
            "closes_time": clock(closes.time()),
        }

    def changed(self, details: Details) -> Details:
        """Return the details with the period of a valid form."""
        return replace(details, period=self.period)

    def validate_opens_time(self, field: wtforms.Field) -> None:
        """Refuse what is not a time."""
        check_clock(field)

    def validate_closes_time(self, field: wtforms.Field) -> None:
        """Refuse what is not a time, then dates in the wrong order or that do not exist."""
        check_clock(field)
        if self.opens_on.data and self.closes_on.data and not self.opens_time.errors:
            try:
                problem = problem_with(self.period)
            except (NotATime, NoSuchTime) as error:
                raise ValidationError(str(error)) from error
            if problem:
                raise ValidationError(problem)

    @property
    def period(self) -> Period:
        """When it opens and closes; raises NotATime or NoSuchTime."""
        return Period(
            typed_moment(self.opens_on.data, self.opens_time.data or ""),
            # In the hour that comes twice people get the longer time.
            typed_moment(self.closes_on.data, self.closes_time.data or "", later=True),
        )


class AnswersForm(SectionForm):
    """What happens with the answers."""

    names = ("use_of_answers", "decided_by", "decides_on")
    use_of_answers = _prose(
        "How answers will be used", "Who reads them, what is published and when."
    )
    decided_by = _line(
        "Who decides", "The board, committee or person that decides after the consultation."
    )
    decides_on = DayField("When they decide")


class PrivacyForm(SectionForm):
    """The privacy notice."""

    names = ("privacy_notice",)
    privacy_notice = _prose(
        "Privacy notice",
        "Put your own words in place of everything that stands in brackets. Have it checked by"
        " your data protection officer.",
        NOTICE_LENGTH,
    )

    @classmethod
    def of(cls, details: Details) -> Self:
        """Return the form with the notice, or with the text to start from."""
        form = super().of(details)
        form.privacy_notice.data = details.privacy_notice or STARTING_TEXT
        return form


class ContactForm(SectionForm):
    """Other formats, and whom people can ask."""

    names = ("formats", "contact")
    formats = _prose(
        "Other formats and languages",
        "How people get large print, Easy Read, British Sign Language or another language, and"
        " how they can respond without this website.",
    )
    contact = _line(
        "Contact for questions",
        "A name or a team, with an email address or a telephone number.",
    )


class AuthorityForm(SectionForm):
    """Who gives leave to open."""

    names = ("authority",)
    authority = _line(
        "Who gives leave to open it?",
        "Name and role of the person, for example Robin Achebe, Director of Workforce. This is"
        " shown on the page of the consultation.",
    )


class NewForm(_TitleFields, AskedForm, WhenForm):
    """What there must be before anything else can be written: title, address, material, dates."""

    names = ()

    def details(self) -> Details:
        """Return what a valid form says, with nothing in the other sections."""
        selected: dict[str, Any] = self.selected()
        return Details(
            title=self.title.data or "",
            slug=self.slug.data or "",
            purpose="",
            open_to_change="",
            not_open_to_change="",
            use_of_answers="",
            contact="",
            period=self.period,
            **selected,
        )


FORMS: Mapping[Section, type[SectionForm]] = {
    Section.ABOUT: AboutForm,
    Section.ASKED: AskedForm,
    Section.WHEN: WhenForm,
    Section.ANSWERS: AnswersForm,
    Section.PRIVACY: PrivacyForm,
    Section.CONTACT: ContactForm,
    Section.AUTHORITY: AuthorityForm,
}
"""The form of every section but the documents, which are files."""
