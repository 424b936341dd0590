"""Who was told and has answered, by class and by the name of the organisation."""

from __future__ import annotations

from webapp.consultations.subjects import consultation_subject
from webapp.outreach import pages, services
from webapp.outreach.views.log import CSV
from webapp.outreach.views.room import LOG, OF_LOG, about, consultation_of, room
from webapp.web import FileReply, Page, Reply, Visit
from webapp.web.paging import part_of

SHOWN = 100


@room.get(f"{OF_LOG}/classes", permission=LOG, subject=consultation_subject)
def classes(visit: Visit, organisation: str, slug: str) -> Reply:
    """Show each class with what it was told, and how many of its responses count."""
    found = consultation_of(visit, slug)
    return Page.of(
        "outreach/classes.html",
        summary=services.total_by_class(visit.session, found.id),
        **about(visit, organisation, slug),
    )


@room.get(f"{OF_LOG}/classes.csv", permission=LOG, subject=consultation_subject)
def classes_csv(visit: Visit, organisation: str, slug: str) -> Reply:
    """Download where each class stands."""
    summary = services.total_by_class(visit.session, consultation_of(visit, slug).id)
    content = pages.classes_table(summary).encode()
    return FileReply(content, CSV, f"Who was told by class, {slug}.csv")


@room.get(f"{OF_LOG}/organisations", permission=LOG, subject=consultation_subject)
def organisations(visit: Visit, organisation: str, slug: str) -> Reply:
    """Show each organisation that was told by its name, or those that are waited for."""
    listed = services.list_organisations(visit.session, consultation_of(visit, slug).id)
    waited_for = tuple(each for each in listed if each.match.is_waited_for)
    is_waiting = visit.query.get("show") == "waiting"
    shown = waited_for if is_waiting else listed
    part = part_of(visit.query.get("page", ""), len(shown), SHOWN)
    return Page.of(
        "outreach/organisations.html",
        lines=shown[part.first : part.first + SHOWN],
        part=part,
        is_waiting=is_waiting,
        total=len(listed),
        waiting=len(waited_for),
        **about(visit, organisation, slug),
    )


@room.get(f"{OF_LOG}/organisations.csv", permission=LOG, subject=consultation_subject)
def organisations_csv(visit: Visit, organisation: str, slug: str) -> Reply:
    """Download each organisation with what was found for its name."""
    listed = services.list_organisations(visit.session, consultation_of(visit, slug).id)
    content = pages.organisations_table(listed).encode()
    return FileReply(content, CSV, f"Organisations that were told, {slug}.csv")
