"""Putting a consultation right while it is open: what changes, before and after, and the notice."""

from __future__ import annotations

from webapp.accounts.people import OrganisationValue
from webapp.consultations import services
from webapp.consultations.consultation import Consultation
from webapp.consultations.errors import (
    CannotRevise,
    ChangedMeanwhile,
    NothingChanges,
    QuestionnaireMissing,
    WrongState,
)
from webapp.consultations.forms.revising import RevisionForm
from webapp.consultations.opening import Phase
from webapp.consultations.pages import revising as pages
from webapp.consultations.subjects import consultation_subject
from webapp.consultations.views.lead import OF_ONE, actor, consultation_of, owner_of
from webapp.consultations.views.room import MANAGE, room
from webapp.web.errors import Conflict
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit

REVISE = f"{OF_ONE}/revise"
EDIT = "edit"
"""What leads back from the page that shows before and after, with everything typed."""


@room.get(REVISE, permission=MANAGE, subject=consultation_subject)
def revise(visit: Visit, organisation: str, slug: str) -> Reply:
    """Ask what is to be put right."""
    found = consultation_of(visit, slug)
    if found.phase(visit.now) not in (Phase.OPEN, Phase.COMING):
        return SeeOther.to("consultations.manage", organisation=organisation, slug=slug)
    waiting = services.list_waiting_documents(visit.session, found.id)
    form = RevisionForm.of(found, waiting)
    return _form_page(visit, owner_of(visit, organisation), found, form)


@room.post(REVISE, permission=MANAGE, subject=consultation_subject)
def check_revision(visit: Visit, organisation: str, slug: str) -> Reply:
    """Show everything that would change before and after; nothing changes yet."""
    found, owner = consultation_of(visit, slug), owner_of(visit, organisation)
    form = _offering(visit, found, RevisionForm.posted(visit.form))
    if visit.form.get("then") == EDIT:
        return _form_page(visit, owner, found, form)
    if found.phase(visit.now) not in (Phase.OPEN, Phase.COMING):
        raise _too_late()
    if form.shown_revision != found.revision:
        return _stale_page(visit, owner, found, form)
    if not form.validate():
        return _form_page(visit, owner, found, form, status=422)
    try:
        planned = services.plan_revision(visit.library, found, form.change())
    except (CannotRevise, NothingChanges, QuestionnaireMissing) as error:
        return _refused_page(visit, owner, found, form, error)
    return _check_page(visit, owner, found, planned, form)


@room.post(f"{REVISE}/confirm", permission=MANAGE, subject=consultation_subject)
def confirm_revision(visit: Visit, organisation: str, slug: str) -> Reply:
    """Show the next edition from now on, and the notice with it."""
    found, owner = consultation_of(visit, slug), owner_of(visit, organisation)
    form = _offering(visit, found, RevisionForm.posted(visit.form))
    if form.shown_revision != found.revision:
        return _stale_page(visit, owner, found, form)
    if not form.validate():
        return _form_page(visit, owner, found, form, status=422)
    try:
        services.revise_consultation(
            visit.session,
            consultation_id=found.id,
            revision=form.shown_revision,
            change=form.change(),
            library=visit.library,
            by=actor(visit),
            now=visit.now,
        )
    except WrongState:
        raise _too_late() from None
    except ChangedMeanwhile:
        return _stale_page(visit, owner, found, form)
    except (CannotRevise, NothingChanges, QuestionnaireMissing) as error:
        return _refused_page(visit, owner, found, form, error)
    return SeeOther.to("consultations.manage", organisation=organisation, slug=slug, done="revised")


def _too_late() -> Conflict:
    return Conflict(
        "This consultation is not open any more, so what was shown cannot be changed. "
        "Nothing was changed."
    )


def _offering(visit: Visit, consultation: Consultation, form: RevisionForm) -> RevisionForm:
    return form.offering(
        consultation,
        services.later_versions(visit.library, consultation),
        services.list_documents(visit.session, consultation.id),
        services.list_waiting_documents(visit.session, consultation.id),
    )


def _stale_page(
    visit: Visit, owner: OrganisationValue, saved: Consultation, form: RevisionForm
) -> Page:
    # What was typed stays in the fields, and the next attempt is from the present revision.
    return _form_page(visit, owner, saved, form.going_on_from(saved), status=409)


def _refused_page(
    visit: Visit,
    owner: OrganisationValue,
    consultation: Consultation,
    form: RevisionForm,
    error: CannotRevise | NothingChanges | QuestionnaireMissing,
) -> Page:
    if isinstance(error, CannotRevise):
        form.questionnaire.errors = list(error.problems)
    elif isinstance(error, QuestionnaireMissing):
        form.questionnaire.errors = [f"{error}."]
    else:
        form.questionnaire.errors = [
            "Change something: the questionnaire, a document or the privacy notice"
        ]
    return _form_page(visit, owner, consultation, form, status=422)


def _form_page(
    visit: Visit,
    owner: OrganisationValue,
    consultation: Consultation,
    form: RevisionForm,
    *,
    status: int = 200,
) -> Page:
    later = services.later_versions(visit.library, consultation)
    return Page.of(
        "consultations/revise.html",
        status=status,
        organisation=owner,
        consultation=consultation,
        form=_offering(visit, consultation, form),
        later=later,
        hints=pages.version_hints(later),
        is_stale=status == 409,
    )


def _check_page(
    visit: Visit,
    owner: OrganisationValue,
    before: Consultation,
    after: Consultation,
    form: RevisionForm,
) -> Page:
    asked, shall_be = (services.get_asking(visit.library, each) for each in (before, after))
    chosen = after.details.questionnaire_version
    later = services.later_versions(visit.library, before)
    changes = next((e.changes for e in later if e.questionnaire.version == chosen), ())
    change = form.change()
    return Page.of(
        "consultations/revise_check.html",
        organisation=owner,
        consultation=before,
        after=after,
        form=form,
        questions=pages.changed_questions(asked, shall_be, changes),
        left_behind=pages.languages_left_behind(asked, shall_be),
        privacy=pages.changed_privacy(before, after),
        added=pages.chosen(services.list_waiting_documents(visit.session, before.id), change.added),
        taken_away=pages.chosen(
            services.list_documents(visit.session, before.id), change.taken_away
        ),
        totals=services.totals_of(visit.session, before.id),
    )
