"""The form for placing and lifting a hold."""

from __future__ import annotations

import wtforms
from wtforms.validators import DataRequired, Length

from webapp.web.forms import Form

LONGEST_REASON = 1000


class HoldForm(Form):
    """Asks why nothing may be erased, or why it may be again."""

    reason = wtforms.TextAreaField(
        "Reason",
        description="It stays on record with your name. Name nobody who responded.",
        filters=[lambda typed: typed and typed.replace("\r\n", "\n").strip()],
        validators=[
            DataRequired("Enter a reason"),
            Length(max=LONGEST_REASON, message=f"Shorten it to {LONGEST_REASON:,} characters"),
        ],
    )
