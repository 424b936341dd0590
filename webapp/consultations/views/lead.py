"""What a lead sees and writes: the list, a new consultation, its counts, its text, a preview."""

from __future__ import annotations

from typing import Any

from webapp.accounts.people import OrganisationValue
from webapp.accounts.services import find_organisation
from webapp.accounts.subjects import organisation_subject
from webapp.consultations import services
from webapp.consultations.consultation import Actor, Consultation
from webapp.consultations.errors import (
    ChangedMeanwhile,
    ConsultationError,
    NotOpenToConsultation,
    QuestionnaireMissing,
    SlugTaken,
    WrongPeriod,
    WrongState,
)
from webapp.consultations.forms.lead import ConsultationForm
from webapp.consultations.opening import Phase
from webapp.consultations.pages import lead as pages
from webapp.consultations.subjects import consultation_subject
from webapp.consultations.views.public import about_page
from webapp.consultations.views.room import FOLLOW, MANAGE, room
from webapp.security import Subject, permits
from webapp.web.errors import Conflict, NotFound
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit

OF_ORGANISATION = "/organisations/<organisation>/consultations"
OF_ONE = f"{OF_ORGANISATION}/<slug>"


@room.get(OF_ORGANISATION, permission=FOLLOW, subject=organisation_subject)
def lead_index(visit: Visit, organisation: str) -> Reply:
    """List the consultations of an organisation with their counts."""
    owner = owner_of(visit, organisation)
    found = services.list_consultations(visit.session, owner.id)
    return Page.of(
        "consultations/lead_index.html",
        organisation=owner,
        may_create=permits(visit.identity, MANAGE, Subject(organisation_id=owner.id)),
        listed=tuple(
            pages.listed(each, services.totals_of(visit.session, each.id), visit.now)
            for each in found
        ),
    )


@room.get(f"{OF_ORGANISATION}/new", permission=MANAGE, subject=organisation_subject)
def new_consultation(visit: Visit, organisation: str) -> Reply:
    """Ask for everything about a new consultation."""
    return _form_page(visit, owner_of(visit, organisation), ConsultationForm())


@room.post(f"{OF_ORGANISATION}/new", permission=MANAGE, subject=organisation_subject)
def create_consultation(visit: Visit, organisation: str) -> Reply:
    """Create a consultation in draft."""
    owner = owner_of(visit, organisation)
    form = _offering(visit, ConsultationForm.posted(visit.form))
    if not form.validate():
        return _form_page(visit, owner, form, status=422)
    try:
        created = services.create_consultation(
            visit.session,
            organisation_id=owner.id,
            details=form.details(),
            library=visit.library,
            by=actor(visit),
            now=visit.now,
        )
    except (SlugTaken, WrongPeriod, NotOpenToConsultation, QuestionnaireMissing) as error:
        _show(form, error)
        return _form_page(visit, owner, form, status=422)
    return SeeOther.to(
        "consultations.manage", organisation=organisation, slug=created.slug, done="created"
    )


@room.get(OF_ONE, permission=FOLLOW, subject=consultation_subject)
def manage(visit: Visit, organisation: str, slug: str) -> Reply:
    """Show where a consultation stands, how many responded, and what can be done."""
    found = consultation_of(visit, slug)
    asking = services.get_asking(visit.library, found)
    phase = found.phase(visit.now)
    word, colour = pages.PHASE_WORDS[phase]
    return Page.of(
        "consultations/manage.html",
        organisation=owner_of(visit, organisation),
        consultation=found,
        asking=asking,
        phase=phase,
        phase_word=word,
        phase_colour=colour,
        length=pages.length(found.details),
        advice=pages.advice(found.details) if phase is Phase.DRAFT else (),
        counts=services.count_responses(visit.session, found.id, asking),
        tasks=_tasks(visit, found, phase),
        events=pages.listed_events(services.list_events(visit.session, found.id)),
        done=visit.query.get("done", ""),
    )


@room.get(f"{OF_ONE}/edit", permission=MANAGE, subject=consultation_subject)
def edit(visit: Visit, organisation: str, slug: str) -> Reply:
    """Show the text of a draft consultation to be changed."""
    found = consultation_of(visit, slug)
    if found.phase(visit.now) is not Phase.DRAFT:
        return SeeOther.to("consultations.manage", organisation=organisation, slug=slug)
    form = ConsultationForm.of(found.details, found.revision)
    return _form_page(visit, owner_of(visit, organisation), form, slug=slug)


