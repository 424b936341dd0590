"""The page of one pack: look at it, start it, follow it, download it, delete it."""

from __future__ import annotations

import uuid

from webapp.accounts.services import get_organisation
from webapp.packs import pages, services
from webapp.packs.pack import Pack
from webapp.packs.services import NotAsPinned, PackChanged
from webapp.packs.subjects import pack_subject
from webapp.packs.views.room import OF_PACK, room, the_pack
from webapp.security import Permission
from webapp.web.errors import Conflict, NotFound
from webapp.web.replies import Page, Reply, SeeOther, StoredReply
from webapp.web.visit import Visit

MANAGE = Permission.PACK_MANAGE


@room.get(OF_PACK, permission=MANAGE, subject=pack_subject)
def pack(visit: Visit, pack_id: uuid.UUID) -> Reply:
    """Show a pack as it stands."""
    found = the_pack(visit, pack_id)
    return Page.of(
        "packs/pack.html",
        page=_page(visit, found),
        organisation=get_organisation(visit.session, found.organisation_id),
    )


@room.post(f"{OF_PACK}/start", permission=MANAGE, subject=pack_subject)
def start(visit: Visit, pack_id: uuid.UUID) -> Reply:
    """Let the forms be made."""
    the_pack(visit, pack_id)
    try:
        services.start_pack(visit.session, pack_id, visit.now)
    except PackChanged:
        raise Conflict("The forms were started or thrown away before: look at the page.") from None
    return SeeOther.to("packs.pack", pack_id=pack_id)


@room.post(f"{OF_PACK}/cancel", permission=MANAGE, subject=pack_subject)
def cancel(visit: Visit, pack_id: uuid.UUID) -> Reply:
    """Stop making the forms and delete what was made."""
    the_pack(visit, pack_id)
    try:
        services.cancel_pack(visit.session, pack_id, visit.now)
    except PackChanged:
        raise Conflict("The forms are no longer being made: look at the page.") from None
    return SeeOther.to("packs.pack", pack_id=pack_id)


@room.post(f"{OF_PACK}/delete", permission=MANAGE, subject=pack_subject)
def delete(visit: Visit, pack_id: uuid.UUID) -> Reply:
    """Delete the forms and who they were for."""
    found = the_pack(visit, pack_id)
    try:
        services.delete_pack(visit.session, pack_id, visit.now)
    except PackChanged:
        raise Conflict("The forms are being made: cancel that first.") from None
    organisation = get_organisation(visit.session, found.organisation_id)
    return SeeOther.to(pages.WORDS[found.form].index, organisation=organisation.slug)


@room.get(f"{OF_PACK}/forms.zip", permission=MANAGE, subject=pack_subject)
def forms_zip(visit: Visit, pack_id: uuid.UUID) -> Reply:
    """Send the ZIP of a pack that is finished."""
    found = the_pack(visit, pack_id)
    if found.finished is None:
        raise NotFound("These forms are not made yet.")
    return StoredReply(found.finished.archive, "application/zip", _page(visit, found).name)


def _page(visit: Visit, found: Pack) -> pages.PackPage:
    try:
        published = services.get_published(visit.library, found)
    except NotAsPinned:
        published = None
    organisation = get_organisation(visit.session, found.organisation_id)
    people = services.list_people(visit.session, found.id)
    return pages.pack_page(found, published, people, organisation.name)
