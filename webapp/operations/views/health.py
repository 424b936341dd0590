"""The page that monitors read."""

from __future__ import annotations

from webapp.operations.services import examine_health
from webapp.operations.views.room import room
from webapp.security import Permission
from webapp.web import Visit
from webapp.web.replies import DataReply


@room.get("/health", permission=Permission.HEALTH_READ)
def health(visit: Visit) -> DataReply:
    """Say whether the service can do its work: 200, or 503 where it cannot."""
    found = examine_health(visit.session, visit.library, visit.now)
    return DataReply(found.value(), found.status)
