"""The forms for an address and for a notice."""

from __future__ import annotations

import wtforms
from wtforms.validators import DataRequired, Length, ValidationError

from webapp.accounts.addresses import LONGEST_EMAIL, same_email
from webapp.accounts.errors import NotValid
from webapp.notices.notice import SUBJECT_LENGTH, TEXT_LENGTH
from webapp.web.forms import Form


class SignUpForm(Form):
    """Asks for the address that notices go to."""

    email = wtforms.StringField(
        "Email address",
        validators=[
            DataRequired("Enter your email address"),
            Length(max=LONGEST_EMAIL, message="Enter an email address of 254 characters or fewer"),
        ],
    )

    def validate_email(self, field: wtforms.Field) -> None:
        """Refuse what no mail could be sent to."""
        try:
            same_email(field.data or "")
        except NotValid as error:
            raise ValidationError(str(error)) from error


class NoticeForm(Form):
    """Asks what to tell everybody on the list."""

    subject = wtforms.StringField(
        "Subject",
        description="Say what has happened, such as ‘Our response to what you told us’.",
        validators=[
            DataRequired("Enter a subject"),
            Length(max=SUBJECT_LENGTH, message=f"Shorten it to {SUBJECT_LENGTH} characters"),
        ],
    )
    text = wtforms.TextAreaField(
        "Text",
        description="Plain text. Put the address of a page on a line of its own.",
        filters=[lambda typed: typed and typed.replace("\r\n", "\n").strip()],
        validators=[
            DataRequired("Enter the text"),
            Length(max=TEXT_LENGTH, message=f"Shorten it to {TEXT_LENGTH:,} characters"),
        ],
    )

    def validate_subject(self, field: wtforms.Field) -> None:
        """Refuse what cannot stand in the head of a mail."""
        if not (field.data or "").isprintable():
            raise ValidationError("Use plain words without special control characters")
