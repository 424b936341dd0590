"""The page after signing in, and that of one organisation."""

from __future__ import annotations

from webapp.accounts import pages, services
from webapp.accounts.subjects import organisation_subject
from webapp.accounts.views.room import room
from webapp.security import Permission
from webapp.web.errors import NotFound
from webapp.web.replies import Page, Reply
from webapp.web.visit import Visit


@room.get("/staff", permission=Permission.STAFF_HOME)
def staff_home(visit: Visit) -> Reply:
    """Show somebody's organisations, tasks, and what they were asked to do."""
    page = pages.staff_page(
        visit.identity,
        services.list_organisations_of(visit.session, visit.identity),
        services.list_invitations_of(visit.session, visit.identity),
        visit.staff_tasks,
    )
    return Page.of("accounts/staff.html", page=page)


@room.get(
    "/organisations/<organisation>",
    permission=Permission.ORGANISATION_READ,
    subject=organisation_subject,
)
def organisation_home(visit: Visit, organisation: str) -> Reply:
    """Show the tasks in one organisation."""
    found = services.find_organisation(visit.session, organisation)
    if found is None:
        raise NotFound
    card = pages.organisation_card(visit.identity, found, visit.staff_tasks)
    return Page.of("accounts/organisation.html", card=card)
