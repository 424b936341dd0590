"""The colleagues who write a response together, how they join, and what each looks after."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping

from sqlalchemy import bindparam, delete, insert, select, update

from webapp.consultations.models import (
    DraftAssignmentRow,
    DraftMemberRow,
    DraftPassRow,
    DraftRow,
    table_of,
)
from webapp.consultations.response import Member
from webapp.persistence import Session, guarded_update, new_id

_DRAFT, _MEMBER, _PASS, _ASSIGNMENT = map(
    table_of, (DraftRow, DraftMemberRow, DraftPassRow, DraftAssignmentRow)
)
_MEMBERS = (
    select(_MEMBER.c.id, _MEMBER.c.name, _MEMBER.c.is_lead)
    .where(_MEMBER.c.draft_id == bindparam("of_draft"), _MEMBER.c.left_at.is_(None))
    .order_by(_MEMBER.c.is_lead.desc(), _MEMBER.c.joined_at, _MEMBER.c.id)
)
_NAMES = select(_MEMBER.c.id, _MEMBER.c.name).where(_MEMBER.c.draft_id == bindparam("of_draft"))
_ASSIGNMENTS = (
    select(_ASSIGNMENT.c.item_key, _MEMBER.c.id, _MEMBER.c.name, _MEMBER.c.is_lead)
    .join(_MEMBER, _MEMBER.c.id == _ASSIGNMENT.c.member_id)
    .where(_ASSIGNMENT.c.draft_id == bindparam("of_draft"), _MEMBER.c.left_at.is_(None))
)


def add_member(
    session: Session, draft_id: uuid.UUID, name: str, now: dt.datetime, *, is_lead: bool = False
) -> Member:
    """Add a colleague; a second lead breaks a rule of the database."""
    member = Member(new_id(), name, is_lead)
    session.connection().execute(
        insert(_MEMBER),
        {
            "id": member.id,
            "draft_id": draft_id,
            "name": name,
            "is_lead": is_lead,
            "joined_at": now,
            "left_at": None,
        },
    )
    return member


def list_members(session: Session, draft_id: uuid.UUID) -> tuple[Member, ...]:
    """Return who writes a response and has not left: the lead first, then as they joined."""
    rows = session.connection().execute(_MEMBERS, {"of_draft": draft_id})
    return tuple(Member(*row) for row in rows)


def list_names(session: Session, draft_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """Return the names of everybody who ever wrote a response, also of who left."""
    rows = session.connection().execute(_NAMES, {"of_draft": draft_id})
    return {member_id: name for member_id, name in rows}


def give_passes(session: Session, draft_id: uuid.UUID, member_id: uuid.UUID) -> None:
    """Make the passes that nobody is named for those of one colleague."""
    session.connection().execute(
        update(_PASS)
        .where(_PASS.c.draft_id == draft_id, _PASS.c.member_id.is_(None))
        .values(member_id=member_id)
    )


def mark_left(session: Session, member_id: uuid.UUID, now: dt.datetime) -> None:
    """Take a colleague off: their passes and what they look after go, what they wrote stays."""
    connection = session.connection()
    connection.execute(delete(_PASS).where(_PASS.c.member_id == member_id))
    connection.execute(delete(_ASSIGNMENT).where(_ASSIGNMENT.c.member_id == member_id))
    connection.execute(update(_MEMBER).where(_MEMBER.c.id == member_id).values(left_at=now))


def swap_lead(session: Session, before: uuid.UUID, after: uuid.UUID) -> bool:
    """Make another colleague the lead; False, changing nothing, if `before` is not the lead."""
    taken = guarded_update(
        session,
        update(DraftMemberRow)
        .where(DraftMemberRow.id == before, DraftMemberRow.is_lead)
        .values(is_lead=False),
    )
    # First the one and then the other: the database allows no two leads at any moment.
    return taken and guarded_update(
        session,
        update(DraftMemberRow)
        .where(DraftMemberRow.id == after, DraftMemberRow.left_at.is_(None))
        .values(is_lead=True),
    )


def get_joining(session: Session, draft_id: uuid.UUID) -> tuple[str, int]:
    """Return the hash of the joining code, empty while nobody can join, and its number."""
    row = session.execute(
        select(_DRAFT.c.joining_hash, _DRAFT.c.joining_number).where(_DRAFT.c.id == draft_id)
    ).one()
    return row.joining_hash, row.joining_number


def change_joining(session: Session, draft_id: uuid.UUID, joining_hash: str, number: int) -> None:
    """Let people join with the code of this hash and no other; with an empty one nobody can."""
    session.connection().execute(
        update(_DRAFT)
        .where(_DRAFT.c.id == draft_id)
        .values(joining_hash=joining_hash, joining_number=number)
    )


def find_joinable(
    session: Session, consultation_id: uuid.UUID, joining_hash: str, *, lock: bool = False
) -> tuple[uuid.UUID, str] | None:
    """Return the draft that can be joined with a code and its organisation's name, or None.

    With `lock` nobody else can change it before this transaction ends.
    """
    statement = select(_DRAFT.c.id, _DRAFT.c.organisation_name).where(
        _DRAFT.c.consultation_id == consultation_id,
        _DRAFT.c.joining_hash == joining_hash,
        _DRAFT.c.joining_hash != "",
        _DRAFT.c.sent_at.is_(None),
    )
    row = session.execute(statement.with_for_update() if lock else statement).first()
    return (row.id, row.organisation_name) if row else None


def list_assignments(session: Session, draft_id: uuid.UUID) -> dict[str, Member]:
    """Return who looks after each item that somebody looks after."""
    rows = session.connection().execute(_ASSIGNMENTS, {"of_draft": draft_id})
    return {item_key: Member(*member) for item_key, *member in rows}


def change_assignments(
    session: Session,
    draft_id: uuid.UUID,
    changes: Mapping[str, uuid.UUID | None],
    now: dt.datetime,
) -> None:
    """Let these look after these items, nobody where it is None; in a draft that is locked."""
    if not changes:
        return
    connection = session.connection()
    _drop(session, draft_id, changes)
    added = [
        {"draft_id": draft_id, "item_key": key, "member_id": member_id, "assigned_at": now}
        for key, member_id in changes.items()
        if member_id is not None
    ]
    if added:
        connection.execute(insert(_ASSIGNMENT), added)


def find_starter(session: Session, draft_id: uuid.UUID) -> uuid.UUID | None:
    """Return the colleague who began the response, whether or not they lead it or are there still.

    None for a response that one person writes alone.
    """
    return session.scalar(
        select(_MEMBER.c.id)
        .where(_MEMBER.c.draft_id == draft_id)
        .order_by(_MEMBER.c.joined_at, _MEMBER.c.is_lead.desc(), _MEMBER.c.id)
        .limit(1)
    )


def _drop(session: Session, draft_id: uuid.UUID, keys: Iterable[str]) -> None:
    session.connection().execute(
        delete(_ASSIGNMENT).where(
            _ASSIGNMENT.c.draft_id == draft_id, _ASSIGNMENT.c.item_key.in_(tuple(keys))
        )
    )
