"""The queries of recruitment; every other module gets frozen values."""

from __future__ import annotations

import datetime as dt
import json
import uuid

from sqlalchemy import select, update

from frameworks.interview import ChosenQuestion
from frameworks.model import AssessAt, Reference
from webapp.persistence import IntegrityError, Session, new_id, savepoint, violated
from webapp.recruitment.errors import NumberTaken, PlanChanged, VacancyUnknown
from webapp.recruitment.models import StagePlanRow, VacancyRow
from webapp.recruitment.vacancy import StagePlan, Vacancy


def add_vacancy(session: Session, vacancy: Vacancy, *, created_by: uuid.UUID) -> None:
    """Add a vacancy; NumberTaken where the organisation uses its number already."""
    row = VacancyRow(
        id=vacancy.id,
        organisation_id=vacancy.organisation_id,
        title=vacancy.title,
        number=vacancy.number,
        framework_slug=vacancy.reference.slug,
        framework_version=vacancy.reference.version,
        framework_digest=vacancy.framework_digest,
        profile_key=vacancy.profile_key,
        created_at=vacancy.created_at,
        created_by=created_by,
    )
    try:
        with savepoint(session):
            session.add(row)
            session.flush()
    except IntegrityError as error:
        if violated(error) == "uq_vacancy__organisation_id_number":
            raise NumberTaken(vacancy.number) from error
        raise


def list_vacancies(session: Session, organisation_id: uuid.UUID) -> tuple[Vacancy, ...]:
    """Return the vacancies of an organisation, newest first."""
    rows = session.scalars(
        select(VacancyRow)
        .where(VacancyRow.organisation_id == organisation_id)
        .order_by(VacancyRow.created_at.desc(), VacancyRow.id)
    )
    return tuple(_vacancy(row) for row in rows)


def find_vacancy(session: Session, vacancy_id: uuid.UUID) -> Vacancy | None:
    """Return a vacancy, or None."""
    row = session.get(VacancyRow, vacancy_id)
    return None if row is None else _vacancy(row)


def get_vacancy(session: Session, vacancy_id: uuid.UUID) -> Vacancy:
    """Return a vacancy; VacancyUnknown where there is none."""
    found = find_vacancy(session, vacancy_id)
    if found is None:
        raise VacancyUnknown(vacancy_id)
    return found


def list_plans(session: Session, vacancy_id: uuid.UUID) -> dict[AssessAt, StagePlan]:
    """Return the plan of each stage that has one."""
    rows = session.scalars(select(StagePlanRow).where(StagePlanRow.vacancy_id == vacancy_id))
    return {AssessAt(row.stage): _plan(row) for row in rows}


def get_plan(session: Session, vacancy_id: uuid.UUID, stage: AssessAt) -> StagePlan:
    """Return the plan of a stage; an empty one at revision 0 where nothing was saved."""
    row = session.scalar(
        select(StagePlanRow).where(
            StagePlanRow.vacancy_id == vacancy_id, StagePlanRow.stage == stage.value
        )
    )
    return StagePlan(stage) if row is None else _plan(row)


def save_plan(
    session: Session,
    vacancy_id: uuid.UUID,
    plan: StagePlan,
    *,
    saved_by: uuid.UUID,
    now: dt.datetime,
) -> None:
    """Store a plan over the revision that it was made from; PlanChanged where that is gone."""
    questions = json.dumps(
        [{"text": each.text, "competencies": each.competencies} for each in plan.questions],
        ensure_ascii=False,
    )
    if plan.revision:
        done = session.execute(
            update(StagePlanRow)
            .where(
                StagePlanRow.vacancy_id == vacancy_id,
                StagePlanRow.stage == plan.stage.value,
                StagePlanRow.revision == plan.revision,
            )
            .values(
                questions=questions,
                revision=plan.revision + 1,
                saved_at=now,
                saved_by=saved_by,
            )
            .returning(StagePlanRow.id)
        ).all()
        if not done:
            raise PlanChanged
        return
    row = StagePlanRow(
        id=new_id(),
        vacancy_id=vacancy_id,
        stage=plan.stage.value,
        questions=questions,
        revision=1,
        saved_at=now,
        saved_by=saved_by,
    )
    try:
        with savepoint(session):
            session.add(row)
            session.flush()
    except IntegrityError as error:
        if violated(error) == "uq_stage_plan__vacancy_id_stage":
            raise PlanChanged from error
        raise


def _vacancy(row: VacancyRow) -> Vacancy:
    return Vacancy(
        id=row.id,
        organisation_id=row.organisation_id,
        title=row.title,
        number=row.number,
        profile_key=row.profile_key,
        reference=Reference(slug=row.framework_slug, version=row.framework_version),
        framework_digest=row.framework_digest,
        created_at=row.created_at,
    )


def _plan(row: StagePlanRow) -> StagePlan:
    return StagePlan(
        stage=AssessAt(row.stage),
        questions=tuple(
            ChosenQuestion(each["text"], tuple(each["competencies"]))
            for each in json.loads(row.questions)
        ),
        revision=row.revision,
    )
