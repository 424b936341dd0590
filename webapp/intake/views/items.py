"""The page of one item: what came, where it stands, and what there is to do."""

from __future__ import annotations

import uuid
from typing import Any

from webapp.consultations.pages.respondent import task_list
from webapp.consultations.respondents import label_of
from webapp.intake import services
from webapp.intake.forms.arrivals import FileForm
from webapp.intake.items import Item, ItemState
from webapp.intake.pages import items as pages
from webapp.intake.subjects import item_subject
from webapp.intake.views.room import OF_ITEM, TAKE_IN, Place, item_of, place_of, room
from webapp.web.replies import Page, Reply
from webapp.web.visit import Visit


@room.get(OF_ITEM, permission=TAKE_IN, subject=item_subject)
def item(visit: Visit, organisation: str, slug: str, intake_id: uuid.UUID) -> Reply:
    """Show an item."""
    place = place_of(visit, organisation, slug)
    return item_page(visit, place, item_of(visit, place, intake_id))


def item_page(
    visit: Visit,
    place: Place,
    found: Item,
    *,
    files: FileForm | None = None,
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
