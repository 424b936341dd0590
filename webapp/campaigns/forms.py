"""What a lead types about a campaign: what it is, what it is called, and why."""

from __future__ import annotations

import wtforms
from wtforms.validators import DataRequired, InputRequired, ValidationError

from webapp.campaigns.campaign import NAME_LENGTH, REASON_LENGTH, DecisionKind
from webapp.consultations.forms.texts import at_most, plain
from webapp.web.forms import Form, SelectChoice

DECISIONS = (
    SelectChoice(DecisionKind.CAMPAIGN, "This is a campaign"),
    SelectChoice(
        DecisionKind.NOT_A_CAMPAIGN, "This is not a campaign: people simply wrote the same"
    ),
    SelectChoice(DecisionKind.NAMED, "Give it another name"),
)


def _reason(description: str) -> wtforms.TextAreaField:
    return wtforms.TextAreaField(
        "Reason",
        description=description,
        filters=[plain],
        validators=[DataRequired("Enter the reason"), at_most(REASON_LENGTH)],
    )


class DecisionForm(Form):
    """What a group is, or what it is called."""

    decision = wtforms.RadioField(
        "What do you decide?",
        choices=list(DECISIONS),
        validators=[InputRequired("Select what you decide")],
    )
    name = wtforms.StringField(
        "Name",
        description="Only for another name. Say what its text asks for, such as ‘Easy Read first’.",
        filters=[lambda typed: typed and " ".join(typed.split())],
        validators=[at_most(NAME_LENGTH)],
    )
    reason = _reason("It is recorded with your name, and cannot be changed afterwards.")

    def validate_name(self, field: wtforms.Field) -> None:
        """Ask for a name where there is to be one."""
        if self.decision.data == DecisionKind.NAMED and not field.data:
            raise ValidationError("Enter the name")


class MoveForm(Form):
    """Why a response is moved out of a group, or put back."""

    reason = _reason(
        "Say why it does or does not belong with the others. It is recorded with your name."
    )
