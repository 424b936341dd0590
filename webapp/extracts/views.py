"""The pages on which exports are asked for, followed, downloaded and deleted."""

from __future__ import annotations

import uuid
from typing import Any

from webapp.accounts.services import find_organisation
from webapp.consultations.consultation import Actor, Consultation
from webapp.consultations.services import find_consultation
from webapp.consultations.subjects import consultation_subject
from webapp.extracts import pages, services
from webapp.extracts.extract import KEPT, Extract, ExtractChanged, ExtractState, TooManyUnderWay
from webapp.extracts.forms import ExtractForm
from webapp.extracts.subjects import extract_subject
from webapp.security import Permission
from webapp.web import ConsultationTask, Room, TaskGroup, Visit
from webapp.web.errors import Conflict, Gone, NotFound
from webapp.web.replies import Page, Reply, SeeOther, StoredReply

MAKE = Permission.EXTRACT_MAKE
OF_CONSULTATION = "/organisations/<organisation>/consultations/<slug>/exports"
OF_ONE = f"{OF_CONSULTATION}/<uuid:extract_id>"

room = Room(
    "extracts",
    __name__,
    tasks=(
        ConsultationTask(
            MAKE,
            TaskGroup.RECORD,
            "Export comments and responses",
            "extracts.index",
            phases=("open", "closed"),
        ),
    ),
)


@room.get(OF_CONSULTATION, permission=MAKE, subject=consultation_subject)
def index(visit: Visit, organisation: str, slug: str) -> Reply:
    """List the exports of a consultation."""
    about = _about(visit, organisation, slug)
    consultation: Consultation = about["consultation"]
    found = services.list_extracts(visit.session, consultation.id)
    outdated = services.list_outdated(visit.session, found)
    return Page.of(
        "extracts/index.html",
        listed=pages.listed_pages(consultation, found, outdated),
        days=KEPT.days,
        done=visit.query.get("done", ""),
        **about,
    )


@room.get(f"{OF_CONSULTATION}/new", permission=MAKE, subject=consultation_subject)
def new(visit: Visit, organisation: str, slug: str) -> Reply:
    """Ask what is to be in an export."""
    form = ExtractForm(
        data={"layout": "comments", "file_format": "xlsx", "which": "counting", "campaigns": "with"}
    )
    return _new_page(_about(visit, organisation, slug), form)


@room.post(f"{OF_CONSULTATION}/new", permission=MAKE, subject=consultation_subject)
def ask(visit: Visit, organisation: str, slug: str) -> Reply:
    """Let an export be made."""
    about = _about(visit, organisation, slug)
    form = ExtractForm.posted(visit.form)
    if not form.validate():
        return _new_page(about, form, status=422)
    try:
        extract = services.request_extract(
            visit.session,
            about["consultation"].id,
            form.options(),
            by=_actor(visit),
            now=visit.now,
        )
    except TooManyUnderWay:
        form.layout.errors = [
            "Other exports of this consultation are being made: wait for one, or cancel it"
        ]
        return _new_page(about, form, status=409)
    return SeeOther.to(
        "extracts.extract", organisation=organisation, slug=slug, extract_id=extract.id
    )


@room.get(OF_ONE, permission=MAKE, subject=extract_subject)
def extract(visit: Visit, organisation: str, slug: str, extract_id: uuid.UUID) -> Reply:
    """Show an export as it stands."""
    about = _about(visit, organisation, slug)
    found = _extract(visit, about, extract_id)
    return Page.of("extracts/extract.html", page=_page(visit, about, found), **about)


@room.get(f"{OF_ONE}/tables.zip", permission=MAKE, subject=extract_subject)
def download(visit: Visit, organisation: str, slug: str, extract_id: uuid.UUID) -> Reply:
    """Send the ZIP of an export that was checked, unless words were taken out of it since."""
    about = _about(visit, organisation, slug)
    found = _extract(visit, about, extract_id)
    if found.state is ExtractState.DELETED:
        raise Gone("This export was deleted. Go back and make it again.")
    page = _page(visit, about, found)
    if page.is_outdated:
        raise Gone(
            "This export holds words or names that were taken out or erased after it was made. "
            "Go back and make it again."
        )
    if found.finished is None:
        raise NotFound("This export is not made yet.")
    return StoredReply(found.finished.sha256, "application/zip", page.file_name)


@room.post(f"{OF_ONE}/cancel", permission=MAKE, subject=extract_subject)
def cancel(visit: Visit, organisation: str, slug: str, extract_id: uuid.UUID) -> Reply:
    """Stop making an export."""
    try:
        services.cancel_extract(visit.session, extract_id, _actor(visit), visit.now)
    except ExtractChanged:
        raise Conflict("The export is no longer being made: look at its page.") from None
    return SeeOther.to(
        "extracts.extract", organisation=organisation, slug=slug, extract_id=extract_id
    )


@room.post(f"{OF_ONE}/delete", permission=MAKE, subject=extract_subject)
def delete(visit: Visit, organisation: str, slug: str, extract_id: uuid.UUID) -> Reply:
    """Delete the file of an export before its time."""
    try:
        services.delete_extract(visit.session, extract_id, visit.now, _actor(visit))
    except ExtractChanged:
        raise Conflict("The export is being made, or was deleted before.") from None
    return SeeOther.to("extracts.index", organisation=organisation, slug=slug, done="deleted")


def _about(visit: Visit, organisation: str, slug: str) -> dict[str, Any]:
    owner = find_organisation(visit.session, organisation)
    found = find_consultation(visit.session, slug)
    if owner is None or found is None:
        raise NotFound
    return {"organisation": owner, "consultation": found}


def _extract(visit: Visit, about: dict[str, Any], extract_id: uuid.UUID) -> Extract:
    found = services.find_extract(visit.session, about["consultation"].id, extract_id)
    if found is None:
        raise NotFound
    return found


def _page(visit: Visit, about: dict[str, Any], found: Extract) -> pages.ExtractPage:
    outdated = services.is_outdated(visit.session, found)
    return pages.extract_page(about["consultation"], found, is_outdated=outdated)


def _new_page(about: dict[str, Any], form: ExtractForm, *, status: int = 200) -> Page:
    return Page.of(
        "extracts/new.html",
        status=status,
        form=form,
        layout_hints=pages.LAYOUT_HINTS,
        format_hints=pages.FORMAT_HINTS,
        days=KEPT.days,
        **about,
    )


def _actor(visit: Visit) -> Actor:
    if visit.identity.account_id is None:
        raise NotFound
    return Actor(visit.identity.account_id, visit.identity.name)
