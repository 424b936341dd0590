"""Opening a consultation, moving its closing later, and closing it before its time."""

from __future__ import annotations

from webapp.consultations import services
from webapp.consultations.errors import (
    ChangedMeanwhile,
    NotFitToOpen,
    WrongPeriod,
    WrongState,
)
from webapp.consultations.fitness import Missing
from webapp.consultations.forms.lead import ClosingForm, ExtensionForm, OpeningForm
from webapp.consultations.opening import UK, Phase, clock
from webapp.consultations.pages import lead as pages
from webapp.consultations.pages import preparing
from webapp.consultations.subjects import consultation_subject
from webapp.consultations.views.lead import OF_ONE, actor, consultation_of, owner_of
from webapp.consultations.views.room import MANAGE, number_typed, room
from webapp.web.errors import Conflict
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit


@room.get(f"{OF_ONE}/open", permission=MANAGE, subject=consultation_subject)
def confirm_opening(visit: Visit, organisation: str, slug: str) -> Reply:
    """Show what is missing or what opening pins, and ask whether leave was given."""
    found = consultation_of(visit, slug)
    if found.phase(visit.now) is not Phase.DRAFT:
        return SeeOther.to("consultations.manage", organisation=organisation, slug=slug)
    missing = services.list_missing(visit.session, found, visit.library, visit.now)
    form = OpeningForm(data={"revision": str(found.revision)})
    return _opening_page(visit, organisation, slug, form, missing)


@room.post(f"{OF_ONE}/open", permission=MANAGE, subject=consultation_subject)
def open_consultation(visit: Visit, organisation: str, slug: str) -> Reply:
    """Open a consultation from its opening date on."""
    found = consultation_of(visit, slug)
    form = OpeningForm.posted(visit.form).given_by(visit.today)
    if not form.validate() and found.phase(visit.now) is Phase.DRAFT:
        missing = services.list_missing(visit.session, found, visit.library, visit.now)
        return _opening_page(visit, organisation, slug, form, missing, status=422)
    try:
        services.open_consultation(
            visit.session,
            consultation_id=found.id,
            revision=number_typed(visit.form, "revision"),
            library=visit.library,
            by=actor(visit),
            now=visit.now,
            authorised_on=form.authorised_on.data or visit.today,
        )
    except NotFitToOpen as error:
        return _opening_page(visit, organisation, slug, form, error.missing, status=422)
    except (ChangedMeanwhile, WrongState) as error:
        raise Conflict(f"{error}. Nothing was opened.") from error
    return SeeOther.to("consultations.manage", organisation=organisation, slug=slug, done="opened")


@room.get(f"{OF_ONE}/extend", permission=MANAGE, subject=consultation_subject)
def confirm_extending(visit: Visit, organisation: str, slug: str) -> Reply:
    """Ask until when a consultation is extended, and why."""
    closes = consultation_of(visit, slug).details.period.closes_at.astimezone(UK)
    form = ExtensionForm(data={"closes_on": closes.date(), "closes_time": clock(closes.time())})
    return _extending_page(visit, organisation, slug, form)


@room.post(f"{OF_ONE}/extend", permission=MANAGE, subject=consultation_subject)
def extend_consultation(visit: Visit, organisation: str, slug: str) -> Reply:
    """Move the closing of a consultation to a later moment."""
    form = ExtensionForm.posted(visit.form)
    if not form.validate():
        return _extending_page(visit, organisation, slug, form, status=422)
    try:
        services.extend_consultation(
            visit.session,
            consultation_id=consultation_of(visit, slug).id,
            closes_at=form.closes_at,
            reason=form.reason.data or "",
            by=actor(visit),
            now=visit.now,
        )
    except WrongPeriod as error:
        form.closes_on.errors = [str(error)]
        return _extending_page(visit, organisation, slug, form, status=422)
    except (ChangedMeanwhile, WrongState) as error:
        raise Conflict(f"{error}. The closing was not moved.") from error
    return SeeOther.to(
        "consultations.manage", organisation=organisation, slug=slug, done="extended"
    )


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


def _opening_page(
    visit: Visit,
    organisation: str,
    slug: str,
    form: OpeningForm,
    missing: tuple[Missing, ...],
    status: int = 200,
) -> Page:
    found = consultation_of(visit, slug)
    return Page.of(
        "consultations/open.html",
        status=status,
        organisation=owner_of(visit, organisation),
        consultation=found,
        asking=services.get_asking(visit.library, found),
        documents=preparing.listed_documents(services.list_documents(visit.session, found.id)),
        form=form,
        missing=missing,
        headings=preparing.HEADINGS,
        at_once=found.details.period.opens_at <= visit.now,
        length=pages.length(found.details),
        advice=pages.advice(found.details, visit.settings.elections),
    )


def _extending_page(
    visit: Visit, organisation: str, slug: str, form: ExtensionForm, status: int = 200
) -> Reply:
    found = consultation_of(visit, slug)
    if found.phase(visit.now) not in (Phase.OPEN, Phase.COMING):
        return _no_more(visit, organisation, slug)
    return Page.of(
        "consultations/extend.html",
        status=status,
        organisation=owner_of(visit, organisation),
        consultation=found,
        form=form,
    )


def _closing_page(
    visit: Visit, organisation: str, slug: str, form: ClosingForm, status: int = 200
) -> Reply:
    found = consultation_of(visit, slug)
    if found.phase(visit.now) not in (Phase.OPEN, Phase.COMING):
        return _no_more(visit, organisation, slug)
    return Page.of(
        "consultations/close.html",
        status=status,
        organisation=owner_of(visit, organisation),
        consultation=found,
        totals=services.totals_of(visit.session, found.id),
        form=form,
    )


def _no_more(visit: Visit, organisation: str, slug: str) -> Reply:
    if visit.is_post:
        raise Conflict("Only a consultation that has not closed can be changed.")
    return SeeOther.to("consultations.manage", organisation=organisation, slug=slug)
