"""A small framework with real enough words, from which the samples are made."""

from __future__ import annotations

import datetime as dt

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
    Tombstone,
    Use,
    WithdrawalReason,
)

_FREQUENCY = Scale(
    key="frequency",
    title="How often",
    levels=(
        Level(key="almost-always", label="Almost always", value=4),
        Level(key="frequently", label="Frequently", value=3),
        Level(key="occasionally", label="Occasionally", value=2),
        Level(key="rarely-or-never", label="Rarely or never", value=1),
        Level(key="no-chance", label="No chance to demonstrate"),
    ),
)
_EVIDENCE = Scale(
    key="evidence",
    title="Strength of evidence",
    levels=(
        Level(key="0", label="No evidence", value=0),
        Level(key="1", label="Limited evidence", value=1),
        Level(key="2", label="Some evidence", value=2),
        Level(key="3", label="Good evidence", value=3),
        Level(key="4", label="Strong evidence", value=4),
        Level(key="not-assessed", label="Not assessed"),
    ),
)


def sample_framework() -> Framework:
    """Return a framework of two domains, one of them nested, with two positions."""
    return Framework(
        slug="board-leadership",
        version="1.0.0",
        title="Board leadership competencies",
        summary=(
            "What the people on the board of a public body are expected to be able to do, and "
            "how that is recognised.\n\nNobody meets every statement all the time, and new "
            "directors need time to grow into some of them."
        ),
        owner="Boardmark contributors",
        licence=Licence(
            name="CC BY 4.0",
            url="https://creativecommons.org/licenses/by/4.0/",
            attribution="Boardmark contributors",
        ),
        applies_to=AppliesTo(
            organisation_types=("nhs-provider", "nhs-commissioner"),
            roles=("chair", "non-executive-director"),
        ),
        effective_from=dt.date(2026, 4, 1),
        release_notes="First final version, after consultation.",
        scales=(_FREQUENCY, _EVIDENCE),
        uses=(
            ScaleUse(use=Use.SELF_ASSESSMENT, scale="frequency"),
            ScaleUse(use=Use.APPRAISAL, scale="frequency"),
            ScaleUse(use=Use.FEEDBACK, scale="frequency"),
            ScaleUse(use=Use.INTERVIEW, scale="evidence"),
            ScaleUse(use=Use.APPLICATION, scale="evidence"),
        ),
        domains=(_culture(), _governance()),
        profiles=(_chair(), _non_executive()),
        withdrawn=(
            Tombstone(
                key="governance.minutes",
                last_version="1.0.0-beta.1",
                reason=WithdrawalReason.WITHDRAWN,
                rationale="Respondents saw an administrative task and not a competency.",
            ),
        ),
    )


def _culture() -> Domain:
    return Domain(
        key="culture",
        title="Compassionate and inclusive culture",
        looks_like=(
            "People say what they see, early, and the board wants to hear it. Fairness is "
            "checked with figures and felt by those who work here."
        ),
        competencies=(
            _competency(
                "culture.speaking-up",
                "1.1",
                "Makes it safe to speak up",
                "I make it safe for anyone to raise a concern, and I see that it is acted on.",
                effective=(
                    "Asks what is not being said and waits for the answer.",
                    "Thanks the person who brought bad news before dealing with the news.",
                    "Tells people what changed because they spoke, and what did not and why.",
                ),
                ineffective=(
                    "Treats a concern as a complaint to be contained.",
                    "Wants to know who spoke before wanting to know what was said.",
                ),
                asked="Tell us about a concern that you were slow to hear. What did you change?",
            ),
            _competency(
                "culture.fairness",
                "1.2",
                "Acts on unfairness",
                "I look for unfairness in how people are treated, and I change what causes it.",
                effective=(
                    "Reads figures by group and asks about the people behind them.",
                    "Changes a process that gives unequal results, even one that they designed.",
                    "Sponsors people who are not like them, by name and with their own standing.",
                ),
                ineffective=(
                    "Leaves equality to the people who suffer from its absence.",
                    "Explains a gap away instead of testing the explanation.",
                ),
                asked="Describe a decision that looked neutral and was not. How did you find out?",
            ),
        ),
    )


