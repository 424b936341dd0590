"""A file to be attached to a consultation."""

from __future__ import annotations

import wtforms
from wtforms.validators import DataRequired, InputRequired

from webapp.consultations.attaching import StoredFile
from webapp.consultations.consultation import TITLE_LENGTH
from webapp.consultations.editions import KIND_LABELS, DocumentKind
from webapp.consultations.forms.texts import at_most, plain
from webapp.web.forms import Form, SelectChoice

KIND_HINTS = {
    "consultation-document": "What the consultation is about, in full or as a summary.",
    "impact-assessment": "On equality and health inequalities. One is needed to open.",
    "supporting": "Evidence or anything else that helps people to answer.",
}


class DocumentForm(Form):
    """What a file is, and how it is called on the page."""

    title = wtforms.StringField(
        "Title of the document",
        filters=[plain],
        validators=[DataRequired("Enter a title for the document"), at_most(TITLE_LENGTH)],
    )
    kind = wtforms.RadioField(
        "What is it?",
        choices=[SelectChoice(kind.value, label) for kind, label in KIND_LABELS.items()],
        validators=[InputRequired("Select what the document is")],
    )
    file = wtforms.StringField("The file", validators=[])

    def check(self, sent: StoredFile | str | None) -> bool:
        """Say whether title, kind and file can be taken; a text says why the file cannot."""
        valid = self.validate()
        if isinstance(sent, StoredFile):
            return valid
        self.file.errors = [sent or "Select a file"]
        return False

    @property
    def document_kind(self) -> DocumentKind:
        """What a valid form says that the file is."""
        return DocumentKind(self.kind.data)
