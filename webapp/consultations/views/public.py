"""What everybody sees: which consultations there are, what each is about, and the start."""

from __future__ import annotations

from typing import Any

from webapp.accounts.services import get_organisation
from webapp.consultations import services
from webapp.consultations.consultation import Consultation, EventKind
from webapp.consultations.errors import ConsultationNotOpen
from webapp.consultations.opening import Phase
from webapp.consultations.pages.log import public_log
from webapp.consultations.pages.preparing import listed_documents
from webapp.consultations.views.room import (
    READ,
    WRITE,
    chosen_language,
    cookie_name,
    find_responding,
    published,
    room,
)
from webapp.web.errors import NotFound
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.tasks import PublicLink
from webapp.web.visit import SHARED_DEVICE, Visit


@room.get("/consultations", permission=READ)
def index(visit: Visit) -> Reply:
    """List what is open, what is coming and what has closed."""
    listed = services.list_public_consultations(visit.session, visit.now)
    return Page.of(
        "consultations/index.html",
        open=tuple(each for each in listed if each.phase is Phase.OPEN),
        coming=tuple(each for each in listed if each.phase is Phase.COMING),
        closed=tuple(each for each in listed if each.phase is Phase.CLOSED),
    )


@room.get("/consultations/<slug>", permission=READ)
def about(visit: Visit, slug: str) -> Reply:
    """Say what is consulted on, until when, and what will become of the answers."""
    consultation = published(visit, slug)
    responding = find_responding(visit, consultation)
    page = about_page(visit, consultation)
    if responding:
        page["asking"] = responding.asking
    return Page.of(
        "consultations/about.html",
        **page,
        responding=responding is not None,
        was_sent=responding is None and _was_sent(visit, consultation),
        lost=visit.query.get("response") == "none",
        links=_links(visit, consultation),
    )


def _links(visit: Visit, consultation: Consultation) -> tuple[PublicLink, ...]:
    """Return what the rooms above this one show the public of a consultation now."""
    phase = consultation.phase(visit.now)
    return tuple(
        each
        for each in visit.public_links
        if phase in each.phases
        and (each.is_shown is None or each.is_shown(visit.session, consultation.id))
    )


def _was_sent(visit: Visit, consultation: Consultation) -> bool:
    """Say whether what this browser was writing has been sent, perhaps by a colleague."""
    code = str(visit.cookie.get(cookie_name(consultation.slug), ""))
    way = services.find_way(visit.session, code)
    return way is not None and way.was_sent and way.consultation_id == consultation.id


@room.post("/consultations/<slug>/start", permission=WRITE)
def start(visit: Visit, slug: str) -> Reply:
    """Start a response, or go on with the one that this browser has.

    Raises Crowded where more people begin than the installation expects.
    """
    consultation = published(visit, slug)
    if find_responding(visit, consultation):
        return SeeOther.to("consultations.task_list", slug=slug)
    # Whoever has started goes on whatever happens; who comes new may be asked to wait.
    visit.surge.admit("starts")
    try:
        token = services.start_draft(
            visit.session,
            consultation_id=consultation.id,
            now=visit.now,
            language=chosen_language(visit, slug) or "",
        )
    except ConsultationNotOpen:
        return SeeOther.to("consultations.about", slug=slug)
    reply = SeeOther.to("consultations.about_you", slug=slug, step="responding-as")
    if visit.form.get("shared") == "yes":
        reply = reply.remembering(SHARED_DEVICE, True)
    return reply.remembering(cookie_name(slug), token)


@room.get("/consultations/<slug>/privacy-notice", permission=READ)
def privacy_notice(visit: Visit, slug: str) -> Reply:
    """Show the privacy notice as it stands."""
    consultation = published(visit, slug)
    if not consultation.details.privacy_notice:
        raise NotFound
    return Page.of(
        "consultations/privacy_notice.html",
        consultation=consultation,
        edition=services.list_editions(visit.session, consultation.id)[-1],
    )


@room.get("/consultations/<slug>/log", permission=READ)
def log(visit: Visit, slug: str) -> Reply:
    """Show what happened to a consultation, to everybody."""
    consultation = published(visit, slug)
    return Page.of(
        "consultations/log.html",
        consultation=consultation,
        entries=public_log(
            consultation,
            services.list_events(visit.session, consultation.id),
            services.list_editions(visit.session, consultation.id),
            services.list_late_decisions(visit.session, consultation.id),
            visit.now,
        ),
    )


def about_page(visit: Visit, consultation: Consultation) -> dict[str, Any]:
    """Return what the public page of a consultation shows; its preview shows the same."""
    closed = [
        event
        for event in services.list_events(visit.session, consultation.id)
        if event.kind is EventKind.CLOSED
    ]
    documents = services.list_all_documents(visit.session, consultation.id)
    return {
        "papers": listed_documents([each for each in documents if not each.last_edition]),
        "replaced": listed_documents([each for each in documents if each.last_edition]),
        "link": {"endpoint": "consultations.document", "of": {"slug": consultation.slug}},
        "consultation": consultation,
        "organisation": get_organisation(visit.session, consultation.organisation_id),
        "phase": consultation.phase(visit.now),
        "asking": services.get_asking(
            visit.library, consultation, chosen_language(visit, consultation.slug) or ""
        ),
        "closing_reason": closed[-1].note if closed else "",
        "revisions": services.list_revisions(visit.session, consultation.id, since=1)
        if consultation.edition > 1
        else (),
    }
