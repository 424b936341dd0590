"""Opening a consultation, and closing it before its time."""

from __future__ import annotations

import re

from webapp.consultations import services
from webapp.consultations.errors import (
    ChangedMeanwhile,
    NotOpenToConsultation,
    QuestionnaireMissing,
    WrongPeriod,
    WrongState,
)
from webapp.consultations.forms.lead import ClosingForm
from webapp.consultations.opening import Phase
from webapp.consultations.pages import lead as pages
from webapp.consultations.subjects import consultation_subject
from webapp.consultations.views.lead import OF_ONE, actor, consultation_of, owner_of
from webapp.consultations.views.room import MANAGE, room
from webapp.web.errors import Conflict
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit


@room.get(f"{OF_ONE}/open", permission=MANAGE, subject=consultation_subject)
def confirm_opening(visit: Visit, organisation: str, slug: str) -> Reply:
    """Show what opening pins, and what to think about before."""
    found = consultation_of(visit, slug)
    if found.phase(visit.now) is not Phase.DRAFT:
        return SeeOther.to("consultations.manage", organisation=organisation, slug=slug)
    return Page.of(
        "consultations/open.html",
        organisation=owner_of(visit, organisation),
        consultation=found,
        asking=services.get_asking(visit.library, found),
        at_once=found.details.period.opens_at <= visit.now,
        length=pages.length(found.details),
        advice=pages.advice(found.details),
    )


@room.post(f"{OF_ONE}/open", permission=MANAGE, subject=consultation_subject)
def open_consultation(visit: Visit, organisation: str, slug: str) -> Reply:
    """Open a consultation from its opening date on."""
    typed = visit.form.get("revision", "")
    try:
        services.open_consultation(
            visit.session,
            consultation_id=consultation_of(visit, slug).id,
            revision=int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else 0,
            library=visit.library,
            by=actor(visit),
            now=visit.now,
        )
    except (
        ChangedMeanwhile,
        NotOpenToConsultation,
        QuestionnaireMissing,
        WrongPeriod,
        WrongState,
    ) as error:
        raise Conflict(f"{error}. Nothing was opened.") from error
    return SeeOther.to("consultations.manage", organisation=organisation, slug=slug, done="opened")


@room.get(f"{OF_ONE}/close", permission=MANAGE, subject=consultation_subject)
def confirm_closing(visit: Visit, organisation: str, slug: str) -> Reply:
    """Ask why a consultation is closed early."""
    return _closing_page(visit, organisation, slug, ClosingForm())


@room.post(f"{OF_ONE}/close", permission=MANAGE, subject=consultation_subject)
def close_consultation(visit: Visit, organisation: str, slug: str) -> Reply:
    """Close a consultation early."""
    form = ClosingForm.posted(visit.form)
    if not form.validate():
        return _closing_page(visit, organisation, slug, form, status=422)
    try:
        services.close_consultation(
            visit.session,
            consultation_id=consultation_of(visit, slug).id,
            reason=form.reason.data or "",
            by=actor(visit),
            now=visit.now,
        )
    except WrongState as error:
        raise Conflict(f"{error}.") from error
    return SeeOther.to("consultations.manage", organisation=organisation, slug=slug, done="closed")


def _closing_page(
    visit: Visit, organisation: str, slug: str, form: ClosingForm, status: int = 200
) -> Reply:
    found = consultation_of(visit, slug)
    if found.phase(visit.now) not in (Phase.OPEN, Phase.COMING):
        return SeeOther.to("consultations.manage", organisation=organisation, slug=slug)
    return Page.of(
        "consultations/close.html",
        status=status,
        organisation=owner_of(visit, organisation),
        consultation=found,
        totals=services.totals_of(visit.session, found.id),
        form=form,
    )
