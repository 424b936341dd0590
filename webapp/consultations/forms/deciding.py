"""What a lead types about responses: a decision with its reason, a reference to find."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

import wtforms
from wtforms.validators import DataRequired, InputRequired, ValidationError

from webapp.consultations.consultation import REASON_LENGTH
from webapp.consultations.forms.texts import at_most, plain
from webapp.consultations.submissions import Decision
from webapp.web.forms import Form, SelectChoice


def _reason(description: str) -> wtforms.TextAreaField:
    return wtforms.TextAreaField(
        "Reason",
        description=description,
        filters=[plain],
        validators=[DataRequired("Enter the reason"), at_most(REASON_LENGTH)],
    )


class DecisionForm(Form):
    """What is decided about one response, and why."""

    decision = wtforms.RadioField(
        "What do you decide?", choices=(), validators=[InputRequired("Select what you decide")]
    )
    reason = _reason(
        "It is recorded with your name. Where the response does not count because of it, the "
        "sender reads the reason, without your name, on the receipt. Where you decide about a late "
        "response, everybody reads it on the public log: write nothing that tells who responded."
    )

    def offering(self, decisions: Iterable[tuple[Decision, str]]) -> Self:
        """Return this form with what can be decided now."""
        self.decision.choices = [SelectChoice(key, label) for key, label in decisions]
        return self


class ReleaseForm(Form):
    """Which of several held responses are released together, and why.

    What is ticked need not be held any more: somebody else may have decided meanwhile.
    """

    reference = wtforms.SelectMultipleField("Held responses", choices=(), validate_choice=False)
    reason = _reason("It is recorded with your name for each of them.")
    whole_surge = False

    def releasing(self, which: str) -> Self:
        """Return this form for those that are ticked, or for all that came in a surge."""
        self.whole_surge = which == "surge"
        return self

    def validate_reference(self, field: wtforms.Field) -> None:
        """Ask for something to release."""
        if not self.whole_surge and not field.data:
            raise ValidationError("Tick at least one response")


class FindingForm(Form):
    """The public reference of a response."""

    reference = wtforms.StringField(
        "Public reference",
        id="find-reference",
        validators=[DataRequired("Enter a reference")],
    )
