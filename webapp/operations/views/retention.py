"""What is kept for how long, and holds, for administrators: numbers, and nobody's words."""

from __future__ import annotations

from typing import Any

from webapp.accounts.people import OrganisationValue
from webapp.accounts.services import find_organisation
from webapp.accounts.subjects import organisation_subject
from webapp.consultations.consultation import Consultation
from webapp.consultations.services import find_consultation, list_consultations
from webapp.consultations.subjects import consultation_subject
from webapp.operations import keeping, pages
from webapp.operations.forms import HoldForm
from webapp.operations.views.room import room
from webapp.retention import services
from webapp.retention.holds import HoldKeeper, HoldsClash
from webapp.retention.schedule import schedule
from webapp.security import Permission
from webapp.web.errors import NotFound
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit

MANAGE = Permission.RETENTION_MANAGE
OF_ORGANISATION = "/organisations/<organisation>/retention"
OF_CONSULTATION = f"{OF_ORGANISATION}/<slug>"
DONE = {
    "placed": "The hold is in place. Nothing of this consultation is erased until it is lifted.",
    "lifted": "The hold is lifted. The periods of the schedule count again.",
}


@room.get(OF_ORGANISATION, permission=MANAGE, subject=organisation_subject)
def retention(visit: Visit, organisation: str) -> Reply:
    """Show the schedule, and how each consultation stands."""
    found = _organisation(visit, organisation)
    periods = visit.settings.retention
    return Page.of(
        "operations/retention.html",
        organisation=found,
        lines=pages.consultation_lines(
            list_consultations(visit.session, found.id),
            keeping.list_due(visit.session, periods, visit.now, found.id),
            services.list_held(visit.session),
        ),
        classes=pages.schedule_lines(schedule(periods)),
        notice=pages.notice_in_words(periods.warning_days),
    )


@room.get(OF_CONSULTATION, permission=MANAGE, subject=consultation_subject)
def retention_of(visit: Visit, organisation: str, slug: str) -> Reply:
    """Show what is kept of one consultation, its holds and what was erased."""
    return _page(visit, organisation, slug, HoldForm(), done=visit.query.get("done", ""))


@room.post(f"{OF_CONSULTATION}/hold", permission=MANAGE, subject=consultation_subject)
def place_hold(visit: Visit, organisation: str, slug: str) -> Reply:
    """Let nothing of a consultation be erased."""
    return _change(visit, organisation, slug, is_to_be_placed=True)


@room.post(f"{OF_CONSULTATION}/lift", permission=MANAGE, subject=consultation_subject)
def lift_hold(visit: Visit, organisation: str, slug: str) -> Reply:
    """End a hold."""
    return _change(visit, organisation, slug, is_to_be_placed=False)


def _change(visit: Visit, organisation: str, slug: str, *, is_to_be_placed: bool) -> Reply:
    consultation = _consultation(visit, slug)
    form = HoldForm.posted(visit.form)
    if not form.validate():
        return _page(visit, organisation, slug, form, status=422)
    change = services.place_hold if is_to_be_placed else services.lift_hold
    try:
        change(
            visit.session,
            consultation.id,
            by=_keeper(visit),
            reason=form.reason.data,
            now=visit.now,
        )
    except HoldsClash as error:
        form.reason.errors = [f"{error}. Look at how it stands now before you go on"]
        return _page(visit, organisation, slug, form, status=409)
    done = "placed" if is_to_be_placed else "lifted"
    return SeeOther.to("operations.retention_of", organisation=organisation, slug=slug, done=done)


def _page(
    visit: Visit,
    organisation: str,
    slug: str,
    form: Any,
    *,
    done: str = "",
    status: int = 200,
) -> Page:
    owner, consultation = _organisation(visit, organisation), _consultation(visit, slug)
    periods = visit.settings.retention
    dues = keeping.list_due(visit.session, periods, visit.now, owner.id)
    records = services.list_records(visit.session, [consultation.id])
    return Page.of(
        "operations/retention_of.html",
        status=status,
        organisation=owner,
        consultation=consultation,
        is_held=consultation.id in services.list_held(visit.session),
        kept=pages.kept_lines(each for each in dues if each.consultation.id == consultation.id),
        events=services.list_hold_events(visit.session, [consultation.id]),
        records=pages.record_lines(records, {each.key: each for each in schedule(periods)}),
        form=form,
        done=DONE.get(done, ""),
    )


def _organisation(visit: Visit, slug: str) -> OrganisationValue:
    found = find_organisation(visit.session, slug)
    if found is None:
        raise NotFound
    return found


def _consultation(visit: Visit, slug: str) -> Consultation:
    found = find_consultation(visit.session, slug)
    if found is None:
        raise NotFound
    return found


def _keeper(visit: Visit) -> HoldKeeper:
    if visit.identity.account_id is None:
        raise NotFound
    return HoldKeeper(visit.identity.account_id, visit.identity.name)
