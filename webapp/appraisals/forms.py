"""The forms for starting, amending, withdrawing and signing a review."""

from __future__ import annotations

import uuid
from typing import Any

import wtforms
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from frameworks.model import Accountability
from webapp.accounts.addresses import LONGEST_EMAIL, LONGEST_NAME, person_name, same_email
from webapp.accounts.errors import NotValid
from webapp.appraisals.services import LONGEST_REASON, LONGEST_REMARK
from webapp.appraisals.signing import third_persons
from webapp.appraisals.starting import Named, StartRefused, signatory_field
from webapp.web.days import DayField
from webapp.web.forms import Form, SelectChoice

MYSELF, SOMEBODY_ELSE = "me", "other"


def _is_name(_: wtforms.Form, field: wtforms.Field) -> None:
    try:
        person_name(field.data or "")
    except NotValid as error:
        raise ValidationError(str(error)) from error


def _is_email(_: wtforms.Form, field: wtforms.Field) -> None:
    try:
        same_email(field.data or "")
    except NotValid as error:
        raise ValidationError(str(error)) from error


def _name_field(label: str, missing: str) -> Any:
    length = Length(max=LONGEST_NAME, message="Enter a name of 120 characters or fewer")
    return wtforms.StringField(label, [DataRequired(missing), length, _is_name])


def _email_field(label: str, missing: str) -> Any:
    length = Length(max=LONGEST_EMAIL, message="Enter an email address of 254 characters or fewer")
    return wtforms.StringField(label, [DataRequired(missing), length, _is_email])


class StartForm(Form):
    """Asks whom a review is about, over which period, and who else is in it."""

    review_id = wtforms.HiddenField()
    appraisee_name = _name_field("Their name", "Enter the name of the person appraised")
    appraisee_email = _email_field(
        "Their email address", "Enter the email address of the person appraised"
    )
    from_on = DayField("First day of the period")
    until_on = DayField("Last day of the period")

    def validate_from_on(self, field: DayField) -> None:
        """A period has a first day."""
        if field.data is None:
            raise ValidationError("Enter the first day of the period")

    def validate_until_on(self, field: DayField) -> None:
        """A period has a last day."""
        if field.data is None:
            raise ValidationError("Enter the last day of the period")

    @property
    def id_for_review(self) -> uuid.UUID | None:
        """The id that this form starts a review under, or None where it was tampered with."""
        try:
            return uuid.UUID(self.review_id.data or "")
        except ValueError:
            return None

    def named(self, stem: str, joined: str = "_") -> Named | None:
        """Return a person of the form, or None where no one is named."""
        name, email = self[f"{stem}{joined}name"].data, self[f"{stem}{joined}email"].data
        return Named(person_name(name), same_email(email)) if name and email else None

    def appraiser(self) -> Named | None:
        """Return the appraiser, or None where whoever asks appraises themself."""
        if "appraiser_name" not in self or self.is_own:
            return None
        return self.named("appraiser")

    @property
    def is_own(self) -> bool:
        """Whether whoever asks said that they appraise themself."""
        return "appraiser_is" in self and self["appraiser_is"].data == MYSELF

    def signatories(self, rule: Accountability) -> dict[str, Named]:
        """Return who signs each step that is somebody else's than appraiser's or appraisee's."""
        found = {
            step.key: self.named(signatory_field(step.key), "-") for step in third_persons(rule)
        }
        return {key: named for key, named in found.items() if named is not None}

    def refuse(self, refused: StartRefused) -> None:
        """Put what is wrong with a start beside the fields that it is about."""
        for name, sentence in refused.problems:
            target = self[name if name in self else "appraisee_name"]
            target.errors = [*target.errors, sentence]


def start_form(rule: Accountability, *, may_appraise: bool, may_prepare: bool) -> type[StartForm]:
    """Return the form for a position's rule and for somebody with these roles.

    An appraiser appraises themself; a secretary names the appraiser; who is both says which.
    """
    fields: dict[str, Any] = {}
    if may_prepare:
        fields |= _appraiser_fields(is_optional=may_appraise)
    for step in third_persons(rule):
        stem = signatory_field(step.key)
        fields[f"{stem}-name"] = _name_field("Name", f"Enter who signs as “{step.title}”")
        fields[f"{stem}-email"] = _email_field(
            "Email address", f"Enter the email address of whoever signs as “{step.title}”"
        )
    return type("StartFormForRule", (StartForm,), fields)


def _appraiser_fields(*, is_optional: bool) -> dict[str, Any]:
    name = _name_field("Their name", "Enter the name of the appraiser")
    email = _email_field("Their email address", "Enter the email address of the appraiser")
    if not is_optional:
        return {"appraiser_name": name, "appraiser_email": email}
    choice = wtforms.RadioField(
        "Who is the appraiser?",
        [InputRequired("Choose who the appraiser is")],
        choices=[
            SelectChoice(MYSELF, "I am"),
            SelectChoice(SOMEBODY_ELSE, "Somebody else, who will approve what I prepare"),
        ],
    )
    optional = [_UnlessOwn()]
    return {
        "appraiser_is": choice,
        "appraiser_name": wtforms.StringField("Their name", [*optional, _is_name]),
        "appraiser_email": wtforms.StringField("Their email address", [*optional, _is_email]),
    }


class _UnlessOwn(Optional):
    """Lets a field be empty where whoever asks appraises themself."""

    def __call__(self, form: Any, field: wtforms.Field) -> None:
        """End the checks of an empty field then, and go on otherwise."""
        if form.is_own:
            super().__call__(form, field)


class AddressForm(Form):
    """Asks for the address that a person's link goes to."""

    email = _email_field("Email address", "Enter an email address")


class ReasonForm(Form):
    """Asks why a review is amended or withdrawn."""

    reason = wtforms.TextAreaField(
        "Reason",
        [
            DataRequired("Say why: the reason is kept with the review"),
            Length(max=LONGEST_REASON, message="Shorten the reason to 1,000 characters or fewer"),
        ],
    )


class SignForm(Form):
    """Asks for a signature under exactly the content that the page shows."""

    step = wtforms.HiddenField()
    digest = wtforms.HiddenField()
    remark = wtforms.TextAreaField(
        "Anything that you want recorded with your signature",
        [Length(max=LONGEST_REMARK, message="Shorten this to 2,000 characters or fewer")],
    )
    agreed = wtforms.BooleanField(
        "I have read the whole review above and sign it with these words",
        [InputRequired("Tick the box to show that you have read the review and sign it")],
    )
