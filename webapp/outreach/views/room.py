"""What the pages of the log share: the room, the consultation, and the entry of an address."""

from __future__ import annotations

import uuid
from typing import Any

from webapp.accounts.services import find_organisation
from webapp.consultations.attaching import size_in_words
from webapp.consultations.consultation import Actor, Consultation
from webapp.consultations.services import find_consultation
from webapp.outreach import services
from webapp.outreach.entries import Entry, class_in_words, way_in_words
from webapp.outreach.pages import ANSWERED_WORDS
from webapp.security import Permission
from webapp.web import ConsultationTask, Room, TaskGroup, Visit
from webapp.web.errors import NotFound

LOG = Permission.OUTREACH_LOG
OF_LOG = "/organisations/<organisation>/consultations/<slug>/outreach"
OF_ENTRY = f"{OF_LOG}/<uuid:entry_id>"

room = Room(
    "outreach",
    "webapp.outreach.views",
    tasks=(
        ConsultationTask(
            LOG,
            TaskGroup.RUN,
            "Record who was told, and see who has not answered",
            "outreach.index",
            phases=("draft", "coming", "open", "closed"),
        ),
    ),
)


def about(visit: Visit, organisation: str, slug: str) -> dict[str, Any]:
    """Return what every template shows: whose consultation it is, and words for what is kept."""
    owner = find_organisation(visit.session, organisation)
    if owner is None:
        raise NotFound
    return {
        "organisation": owner,
        "consultation": consultation_of(visit, slug),
        "class_in_words": class_in_words,
        "way_in_words": way_in_words,
        "size_in_words": size_in_words,
        "answered_words": ANSWERED_WORDS,
    }


def consultation_of(visit: Visit, slug: str) -> Consultation:
    """Return the consultation of an address; the guard has seen to whose it is."""
    found = find_consultation(visit.session, slug)
    if found is None:
        raise NotFound
    return found


def entry_of(visit: Visit, slug: str, entry_id: uuid.UUID) -> Entry:
    """Return the entry of an address, of this consultation alone."""
    found = services.find_entry(visit.session, consultation_of(visit, slug).id, entry_id)
    if found is None:
        raise NotFound
    return found


def actor(visit: Visit) -> Actor:
    """Return who asks, as what is recorded."""
    if visit.identity.account_id is None:
        raise NotFound
    return Actor(visit.identity.account_id, visit.identity.name)
