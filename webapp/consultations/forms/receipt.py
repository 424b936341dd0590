"""The code of a receipt."""

from __future__ import annotations

import wtforms
from wtforms.validators import InputRequired

from webapp.web.forms import Form


class ReceiptForm(Form):
    """Asks for the private code from a receipt."""

    code = wtforms.StringField(
        "Private code", validators=[InputRequired("Enter the code from your receipt")]
    )
