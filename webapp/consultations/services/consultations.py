"""What a lead does with a consultation: create, edit, open, close."""

from __future__ import annotations

import datetime as dt
import uuid

from frameworks.digest import questionnaire_digest
from frameworks.library import Library
from webapp.accounts.services import list_organisations
from webapp.consultations.consultation import (
    Actor,
    Consultation,
    Details,
    Event,
    EventKind,
    PublicConsultation,
)
from webapp.consultations.editions import make_edition
from webapp.consultations.errors import (
    ChangedMeanwhile,
    NotFitToOpen,
    NotOpenToConsultation,
    QuestionnaireMissing,
    WrongPeriod,
    WrongState,
)
from webapp.consultations.fitness import Missing, missing_to_open
from webapp.consultations.opening import Period, Phase, State, problem_with
from webapp.consultations.services.material import (
    get_framework,
    get_questionnaire,
    require_consultable,
)
from webapp.consultations.store import consultations as store
from webapp.consultations.store import documents, editions
from webapp.persistence import Session


def create_consultation(
    session: Session,
    *,
    organisation_id: uuid.UUID,
    details: Details,
    library: Library,
    by: Actor,
    now: dt.datetime,
) -> Consultation:
    """Create a consultation in draft.

    Raises SlugTaken, WrongPeriod, NotOpenToConsultation or QuestionnaireMissing.
    """
    _check(details, library)
    consultation = store.add_consultation(session, organisation_id, details)
    store.add_event(session, consultation.id, EventKind.CREATED, by, now)
    return consultation


def edit_consultation(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    revision: int,
    details: Details,
    library: Library,
    by: Actor,
    now: dt.datetime,
    note: str = "",
) -> Consultation:
    """Rewrite a draft consultation from the revision that a page showed.

    `note` says which part, for the team. Raises WrongState, ChangedMeanwhile, or what creating
    raises.
    """
    before = _draft(session, consultation_id, revision)
    if details == before.details:
        return before
    _check_period(details.period)
    if _material(details) != _material(before.details):
        # What the library has lost since stands in the way of opening, not of other sections.
        require_consultable(library, details)
    if not store.change_details(session, before, details):
        raise ChangedMeanwhile("Somebody else changed this consultation")
    store.add_event(session, consultation_id, EventKind.EDITED, by, now, note)
    return store.get_consultation(session, consultation_id)


def open_consultation(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    revision: int,
    library: Library,
    by: Actor,
    now: dt.datetime,
    authorised_on: dt.date,
) -> Consultation:
    """Open a draft consultation, from its opening date on, and pin what it is about.

    `authorised_on` is when the named authority gave leave. Raises WrongState, ChangedMeanwhile, or
    NotFitToOpen with everything that is missing.
    """
    before = _draft(session, consultation_id, revision, lock=True)
    missing = list_missing(session, before, library, now)
    if missing:
        raise NotFitToOpen(missing)
    framework = get_framework(library, before.details)
    questionnaire = get_questionnaire(library, before.details)
    if not store.mark_opened(
        session, before, framework.digest, questionnaire_digest(questionnaire), authorised_on
    ):
        raise ChangedMeanwhile("Somebody else changed this consultation")
    documents.show_from_first(session, consultation_id)
    consultation = store.get_consultation(session, consultation_id)
    editions.add_edition(
        session,
        consultation_id,
        make_edition(
            before.details,
            documents.list_shown(session, consultation_id),
            number=consultation.edition,
            shown_from=max(now, before.details.period.opens_at),
            notice="",
            framework_digest=consultation.framework_digest,
            questionnaire_digest=consultation.questionnaire_digest,
        ),
    )
    pinned = f"{framework.reference} {framework.digest}, {questionnaire.reference}"
    leave = f"{authorised_on.day} {authorised_on:%B %Y}"
    note = f"Leave was given by {before.details.authority} on {leave}. It asks {pinned}"
    closes_at = before.details.period.closes_at
    store.add_event(session, consultation_id, EventKind.OPENED, by, now, note, closes_at)
    return consultation


