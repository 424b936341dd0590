"""The form on which somebody chooses what of a file is taken, made for what the file says."""

from __future__ import annotations

from typing import Any

import wtforms
from wtforms.validators import DataRequired, InputRequired, Length

from frameworks.questions import AnswerKey
from webapp.appraisals.merging import ChoiceMissing, Fate, Merge
from webapp.appraisals.reasons import LONGEST_REASON
from webapp.appraisals.services import Choices
from webapp.web.forms import Form, SelectChoice

STORED, FILE, LEAVE_OUT = "stored", "file", "leave-out"


class ChoiceForm(Form):
    """Asks which of two answers to keep, where a continued text belongs, and why if need be."""

    seen = wtforms.HiddenField()

    def choices(self, merged: Merge) -> Choices:
        """Return what was chosen; what was not chosen is left out."""
        return Choices(
            seen=self.seen.data or "",
            from_file={
                line.key: self[name].data == FILE
                for name, line in clashes(merged)
                if self[name].data
            },
            homes={
                place: None if self[name].data == LEAVE_OUT else AnswerKey.parse(self[name].data)
                for name, place in continuations(merged)
                if self[name].data
            },
            reason=self["reason"].data or "" if "reason" in self else "",
        )

    def refuse(self, merged: Merge, missing: ChoiceMissing) -> None:
        """Put what is missing beside the field that it is about."""
        names = [name for name, line in clashes(merged) if line.key == missing.about]
        names += [name for name, place in continuations(merged) if place == missing.about]
        field = self[names[0] if names else "seen"]
        field.errors = [*field.errors, str(missing)]


def clashes(merged: Merge) -> list[tuple[str, Any]]:
    """Return the name of the field for each answer that clashes."""
    return [(f"clash-{place}", line) for place, line in enumerate(merged.of(Fate.CLASHES), start=1)]


def continuations(merged: Merge) -> list[tuple[str, AnswerKey]]:
    """Return the name of the field for each text that is continued."""
    return [
        (f"continuation-{place}", key) for place, (key, _) in enumerate(merged.continued, start=1)
    ]


def choice_form(merged: Merge, *, needs_reason: bool, source: str) -> type[ChoiceForm]:
    """Return the form for what a file says; `source` is what the file is called in a choice."""
    fields: dict[str, Any] = {}
    for name, line in clashes(merged):
        fields[name] = wtforms.RadioField(
            f"Which answer is right? {line.question.text}",
            [InputRequired(f"Choose which answer to keep: {line.question.text}")],
            choices=[
                SelectChoice(STORED, "Keep what is stored now"),
                SelectChoice(FILE, f"Take what {source} says"),
            ],
        )
    homes = [SelectChoice(str(each.key), each.text) for each in merged.homes]
    for name, _ in continuations(merged):
        fields[name] = wtforms.SelectField(
            "Where does this text belong?",
            [InputRequired("Choose where this text belongs, or leave it out")],
            choices=[
                SelectChoice("", "Choose a question"),
                SelectChoice(LEAVE_OUT, "Leave it out"),
                *homes,
            ],
        )
    if needs_reason:
        fields["reason"] = wtforms.TextAreaField(
            "Why was this copy corrected?",
            [
                DataRequired("Say why: the reason is kept with the review"),
                Length(
                    max=LONGEST_REASON,
                    message="Shorten the reason to 1,000 characters or fewer",
                ),
            ],
        )
    return type("ChoiceFormForFile", (ChoiceForm,), fields)
