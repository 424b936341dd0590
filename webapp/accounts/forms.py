"""The forms for signing in and for adding members."""

from __future__ import annotations

import wtforms
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from webapp.accounts.addresses import LONGEST_EMAIL, LONGEST_NAME, same_email
from webapp.accounts.errors import NotValid
from webapp.accounts.roles import ROLE_NAMES
from webapp.security.tokens import ALPHABET, read_code
from webapp.web.forms import Form, SelectChoice

CODE_LENGTH = 8


class SignInForm(Form):
    """Asks for the address that the sign-in mail goes to."""

    email = wtforms.StringField(
        "Email address",
        validators=[
            DataRequired("Enter your email address"),
            Length(max=LONGEST_EMAIL, message="Enter an email address of 254 characters or fewer"),
        ],
    )
    next = wtforms.HiddenField()

    def validate_email(self, field: wtforms.Field) -> None:
        """Refuse what no mail could be sent to."""
        _check_email(field)


class CodeForm(Form):
    """Asks for the short code out of the mail."""

    code = wtforms.StringField(
        "Code from the email", validators=[DataRequired("Enter the code from the email")]
    )

    def validate_code(self, field: wtforms.Field) -> None:
        """Refuse what cannot be a code, which then costs no try."""
        code = read_code(field.data or "")
        if len(code) != CODE_LENGTH or not set(code) <= set(ALPHABET):
            raise ValidationError("Enter the code of 8 letters and digits, such as 7K3M-9QRT")


class MemberForm(Form):
    """Asks whom an administrator gives which role."""

    email = wtforms.StringField(
        "Email address",
        validators=[
            DataRequired("Enter the person’s email address"),
            Length(max=LONGEST_EMAIL, message="Enter an email address of 254 characters or fewer"),
        ],
    )
    name = wtforms.StringField(
        "Name",
        validators=[
            DataRequired("Enter the person’s name"),
            Length(max=LONGEST_NAME, message="Enter a name of 120 characters or fewer"),
        ],
    )
    role = wtforms.RadioField(
        "Role",
        choices=[SelectChoice(role.value, name) for role, name in ROLE_NAMES.items()],
        validators=[InputRequired("Choose a role")],
    )

    def validate_email(self, field: wtforms.Field) -> None:
        """Refuse what no mail could be sent to."""
        _check_email(field)


def _check_email(field: wtforms.Field) -> None:
    try:
        same_email(field.data or "")
    except NotValid as error:
        raise ValidationError(str(error)) from error
