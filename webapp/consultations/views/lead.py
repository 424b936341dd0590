"""What the team sees: the list, the page of each consultation, its counts, a preview."""

from __future__ import annotations

from webapp.accounts.people import OrganisationValue
from webapp.accounts.services import find_organisation
from webapp.accounts.subjects import organisation_subject
from webapp.consultations import services
from webapp.consultations.consultation import Actor, Consultation
from webapp.consultations.fitness import Missing
from webapp.consultations.opening import Phase
from webapp.consultations.pages import lead as pages
from webapp.consultations.subjects import consultation_subject
from webapp.consultations.views.public import about_page
from webapp.consultations.views.room import FOLLOW, MANAGE, room
from webapp.security import Subject, permits
from webapp.web.errors import NotFound
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


@room.get(OF_ONE, permission=FOLLOW, subject=consultation_subject)
def manage(visit: Visit, organisation: str, slug: str) -> Reply:
    """Show where a consultation stands, what it still needs, and what can be done."""
    found = consultation_of(visit, slug)
    phase = found.phase(visit.now)
    word, colour = pages.PHASE_WORDS[phase]
    is_draft = phase is Phase.DRAFT
    return Page.of(
        "consultations/manage.html",
        organisation=owner_of(visit, organisation),
        consultation=found,
        asking=services.get_asking(visit.library, found),
        phase=phase,
        phase_word=word,
        phase_colour=colour,
        length=pages.length(found.details),
        missing=_missing(visit, found) if is_draft else (),
        advice=pages.advice(found.details, visit.settings.elections) if is_draft else (),
        may_manage=permits(visit.identity, MANAGE, _subject_of(found)),
        totals=services.totals_of(visit.session, found.id),
        tasks=_tasks(visit, found, phase),
        events=pages.listed_events(services.list_events(visit.session, found.id)),
        done=visit.query.get("done", ""),
    )


@room.get(f"{OF_ONE}/counts", permission=FOLLOW, subject=consultation_subject)
def counts(visit: Visit, organisation: str, slug: str) -> Reply:
    """Show how many responded, by who they are and what they answered."""
    found = consultation_of(visit, slug)
    if found.phase(visit.now) is Phase.DRAFT:
        return SeeOther.to("consultations.manage", organisation=organisation, slug=slug)
    asking = services.get_asking(visit.library, found)
    return Page.of(
        "consultations/counts.html",
        organisation=owner_of(visit, organisation),
        consultation=found,
        counts=services.count_responses(visit.session, found.id, asking),
        reworded=services.count_rewordings(visit.session, found.id, asking),
    )


@room.get(f"{OF_ONE}/preview", permission=MANAGE, subject=consultation_subject)
def preview(visit: Visit, organisation: str, slug: str) -> Reply:
    """Show what the public would see, and what each respondent would be asked."""
    found = consultation_of(visit, slug)
    page = about_page(visit, found)
    page["link"] = {
        "endpoint": "consultations.own_document",
        "of": {"organisation": organisation, "slug": slug},
    }
    return Page.of("consultations/preview.html", items=pages.shown_items(page["asking"]), **page)


def _subject_of(consultation: Consultation) -> Subject:
    return Subject(organisation_id=consultation.organisation_id, state=consultation.state)


def _missing(visit: Visit, consultation: Consultation) -> tuple[Missing, ...]:
    return services.list_missing(visit.session, consultation, visit.library, visit.now)


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
