"""The form on which an export is asked for."""

from __future__ import annotations

import wtforms
from wtforms.validators import InputRequired

from webapp.extracts.extract import FileFormat, Layout, Options, Which
from webapp.extracts.words import FORMATS, LAYOUTS, WHICH
from webapp.web.forms import Form, SelectChoice

WITH, WITHOUT = "with", "without"


class ExtractForm(Form):
    """What is in an export, and as which file."""

    layout = wtforms.RadioField(
        "What is a row of the table?",
        choices=[SelectChoice(key.value, label) for key, label in LAYOUTS.items()],
        validators=[InputRequired("Select what a row of the table is")],
    )
    file_format = wtforms.RadioField(
        "Which file do you want?",
        choices=[SelectChoice(key.value, label) for key, label in FORMATS.items()],
        validators=[InputRequired("Select which file you want")],
    )
    which = wtforms.RadioField(
        "Which responses?",
        choices=[SelectChoice(key.value, label) for key, label in WHICH.items()],
        validators=[InputRequired("Select which responses are in it")],
    )
    campaigns = wtforms.RadioField(
        "Responses that belong to a campaign",
        choices=[SelectChoice(WITH, "Include them"), SelectChoice(WITHOUT, "Leave them out")],
        validators=[InputRequired("Select whether responses of campaigns are in it")],
    )
    names = wtforms.BooleanField("Include names, and what respondents said about themselves")

    def options(self) -> Options:
        """Return what was chosen."""
        return Options(
            layout=Layout(self.layout.data),
            file_format=FileFormat(self.file_format.data),
            which=Which(self.which.data),
            with_campaigns=self.campaigns.data == WITH,
            with_names=bool(self.names.data),
        )
