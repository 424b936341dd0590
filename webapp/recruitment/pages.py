"""What the pages of recruitment show, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from frameworks.interview import suggest_questions
from frameworks.library import Published
from frameworks.model import AssessAt, Profile, Requirement
from webapp.recruitment.vacancy import (
    STAGE_TITLES,
    STAGES,
    USUAL_QUESTIONS,
    StagePlan,
    Vacancy,
    coverage,
)


@dataclass(frozen=True)
class StageLine:
    """One stage on the page of a vacancy."""

    stage: AssessAt
    title: str
    questions: int
    advice: str


@dataclass(frozen=True)
class VacancyPage:
    """A vacancy with its position and its stages."""

    vacancy: Vacancy
    profile: Profile
    published: Published
    stages: tuple[StageLine, ...]


@dataclass(frozen=True)
class PlannedQuestion:
    """A question in its place; `place` counts from 0, `number` from 1."""

    place: int
    number: int
    text: str
    competencies: tuple[str, ...]


@dataclass(frozen=True)
class PlanPage:
    """The questions of one stage and what they cover."""

    vacancy: Vacancy
    profile: Profile
    stage: AssessAt
    title: str
    revision: int
    questions: tuple[PlannedQuestion, ...]
    advice: str
    covered: tuple[str, ...]
    essential_missing: tuple[str, ...]
    desirable_missing: tuple[str, ...]


@dataclass(frozen=True)
class Suggestion:
    """A question of the framework that can be picked; `number` is its place in the list."""

    number: str
    text: str
    hint: str
    """What it shows, whether that is essential, and what it weighs."""


def vacancy_page(
    vacancy: Vacancy, published: Published, plans: Mapping[AssessAt, StagePlan]
) -> VacancyPage:
    """Return the page of a vacancy."""
    profile = published.framework.profile(vacancy.profile_key)
    return VacancyPage(
        vacancy=vacancy,
        profile=profile,
        published=published,
        stages=tuple(
            StageLine(
                stage=stage,
                title=STAGE_TITLES[stage],
                questions=len(plans[stage].questions) if stage in plans else 0,
                advice=_advice(stage, len(plans[stage].questions) if stage in plans else 0),
            )
            for stage in STAGES
        ),
    )


def plan_page(vacancy: Vacancy, published: Published, plan: StagePlan) -> PlanPage:
    """Return the page of one stage."""
    framework = published.framework
    profile = framework.profile(vacancy.profile_key)
    titles = {each.key: f"{each.code} {each.title}" for each in framework.all_competencies()}
    covers = coverage(profile, plan)
    return PlanPage(
        vacancy=vacancy,
        profile=profile,
        stage=plan.stage,
        title=STAGE_TITLES[plan.stage],
        revision=plan.revision,
        questions=tuple(
            PlannedQuestion(
                place=place,
                number=place + 1,
                text=each.text,
                competencies=tuple(titles[key] for key in each.competencies),
            )
            for place, each in enumerate(plan.questions)
        ),
        advice=_advice(plan.stage, len(plan.questions)),
        covered=tuple(titles[key] for key in covers.covered),
        essential_missing=tuple(titles[key] for key in covers.essential_missing),
        desirable_missing=tuple(titles[key] for key in covers.desirable_missing),
    )


def suggestions(vacancy: Vacancy, published: Published, plan: StagePlan) -> tuple[Suggestion, ...]:
    """Return the framework's questions that are not on the plan yet, essential first."""
    framework = published.framework
    profile = framework.profile(vacancy.profile_key)
    needs = {each.competency: each for each in profile.requirements}
    titles = {each.key: f"{each.code} {each.title}" for each in framework.all_competencies()}
    return tuple(
        Suggestion(str(number), each.text, _hint(titles, needs[each.competencies[0]]))
        for number, each in enumerate(suggest_questions(framework, vacancy.profile_key, plan.stage))
        if each not in plan.questions
    )


def _hint(titles: Mapping[str, str], requirement: Requirement) -> str:
    need = "essential" if requirement.essential else "desirable"
    return f"{titles[requirement.competency]} ({need}, weight {requirement.weight})"


def _advice(stage: AssessAt, questions: int) -> str:
    if stage is not AssessAt.INTERVIEW or questions == 0 or questions in USUAL_QUESTIONS:
        return ""
    usual = f"{USUAL_QUESTIONS.start} to {USUAL_QUESTIONS.stop - 1}"
    few_or_many = "few" if questions < USUAL_QUESTIONS.start else "many"
    return f"This is {few_or_many} for one interview: a panel usually asks {usual} questions."
