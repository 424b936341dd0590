"""Two vacancies of the example: one with its questions planned, one just opened."""

from __future__ import annotations

import datetime as dt

from frameworks.interview import ChosenQuestion, suggest_questions
from frameworks.library import Library
from frameworks.model import AssessAt, Reference
from webapp.operations.example.people import BOARD, COMMISSIONER, RECRUITER, TRUST, People
from webapp.persistence import Session
from webapp.recruitment.services import change_plan, create_vacancy
from webapp.recruitment.vacancy import Vacancy

FRAMEWORK = Reference(slug="board-leadership", version="1.0.0")
INTERVIEW_QUESTIONS = 7


def open_vacancies(session: Session, library: Library, people: People, now: dt.datetime) -> None:
    """Open both, and plan the interview and the application of the first."""
    vacancy = create_vacancy(
        session,
        library,
        organisation_id=people.organisation_id(TRUST),
        title="Non-executive director, audit committee",
        number="NM-2026-014",
        reference=FRAMEWORK,
        profile_key="provider-ned",
        created_by=people.account_id(RECRUITER),
        now=now - dt.timedelta(days=9),
    )
    for stage, most in ((AssessAt.INTERVIEW, INTERVIEW_QUESTIONS), (AssessAt.APPLICATION, 5)):
        _plan(session, library, people, vacancy, stage, most, now - dt.timedelta(days=3))
    create_vacancy(
        session,
        library,
        organisation_id=people.organisation_id(BOARD),
        title="Chief finance officer",
        number="WV-0231",
        reference=FRAMEWORK,
        profile_key="commissioner-finance-director",
        created_by=people.account_id(COMMISSIONER),
        now=now - dt.timedelta(days=2),
    )


def _plan(
    session: Session,
    library: Library,
    people: People,
    vacancy: Vacancy,
    stage: AssessAt,
    most: int,
    now: dt.datetime,
) -> None:
    suggested = suggest_questions(library.get(FRAMEWORK).framework, vacancy.profile_key, stage)

    def choose(_before: tuple[ChosenQuestion, ...]) -> tuple[ChosenQuestion, ...]:
        return suggested[:most]

    change_plan(
        session,
        library,
        vacancy,
        stage,
        choose,
        revision=0,
        saved_by=people.account_id(RECRUITER),
        now=now,
    )
