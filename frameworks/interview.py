"""What a panel asks at one stage of a recruitment, and the scale it scores on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from frameworks.digest import framework_digest
from frameworks.model import (
    AssessAt,
    Competency,
    Framework,
    Profile,
    Reference,
    Requirement,
    Scale,
    Use,
)


class CannotAsk(ValueError):
    """A question that may not be put to this position; the message says why."""


@dataclass(frozen=True, slots=True)
class ChosenQuestion:
    """A question as somebody chose or wrote it, with the keys of what it is to show."""

    text: str
    competencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KitQuestion:
    """A numbered question with the competencies that an answer is scored against."""

    number: int
    text: str
    competencies: tuple[Competency, ...]


@dataclass(frozen=True, slots=True)
class InterviewKit:
    """All that a scorecard is made from; `scale` is None where a stage is not scored."""

    reference: Reference
    digest: str
    profile: Profile
    stage: AssessAt
    scale: Scale | None
    asked: tuple[KitQuestion, ...]

    def requirement(self, competency_key: str) -> Requirement:
        """Return what the position needs of a competency; KeyError if nothing."""
        return _requirements(self.profile)[competency_key]


def suggest_questions(
    framework: Framework, profile_key: str, stage: AssessAt
) -> tuple[ChosenQuestion, ...]:
    """Return the framework's own questions for a stage, essential and heaviest first.

    A competency without a question of its own for the stage is asked about in the words of the
    interview, or, where nothing is asked aloud, by its statement. KeyError for an unknown profile.
    """
    profile = framework.profile(profile_key)
    competencies = {each.key: each for each in framework.all_competencies()}
    assessed = [each for each in profile.requirements if stage in each.assess_at]
    assessed.sort(key=lambda each: (not each.essential, -each.weight))
    return tuple(
        ChosenQuestion(text=text, competencies=(requirement.competency,))
        for requirement in assessed
        for text in _texts(competencies[requirement.competency], stage)
    )


def first_of_each(questions: Sequence[ChosenQuestion]) -> tuple[ChosenQuestion, ...]:
    """Return the questions without those whose competencies were all asked about before."""
    asked: set[str] = set()
    kept = []
    for question in questions:
        if not asked.issuperset(question.competencies):
            kept.append(question)
        asked.update(question.competencies)
    return tuple(kept)


def interview_kit(
    framework: Framework, profile_key: str, stage: AssessAt, chosen: Sequence[ChosenQuestion]
) -> InterviewKit:
    """Return the chosen questions in order, each with its competencies, and the stage's scale.

    Raises CannotAsk if a question is blank, covers no competency, or covers one that the position
    does not require (a person is not scored on what was not advertised); KeyError for an unknown
    profile.
    """
    profile = framework.profile(profile_key)
    return InterviewKit(
        reference=framework.reference,
        digest=framework_digest(framework),
        profile=profile,
        stage=stage,
        scale=stage_scale(framework, stage),
        asked=tuple(
            KitQuestion(number, question.text.strip(), _covered(framework, profile, question))
            for number, question in enumerate(chosen, start=1)
        ),
    )


def stage_scale(framework: Framework, stage: AssessAt) -> Scale | None:
    """Return the scale that a stage is scored on, or None; a presentation may use interview's."""
    match stage:
        case AssessAt.APPLICATION:
            return framework.scale_for(Use.APPLICATION)
        case AssessAt.INTERVIEW:
            return framework.scale_for(Use.INTERVIEW)
        case AssessAt.PRESENTATION:
            return framework.scale_for(Use.PRESENTATION) or framework.scale_for(Use.INTERVIEW)
        case AssessAt.STAKEHOLDER:
            return framework.scale_for(Use.STAKEHOLDER)
        case AssessAt.REFERENCE:
            return None
        case _:
            assert_never(stage)


def _texts(competency: Competency, stage: AssessAt) -> tuple[str, ...]:
    match stage:
        case AssessAt.INTERVIEW:
            asked = competency.questions_for(Use.INTERVIEW)
        case AssessAt.PRESENTATION:
            asked = competency.questions_for(Use.PRESENTATION)
            asked = asked or competency.questions_for(Use.INTERVIEW)
        case AssessAt.STAKEHOLDER:
            asked = competency.questions_for(Use.STAKEHOLDER)
            asked = asked or competency.questions_for(Use.INTERVIEW)
        case AssessAt.APPLICATION:
            asked = competency.questions_for(Use.APPLICATION)
        case AssessAt.REFERENCE:
            asked = ()
        case _:
            assert_never(stage)
    return tuple(each.text for each in asked) or (competency.statement,)


def _covered(
    framework: Framework, profile: Profile, question: ChosenQuestion
) -> tuple[Competency, ...]:
    if not question.text.strip():
        raise CannotAsk("A question has no text: write what is asked")
    if not question.competencies:
        raise CannotAsk(f"“{question.text}” covers no competency: choose what it is to show")
    required = _requirements(profile)
    competencies = {each.key: each for each in framework.all_competencies()}
    for key in question.competencies:
        if key not in competencies:
            raise CannotAsk(f"{framework.reference} has no competency “{key}”")
        if key not in required:
            title = competencies[key].title
            raise CannotAsk(f"“{title}” is not required of “{profile.title}”: it is not scored")
    return tuple(competencies[key] for key in dict.fromkeys(question.competencies))


def _requirements(profile: Profile) -> dict[str, Requirement]:
    return {each.competency: each for each in profile.requirements}
