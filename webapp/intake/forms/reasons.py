"""Why something is sent back, removed or thrown away."""

from __future__ import annotations

import wtforms
from wtforms.validators import DataRequired

from webapp.consultations.forms.texts import at_most, plain
from webapp.intake.items import REASON_LENGTH
from webapp.web.forms import Form


class ReasonForm(Form):
    """A reason, which is recorded."""

    reason = wtforms.TextAreaField(
        "Reason",
        filters=[plain],
        # Blanks alone are no reason.
        validators=[DataRequired("Enter the reason"), at_most(REASON_LENGTH)],
    )
