"""What the pages of recruiters share: the room, and the vacancy and plan that an address names."""

from __future__ import annotations

import uuid

from frameworks.model import AssessAt
from webapp.recruitment import services
from webapp.recruitment.vacancy import STAGES, StagePlan, Vacancy
from webapp.security import Permission
from webapp.web.errors import NotFound
from webapp.web.room import Room
from webapp.web.tasks import StaffTask
from webapp.web.visit import Visit

MANAGE = Permission.RECRUITMENT_MANAGE
OF_VACANCY = "/vacancies/<uuid:vacancy_id>"
OF_STAGE = f"{OF_VACANCY}/stages/<stage>"

room = Room(
    "recruitment",
    "webapp.recruitment.views",
    tasks=(
        StaffTask(
            MANAGE,
            "Recruitment",
            "Choose questions for a vacancy and download its scorecards and person specification",
            "recruitment.index",
        ),
    ),
)


def the_vacancy(visit: Visit, vacancy_id: uuid.UUID) -> Vacancy:
    """Return a vacancy; NotFound where there is none."""
    found = services.find_vacancy(visit.session, vacancy_id)
    if found is None:
        raise NotFound
    return found


def the_plan(visit: Visit, vacancy_id: uuid.UUID, stage: str) -> tuple[Vacancy, StagePlan]:
    """Return a vacancy and its plan of a stage; NotFound where there is none."""
    if stage not in {each.value for each in STAGES}:
        raise NotFound
    found = the_vacancy(visit, vacancy_id)
    return found, services.get_plan(visit.session, vacancy_id, AssessAt(stage))
