"""What recruiters do: open a vacancy, plan the questions of its stages."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

from frameworks.interview import ChosenQuestion, InterviewKit, interview_kit
from frameworks.library import Library, Published
from frameworks.model import AssessAt, Reference
from webapp.persistence import Session, new_id
from webapp.recruitment import store
from webapp.recruitment.errors import (
    NumberTaken,
    PlanChanged,
    TooManyQuestions,
    VacancyUnknown,
)
from webapp.recruitment.vacancy import MOST_QUESTIONS, StagePlan, Vacancy

__all__ = [
    "NumberTaken",
    "PlanChanged",
    "TooManyQuestions",
    "VacancyUnknown",
    "change_plan",
    "create_vacancy",
    "find_vacancy",
    "get_plan",
    "get_published",
    "list_plans",
    "list_vacancies",
    "make_kit",
    "recruitable_versions",
]

list_vacancies = store.list_vacancies
find_vacancy = store.find_vacancy
get_plan = store.get_plan
list_plans = store.list_plans

Change = Callable[[tuple[ChosenQuestion, ...]], tuple[ChosenQuestion, ...]]


def recruitable_versions(library: Library) -> tuple[Published, ...]:
    """Return the final versions that a vacancy may be based on, newest first."""
    usable = [each for each in library.list() if each.status in ("in force", "final")]
    return tuple(reversed(usable))


def create_vacancy(
    session: Session,
    library: Library,
    *,
    organisation_id: uuid.UUID,
    title: str,
    number: str,
    reference: Reference,
    profile_key: str,
    created_by: uuid.UUID,
    now: dt.datetime,
) -> Vacancy:
    """Open a vacancy, pinned to the version and its digest.

    Raises NumberTaken; KeyError for a position that the version does not have.
    """
    published = library.get(reference)
    published.framework.profile(profile_key)
    vacancy = Vacancy(
        id=new_id(),
        organisation_id=organisation_id,
        title=title,
        number=number,
        profile_key=profile_key,
        reference=reference,
        framework_digest=published.digest,
        created_at=now,
    )
    store.add_vacancy(session, vacancy, created_by=created_by)
    return vacancy


def get_published(library: Library, vacancy: Vacancy) -> Published:
    """Return the version that a vacancy is pinned to; ValueError where its content differs."""
    published = library.get(vacancy.reference)
    if published.digest != vacancy.framework_digest:
        raise ValueError(f"{vacancy.reference} is not what vacancy {vacancy.id} was opened on")
    return published


def change_plan(
    session: Session,
    library: Library,
    vacancy: Vacancy,
    stage: AssessAt,
    change: Change,
    *,
    revision: int,
    saved_by: uuid.UUID,
    now: dt.datetime,
) -> StagePlan:
    """Apply a change to the questions of a stage that stand at `revision`, and store the result.

    Raises PlanChanged where somebody else saved first, TooManyQuestions, and CannotAsk for a
    question that may not be put to the position.
    """
    present = store.get_plan(session, vacancy.id, stage)
    if present.revision != revision:
        raise PlanChanged
    questions = change(present.questions)
    if len(questions) > MOST_QUESTIONS:
        raise TooManyQuestions
    plan = StagePlan(stage, questions, revision)
    # The kit refuses what may not be asked of this position, before anything is stored.
    make_kit(library, vacancy, plan)
    store.save_plan(session, vacancy.id, plan, saved_by=saved_by, now=now)
    return StagePlan(stage, questions, revision + 1)


def make_kit(library: Library, vacancy: Vacancy, plan: StagePlan) -> InterviewKit:
    """Return what the scorecard of a stage is made from; CannotAsk as `interview_kit`."""
    framework = get_published(library, vacancy).framework
    return interview_kit(framework, vacancy.profile_key, plan.stage, plan.questions)
