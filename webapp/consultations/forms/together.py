"""What colleagues type who write a response together: a name, a joining code, a note."""

from __future__ import annotations

from typing import Any

import wtforms
from wtforms.validators import DataRequired, InputRequired, ValidationError

from webapp.consultations.forms.texts import at_most, plain
from webapp.consultations.together import MEMBER_NAME_LENGTH, NOTE_LENGTH, is_visible
from webapp.web.forms import Form

TURNING = frozenset("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")
"""Marks that change the direction of what follows, also outside a name."""


def _single_spaced(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


class MemberForm(Form):
    """Asks what colleagues call somebody."""

    name = wtforms.StringField(
        "Your name",
        description="Your colleagues see it. It is not part of the response and never published.",
        filters=[plain, _single_spaced],
        validators=[
            # Blanks alone are no name, so what is left of them counts.
            DataRequired("Enter the name that your colleagues know you by"),
            at_most(MEMBER_NAME_LENGTH),
        ],
    )

    def validate_name(self, field: wtforms.Field) -> None:
        """Refuse a name that nobody sees, or that runs the other way than it is read."""
        if not is_visible(field.data or "") or set(field.data) & TURNING:
            raise ValidationError("Enter your name in letters that your colleagues can see")


class InsteadForm(MemberForm):
    """Asks the same of somebody whose browser holds another response."""

    instead = wtforms.BooleanField(
        "I have kept that code",
        validators=[InputRequired("Keep the code of the other response, then tick the box")],
    )


class JoiningForm(Form):
    """Asks for a joining code; a link that was pasted does as well."""

    code = wtforms.StringField(
        "Joining code",
        description="It has 7 groups of 4 letters and digits. You can also paste the whole link.",
        validators=[DataRequired("Enter the joining code"), at_most(2000)],
    )


class NoteForm(Form):
    """Asks for a note."""

    text = wtforms.TextAreaField(
        "Write a note to your colleagues",
        filters=[plain],
        validators=[DataRequired("Write the note"), at_most(NOTE_LENGTH)],
    )
