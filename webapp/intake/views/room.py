"""The room that these views register with, and what they share."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from webapp.accounts.people import OrganisationValue
from webapp.accounts.services import find_organisation
from webapp.consultations.asking import Asking
from webapp.consultations.consultation import Actor, Consultation
from webapp.consultations.services import find_consultation, get_asking
from webapp.files import FileDamaged, UnknownFile
from webapp.intake import services
from webapp.intake.items import Item, UnknownItem
from webapp.security import Permission
from webapp.web import ConsultationTask, Room, TaskGroup, Visit
from webapp.web.errors import Gone, NotFound

TAKE_IN = Permission.RESPONSE_TAKE_IN
OF_CONSULTATION = "/organisations/<organisation>/consultations/<slug>/intake"
OF_ITEM = f"{OF_CONSULTATION}/<uuid:intake_id>"
IMPORTS = f"{OF_CONSULTATION}/imports"
OF_IMPORT = f"{IMPORTS}/<uuid:import_id>"

room = Room(
    "intake",
    "webapp.intake.views",
    tasks=(
        ConsultationTask(
            TAKE_IN,
            TaskGroup.RESPONSES,
            "Take in responses that came in other ways",
            "intake.index",
            phases=("open", "closed"),
            waiting=services.count_waiting,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Place:
    """The consultation that an address names, whose it is, and what it asks."""

    organisation: OrganisationValue
    consultation: Consultation
    asking: Asking

    @property
    def address(self) -> dict[str, str]:
        """The parts of an address within the consultation."""
        return {"organisation": self.organisation.slug, "slug": self.consultation.slug}

    @property
    def context(self) -> dict[str, Any]:
        """What every template of this room is given."""
        return {
            "organisation": self.organisation,
            "consultation": self.consultation,
            "asking": self.asking,
            "here": self.address,
        }


def place_of(visit: Visit, organisation: str, slug: str) -> Place:
    """Return the place that an address names; the guard has seen to whose it is."""
    owner, found = (
        find_organisation(visit.session, organisation),
        find_consultation(visit.session, slug),
    )
    if owner is None or found is None:
        raise NotFound
    return Place(owner, found, get_asking(visit.library, found))


def item_of(visit: Visit, place: Place, intake_id: uuid.UUID) -> Item:
    """Return the item that an address names, or raise NotFound."""
    try:
        return services.get_item(visit.session, place.consultation.id, intake_id)
    except UnknownItem:
        raise NotFound from None


def actor(visit: Visit) -> Actor:
    """Return who asks, as what is recorded of what they do."""
    if visit.identity.account_id is None:
        raise NotFound
    return Actor(visit.identity.account_id, visit.identity.name)


def stored(visit: Visit, sha256: str) -> bytes:
    """Return a file that a row names; raises Gone where the disk has lost it."""
    try:
        return visit.files.get(sha256)
    except (UnknownFile, FileDamaged):
        raise Gone("This file is damaged or missing: ask for it to be restored.") from None
