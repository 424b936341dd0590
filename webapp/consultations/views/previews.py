"""Showing a draft to somebody without an account, with a link that holds a secret."""

from __future__ import annotations

import uuid

from exports.templating import body
from webapp.accounts.services import get_organisation
from webapp.consultations import services
from webapp.consultations.consultation import Consultation
from webapp.consultations.errors import TooManyLinks, WrongState
from webapp.consultations.opening import State
from webapp.consultations.pages import formats
from webapp.consultations.subjects import consultation_subject
from webapp.consultations.views.documents import stored_document
from webapp.consultations.views.lead import OF_ONE, actor, consultation_of, owner_of
from webapp.consultations.views.public import about_page
from webapp.consultations.views.room import MANAGE, room
from webapp.security import Permission
from webapp.web.errors import Conflict, Gone
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit

LINKS = f"{OF_ONE}/preview-links"
PREVIEW = "/previews/<token>"
# Whoever has the link was sent it.
READ_PREVIEW = Permission.CONSULTATION_PREVIEW


@room.get(LINKS, permission=MANAGE, subject=consultation_subject)
def preview_links(visit: Visit, organisation: str, slug: str) -> Reply:
    """List the links to the preview of a draft, and offer another."""
    return _links_page(visit, organisation, consultation_of(visit, slug))


@room.post(LINKS, permission=MANAGE, subject=consultation_subject)
def make_preview_link(visit: Visit, organisation: str, slug: str) -> Reply:
    """Make a link and show it, once: only its hash is kept."""
    found = consultation_of(visit, slug)
    try:
        secret = services.make_preview_link(
            visit.session, consultation_id=found.id, by=actor(visit), now=visit.now
        )
    except (TooManyLinks, WrongState) as error:
        raise Conflict(f"{error}.") from error
    return _links_page(visit, organisation, found, secret).at_secret_address()


@room.post(f"{LINKS}/<uuid:link_id>/end", permission=MANAGE, subject=consultation_subject)
def end_preview_link(visit: Visit, organisation: str, slug: str, link_id: uuid.UUID) -> Reply:
    """End a link before its time."""
    consultation_id = consultation_of(visit, slug).id
    services.end_preview_link(
        visit.session, consultation_id=consultation_id, link_id=link_id, now=visit.now
    )
    return SeeOther.to(
        "consultations.preview_links", organisation=organisation, slug=slug, done="ended"
    )


@room.get(PREVIEW, permission=READ_PREVIEW)
def shared_preview(visit: Visit, token: str) -> Reply:
    """Show the public page of a draft to whoever was sent its link."""
    found = _previewed(visit, token)
    if found.state is not State.DRAFT:
        return SeeOther.to("consultations.about", slug=found.slug)
    page = about_page(visit, found)
    page["link"] = {"endpoint": "consultations.shared_document", "of": {"token": token}}
    return Page.of("consultations/shared_preview.html", token=token, **page).at_secret_address()


@room.get(f"{PREVIEW}/questions", permission=READ_PREVIEW)
def shared_questions(visit: Visit, token: str) -> Reply:
    """Show everything that a draft asks, on one page."""
    found = _previewed(visit, token)
    if found.state is not State.DRAFT:
        return SeeOther.to("consultations.print_view", slug=found.slug)
    asking = services.get_asking(visit.library, found)
    form = formats.blank_form(
        asking,
        services.get_framework(visit.library, found.details),
        found,
        get_organisation(visit.session, found.organisation_id).name,
    )
    return Page.of(
        "consultations/shared_questions.html", token=token, consultation=found, body=body(form)
    ).at_secret_address()


@room.get(f"{PREVIEW}/documents/<uuid:document_id>", permission=READ_PREVIEW)
def shared_document(visit: Visit, token: str, document_id: uuid.UUID) -> Reply:
    """Hand out a document of a draft."""
    found = _previewed(visit, token)
    if found.state is not State.DRAFT:
        # What waits for the next edition is nobody else's, whoever saw the draft.
        return SeeOther.to("consultations.document", slug=found.slug, document_id=document_id)
    return stored_document(visit, found, document_id)


def _previewed(visit: Visit, token: str) -> Consultation:
    found = services.find_previewed(visit.session, token, visit.now)
    if found is None:
        raise Gone("This link to a preview does not work any more. Ask who sent it for another.")
    return found


def _links_page(
    visit: Visit, organisation: str, consultation: Consultation, secret: str = ""
) -> Page:
    return Page.of(
        "consultations/preview_links.html",
        organisation=owner_of(visit, organisation),
        consultation=consultation,
        links=services.list_preview_links(visit.session, consultation.id),
        is_draft=consultation.state is State.DRAFT,
        now=visit.now,
        address=f"{visit.settings.url}/previews/{secret}" if secret else "",
        is_ended=visit.query.get("done") == "ended",
    )
