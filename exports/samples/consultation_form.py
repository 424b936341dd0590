"""A sample of a blank consultation."""

from __future__ import annotations

import datetime as dt

from exports.consultation_material import material_of
from exports.documents.consultation_form import (
    AboutYou,
    ConsultationForm,
    Invitation,
    Size,
    make_consultation_form,
)
from exports.samples.published import sample_published
from exports.samples.receipt import sample_questionnaire
from frameworks.questions import AnswerKey, LongText, OneOf, Option, ShortText, SomeOf


def sample(size: Size = Size.STANDARD) -> ConsultationForm:
    """Return the blank consultation on the sample framework."""
    return make_consultation_form(
        material_of(sample_published(), sample_questionnaire()),
        invitation=sample_invitation(),
        about=_about(),
        size=size,
    )


def sample_invitation() -> Invitation:
    """Return what a consultation says about itself."""
    return Invitation(
        slug="board-members",
        title="What should board members be able to do?",
        organisation="Fairwater Commissioning Board",
        purpose="We want one description of what the people on a board do well, so that they are "
        "recruited, appraised and developed for the same things.\n\nThis is a first version. We "
        "ask whether it is clear, whether anything is missing, and what each position needs.",
        open_to_change="Every competency, its wording, and what each position needs.",
        not_open_to_change="That there is one framework for all boards.",
        use_of_answers="We publish what was heard and what was decided about each competency, "
        "within 12 weeks of closing.",
        contact="Boards team, 1 High Street, Fairwater FW1 1AA, boards@fairwater.example",
        opens_at=dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC),
        closes_at=dt.datetime(2026, 5, 29, 16, tzinfo=dt.UTC),
    )


def _about() -> tuple[AboutYou, ...]:
    return (
        AboutYou(
            "Who is responding",
            "",
            (
                _one_of(
                    "responds-as",
                    "Are you responding as an individual or on behalf of an organisation?",
                    ("individual", "As an individual"),
                    ("organisation", "On behalf of an organisation"),
                ),
                ShortText(
                    key=_key("organisation-name"), text="Name of the organisation", max_length=200
                ),
                LongText(
                    key=_key("gathered"),
                    text="How did the organisation arrive at its view?",
                    hint="For example a discussion at a board meeting.",
                    max_length=1000,
                ),
            ),
        ),
        AboutYou(
            "Publishing your response",
            "A public body may have to disclose what it holds when somebody asks under the Freedom "
            "of Information Act 2000, so nobody can promise that a response stays confidential.",
            (
                _one_of(
                    "publish",
                    "May we publish this response?",
                    ("named", "Yes, with the name"),
                    ("unnamed", "Yes, without the name"),
                    ("not-at-all", "No, do not publish any of it"),
                ),
            ),
        ),
        AboutYou(
            "Positions",
            "",
            (
                SomeOf(
                    key=_key("positions"),
                    text="Which board positions do you know?",
                    options=tuple(
                        Option(key=each.key, label=each.title)
                        for each in sample_published().framework.profiles
                    ),
                ),
            ),
        ),
    )


def _key(question: str) -> AnswerKey:
    return AnswerKey("respondent", question)


def _one_of(question: str, text: str, *options: tuple[str, str]) -> OneOf:
    return OneOf(
        key=_key(question),
        text=text,
        options=tuple(Option(key=key, label=label) for key, label in options),
    )
