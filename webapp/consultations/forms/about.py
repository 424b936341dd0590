"""The pages about who is responding."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar, Self, cast

import wtforms
from werkzeug.datastructures import MultiDict
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from frameworks.questions import Option
from webapp.consultations.forms.texts import at_most, plain
from webapp.consultations.respondents import (
    GATHERED_LENGTH,
    INDIVIDUAL_CLASSES,
    INTERESTS,
    INTERESTS_LENGTH,
    NAME_LENGTH,
    ORGANISATION_TYPES,
    PUBLISH,
    REGIONS,
    RESPONDS_AS,
    ROLE_LENGTH,
    AboutStep,
    Interest,
    Publish,
    Respondent,
    RespondsAs,
)
from webapp.web.forms import Form, SelectChoice


def _choices(options: Sequence[Option]) -> list[SelectChoice]:
    return [SelectChoice(each.key, each.label) for each in options]


class AboutForm(Form):
    """One page about the respondent: filled from what is known, and giving it back changed."""

    @classmethod
    @abstractmethod
    def about(cls, respondent: Respondent) -> Self:
        """Return the form with what was said before."""

    @abstractmethod
    def changed(self, respondent: Respondent) -> Respondent:
        """Return the respondent with what this page says."""


class RespondingAsForm(AboutForm):
    """For oneself or for an organisation."""

    responds_as = wtforms.RadioField(
        "Are you responding as an individual or on behalf of an organisation?",
        choices=_choices(RESPONDS_AS),
        validators=[InputRequired("Select how you are responding")],
    )

    @classmethod
    def about(cls, respondent: Respondent) -> Self:
        """Return the form with what was said before."""
        return cls(data={"responds_as": respondent.responds_as})

    def changed(self, respondent: Respondent) -> Respondent:
        """Return the respondent as this kind; what only the other kind says is forgotten.

        So is leave to publish with a name: it was given for another name.
        """
        responds_as = RespondsAs(self.responds_as.data)
        if responds_as is respondent.responds_as:
            return respondent
        return replace(
            respondent,
            responds_as=responds_as,
            respondent_class="",
            name="",
            organisation_name="",
            gathered="",
            publish=None if respondent.publish is Publish.NAMED else respondent.publish,
        )


class PersonForm(AboutForm):
    """What kind of individual."""

    respondent_class = wtforms.RadioField(
        "Which of these describes you best?",
        choices=_choices(INDIVIDUAL_CLASSES),
        validators=[InputRequired("Select what describes you best")],
    )
    role = wtforms.StringField(
        "What is your role? (optional)",
        description="For example, director of nursing or staff governor."
        " It may be published beside your name, and never without it.",
        filters=[plain],
        validators=[at_most(ROLE_LENGTH)],
    )
    hints: ClassVar = {each.key: each.hint for each in INDIVIDUAL_CLASSES if each.hint}

    @classmethod
    def about(cls, respondent: Respondent) -> Self:
        """Return the form with what was said before."""
        return cls(data={"respondent_class": respondent.respondent_class, "role": respondent.role})

    def changed(self, respondent: Respondent) -> Respondent:
        """Return the respondent with this class and role."""
        return replace(
            respondent,
            respondent_class=self.respondent_class.data,
            role=self.role.data or "",
        )


class OrganisationForm(AboutForm):
    """Which organisation, of what type, and how its view was gathered."""

    organisation_name = wtforms.StringField(
        "Name of the organisation",
        filters=[plain],
        validators=[DataRequired("Enter the name of the organisation"), at_most(NAME_LENGTH)],
    )
    respondent_class = wtforms.RadioField(
        "What kind of organisation is it?",
        choices=_choices(ORGANISATION_TYPES),
        validators=[InputRequired("Select the kind of organisation")],
    )
    role = wtforms.StringField(
        "What is your role in it? (optional)",
        description="For example, company secretary. It may be published beside the name of the"
        " organisation, and never without it.",
        filters=[plain],
        validators=[at_most(ROLE_LENGTH)],
    )
    gathered = wtforms.TextAreaField(
        "How did the organisation arrive at its view? (optional)",
        description="For example a discussion at a board meeting, or a survey of members.",
        filters=[plain],
        validators=[at_most(GATHERED_LENGTH)],
    )

    @classmethod
    def about(cls, respondent: Respondent) -> Self:
        """Return the form with what was said before."""
        return cls(
            data={
                "organisation_name": respondent.organisation_name,
                "respondent_class": respondent.respondent_class,
                "role": respondent.role,
                "gathered": respondent.gathered,
            }
        )

    def changed(self, respondent: Respondent) -> Respondent:
        """Return the respondent as this organisation."""
        return replace(
            respondent,
            organisation_name=self.organisation_name.data or "",
            respondent_class=self.respondent_class.data,
            role=self.role.data or "",
            gathered=self.gathered.data or "",
        )


class RegionForm(AboutForm):
    """Which NHS England region, if they want to say."""

    region = wtforms.RadioField(
        "Which NHS England region are you in? (optional)",
        choices=_choices(REGIONS),
        validators=[Optional()],
    )

    @classmethod
    def about(cls, respondent: Respondent) -> Self:
        """Return the form with what was said before."""
        return cls(data={"region": respondent.region})

    def changed(self, respondent: Respondent) -> Respondent:
        """Return the respondent with this region, or none."""
        return replace(respondent, region=(self.region.data or "").strip())


class InterestsForm(AboutForm):
    """Whether there is anything that readers of the response should know of."""

    interest = wtforms.RadioField(
        "Do you have an interest to declare? (optional)",
        choices=_choices(INTERESTS),
        validators=[Optional()],
    )
    interests = wtforms.TextAreaField(
        "What is your interest?",
        filters=[plain],
        validators=[at_most(INTERESTS_LENGTH)],
    )

    @classmethod
    def about(cls, respondent: Respondent) -> Self:
        """Return the form with what was said before."""
        return cls(data={"interest": respondent.interest, "interests": respondent.interests})

    def validate_interests(self, field: wtforms.Field) -> None:
        """Ask what the interest is where there is one."""
        if self.interest.data == Interest.DECLARED and not field.data:
            raise ValidationError("Say what your interest is")

    def changed(self, respondent: Respondent) -> Respondent:
        """Return the respondent with this interest; its words are kept only where there is one."""
        # Blanks alone count as no answer, so nothing says that they are not offered.
        chosen = (self.interest.data or "").strip()
        interest = Interest(chosen) if chosen else None
        words = (self.interests.data or "") if interest is Interest.DECLARED else ""
        return replace(respondent, interest=interest, interests=words)


class PublishingForm(AboutForm):
    """What may be published; an individual who wants to be named gives a name."""

    publish = wtforms.RadioField(
        "May we publish this response?",
        choices=_choices(PUBLISH),
        validators=[InputRequired("Select what we may publish")],
    )
    name = wtforms.StringField(
        "Your name, if it may be published",
        filters=[plain],
        validators=[at_most(NAME_LENGTH)],
    )
    responds_as = ""

    @classmethod
    def about(cls, respondent: Respondent) -> Self:
        """Return the form with what was said before."""
        return cls(data={"publish": respondent.publish, "name": respondent.name})

    def validate_name(self, field: wtforms.Field) -> None:
        """Ask an individual for the name that may be published."""
        named = self.publish.data == Publish.NAMED
        if named and self.responds_as != RespondsAs.ORGANISATION and not field.data:
            raise ValidationError("Enter your name, or select to publish without it")

    def changed(self, respondent: Respondent) -> Respondent:
        """Return the respondent with this permission; a name is kept only to be shown."""
        publish = Publish(self.publish.data)
        named = publish is Publish.NAMED and respondent.responds_as is RespondsAs.INDIVIDUAL
        return replace(respondent, publish=publish, name=(self.name.data or "") if named else "")


class PositionsForm(AboutForm):
    """The positions that somebody knows well enough to comment on."""

    positions = wtforms.SelectMultipleField(
        "Which board positions do you want to comment on? (optional)", choices=()
    )

    @classmethod
    def about(cls, respondent: Respondent) -> Self:
        """Return the form with what was said before."""
        return cls(data={"positions": list(respondent.positions)})

    def offering(self, titles: Mapping[str, str]) -> Self:
        """Return this form with the positions of a framework to choose from."""
        self.positions.choices = [SelectChoice(key, title) for key, title in titles.items()]
        return self

    def changed(self, respondent: Respondent) -> Respondent:
        """Return the respondent with these positions."""
        return replace(respondent, positions=tuple(self.positions.data or ()))


def about_form(
    step: AboutStep,
    respondent: Respondent,
    positions: Mapping[str, str],
    posted: MultiDict[str, str] | None = None,
) -> AboutForm:
    """Return the form of one page about the respondent, posted or with what was said before."""
    kind = _form_of(step, respondent)
    form = kind.about(respondent) if posted is None else cast(AboutForm, kind.posted(posted))
    if isinstance(form, PositionsForm):
        form.offering(positions)
    if isinstance(form, PublishingForm):
        form.responds_as = respondent.responds_as or ""
    return form


def _form_of(step: AboutStep, respondent: Respondent) -> type[AboutForm]:
    if step is AboutStep.WHO:
        organisation = respondent.responds_as is RespondsAs.ORGANISATION
        return OrganisationForm if organisation else PersonForm
    return {
        AboutStep.RESPONDING_AS: RespondingAsForm,
        AboutStep.REGION: RegionForm,
        AboutStep.INTERESTS: InterestsForm,
        AboutStep.PUBLISHING: PublishingForm,
        AboutStep.POSITIONS: PositionsForm,
    }[step]
