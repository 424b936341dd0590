"""Preparing a consultation: a new one, the list of its sections, and each section on a page."""

from __future__ import annotations

from typing import TypeVar

from webapp.accounts.people import OrganisationValue
from webapp.accounts.subjects import organisation_subject
from webapp.consultations import services
from webapp.consultations.consultation import Consultation
from webapp.consultations.errors import (
    ChangedMeanwhile,
    ConsultationError,
    NotOpenToConsultation,
    QuestionnaireMissing,
    SlugTaken,
    WrongPeriod,
    WrongState,
)
from webapp.consultations.fitness import Section
from webapp.consultations.forms.sections import FORMS, AskedForm, NewForm, SectionForm
from webapp.consultations.opening import Phase
from webapp.consultations.pages import lead as pages
from webapp.consultations.pages import preparing
from webapp.consultations.subjects import consultation_subject
from webapp.consultations.views.lead import (
    OF_ONE,
    OF_ORGANISATION,
    actor,
    consultation_of,
    owner_of,
)
from webapp.consultations.views.room import MANAGE, room
from webapp.web.errors import Conflict, NotFound
from webapp.web.forms import Form
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit

OfferedForm = TypeVar("OfferedForm", bound=SectionForm)
REFUSED = (SlugTaken, WrongPeriod, NotOpenToConsultation, QuestionnaireMissing)


@room.get(f"{OF_ORGANISATION}/new", permission=MANAGE, subject=organisation_subject)
def new_consultation(visit: Visit, organisation: str) -> Reply:
    """Ask for what a draft needs before anything else can be written."""
    return _new_page(visit, owner_of(visit, organisation), NewForm())


@room.post(f"{OF_ORGANISATION}/new", permission=MANAGE, subject=organisation_subject)
def create_consultation(visit: Visit, organisation: str) -> Reply:
    """Create a consultation in draft, and lead on to its sections."""
    owner = owner_of(visit, organisation)
    form = _offering(visit, NewForm.posted(visit.form))
    if not form.validate():
        return _new_page(visit, owner, form, status=422)
    try:
        created = services.create_consultation(
            visit.session,
            organisation_id=owner.id,
            details=form.details(),
            library=visit.library,
            by=actor(visit),
            now=visit.now,
        )
    except REFUSED as error:
        _show(form, error)
        return _new_page(visit, owner, form, status=422)
    return SeeOther.to(
        "consultations.edit", organisation=organisation, slug=created.slug, done="created"
    )


@room.get(f"{OF_ONE}/edit", permission=MANAGE, subject=consultation_subject)
def edit(visit: Visit, organisation: str, slug: str) -> Reply:
    """List the sections of a draft, and how far each has come."""
    found = consultation_of(visit, slug)
    if found.phase(visit.now) is not Phase.DRAFT:
        return SeeOther.to("consultations.manage", organisation=organisation, slug=slug)
    missing = services.list_missing(visit.session, found, visit.library, visit.now)
    documents = services.list_documents(visit.session, found.id)
    done = visit.query.get("done", "")
    return Page.of(
        "consultations/prepare.html",
        organisation=owner_of(visit, organisation),
        consultation=found,
        sections=preparing.listed_sections(found.details, documents, missing),
        missing=missing,
        advice=pages.advice(found.details, visit.settings.elections),
        done=preparing.DONE_WORDS.get(done, ""),
    )


@room.get(f"{OF_ONE}/edit/<part>", permission=MANAGE, subject=consultation_subject)
def edit_section(visit: Visit, organisation: str, slug: str, part: str) -> Reply:
    """Show one section of a draft to be changed."""
    found, form_type = consultation_of(visit, slug), _form_type(part)
    if found.phase(visit.now) is not Phase.DRAFT:
        return SeeOther.to("consultations.manage", organisation=organisation, slug=slug)
    return _section_page(visit, organisation, found, Section(part), form_type.of(found.details))


@room.post(f"{OF_ONE}/edit/<part>", permission=MANAGE, subject=consultation_subject)
def save_section(visit: Visit, organisation: str, slug: str, part: str) -> Reply:
    """Rewrite one section of a draft."""
    found, form_type = consultation_of(visit, slug), _form_type(part)
    form = _offering(visit, form_type.posted(visit.form))
    if not form.validate():
        return _section_page(visit, organisation, found, Section(part), form, status=422)
    if not form.is_of(found.details) and found.phase(visit.now) is Phase.DRAFT:
        return _stale_page(visit, organisation, found, Section(part), form)
    try:
        changed = services.edit_consultation(
            visit.session,
            consultation_id=found.id,
            revision=found.revision,
            details=form.changed(found.details),
            library=visit.library,
            by=actor(visit),
            now=visit.now,
            note=f"Section “{preparing.HEADINGS[Section(part)]}”",
        )
    except WrongState:
        return _too_late_page(visit, organisation, found, Section(part), form)
    except ChangedMeanwhile:
        fresh = services.get_consultation(visit.session, found.id)
        return _stale_page(visit, organisation, fresh, Section(part), form)
    except REFUSED as error:
        _show(form, error)
        return _section_page(visit, organisation, found, Section(part), form, status=422)
    return SeeOther.to(
        "consultations.edit", organisation=organisation, slug=changed.slug, done="saved"
    )


def _form_type(part: str) -> type[SectionForm]:
    try:
        return FORMS[Section(part)]
    except (KeyError, ValueError):
        raise NotFound from None


def _offering(visit: Visit, form: OfferedForm) -> OfferedForm:
    if isinstance(form, AskedForm):
        form.offering(
            pages.framework_choices(services.consultable_frameworks(visit.library)),
            pages.questionnaire_choices(services.questionnaires(visit.library)),
        )
    return form


def _show(form: Form, error: ConsultationError) -> None:
    field = {
        SlugTaken: "slug",
        WrongPeriod: "closes_on",
        NotOpenToConsultation: "framework",
        QuestionnaireMissing: "questionnaire",
    }[type(error)]
    form[field].errors = [str(error)]


def _stale_page(
    visit: Visit, organisation: str, saved: Consultation, section: Section, form: SectionForm
) -> Page:
    # What was typed stays in the fields, and the next save knows what is saved now.
    meanwhile = form.differing(saved.details)
    form.shown.data = form.digest_of(saved.details)
    return _section_page(visit, organisation, saved, section, form, meanwhile=meanwhile, status=409)


def _too_late_page(
    visit: Visit, organisation: str, found: Consultation, section: Section, form: SectionForm
) -> Page:
    if not form.differing(found.details):
        raise Conflict("This consultation was opened meanwhile: its text is fixed.")
    return _section_page(visit, organisation, found, section, form, is_too_late=True, status=409)


def _section_page(
    visit: Visit,
    organisation: str,
    consultation: Consultation,
    section: Section,
    form: SectionForm,
    *,
    meanwhile: tuple[tuple[str, str], ...] = (),
    is_too_late: bool = False,
    status: int = 200,
) -> Page:
    elections = visit.settings.elections
    return Page.of(
        "consultations/section.html",
        status=status,
        organisation=owner_of(visit, organisation),
        consultation=consultation,
        form=_offering(visit, form),
        section=section,
        heading=preparing.HEADINGS[section],
        meanwhile=meanwhile,
        is_too_late=is_too_late,
        advice=pages.advice(consultation.details, elections) if section is Section.WHEN else (),
    )


def _new_page(
    visit: Visit, owner: OrganisationValue, form: SectionForm, *, status: int = 200
) -> Page:
    return Page.of(
        "consultations/new.html", status=status, organisation=owner, form=_offering(visit, form)
    )