def list_missing(
    session: Session, consultation: Consultation, library: Library, now: dt.datetime
) -> tuple[Missing, ...]:
    """Return what keeps a draft from being opened now."""
    problem = ""
    try:
        require_consultable(library, consultation.details)
    except (NotOpenToConsultation, QuestionnaireMissing) as error:
        problem = str(error)
    shown = documents.list_shown(session, consultation.id)
    return missing_to_open(consultation.details, shown, now, material_problem=problem)


def close_consultation(
    session: Session, *, consultation_id: uuid.UUID, reason: str, by: Actor, now: dt.datetime
) -> Consultation:
    """Close a consultation before its closing date, for a reason; raises WrongState."""
    if not store.mark_closed(session, consultation_id, now):
        raise WrongState("Only a consultation that is open can be closed")
    store.add_event(session, consultation_id, EventKind.CLOSED, by, now, reason)
    return store.get_consultation(session, consultation_id)


def extend_consultation(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    closes_at: dt.datetime,
    reason: str,
    by: Actor,
    now: dt.datetime,
) -> Consultation:
    """Move the closing of an opened consultation to a later moment, for a public reason.

    Raises WrongState once it closed, and WrongPeriod for a moment that is not later.
    """
    before = store.lock_consultation(session, consultation_id)
    if before.phase(now) not in (Phase.COMING, Phase.OPEN):
        raise WrongState("Only a consultation that has not closed can be extended")
    if closes_at <= before.details.period.closes_at:
        raise WrongPeriod("The new closing must be later than the present one")
    if not store.move_closing(session, before, closes_at):
        raise ChangedMeanwhile("Somebody else changed this consultation")
    store.add_event(session, consultation_id, EventKind.EXTENDED, by, now, reason, closes_at)
    return store.get_consultation(session, consultation_id)


def find_consultation(session: Session, slug: str) -> Consultation | None:
    """Return the consultation with this address, also one in draft, or None."""
    return store.find_consultation(session, slug)


def get_consultation(session: Session, consultation_id: uuid.UUID) -> Consultation:
    """Return a consultation; LookupError if there is none."""
    return store.get_consultation(session, consultation_id)


def list_consultations(session: Session, organisation_id: uuid.UUID) -> tuple[Consultation, ...]:
    """Return the consultations of an organisation, drafts too, those that close last first."""
    return store.list_of_organisation(session, organisation_id)


def list_public_consultations(session: Session, now: dt.datetime) -> tuple[PublicConsultation, ...]:
    """Return what the public may see: open, coming, then closed.

    Those that close or open first stand first, of the closed ones the last.
    """
    names = {each.id: each.name for each in list_organisations(session)}
    listed = [
        PublicConsultation(
            slug=each.slug,
            title=each.title,
            organisation_name=names[each.organisation_id],
            phase=each.phase(now),
            opens_at=each.details.period.opens_at,
            closes_at=each.ends_at,
        )
        for each in store.list_published(session)
    ]
    phases = {
        phase: [each for each in listed if each.phase is phase]
        for phase in (Phase.OPEN, Phase.COMING, Phase.CLOSED)
    }
    phases[Phase.OPEN].sort(key=lambda each: each.closes_at)
    phases[Phase.COMING].sort(key=lambda each: each.opens_at)
    return tuple(each for phase in phases.values() for each in phase)


def list_events(session: Session, consultation_id: uuid.UUID) -> tuple[Event, ...]:
    """Return what staff did to a consultation, in order."""
    return store.list_events(session, consultation_id)


def _draft(
    session: Session, consultation_id: uuid.UUID, revision: int, *, lock: bool = False
) -> Consultation:
    # Whoever opens it waits for those who attach documents, and they for them.
    find = store.lock_consultation if lock else store.get_consultation
    before = find(session, consultation_id)
    if before.state is not State.DRAFT:
        raise WrongState("This consultation was opened: its text is fixed")
    if before.revision != revision:
        raise ChangedMeanwhile("Somebody else changed this consultation")
    return before


def _material(details: Details) -> tuple[str, ...]:
    return (
        details.framework_slug,
        details.framework_version,
        details.questionnaire_slug,
        details.questionnaire_version,
    )


def _check(details: Details, library: Library) -> None:
    _check_period(details.period)
    require_consultable(library, details)


def _check_period(period: Period) -> None:
    problem = problem_with(period)
    if problem:
        raise WrongPeriod(problem)
