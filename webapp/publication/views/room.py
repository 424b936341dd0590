"""The room that the views register with, and what they share."""

from __future__ import annotations

from webapp.publication import services
from webapp.security import Permission
from webapp.web.paging import page_number
from webapp.web.room import Room
from webapp.web.tasks import ConsultationTask, PublicLink, TaskGroup
from webapp.web.visit import Visit

MODERATE = Permission.RESPONSE_MODERATE
READ = Permission.CONSULTATION_READ

MOST_PAGES = 10_000

room = Room(
    "publication",
    "webapp.publication.views",
    tasks=(
        ConsultationTask(
            MODERATE,
            TaskGroup.RESPONSES,
            "Moderate responses for publication",
            "publication.queue",
            phases=("open", "closed"),
            waiting=services.count_waiting,
        ),
        PublicLink(
            "Read the published responses",
            "publication.responses",
            is_shown=services.is_anything_published,
        ),
    ),
)


def page_asked_for(visit: Visit) -> int:
    """Return which page of a list is asked for, the first where it is none."""
    return page_number(visit.query.get("page", ""), MOST_PAGES)
