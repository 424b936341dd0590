"""The page of one item: what came, where it stands, and what there is to do."""

from __future__ import annotations

import uuid
from typing import Any

from webapp.consultations.pages.respondent import task_list
from webapp.consultations.respondents import label_of
from webapp.intake import services
from webapp.intake.forms.arrivals import FileForm
from webapp.intake.forms.reasons import ReasonForm
from webapp.intake.items import Item, ItemState, UnknownItem
from webapp.intake.originals import packed
from webapp.intake.pages import items as pages
from webapp.intake.subjects import item_subject
from webapp.intake.views.room import (
    OF_ITEM,
    TAKE_IN,
    Place,
    actor,
    item_of,
    place_of,
    room,
    stored,
)
from webapp.security import Permission, Subject, permits
from webapp.web.errors import NotFound
from webapp.web.replies import FileReply, Page, Reply
from webapp.web.visit import Visit

DECIDE = Permission.RESPONSE_DECIDE


@room.get(OF_ITEM, permission=TAKE_IN, subject=item_subject)
def item(visit: Visit, organisation: str, slug: str, intake_id: uuid.UUID) -> Reply:
    """Show an item."""
    place = place_of(visit, organisation, slug)
    return item_page(visit, place, item_of(visit, place, intake_id))


@room.post(f"{OF_ITEM}/original", permission=DECIDE, subject=item_subject)
def original(visit: Visit, organisation: str, slug: str, intake_id: uuid.UUID) -> Reply:
    """Hand out what came, for a recorded reason, after words were taken out of the response."""
    place = place_of(visit, organisation, slug)
    found = item_of(visit, place, intake_id)
    form = ReasonForm.posted(visit.form)
    if not form.validate():
        return item_page(visit, place, found, reading=form, status=422)
    try:
        words, sources = services.read_again(
            visit.session,
            item_id=found.id,
            reason=form.reason.data or "",
            by=actor(visit),
            now=visit.now,
        )
    except UnknownItem:
        raise NotFound from None
    files = ((each.name, stored(visit, each.sha256)) for each in sources)
    name = f"item-{found.number}-as-it-came.zip"
    return FileReply(packed(words, files), "application/zip", name)


def item_page(
    visit: Visit,
    place: Place,
    found: Item,
    *,
    files: FileForm | None = None,
    reading: ReasonForm | None = None,
    problem: str = "",
    status: int = 200,
) -> Page:
    """Return the page of an item; `files` is the form for another file as it was sent."""
    transcription = services.get_transcription(visit.session, found.id)
    events = services.list_item_events(visit.session, found.id)
    is_typed = found.state is ItemState.TRANSCRIBING
    draft = pages.as_draft(found, transcription)
    return Page.of(
        "intake/item.html",
        status=status,
        tasks=task_list(place.asking, draft) if is_typed else None,
        read=sum(1 for each in transcription.typed if each.is_read),
        files=files or FileForm(),
        reading=reading or ReasonForm(),
        is_shown=services.is_shown(visit.session, found.id),
        may_read_again=permits(
            visit.identity, DECIDE, Subject(organisation_id=place.organisation.id)
        ),
        problem=problem,
        sent_back=pages.sent_back_for(found, events),
        events=pages.logged(events),
        done=visit.query.get("done", "") if not visit.is_post else "",
        is_mine=found.was_typed_by(visit.identity.account_id),
        **item_context(visit, place, found),
    )


def item_context(visit: Visit, place: Place, found: Item) -> dict[str, Any]:
    """Return what every page about an item shows of it."""
    note, words = services.texts_of(visit.session, found.id)
    return {
        "item": found,
        "title": f"Item {found.number}",
        "how": label_of(found.channel),
        "received": pages.received_in_words(found, visit.now),
        "note": note,
        "words": words,
        "sources": pages.shown_sources(services.list_sources(visit.session, found.id)),
        **place.context,
    }
