"""What somebody types to come back to a response: a code, or an address for a mail."""

from __future__ import annotations

import wtforms
from wtforms.validators import DataRequired, Length, ValidationError

from webapp.accounts.addresses import LONGEST_EMAIL, same_email
from webapp.accounts.errors import NotValid
from webapp.consultations.returning import NotACode, read_return_code
from webapp.web.forms import Form


class ReturnForm(Form):
    """Asks for a return code; a link that was pasted does as well."""

    code = wtforms.StringField(
        "Return code", validators=[DataRequired("Enter your return code"), Length(max=2000)]
    )

    def validate_code(self, field: wtforms.Field) -> None:
        """Say what is wrong with what cannot be a return code."""
        try:
            self.read = read_return_code(field.data or "")
        except NotACode as error:
            raise ValidationError(str(error)) from None

    read = ""
    """The code that was typed, without hyphens, once the form was found right."""


class ReturnMailForm(Form):
    """Asks where to mail the way back to."""

    email = wtforms.StringField(
        "Email address",
        validators=[
            DataRequired("Enter the email address that the link should go to"),
            Length(max=LONGEST_EMAIL, message="Enter an email address of 254 characters or fewer"),
        ],
    )

    def validate_email(self, field: wtforms.Field) -> None:
        """Ask for an address that mail can be sent to, and take it in its usual form."""
        try:
            field.data = same_email(field.data or "")
        except NotValid as error:
            raise ValidationError(str(error)) from None
