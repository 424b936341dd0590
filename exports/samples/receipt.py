"""A sample receipt."""

from __future__ import annotations

import datetime as dt

from exports.document import Fact
from exports.documents.receipt import Receipt, make_receipt
from exports.samples.published import sample_published
from frameworks.model import Licence
from frameworks.questionnaire import Asked, AskedKind, AskedOf, AskedOption, Questionnaire
from frameworks.questions import AnswerKey, Given


def sample() -> Receipt:
    """Return the receipt of an organisation that commented on three items."""
    return make_receipt(
        sample_published(),
        sample_questionnaire(),
        consultation="What should board members be able to do?",
        reference="BM-7QK4-2MXD",
        submitted_at=dt.datetime(2026, 3, 29, 10, 5, tzinfo=dt.UTC),
        respondent=(
            Fact("Answering as", "An organisation"),
            Fact("Organisation", "Fairwater Hospitals NHS Foundation Trust"),
            Fact("Kind of organisation", "Acute trust"),
            Fact("Role", "Deputy company secretary"),
            Fact("How its view was gathered", "The board discussed it on 12 March."),
            Fact("Interests", "Declared: we run the board course that 2.3 asks for."),
            Fact("May be published", "Yes, with the name of the organisation"),
        ),
        answered_in="English",
        shown=(
            Fact("Edition of the consultation", "2"),
            Fact("Text of the consultation", "5d41a0b1c2f7"),
            Fact("Impact assessment", "9c1e6f3a20b4"),
            Fact("Privacy notice", "07ab55d1e9c3"),
            Fact("Questionnaire, version 1.0.1", "e6f015135d31"),
            Fact("Framework", "8110f3db76a3"),
        ),
        answers={
            AnswerKey("consultation", "comment"): Given(
                text="Clear and short. Please keep it short.\n\nWe would like it to say more about "
                "how it is used for people who are new to boards."
            ),
            AnswerKey("culture", "missing"): Given(text="Kindness in ordinary meetings."),
            AnswerKey("culture.speaking-up", "necessary", "provider-chair"): Given(
                choices=("essential",)
            ),
            AnswerKey("culture.speaking-up", "necessary", "provider-non-executive"): Given(
                choices=("useful",)
            ),
            AnswerKey("culture.speaking-up", "clear"): Given(choices=("mostly",)),
            AnswerKey("culture.speaking-up", "wording"): Given(
                text="I make it safe for anyone to raise a concern, I see that it is acted on, and "
                "I tell them what happened."
            ),
            AnswerKey("governance.constructive-challenge", "comment"): Given(
                text="“Challenge” sounds like a contest to some of our colleagues."
            ),
        },
    )


def sample_questionnaire() -> Questionnaire:
    """Return a short questionnaire with a question of most kinds."""
    necessary = (
        AskedOption(key="essential", label="Essential"),
        AskedOption(key="useful", label="Useful, not essential"),
        AskedOption(key="not-necessary", label="Not necessary"),
    )
    clear = (
        AskedOption(key="completely", label="Completely clear"),
        AskedOption(key="mostly", label="Mostly clear"),
        AskedOption(key="hardly", label="Hardly clear"),
        AskedOption(key="unclear", label="Not clear"),
    )
    return Questionnaire(
        slug="competency-consultation",
        version="1.0.0",
        title="Consultation on a competency framework",
        licence=Licence(name="CC BY 4.0", attribution="Boardmark contributors"),
        questions=(
            Asked(
                key="necessary",
                asked_of=AskedOf.COMPETENCY,
                per_position=True,
                kind=AskedKind.ONE_OF,
                text="How necessary is “{item}” for this position: {position}?",
                options=necessary,
            ),
            Asked(
                key="clear",
                asked_of=AskedOf.COMPETENCY,
                kind=AskedKind.ONE_OF,
                text="How clear is “{item}”?",
                options=clear,
            ),
            Asked(
                key="wording",
                asked_of=AskedOf.COMPETENCY,
                kind=AskedKind.REWORDING,
                text="How would you word it?",
            ),
            Asked(
                key="comment",
                asked_of=AskedOf.COMPETENCY,
                kind=AskedKind.LONG_TEXT,
                text="Is there anything else about “{item}”?",
            ),
            Asked(
                key="missing",
                asked_of=AskedOf.DOMAIN,
                kind=AskedKind.LONG_TEXT,
                text="What is missing from “{item}”?",
            ),
            Asked(
                key="comment",
                asked_of=AskedOf.CONSULTATION,
                kind=AskedKind.LONG_TEXT,
                text="What would you say about the framework as a whole?",
            ),
        ),
    )
