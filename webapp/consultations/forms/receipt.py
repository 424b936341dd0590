"""What the sender of a response types afterwards: a code, a permission, why it comes late."""

from __future__ import annotations

from typing import Self

import wtforms
from wtforms.validators import DataRequired, InputRequired, ValidationError

from webapp.consultations.consultation import REASON_LENGTH
from webapp.consultations.forms.texts import at_most, plain
from webapp.consultations.respondents import NAME_LENGTH, PUBLISH, Publish, RespondsAs
from webapp.consultations.response import Submission
from webapp.web.forms import Form, SelectChoice


class ReceiptForm(Form):
    """Asks for the private code from a receipt."""

    code = wtforms.StringField(
        "Private code", validators=[DataRequired("Enter the code from your receipt")]
    )


class PermissionForm(Form):
    """What may be published from now on; an individual who may be named gives a name."""

    publish = wtforms.RadioField(
        "What may we publish from now on?",
        choices=[SelectChoice(option.key, option.label) for option in PUBLISH],
        validators=[InputRequired("Select what we may publish")],
    )
    name = wtforms.StringField(
        "Your name, if it may be published",
        filters=[plain],
        validators=[at_most(NAME_LENGTH)],
    )
    asks_name = True

    @classmethod
    def of(cls, submission: Submission) -> Self:
        """Return the form with what is allowed now."""
        values = {"publish": submission.permission, "name": submission.respondent.name}
        return cls(data=values).about(submission)

    def about(self, submission: Submission) -> Self:
        """Return this form for a response: an organisation’s has its name already."""
        self.asks_name = submission.respondent.responds_as is not RespondsAs.ORGANISATION
        return self

    def validate_name(self, field: wtforms.Field) -> None:
        """Ask an individual for the name that may be published."""
        if self.publish.data == Publish.NAMED and self.asks_name and not field.data:
            raise ValidationError("Enter your name, or select to publish without it")


class LodgingForm(Form):
    """Why a response comes after closing."""

    reason = wtforms.TextAreaField(
        "Why does it come late?",
        description="The people who run the consultation read this when they decide.",
        filters=[plain],
        validators=[DataRequired("Enter why it comes late"), at_most(REASON_LENGTH)],
    )
