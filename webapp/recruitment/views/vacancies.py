"""The list of vacancies, a new one, and the page of one."""

from __future__ import annotations

import uuid

from frameworks.model import Reference
from webapp.accounts.services import find_organisation, get_organisation
from webapp.accounts.subjects import organisation_subject
from webapp.recruitment import pages, services
from webapp.recruitment.forms import VacancyForm
from webapp.recruitment.subjects import vacancy_subject
from webapp.recruitment.views.room import MANAGE, OF_VACANCY, room, the_vacancy
from webapp.web.errors import NotFound
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit


@room.get(
    "/organisations/<organisation>/vacancies", permission=MANAGE, subject=organisation_subject
)
def index(visit: Visit, organisation: str) -> Reply:
    """List the vacancies of an organisation."""
    owner = find_organisation(visit.session, organisation)
    if owner is None:
        raise NotFound
    return Page.of(
        "recruitment/index.html",
        organisation=owner,
        vacancies=services.list_vacancies(visit.session, owner.id),
        positions={
            each.id: services.get_published(visit.library, each)
            .framework.profile(each.profile_key)
            .title
            for each in services.list_vacancies(visit.session, owner.id)
        },
    )


@room.get(
    "/organisations/<organisation>/vacancies/new", permission=MANAGE, subject=organisation_subject
)
def new(visit: Visit, organisation: str) -> Reply:
    """Ask for a new vacancy."""
    form = VacancyForm()
    form.offer(services.recruitable_versions(visit.library))
    return Page.of("recruitment/new.html", organisation=organisation, form=form)


@room.post(
    "/organisations/<organisation>/vacancies/new", permission=MANAGE, subject=organisation_subject
)
def create(visit: Visit, organisation: str) -> Reply:
    """Open a vacancy."""
    owner = find_organisation(visit.session, organisation)
    if owner is None or visit.identity.account_id is None:
        raise NotFound
    form = VacancyForm(visit.form)
    form.offer(services.recruitable_versions(visit.library))
    if form.validate():
        reference, _, profile_key = form.position.data.partition(" ")
        try:
            vacancy = services.create_vacancy(
                visit.session,
                visit.library,
                organisation_id=owner.id,
                title=form.title.data or "",
                number=form.number.data or "",
                reference=Reference.parse(reference),
                profile_key=profile_key,
                created_by=visit.identity.account_id,
                now=visit.now,
            )
        except services.NumberTaken:
            form.number.errors = ["There is a vacancy with this reference already: use another"]
        else:
            return SeeOther.to("recruitment.vacancy", vacancy_id=vacancy.id)
    return Page.of("recruitment/new.html", organisation=organisation, form=form, status=422)


@room.get(OF_VACANCY, permission=MANAGE, subject=vacancy_subject)
def vacancy(visit: Visit, vacancy_id: uuid.UUID) -> Reply:
    """Show a vacancy: its person specification and its stages."""
    found = the_vacancy(visit, vacancy_id)
    published = services.get_published(visit.library, found)
    plans = services.list_plans(visit.session, vacancy_id)
    return Page.of(
        "recruitment/vacancy.html",
        page=pages.vacancy_page(found, published, plans),
        organisation=get_organisation(visit.session, found.organisation_id),
    )
