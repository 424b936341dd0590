"""The room that the views register with, and what they share."""

from __future__ import annotations

from webapp.publication import services
from webapp.security import Permission
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


def page_number(visit: Visit, name: str = "page") -> int:
    """Return which page of a list is asked for, the first where it is none."""
    typed = visit.query.get(name, "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
    return min(max(number, 1), MOST_PAGES)
