"""The log itself: its pages, one entry with all that was ever in it, and files to download."""

from __future__ import annotations

import uuid

from webapp.consultations.subjects import consultation_subject
from webapp.outreach import pages, services
from webapp.outreach.views.room import LOG, OF_ENTRY, OF_LOG, about, consultation_of, entry_of, room
from webapp.web import FileReply, Page, Reply, Visit
from webapp.web.errors import NotFound
from webapp.web.paging import part_of
from webapp.web.replies import StoredReply

LINES = 50
CSV = "text/csv; charset=utf-8"


@room.get(OF_LOG, permission=LOG, subject=consultation_subject)
def index(visit: Visit, organisation: str, slug: str) -> Reply:
    """List what was recorded, those of the last day in front."""
    found = consultation_of(visit, slug)
    total = services.count_entries(visit.session, found.id)
    part = part_of(visit.query.get("page", ""), total, LINES)
    return Page.of(
        "outreach/index.html",
        lines=services.list_lines(visit.session, found.id, first=part.first, most=LINES),
        part=part,
        summary=services.total_by_class(visit.session, found.id),
        done=visit.query.get("done", ""),
        **about(visit, organisation, slug),
    )


@room.get(f"{OF_LOG}.csv", permission=LOG, subject=consultation_subject)
def log_csv(visit: Visit, organisation: str, slug: str) -> Reply:
    """Download what entries say now, and which are struck out."""
    lines = services.list_lines(visit.session, consultation_of(visit, slug).id)
    content = pages.log_table(lines).encode()
    return FileReply(content, CSV, f"Who was told, {slug}.csv")


@room.get(OF_ENTRY, permission=LOG, subject=consultation_subject)
def entry(visit: Visit, organisation: str, slug: str, entry_id: uuid.UUID) -> Reply:
    """Show an entry with every version, and who struck it out."""
    return Page.of(
        "outreach/entry.html",
        entry=entry_of(visit, slug, entry_id),
        done=visit.query.get("done", ""),
        **about(visit, organisation, slug),
    )


@room.get(f"{OF_ENTRY}/versions/<int:number>/file", permission=LOG, subject=consultation_subject)
def attachment(
    visit: Visit, organisation: str, slug: str, entry_id: uuid.UUID, number: int
) -> Reply:
    """Hand out what is attached to a version, to be saved and never shown as a page of ours."""
    versions = entry_of(visit, slug, entry_id).versions
    file = next((each.told.attachment for each in versions if each.number == number), None)
    if file is None:
        raise NotFound
    return StoredReply(file.sha256, file.media_type, file.file_name)