@room.post(f"{OF_ONE}/edit", permission=MANAGE, subject=consultation_subject)
def save_edit(visit: Visit, organisation: str, slug: str) -> Reply:
    """Rewrite a draft consultation."""
    found, owner = consultation_of(visit, slug), owner_of(visit, organisation)
    form = _offering(visit, ConsultationForm.posted(visit.form))
    if not form.validate():
        return _form_page(visit, owner, form, slug=slug, status=422)
    try:
        changed = services.edit_consultation(
            visit.session,
            consultation_id=found.id,
            revision=form.shown_revision,
            details=form.details(),
            library=visit.library,
            by=actor(visit),
            now=visit.now,
        )
    except WrongState as error:
        raise Conflict(str(error)) from error
    except ChangedMeanwhile:
        return _stale_page(visit, owner, found, form)
    except (SlugTaken, WrongPeriod, NotOpenToConsultation, QuestionnaireMissing) as error:
        _show(form, error)
        return _form_page(visit, owner, form, slug=slug, status=422)
    return SeeOther.to(
        "consultations.manage", organisation=organisation, slug=changed.slug, done="edited"
    )


@room.get(f"{OF_ONE}/preview", permission=MANAGE, subject=consultation_subject)
def preview(visit: Visit, organisation: str, slug: str) -> Reply:
    """Show what the public would see, and what each respondent would be asked."""
    found = consultation_of(visit, slug)
    page = about_page(visit, found)
    return Page.of("consultations/preview.html", items=pages.shown_items(page["asking"]), **page)


def _tasks(visit: Visit, consultation: Consultation, phase: Phase) -> tuple[pages.ListedTasks, ...]:
    permitted = pages.permitted(visit.consultation_tasks, visit.identity, consultation, phase)
    waiting = {
        each: each.waiting(visit.session, consultation.id)
        for each in permitted
        if each.waiting is not None
    }
    return pages.listed_tasks(permitted, waiting)


def owner_of(visit: Visit, slug: str) -> OrganisationValue:
    """Return the organisation that an address names, or raise NotFound."""
    found = find_organisation(visit.session, slug)
    if found is None:
        raise NotFound
    return found


def consultation_of(visit: Visit, slug: str) -> Consultation:
    """Return the consultation that an address names; the guard has seen to whose it is."""
    found = services.find_consultation(visit.session, slug)
    if found is None:
        raise NotFound
    return found


def actor(visit: Visit) -> Actor:
    """Return who asks, as what is recorded of a change."""
    if visit.identity.account_id is None:
        raise NotFound
    return Actor(visit.identity.account_id, visit.identity.name)


def _offering(visit: Visit, form: ConsultationForm) -> ConsultationForm:
    frameworks = pages.framework_choices(services.consultable_frameworks(visit.library))
    questionnaires = pages.questionnaire_choices(services.questionnaires(visit.library))
    return form.offering(frameworks, questionnaires)


def _show(form: ConsultationForm, error: ConsultationError) -> None:
    field = {
        SlugTaken: form.slug,
        WrongPeriod: form.closes_on,
        NotOpenToConsultation: form.framework,
        QuestionnaireMissing: form.questionnaire,
    }[type(error)]
    field.errors = [str(error)]


def _stale_page(
    visit: Visit, owner: OrganisationValue, saved: Consultation, form: ConsultationForm
) -> Page:
    # What was typed stays in the fields, and the next save is from the present revision.
    form.revision.data = str(saved.revision)
    meanwhile = pages.changed_meanwhile(saved.details, form.details())
    return _form_page(visit, owner, form, slug=saved.slug, status=409, meanwhile=meanwhile)


def _form_page(
    visit: Visit,
    owner: OrganisationValue,
    form: ConsultationForm,
    *,
    slug: str = "",
    status: int = 200,
    **more: Any,
) -> Page:
    return Page.of(
        "consultations/edit.html",
        status=status,
        organisation=owner,
        form=_offering(visit, form),
        slug=slug,
        **({"meanwhile": ()} | more),
    )
