"""Many organisations at once: a list is pasted, looked at, and added."""

from __future__ import annotations

import uuid

from webapp.consultations.subjects import consultation_subject
from webapp.outreach import services
from webapp.outreach.errors import NothingListed
from webapp.outreach.forms import ListForm
from webapp.outreach.names import same_name
from webapp.outreach.pasting import MOST_LINES, Pasted
from webapp.outreach.views.room import LOG, OF_LOG, about, actor, consultation_of, room
from webapp.persistence import new_id
from webapp.web import Page, Reply, SeeOther, Visit

PROBLEMS_SHOWN = 10


@room.get(f"{OF_LOG}/list", permission=LOG, subject=consultation_subject)
def paste(visit: Visit, organisation: str, slug: str) -> Reply:
    """Ask for a list of organisations."""
    return _paste_page(visit, organisation, slug, ListForm())


@room.post(f"{OF_LOG}/list", permission=LOG, subject=consultation_subject)
def preview(visit: Visit, organisation: str, slug: str) -> Reply:
    """Show what would be added, or the form again."""
    form = ListForm.posted(visit.form).on(visit.today)
    if visit.form.get("step") == "change":
        return _paste_page(visit, organisation, slug, form)
    pasted = _read(visit, slug, form)
    if pasted is None:
        return _paste_page(visit, organisation, slug, form, status=422)
    return _preview_page(visit, organisation, slug, form, pasted)


@room.post(f"{OF_LOG}/list/add", permission=LOG, subject=consultation_subject)
def add_list(visit: Visit, organisation: str, slug: str) -> Reply:
    """Add an entry for each organisation, once however often this is posted."""
    form = ListForm.posted(visit.form).on(visit.today)
    pasted = _read(visit, slug, form)
    if pasted is None:
        return _paste_page(visit, organisation, slug, form, status=422)
    again = {same_name(each) for each in form.again.data or ()}
    chosen = [
        form.told(each.name)
        for each in pasted.names
        if not each.was_told or same_name(each.name) in again
    ]
    try:
        services.add_list(
            visit.session,
            batch_id=_batch_id(visit),
            consultation_id=consultation_of(visit, slug).id,
            told=chosen,
            by=actor(visit),
            now=visit.now,
        )
    except NothingListed:
        return _preview_page(visit, organisation, slug, form, pasted, status=422)
    return SeeOther.to("outreach.index", organisation=organisation, slug=slug, done="listed")


def _read(visit: Visit, slug: str, form: ListForm) -> Pasted | None:
    """Return what the list names, or None with what is wrong beside its fields."""
    if not form.validate():
        return None
    found = consultation_of(visit, slug)
    pasted = services.read_pasted(visit.session, found.id, form.names.data or "")
    problems = list(pasted.problems[:PROBLEMS_SHOWN])
    more = len(pasted.problems) - len(problems)
    if more > 0:
        problems.append(f"{more} more lines have a mistake")
    if not pasted.names and not problems:
        problems.append("Enter the organisations, one a line")
    form.names.errors = problems
    return None if problems else pasted


def _paste_page(
    visit: Visit, organisation: str, slug: str, form: ListForm, *, status: int = 200
) -> Page:
    return Page.of(
        "outreach/paste.html",
        status=status,
        form=form,
        most=MOST_LINES,
        **about(visit, organisation, slug),
    )


def _preview_page(
    visit: Visit,
    organisation: str,
    slug: str,
    form: ListForm,
    pasted: Pasted,
    *,
    status: int = 200,
) -> Page:
    if status != 200:
        form.again.errors = ["Tick an organisation to record it again, or change the list"]
    return Page.of(
        "outreach/preview.html",
        status=status,
        form=form,
        pasted=pasted,
        batch_id=_batch_id(visit),
        **about(visit, organisation, slug),
    )


def _batch_id(visit: Visit) -> uuid.UUID:
    try:
        return uuid.UUID(visit.form.get("batch", ""))
    except ValueError:
        return new_id()