def _governance() -> Domain:
    return Domain(
        key="governance",
        title="Governance and assurance",
        looks_like="The board knows what it relies on, and how it knows.",
        domains=(
            Domain(
                key="governance.challenge",
                title="Challenge",
                looks_like="Questions make decisions better and leave people ready to bring more.",
                competencies=(
                    _competency(
                        "governance.constructive-challenge",
                        "2.1",
                        "Challenges so that decisions improve",
                        "I question proposals so that the decision becomes better and the people "
                        "who made them want to bring the next one.",
                        effective=(
                            "Asks for the evidence that would change the proposal.",
                            "Separates what is known from what is hoped.",
                            "Supports the decision in public once it has been made.",
                        ),
                        ineffective=(
                            "Asks questions to show what they know.",
                            "Raises outside the meeting what they did not raise in it.",
                        ),
                        asked="When did your question change a board’s decision? What happened?",
                    ),
                ),
            ),
            Domain(
                key="governance.assurance-of-care",
                title="Assurance",
                competencies=(
                    _competency(
                        "governance.quality",
                        "2.2",
                        "Sees quality through more than one window",
                        "I check what I am told about the quality of care against what patients, "
                        "staff and independent sources say.",
                        effective=(
                            "Compares the report with a visit, a complaint and an audit.",
                            "Asks what the average hides.",
                            "Keeps an action open until its effect has been seen.",
                        ),
                        ineffective=(
                            "Takes reassurance for assurance.",
                            "Is satisfied with green indicators.",
                        ),
                        asked="Tell us about a report that reassured you wrongly.",
                        only_for=("provider-chair",),
                    ),
                ),
            ),
        ),
    )


def _competency(
    key: str,
    code: str,
    title: str,
    statement: str,
    *,
    effective: tuple[str, ...],
    ineffective: tuple[str, ...],
    asked: str,
    only_for: tuple[str, ...] = (),
) -> Competency:
    return Competency(
        key=key,
        code=code,
        title=title,
        statement=statement,
        only_for=only_for,
        indicators=(
            *_indicators(key, Polarity.EFFECTIVE, effective),
            *_indicators(key, Polarity.INEFFECTIVE, ineffective),
        ),
        anchors=(
            Anchor(
                scale="evidence",
                level="0",
                text="Describes what others should do. No example of their own appears, or one "
                "that shows the opposite.",
            ),
            Anchor(
                scale="evidence",
                level="2",
                text="Gives one example of their own, but does not say what changed or how they "
                "would know.",
            ),
            Anchor(
                scale="evidence",
                level="4",
                text="Gives several specific examples from different settings, says what changed "
                "for whom, and what they would do differently now.",
            ),
        ),
        questions=(
            PromptQuestion(key=f"{key}.asked", use=Use.INTERVIEW, text=asked),
            PromptQuestion(
                key=f"{key}.this-year",
                use=Use.APPRAISAL,
                text="What did you do about this in the past year, and what happened next?",
            ),
            PromptQuestion(
                key=f"{key}.seen-by-others",
                use=Use.FEEDBACK,
                text=f"I have seen this person do it: {title.lower()}.",
            ),
        ),
        development=(
            Development(title="Half a day with a colleague on another board", kind="experience"),
            Development(
                title="Questions that open a conversation",
                kind="reading",
                url="https://example.org/reading/questions",
            ),
        ),
    )


def _indicators(key: str, polarity: Polarity, texts: tuple[str, ...]) -> tuple[Indicator, ...]:
    return tuple(
        Indicator(key=f"{key}.{polarity}-{number}", polarity=polarity, text=text)
        for number, text in enumerate(texts, start=1)
    )


def _chair() -> Profile:
    return Profile(
        key="provider-chair",
        title="Chair of an NHS provider",
        role="chair",
        organisation_types=("nhs-provider",),
        requirements=(
            _requirement("culture.speaking-up", 10, "application", "interview", "reference"),
            _requirement("culture.fairness", 10, "interview", "stakeholder"),
            _requirement("governance.constructive-challenge", 8, "interview", "presentation"),
            _requirement("governance.quality", 5, "application", "interview", essential=False),
        ),
        accountability=(
            Accountability(
                from_on=dt.date(2025, 4, 1),
                appointed_by="The council of governors",
                appraised_by="The senior independent director",
                signatures=(
                    SignatureStep(
                        key="appraiser",
                        by=Signer.APPRAISER,
                        title="Appraiser",
                        words="This is my assessment, and I have discussed it with the chair.",
                    ),
                    SignatureStep(
                        key="appraisee",
                        by=Signer.APPRAISEE,
                        title="Person appraised",
                        words="I have read this review and have been able to comment on it.",
                    ),
                    SignatureStep(
                        key="lead-governor",
                        by=Signer.SIGNATORY,
                        title="Lead governor",
                        words="I have seen this review on behalf of the council of governors.",
                    ),
                ),
                source="Constitution of the foundation trust.",
            ),
        ),
    )


def _non_executive() -> Profile:
    return Profile(
        key="provider-non-executive",
        title="Non-executive director of an NHS provider",
        role="non-executive-director",
        organisation_types=("nhs-provider",),
        requirements=(
            _requirement("culture.speaking-up", 8, "application", "interview"),
            _requirement("culture.fairness", 8, "interview"),
            _requirement("governance.constructive-challenge", 10, "interview", "reference"),
        ),
    )


def _requirement(key: str, weight: int, *stages: str, essential: bool = True) -> Requirement:
    return Requirement(
        competency=key,
        essential=essential,
        weight=weight,
        assess_at=tuple(AssessAt(stage) for stage in stages),
    )
