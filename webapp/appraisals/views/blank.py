"""The blank form of a position, to read, print and write on."""

from __future__ import annotations

from exports.templating import body
from webapp.accounts.subjects import organisation_subject
from webapp.appraisals.record import blank_record
from webapp.appraisals.views.room import OF_ORGANISATION, room, the_organisation
from webapp.appraisals.views.starting import chosen_position, position_page
from webapp.security import Permission
from webapp.web.errors import NotFound
from webapp.web.replies import DocumentReply, Page, Reply
from webapp.web.visit import Visit


@room.get(
    f"{OF_ORGANISATION}/blank", permission=Permission.REVIEW_LIST, subject=organisation_subject
)
def blank(visit: Visit, organisation: str) -> Reply:
    """Show the blank form of a position, or ask for the position first."""
    where = the_organisation(visit, organisation)
    chosen = chosen_position(visit)
    if chosen is None:
        return position_page(visit, organisation, "appraisals.blank", "Blank review form")
    published, profile = chosen
    document = blank_record(published, profile.key, organisation=where.name, on=visit.today)
    return Page.of(
        "appraisals/blank.html",
        organisation=organisation,
        published=published,
        profile=profile,
        body=body(document),
    )


@room.get(
    f"{OF_ORGANISATION}/blank.pdf", permission=Permission.REVIEW_LIST, subject=organisation_subject
)
def blank_pdf(visit: Visit, organisation: str) -> Reply:
    """Send the blank form of a position as a PDF file."""
    where = the_organisation(visit, organisation)
    chosen = chosen_position(visit)
    if chosen is None:
        raise NotFound
    published, profile = chosen
    document = blank_record(published, profile.key, organisation=where.name, on=visit.today)
    name = f"Review form {profile.title} {published.reference}.pdf"
    return DocumentReply(document, name, once=True)
