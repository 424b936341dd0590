"""What the pages of packs share: the room, and the pack that an address names."""

from __future__ import annotations

import uuid

from webapp.packs import services
from webapp.packs.pack import Pack, PackState
from webapp.security import Permission
from webapp.web.errors import Gone, NotFound
from webapp.web.room import Room
from webapp.web.tasks import StaffTask
from webapp.web.visit import Visit

OF_PACK = "/packs/<uuid:pack_id>"
REVIEW_PACKS = "/organisations/<organisation>/review-packs"
SCORECARD_PACKS = "/organisations/<organisation>/scorecard-packs"

room = Room(
    "packs",
    "webapp.packs.views",
    tasks=(
        StaffTask(
            Permission.REVIEW_PACK_MAKE,
            "Review forms for many people",
            "Make a prefilled review form for each person in a table",
            "packs.review_packs",
        ),
        StaffTask(
            Permission.SCORECARD_PACK_MAKE,
            "Scorecards for many people",
            "Make a prefilled scorecard for each candidate and panel member in a table",
            "packs.scorecard_packs",
        ),
    ),
)


def the_pack(visit: Visit, pack_id: uuid.UUID) -> Pack:
    """Return a pack; NotFound where there is none, Gone where it was deleted."""
    found = services.find_pack(visit.session, pack_id)
    if found is None:
        raise NotFound
    if found.state is PackState.DELETED:
        raise Gone("These forms were deleted. Make them again from the table of people.")
    return found
