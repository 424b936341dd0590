"""Notes among the colleagues who write a response: never sent, and gone with the draft."""

from __future__ import annotations

import datetime as dt
import uuid

from webapp.consultations.errors import NotAMember, TooManyNotes
from webapp.consultations.response import Draft, Member
from webapp.consultations.services.drafts import lock_draft
from webapp.consultations.store import notes as store
from webapp.consultations.together import MOST_NOTES, Note
from webapp.persistence import Session


def notes_about(session: Session, draft_id: uuid.UUID, item_key: str) -> tuple[Note, ...]:
    """Return the notes about an item, the oldest first."""
    return store.list_notes(session, draft_id, item_key)


def count_notes(session: Session, draft_id: uuid.UUID) -> dict[str, int]:
    """Return how many notes there are about each item that has some."""
    return store.count_notes(session, draft_id)


def add_note(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    token: str,
    item_key: str,
    text: str,
    now: dt.datetime,
) -> None:
    """Tell the colleagues something about an item, once however often the same is posted.

    Raises NotAMember for who writes alone, TooManyNotes, ConsultationNotOpen or NoDraft.
    """
    draft = lock_draft(session, consultation_id, token, now)
    member = _member(draft)
    written = store.list_notes(session, draft.id, item_key)
    if written and (written[-1].member_id, written[-1].text) == (member.id, text):
        # The same twice in a row is a double click, or a reply that got lost.
        return
    if sum(store.count_notes(session, draft.id).values()) >= MOST_NOTES:
        raise TooManyNotes(f"There are {MOST_NOTES:,} notes already: delete some first")
    store.add_note(session, draft.id, item_key, member.id, text, now)


def delete_note(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    token: str,
    note_id: uuid.UUID,
    now: dt.datetime,
) -> bool:
    """Delete a note of one's own; False where there is none such.

    Raises NotAMember for who writes alone, ConsultationNotOpen or NoDraft.
    """
    draft = lock_draft(session, consultation_id, token, now)
    return store.delete_note(session, draft.id, note_id, _member(draft).id)


def _member(draft: Draft) -> Member:
    if draft.member is None:
        raise NotAMember("Only colleagues who write a response together have notes")
    return draft.member
