"""What colleagues type who write a response together: a name, a joining code, a note."""

from __future__ import annotations

import wtforms
from wtforms.validators import InputRequired

from webapp.consultations.forms.texts import at_most, plain
from webapp.consultations.together import MEMBER_NAME_LENGTH, NOTE_LENGTH
from webapp.web.forms import Form


class MemberForm(Form):
    """Asks what colleagues call somebody."""

    name = wtforms.StringField(
        "Your name",
        description="Your colleagues see it. It is not part of the response and never published.",
        filters=[plain],
        validators=[
            InputRequired("Enter the name that your colleagues know you by"),
            at_most(MEMBER_NAME_LENGTH),
        ],
    )


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
        validators=[InputRequired("Enter the joining code"), at_most(2000)],
    )


class NoteForm(Form):
    """Asks for a note."""

    text = wtforms.TextAreaField(
        "Write a note to your colleagues",
        filters=[plain],
        validators=[InputRequired("Write the note"), at_most(NOTE_LENGTH)],
    )
