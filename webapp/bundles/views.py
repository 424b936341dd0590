"""The page of bundles: what is in one, asking for one, and downloading it."""

from __future__ import annotations

import uuid
from typing import Any

from exports.bundles.packing import HOW_TO_CHECK
from webapp.accounts.services import find_organisation
from webapp.bundles import services
from webapp.bundles.bundle import KEPT, State
from webapp.bundles.gathering import LEFT_OUT
from webapp.consultations.attaching import size_in_words
from webapp.consultations.consultation import Actor, Consultation
from webapp.consultations.services import find_consultation
from webapp.consultations.subjects import consultation_subject
from webapp.security import Permission
from webapp.web import ConsultationTask, Page, Reply, Room, SeeOther, TaskGroup, Visit
from webapp.web.errors import Gone, NotFound
from webapp.web.replies import StoredReply

MAKE = Permission.BUNDLE_MAKE
BUNDLES = "/organisations/<organisation>/consultations/<slug>/bundles"

room = Room(
    "bundles",
    __name__,
    tasks=(
        ConsultationTask(
            MAKE,
            TaskGroup.RECORD,
            "Download the whole record as evidence",
            "bundles.index",
            phases=("draft", "coming", "open", "closed"),
        ),
    ),
)


@room.get(BUNDLES, permission=MAKE, subject=consultation_subject)
def index(visit: Visit, organisation: str, slug: str) -> Reply:
    """Say what a bundle has and has not, and list those that were made."""
    about = _about(visit, organisation, slug)
    listed = services.list_bundles(visit.session, about["consultation"].id)
    return Page.of(
        "bundles/index.html",
        listed=listed,
        is_waiting=any(each.state is State.WAITING for each in listed),
        left_out=LEFT_OUT,
        how_to_check=HOW_TO_CHECK,
        days=KEPT.days,
        kept=KEPT,
        size_in_words=size_in_words,
        **about,
    )


@room.post(BUNDLES, permission=MAKE, subject=consultation_subject)
def make(visit: Visit, organisation: str, slug: str) -> Reply:
    """Let a bundle be made."""
    if visit.identity.account_id is None:
        raise NotFound
    services.ask_for_bundle(
        visit.session,
        consultation_id=_consultation(visit, slug).id,
        by=Actor(visit.identity.account_id, visit.identity.name),
        now=visit.now,
    )
    return SeeOther.to("bundles.index", organisation=organisation, slug=slug)


@room.get(f"{BUNDLES}/<uuid:bundle_id>.zip", permission=MAKE, subject=consultation_subject)
def download(visit: Visit, organisation: str, slug: str, bundle_id: uuid.UUID) -> Reply:
    """Send the file of a bundle of this consultation."""
    found = services.find_bundle(visit.session, bundle_id)
    if found is None or found.consultation_id != _consultation(visit, slug).id:
        raise NotFound
    if found.state is State.DELETED:
        raise Gone("This bundle was deleted. Make it again: nothing of the record is lost.")
    if found.made is None:
        raise NotFound("This bundle is not made yet.")
    day = f"{found.finished_at:%Y-%m-%d}" if found.finished_at else ""
    return StoredReply(found.made.sha256, "application/zip", f"Record of {slug} {day}.zip")


def _about(visit: Visit, organisation: str, slug: str) -> dict[str, Any]:
    owner = find_organisation(visit.session, organisation)
    if owner is None:
        raise NotFound
    return {"organisation": owner, "consultation": _consultation(visit, slug)}


def _consultation(visit: Visit, slug: str) -> Consultation:
    found = find_consultation(visit.session, slug)
    if found is None:
        raise NotFound
    return found
