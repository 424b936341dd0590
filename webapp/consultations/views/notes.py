"""Notes among colleagues about one item: never sent, and never published."""

from __future__ import annotations

import uuid

from webapp.consultations import services
from webapp.consultations.errors import TooManyNotes
from webapp.consultations.forms.together import NoteForm
from webapp.consultations.pages.together import title_of
from webapp.consultations.views.room import OF_RESPONSE, WRITE, Responding, room, with_draft
from webapp.consultations.views.together import DONE, beside
from webapp.web.errors import Gone, NotFound
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit

NOTES = f"{OF_RESPONSE}/notes/<item_key>"
SAID = DONE | {"added": "Your note is saved", "deleted": "Your note was deleted"}


@room.get(NOTES, permission=WRITE)
@with_draft
def notes(visit: Visit, responding: Responding, item_key: str) -> Reply:
    """Show the notes about an item, with room for another."""
    return _notes_page(visit, responding, item_key, NoteForm())


@room.post(NOTES, permission=WRITE)
@with_draft
def add_note(visit: Visit, responding: Responding, item_key: str) -> Reply:
    """Add a note about an item."""
    form = NoteForm.posted(visit.form)
    _check(responding, item_key)
    if not form.validate():
        return _notes_page(visit, responding, item_key, form, status=422)
    try:
        services.add_note(
            visit.session,
            consultation_id=responding.consultation.id,
            token=responding.token,
            item_key=item_key,
            text=form.text.data or "",
            now=visit.now,
        )
    except TooManyNotes as error:
        form.text.errors = [str(error)]
        return _notes_page(visit, responding, item_key, form, status=422)
    return _back(responding, item_key, "added")


@room.post(f"{NOTES}/<uuid:note_id>/delete", permission=WRITE)
@with_draft
def delete_note(visit: Visit, responding: Responding, item_key: str, note_id: uuid.UUID) -> Reply:
    """Delete a note of one's own."""
    _check(responding, item_key)
    deleted = services.delete_note(
        visit.session,
        consultation_id=responding.consultation.id,
        token=responding.token,
        note_id=note_id,
        now=visit.now,
    )
    if not deleted:
        raise Gone("This note was deleted already, or a colleague wrote it.")
    return _back(responding, item_key, "deleted")


def _notes_page(
    visit: Visit, responding: Responding, item_key: str, form: NoteForm, status: int = 200
) -> Page:
    _check(responding, item_key)
    item = responding.asking.items[item_key]
    return Page.of(
        "consultations/together_notes.html",
        status=status,
        consultation=responding.consultation,
        is_open=responding.is_open,
        item=item,
        title=title_of(item),
        together=beside(visit, responding, item_key),
        form=form,
        done=SAID.get(visit.query.get("done", ""), ""),
    )


def _check(responding: Responding, item_key: str) -> None:
    # Who writes alone has no notes; a note about what was taken off the list can still be read.
    if responding.draft.member is None or item_key not in responding.asking.items:
        raise NotFound


def _back(responding: Responding, item_key: str, done: str) -> SeeOther:
    slug = responding.consultation.slug
    return SeeOther.to("consultations.notes", slug=slug, item_key=item_key, done=done)
