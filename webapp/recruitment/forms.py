"""The forms of recruitment."""

from __future__ import annotations

from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from frameworks.library import Published
from webapp.recruitment.vacancy import QUESTION_LENGTH
from webapp.web.forms import Form, SelectChoice


class VacancyForm(Form):
    """A new vacancy; `position` is `slug@version position`, since positions hang on a version."""

    title = StringField(
        "Title of the vacancy",
        [DataRequired("Enter the title of the vacancy"), Length(max=150)],
        description="As candidates will read it, for example ‘Chair of Meadowbank NHS Trust’",
    )
    number = StringField(
        "Your reference",
        [DataRequired("Enter your reference for the vacancy"), Length(max=60)],
        description="The number that your organisation knows it by",
    )
    position = SelectField(
        "Board position",
        [InputRequired("Choose the board position")],
        description="This decides which competencies are essential and where each is assessed",
    )

    def offer(self, versions: tuple[Published, ...]) -> None:
        """Fill in the positions of the versions that may be recruited on."""
        self.position.choices = [SelectChoice("", "Choose a position")] + [
            SelectChoice(
                f"{published.reference} {profile.key}",
                profile.title,
                optgroup=f"{published.framework.title} {published.framework.version}",
            )
            for published in versions
            for profile in published.framework.profiles
        ]


class PickForm(Form):
    """Questions of the framework, ticked to be added."""

    picked = SelectMultipleField("Questions")

    def offer(self, texts: tuple[tuple[str, str], ...]) -> None:
        """Take (number in the list of suggestions, text) of what can be picked."""
        self.picked.choices = [SelectChoice(number, text) for number, text in texts]


class QuestionForm(Form):
    """A question in the panel's own words and the competencies that it is to show."""

    text = TextAreaField(
        "Question",
        [
            DataRequired("Write the question"),
            Length(max=QUESTION_LENGTH, message="Shorten the question to 600 characters or fewer"),
        ],
    )
    competencies = SelectMultipleField("What it is to show")

    def offer(self, competencies: tuple[tuple[str, str], ...]) -> None:
        """Take (key, title) of the competencies that the position requires."""
        self.competencies.choices = [SelectChoice(key, title) for key, title in competencies]

    def validate_competencies(self, field: SelectMultipleField) -> None:
        """A question that shows nothing cannot be scored."""
        if not field.data:
            raise ValidationError("Choose at least one competency that the question is to show")
