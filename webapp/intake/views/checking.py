"""The check by a second person, and taking out what is no response."""

from __future__ import annotations

import re
import uuid

from webapp.consultations.errors import EmptyResponse, RespondentMissing
from webapp.intake import services
from webapp.intake.forms.reasons import ReasonForm
from webapp.intake.items import Item, ItemMoved, ItemState, OwnWork
from webapp.intake.pages import items as pages
from webapp.intake.subjects import item_subject
from webapp.intake.views.items import item_context
from webapp.intake.views.room import OF_ITEM, TAKE_IN, Place, actor, item_of, place_of, room
from webapp.web.errors import Conflict, Forbidden
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit


@room.get(f"{OF_ITEM}/check", permission=TAKE_IN, subject=item_subject)
def check(visit: Visit, organisation: str, slug: str, intake_id: uuid.UUID) -> Reply:
    """Show what came and what was transcribed side by side."""
    place = place_of(visit, organisation, slug)
    found = item_of(visit, place, intake_id)
    if found.state is not ItemState.CHECKING or found.was_typed_by(visit.identity.account_id):
        return SeeOther.to("intake.item", intake_id=intake_id, **place.address)
    return _check_page(visit, place, found, ReasonForm())


@room.post(f"{OF_ITEM}/approve", permission=TAKE_IN, subject=item_subject)
def approve(visit: Visit, organisation: str, slug: str, intake_id: uuid.UUID) -> Reply:
    """Make a response of what was transcribed."""
    place = place_of(visit, organisation, slug)
    try:
        services.approve(
            visit.session,
            item_id=intake_id,
            round_seen=_round(visit),
            asking=place.asking,
            library=visit.library,
            by=actor(visit),
            now=visit.now,
        )
    except OwnWork as own:
        raise Forbidden(str(own)) from None
    except ItemMoved as moved:
        raise Conflict(str(moved)) from None
    except (EmptyResponse, RespondentMissing):
        # The questions were put right after it was transcribed.
        raise Conflict(
            "What is asked has changed since this was transcribed. Send it back, so that it is"
            " transcribed again."
        ) from None
    return SeeOther.to("intake.item", intake_id=intake_id, done="taken", **place.address)


@room.post(f"{OF_ITEM}/send-back", permission=TAKE_IN, subject=item_subject)
def send_back(visit: Visit, organisation: str, slug: str, intake_id: uuid.UUID) -> Reply:
    """Ask for the transcription to be corrected."""
    place = place_of(visit, organisation, slug)
    found = item_of(visit, place, intake_id)
    form: ReasonForm = ReasonForm.posted(visit.form)
    may_check = not found.was_typed_by(visit.identity.account_id)
    if not form.validate() and found.state is ItemState.CHECKING and may_check:
        return _check_page(visit, place, found, form, status=422)
    try:
        services.send_back(
            visit.session,
            item_id=intake_id,
            round_seen=_round(visit),
            reason=form.reason.data or "",
            by=actor(visit),
            now=visit.now,
        )
    except OwnWork as own:
        raise Forbidden(str(own)) from None
    except ItemMoved as moved:
        raise Conflict(str(moved)) from None
    return SeeOther.to("intake.item", intake_id=intake_id, done="sent-back", **place.address)


@room.get(f"{OF_ITEM}/remove", permission=TAKE_IN, subject=item_subject)
def confirm_removal(visit: Visit, organisation: str, slug: str, intake_id: uuid.UUID) -> Reply:
    """Ask why something is no response."""
    place = place_of(visit, organisation, slug)
    found = item_of(visit, place, intake_id)
    if not found.is_open:
        return SeeOther.to("intake.item", intake_id=intake_id, **place.address)
    return _removal_page(visit, place, found, ReasonForm())


@room.post(f"{OF_ITEM}/remove", permission=TAKE_IN, subject=item_subject)
def remove(visit: Visit, organisation: str, slug: str, intake_id: uuid.UUID) -> Reply:
    """Take out what is no response, and erase its words and files."""
    place = place_of(visit, organisation, slug)
    found = item_of(visit, place, intake_id)
    form: ReasonForm = ReasonForm.posted(visit.form)
    if not form.validate():
        return _removal_page(visit, place, found, form, status=422)
    try:
        services.remove_item(
            visit.session,
            item_id=intake_id,
            reason=form.reason.data or "",
            by=actor(visit),
            now=visit.now,
        )
    except ItemMoved as moved:
        raise Conflict(str(moved)) from None
    return SeeOther.to("intake.index", done="removed", **place.address)


def _round(visit: Visit) -> int:
    typed = visit.form.get("round", "")
    return int(typed) if re.fullmatch(r"[0-9]{1,6}", typed) else 0


def _check_page(
    visit: Visit, place: Place, found: Item, form: ReasonForm, status: int = 200
) -> Page:
    transcription = services.get_transcription(visit.session, found.id)
    return Page.of(
        "intake/check.html",
        status=status,
        said=pages.transcribed(place.asking, transcription),
        typists=[each.name for each in found.typists],
        form=form,
        **item_context(visit, place, found),
    )


def _removal_page(
    visit: Visit, place: Place, found: Item, form: ReasonForm, status: int = 200
) -> Page:
    return Page.of(
        "intake/remove.html", status=status, form=form, **item_context(visit, place, found)
    )
