"""The form of equality questions, made from the set that is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import wtforms
from wtforms.validators import AnyOf

from frameworks.questionnaire import Asked, Questionnaire
from webapp.web.forms import Form, SelectChoice

FORM_ID = "form"
"""The name of the hidden field that tells a form which is sent twice."""

PREFIX = "answer-"
"""How the names of the questions' fields begin, so that no key is a name of the form's own."""


def equality_form(questions: Questionnaire, posted: Any = None) -> Form:
    """Return the form of these questions, filled with what was posted if anything was."""
    fields = {PREFIX + asked.key: _radios(asked) for asked in questions.questions}
    form: Form = type("EqualityForm", (Form,), fields)(posted)
    return form


def chosen_answers(form: Form) -> Mapping[str, str]:
    """Return what was chosen, by question; a question that was left blank is not there."""
    return {field.name.removeprefix(PREFIX): field.data for field in form if field.data}


def _radios(asked: Asked) -> wtforms.RadioField:
    keys = [option.key for option in asked.options]
    return wtforms.RadioField(
        asked.text,
        description=asked.hint,
        choices=[SelectChoice(option.key, option.label) for option in asked.options],
        default="",
        # Nothing chosen is fine, and what is not offered is told in our own words.
        validate_choice=False,
        validators=[AnyOf(["", *keys], message="Select one of the answers, or none")],
    )
