"""A vacancy and its plan of questions, as frozen values and pure changes of them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from frameworks.interview import ChosenQuestion
from frameworks.model import AssessAt, Framework, Profile, Reference

STAGES = (
    AssessAt.APPLICATION,
    AssessAt.INTERVIEW,
    AssessAt.PRESENTATION,
    AssessAt.STAKEHOLDER,
)
STAGE_TITLES = {
    AssessAt.APPLICATION: "Application",
    AssessAt.INTERVIEW: "Interview",
    AssessAt.PRESENTATION: "Presentation",
    AssessAt.STAKEHOLDER: "Stakeholder group",
}
USUAL_QUESTIONS = range(6, 9)
"""How many questions a panel usually asks at interview."""

MOST_QUESTIONS = 30
QUESTION_LENGTH = 600


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A position that is recruited to, pinned to the framework version that says what it needs."""

    id: uuid.UUID
    organisation_id: uuid.UUID
    title: str
    number: str
    profile_key: str
    reference: Reference
    framework_digest: str
    created_at: dt.datetime


@dataclass(frozen=True, slots=True)
class StagePlan:
    """The questions of one stage in the order asked; `revision` counts the saves, 0 is none."""

    stage: AssessAt
    questions: tuple[ChosenQuestion, ...] = ()
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which of the competencies that a stage is to assess its questions cover."""

    covered: tuple[str, ...]
    essential_missing: tuple[str, ...]
    desirable_missing: tuple[str, ...]


class NoSuchQuestion(LookupError):
    """The place in the list holds no question."""


def moved(
    questions: tuple[ChosenQuestion, ...], place: int, *, up: bool
) -> tuple[ChosenQuestion, ...]:
    """Return the list with one question a place earlier or later; at an end nothing changes."""
    _question_at(questions, place)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(questions):
        return questions
    changed = list(questions)
    changed[place], changed[other] = changed[other], changed[place]
    return tuple(changed)


def removed(questions: tuple[ChosenQuestion, ...], place: int) -> tuple[ChosenQuestion, ...]:
    """Return the list without one question."""
    _question_at(questions, place)
    return questions[:place] + questions[place + 1 :]


def replaced(
    questions: tuple[ChosenQuestion, ...], place: int, question: ChosenQuestion
) -> tuple[ChosenQuestion, ...]:
    """Return the list with one question in the place of another."""
    _question_at(questions, place)
    return (*questions[:place], question, *questions[place + 1 :])


def added(
    questions: tuple[ChosenQuestion, ...], more: Iterable[ChosenQuestion]
) -> tuple[ChosenQuestion, ...]:
    """Return the list with further questions at its end, none of them twice."""
    return tuple(dict.fromkeys((*questions, *more)))


def _question_at(questions: tuple[ChosenQuestion, ...], place: int) -> ChosenQuestion:
    if not 0 <= place < len(questions):
        raise NoSuchQuestion(place)
    return questions[place]


def coverage(profile: Profile, plan: StagePlan) -> Coverage:
    """Return what the questions of a stage cover of what the position has assessed there."""
    asked = {key for question in plan.questions for key in question.competencies}
    wanted = [each for each in profile.requirements if plan.stage in each.assess_at]
    return Coverage(
        covered=tuple(each.competency for each in wanted if each.competency in asked),
        essential_missing=tuple(
            each.competency for each in wanted if each.essential and each.competency not in asked
        ),
        desirable_missing=tuple(
            each.competency
            for each in wanted
            if not each.essential and each.competency not in asked
        ),
    )


def required_competencies(framework: Framework, profile: Profile) -> tuple[tuple[str, str], ...]:
    """Return (key, code and title) of what a position requires, in printed order."""
    required = {each.competency for each in profile.requirements}
    return tuple(
        (each.key, f"{each.code} {each.title}")
        for each in framework.all_competencies()
        if each.key in required
    )
