"""What colleagues tell each other about the items of a response."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import bindparam, delete, func, insert, select

from webapp.consultations.models import DraftMemberRow, DraftNoteRow, table_of
from webapp.consultations.together import Note
from webapp.persistence import Session, guarded_update, new_id

_NOTE, _MEMBER = table_of(DraftNoteRow), table_of(DraftMemberRow)
_ABOUT = (
    select(
        _NOTE.c.id,
        _NOTE.c.item_key,
        _NOTE.c.member_id,
        _MEMBER.c.name,
        _NOTE.c.text,
        _NOTE.c.written_at,
    )
    .join(_MEMBER, _MEMBER.c.id == _NOTE.c.member_id)
    .where(_NOTE.c.draft_id == bindparam("of_draft"), _NOTE.c.item_key == bindparam("of_item"))
    .order_by(_NOTE.c.written_at, _NOTE.c.id)
)


def add_note(
    session: Session,
    draft_id: uuid.UUID,
    item_key: str,
    member_id: uuid.UUID,
    text: str,
    now: dt.datetime,
) -> None:
    """Add a note about an item."""
    session.connection().execute(
        insert(_NOTE),
        {
            "id": new_id(),
            "draft_id": draft_id,
            "item_key": item_key,
            "member_id": member_id,
            "text": text,
            "written_at": now,
        },
    )


def list_notes(session: Session, draft_id: uuid.UUID, item_key: str) -> tuple[Note, ...]:
    """Return the notes about an item, the oldest first."""
    values = {"of_draft": draft_id, "of_item": item_key}
    return tuple(Note(*row) for row in session.connection().execute(_ABOUT, values))


def count_notes(session: Session, draft_id: uuid.UUID) -> dict[str, int]:
    """Return how many notes there are about each item that has some."""
    rows = session.execute(
        select(_NOTE.c.item_key, func.count())
        .where(_NOTE.c.draft_id == draft_id)
        .group_by(_NOTE.c.item_key)
    )
    return {item_key: number for item_key, number in rows}


def delete_note(
    session: Session, draft_id: uuid.UUID, note_id: uuid.UUID, member_id: uuid.UUID
) -> bool:
    """Delete a note that its author wrote; False if there is no such note of theirs."""
    return guarded_update(
        session,
        delete(DraftNoteRow).where(
            DraftNoteRow.id == note_id,
            DraftNoteRow.draft_id == draft_id,
            DraftNoteRow.member_id == member_id,
        ),
    )
