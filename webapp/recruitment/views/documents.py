"""Scorecards and person specifications, as pages and as files."""

from __future__ import annotations

import uuid

from exports.document import Document
from exports.documents.person_specification import make_person_specification
from exports.documents.scorecard import make_scorecard
from exports.templating import body
from webapp.accounts.services import get_organisation
from webapp.recruitment import services
from webapp.recruitment.subjects import vacancy_subject
from webapp.recruitment.vacancy import (
    StagePlan,
    Vacancy,
)
from webapp.recruitment.views.room import MANAGE, OF_STAGE, OF_VACANCY, room, the_plan, the_vacancy
from webapp.web.errors import NotFound
from webapp.web.replies import DocumentReply, Page, Reply
from webapp.web.visit import Visit


@room.get(f"{OF_STAGE}/scorecard", permission=MANAGE, subject=vacancy_subject)
def scorecard(visit: Visit, vacancy_id: uuid.UUID, stage: str) -> Reply:
    """Show the scorecard of a stage as a page."""
    found, present = the_plan(visit, vacancy_id, stage)
    document = _scorecard(visit, found, present)
    return Page.of(
        "recruitment/document.html",
        vacancy=found,
        document=document,
        heading=f"{document.kind}: {document.title}",
        body=body(document),
        pdf=("recruitment.scorecard_pdf", {"vacancy_id": vacancy_id, "stage": stage}),
    )


@room.get(f"{OF_STAGE}/scorecard.pdf", permission=MANAGE, subject=vacancy_subject)
def scorecard_pdf(visit: Visit, vacancy_id: uuid.UUID, stage: str) -> Reply:
    """Send the scorecard of a stage as a PDF file."""
    found, present = the_plan(visit, vacancy_id, stage)
    return DocumentReply(_scorecard(visit, found, present), f"{found.number} {stage} scorecard.pdf")


@room.get(f"{OF_VACANCY}/person-specification", permission=MANAGE, subject=vacancy_subject)
def person_specification(visit: Visit, vacancy_id: uuid.UUID) -> Reply:
    """Show the person specification as a page."""
    found = the_vacancy(visit, vacancy_id)
    document = _person_specification(visit, found)
    return Page.of(
        "recruitment/document.html",
        vacancy=found,
        document=document,
        heading=f"{document.kind}: {document.title}",
        body=body(document),
        pdf=("recruitment.person_specification_pdf", {"vacancy_id": vacancy_id}),
    )


@room.get(f"{OF_VACANCY}/person-specification.pdf", permission=MANAGE, subject=vacancy_subject)
def person_specification_pdf(visit: Visit, vacancy_id: uuid.UUID) -> Reply:
    """Send the person specification as a PDF file."""
    found = the_vacancy(visit, vacancy_id)
    document = _person_specification(visit, found)
    return DocumentReply(document, f"{found.number} person specification.pdf")


def _scorecard(visit: Visit, found: Vacancy, present: StagePlan) -> Document:
    if not present.questions:
        raise NotFound("Choose questions for this stage first.")
    published = services.get_published(visit.library, found)
    return make_scorecard(
        services.make_kit(visit.library, found, present),
        organisation=get_organisation(visit.session, found.organisation_id).name,
        vacancy=f"{found.title} ({found.number})",
        made_on=published.published_on or found.created_at.date(),
        language=published.framework.language,
    )


def _person_specification(visit: Visit, found: Vacancy) -> Document:
    return make_person_specification(
        services.get_published(visit.library, found),
        found.profile_key,
        vacancy=f"{found.title} ({found.number})",
        organisation=get_organisation(visit.session, found.organisation_id).name,
    )
