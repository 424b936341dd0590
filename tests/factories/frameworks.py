"""Small whole frameworks and questionnaires, to be changed one part at a time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from frameworks.model import (
    Accountability,
    Anchor,
    AppliesTo,
    AssessAt,
    Competency,
    Development,
    Domain,
    Framework,
    Indicator,
    Level,
    Licence,
    Polarity,
    Profile,
    PromptQuestion,
    Requirement,
    Scale,
    ScaleUse,
    SignatureStep,
    Signer,
    Use,
)
from frameworks.questionnaire import (
    Asked,
    AskedKind,
    AskedOf,
    AskedOption,
    Questionnaire,
)

LICENCE = Licence(
    name="CC BY 4.0",
    url="https://creativecommons.org/licenses/by/4.0/",
    attribution="Boardmark contributors",
)


def a_framework(**changes: Any) -> Framework:
    """Make a valid framework: four competencies in two domains, one nested; three profiles."""
    values: dict[str, Any] = {
        "slug": "board-example",
        "version": "1.0.0-beta.1",
        "title": "Board example competencies",
        "summary": "What the people on an example board are expected to be able to do.",
        "owner": "Example commissioning body",
        "licence": LICENCE,
        "applies_to": AppliesTo(
            organisation_types=("nhs-provider", "nhs-commissioner"),
            roles=("chair", "non-executive-director", "executive-director"),
        ),
        "release_notes": "First version for consultation.",
        "scales": (frequency_scale(), evidence_scale(), agreement_scale()),
        "uses": (
            ScaleUse(use=Use.SELF_ASSESSMENT, scale="frequency"),
            ScaleUse(use=Use.APPRAISAL, scale="frequency"),
            ScaleUse(use=Use.FEEDBACK, scale="agreement"),
            ScaleUse(use=Use.INTERVIEW, scale="evidence"),
            ScaleUse(use=Use.APPLICATION, scale="evidence"),
            ScaleUse(use=Use.PRESENTATION, scale="evidence"),
        ),
        "domains": (culture(), governance()),
        "profiles": (
            a_profile(),
            a_profile(
                key="provider-non-executive",
                title="Non-executive director of an NHS provider",
                role="non-executive-director",
                requirements=(
                    a_requirement("culture.listening", weight=4),
                    a_requirement("governance.challenge", weight=6),
                    a_requirement("governance.risk", weight=5, essential=False),
                ),
            ),
            a_profile(
                key="commissioner-finance-director",
                title="Finance director of a commissioning organisation",
                role="executive-director",
                organisation_types=("nhs-commissioner",),
                requirements=(
                    a_requirement("culture.speaking-up", weight=3, essential=False),
                    a_requirement("governance.money", weight=10),
                ),
            ),
        ),
    }
    return Framework(**(values | changes))


def a_competency(key: str, title: str, **changes: Any) -> Competency:
    """Make a competency with indicators, anchors and a question for every use."""
    values: dict[str, Any] = {
        "key": key,
        "code": "1.1",
        "title": title,
        "statement": f"I show it every day: {title.lower()}.",
        "indicators": (
            Indicator(
                key=f"{key}.asks",
                polarity=Polarity.EFFECTIVE,
                text="Asks what is not being said and waits for the answer.",
            ),
            Indicator(
                key=f"{key}.checks",
                polarity=Polarity.EFFECTIVE,
                text="Checks what changed as a result.",
            ),
            Indicator(
                key=f"{key}.shields",
                polarity=Polarity.INEFFECTIVE,
                text="Treats a question as a complaint to be contained.",
            ),
        ),
        "anchors": (
            Anchor(scale="evidence", level="0", text="No example offered."),
            Anchor(scale="evidence", level="4", text="Several examples with what changed."),
        ),
        "questions": tuple(
            PromptQuestion(
                key=f"{key}.for-{use.value.replace('_', '-')}",
                use=use,
                text=f"{title}: tell us more ({use.value.replace('_', ' ')}).",
            )
            for use in Use
        ),
        "development": (Development(title="Chairing so that people speak up", kind="reading"),),
    }
    return Competency(**(values | changes))


def culture(**changes: Any) -> Domain:
    """Make the flat domain `culture` with two competencies."""
    values: dict[str, Any] = {
        "key": "culture",
        "title": "Compassionate and inclusive culture",
        "looks_like": "People say what they see, and the board wants to hear it.",
        "competencies": (
            a_competency("culture.speaking-up", "Makes it safe to speak up", code="1.1"),
            a_competency("culture.listening", "Listens before deciding", code="1.2"),
        ),
    }
    return Domain(**(values | changes))


def governance(**changes: Any) -> Domain:
    """Make the domain `governance`, with one competency and a domain within that holds two."""
    values: dict[str, Any] = {
        "key": "governance",
        "title": "Governance and assurance",
        "looks_like": "The board knows what it is assured of, and what it is not.",
        "competencies": (a_competency("governance.challenge", "Challenges with care", code="2.1"),),
        "domains": (
            Domain(
                key="governance.resources",
                title="Use of resources",
                competencies=(
                    a_competency("governance.risk", "Weighs risk in the open", code="2.2.1"),
                    a_competency(
                        "governance.money",
                        "Keeps the money honest",
                        code="2.2.2",
                        only_for=("provider-chair", "commissioner-finance-director"),
                    ),
                ),
            ),
        ),
    }
    return Domain(**(values | changes))


def a_profile(**changes: Any) -> Profile:
    """Make the profile `provider-chair`, which requires all four competencies."""
    values: dict[str, Any] = {
        "key": "provider-chair",
        "title": "Chair of an NHS provider",
        "role": "chair",
        "organisation_types": ("nhs-provider",),
        "requirements": (
            a_requirement("culture.speaking-up", weight=10),
            a_requirement("culture.listening", weight=5, essential=False),
            a_requirement("governance.challenge", weight=8),
            a_requirement("governance.money", weight=2, essential=False),
        ),
        "accountability": (
            an_accountability(until_on=dt.date(2026, 4, 1)),
            an_accountability(from_on=dt.date(2026, 4, 1), appraised_by="Regional director"),
        ),
    }
    return Profile(**(values | changes))


def a_requirement(competency: str, **changes: Any) -> Requirement:
    """Make an essential requirement, assessed from the application and at interview."""
    values: dict[str, Any] = {
        "competency": competency,
        "essential": True,
        "weight": 5,
        "assess_at": (AssessAt.APPLICATION, AssessAt.INTERVIEW, AssessAt.REFERENCE),
    }
    return Requirement(**(values | changes))


def an_accountability(**changes: Any) -> Accountability:
    """Make a rule from 1 April 2024 on that asks for the appraisee's, then the appraiser's name."""
    values: dict[str, Any] = {
        "from_on": dt.date(2024, 4, 1),
        "until_on": None,
        "appointed_by": "Council of governors",
        "appraised_by": "Senior independent director",
        "signatures": (
            SignatureStep(
                key="appraisee",
                by=Signer.APPRAISEE,
                title="Person appraised",
                words="I have read this review and added my comments.",
            ),
            SignatureStep(
                key="appraiser",
                by=Signer.APPRAISER,
                title="Appraiser",
                words="This is my assessment.",
            ),
        ),
    }
    return Accountability(**(values | changes))


def frequency_scale() -> Scale:
    """Make the scale of how often, with `no-chance` outside it."""
    return _scale(
        "frequency",
        "How often",
        ("almost-always", "Almost always", 4),
        ("frequently", "Frequently", 3),
        ("occasionally", "Occasionally", 2),
        ("rarely-or-never", "Rarely or never", 1),
        ("no-chance", "No chance to demonstrate", None),
    )


def evidence_scale() -> Scale:
    """Make the scale of evidence from `0` to `4`, with `not-assessed` outside it."""
    return _scale(
        "evidence",
        "Strength of evidence",
        ("0", "No evidence", 0),
        ("1", "Limited evidence", 1),
        ("2", "Some evidence", 2),
        ("3", "Good evidence", 3),
        ("4", "Strong evidence", 4),
        ("not-assessed", "Not assessed", None),
    )


def agreement_scale() -> Scale:
    """Make the scale of agreement, with `cannot-say` outside it."""
    return _scale(
        "agreement",
        "How far you agree",
        ("strongly-agree", "Strongly agree", 4),
        ("agree", "Agree", 3),
        ("disagree", "Disagree", 2),
        ("strongly-disagree", "Strongly disagree", 1),
        ("cannot-say", "I cannot say", None),
    )


def _scale(key: str, title: str, *levels: tuple[str, str, int | None]) -> Scale:
    return Scale(
        key=key,
        title=title,
        levels=tuple(Level(key=level, label=label, value=value) for level, label, value in levels),
    )


def a_questionnaire(**changes: Any) -> Questionnaire:
    """Make a questionnaire that asks something of competency, domain, profile and the whole."""
    values: dict[str, Any] = {
        "slug": "example-consultation",
        "version": "1.0.0",
        "title": "Consultation on board competencies",
        "licence": LICENCE,
        "questions": (
            an_asked_question(
                key="necessity",
                per_position=True,
                kind=AskedKind.ONE_OF,
                text="How necessary is “{item}” for {position}?",
                options=(
                    AskedOption(key="essential", label="Essential"),
                    AskedOption(key="useful", label="Useful, not essential"),
                    AskedOption(key="not-necessary", label="Not necessary"),
                ),
            ),
            an_asked_question(
                key="fate",
                kind=AskedKind.SOME_OF,
                text="What should happen to “{item}”?",
                options=(
                    AskedOption(key="keep", label="Keep it as it is"),
                    AskedOption(key="reword", label="Reword it"),
                    AskedOption(key="remove", label="Remove it"),
                ),
            ),
            an_asked_question(
                key="wording", kind=AskedKind.REWORDING, text="Suggest a wording for “{item}”"
            ),
            an_asked_question(key="comment", text="Anything else about “{item}”?"),
            an_asked_question(
                key="missing", asked_of=AskedOf.DOMAIN, text="What is missing from “{item}”?"
            ),
            an_asked_question(
                key="weights",
                asked_of=AskedOf.PROFILE,
                text="Are the weights right for {item}?",
            ),
            an_asked_question(
                key="overall",
                asked_of=AskedOf.CONSULTATION,
                text="Is there anything else you want to say?",
            ),
        ),
    }
    return Questionnaire(**(values | changes))


def an_asked_question(**changes: Any) -> Asked:
    """Make a question for a comment on a competency."""
    values: dict[str, Any] = {
        "key": "comment",
        "asked_of": AskedOf.COMPETENCY,
        "kind": AskedKind.LONG_TEXT,
        "text": "Your comment on “{item}”",
    }
    return Asked(**(values | changes))
