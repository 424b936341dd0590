"""The ways into drafts: hashes of the secrets that people, browsers and mails hold."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, func, insert, select, update

from frameworks.questions import AnswerKey
from webapp.consultations.models import (
    ConsultationRow,
    DraftAnswerRow,
    DraftMemberRow,
    DraftPassRow,
    DraftRow,
    table_of,
)
from webapp.consultations.returning import Way
from webapp.persistence import Session, guarded_update

_PASS = table_of(DraftPassRow)
_INSERT = insert(_PASS)
_CHANGE = update(_PASS).where(_PASS.c.token_hash == bindparam("of_hash"))
_WAY = (
    select(
        DraftPassRow.draft_id,
        DraftPassRow.member_id,
        DraftRow.consultation_id,
        DraftRow.sent_at,
        DraftMemberRow.name,
        DraftMemberRow.left_at,
    )
    .join(DraftRow, DraftRow.id == DraftPassRow.draft_id)
    .outerjoin(DraftMemberRow, DraftMemberRow.id == DraftPassRow.member_id)
    .where(DraftPassRow.token_hash == bindparam("of_hash"))
)


@dataclass(frozen=True, slots=True)
class Addressee:
    """What a mail with a link to a draft needs to know of its consultation."""

    slug: str
    title: str
    closes_at: dt.datetime


def add_pass(
    session: Session,
    draft_id: uuid.UUID,
    token_hash: str,
    now: dt.datetime,
    *,
    member_id: uuid.UUID | None = None,
    place: str = "",
) -> None:
    """Let whoever holds the secret of this hash into a draft, as a member where it has some."""
    session.connection().execute(
        _INSERT,
        {
            "token_hash": token_hash,
            "draft_id": draft_id,
            "member_id": member_id,
            "place": place,
            "made_at": now,
        },
    )


def find_way(session: Session, token_hash: str) -> Way | None:
    """Return where the pass with this hash leads, whatever became of its draft, or None."""
    row = session.connection().execute(_WAY, {"of_hash": token_hash}).first()
    if row is None:
        return None
    return Way(
        consultation_id=row.consultation_id,
        draft_id=row.draft_id,
        member_id=row.member_id,
        member_name=row.name or "",
        was_sent=row.sent_at is not None,
        has_left=row.left_at is not None,
    )


def change_secret(session: Session, token_hash: str, new_hash: str, now: dt.datetime) -> None:
    """Give a pass another secret; whoever holds the old one alone is locked out."""
    session.connection().execute(
        _CHANGE, {"of_hash": token_hash, "token_hash": new_hash, "made_at": now}
    )


def change_place(session: Session, token_hash: str, place: str) -> None:
    """Write down where the holder of a pass left off."""
    session.connection().execute(_CHANGE, {"of_hash": token_hash, "place": place})


def delete_other_passes(
    session: Session, draft_id: uuid.UUID, member_id: uuid.UUID | None, kept_hash: str
) -> None:
    """Delete every pass of one holder of a draft except this one; colleagues keep theirs."""
    session.execute(
        delete(DraftPassRow).where(
            DraftPassRow.draft_id == draft_id,
            DraftPassRow.member_id == member_id,
            DraftPassRow.token_hash != kept_hash,
        )
    )


def count_mail(session: Session, draft_id: uuid.UUID, most: int) -> bool:
    """Count one mail of a draft; False, counting nothing, where it has had so many already."""
    fewer = update(DraftRow).where(DraftRow.id == draft_id, DraftRow.mails < most)
    return guarded_update(session, fewer.values(mails=DraftRow.mails + 1))


def get_mails(session: Session, draft_id: uuid.UUID) -> int:
    """Return how many mails of a draft were asked for; LookupError where there is none."""
    found = session.scalar(select(DraftRow.mails).where(DraftRow.id == draft_id))
    if found is None:
        raise LookupError(draft_id)
    return found


def lock_addressee(session: Session, draft_id: uuid.UUID) -> Addressee | None:
    """Return what a mail with a link to a draft says, of a draft that nobody else can change.

    None where it was sent, or deleted.
    """
    row = session.execute(
        select(ConsultationRow.slug, ConsultationRow.title, ConsultationRow.closes_at)
        .join(DraftRow, DraftRow.consultation_id == ConsultationRow.id)
        .where(DraftRow.id == draft_id, DraftRow.sent_at.is_(None))
        .with_for_update(of=DraftRow)
    ).first()
    return Addressee(row.slug, row.title, row.closes_at) if row else None


def list_newest_answers(
    session: Session, draft_id: uuid.UUID, member_id: uuid.UUID | None
) -> tuple[AnswerKey, ...]:
    """Return the answers that somebody saved last, all together, of a draft; perhaps none."""
    own = (DraftAnswerRow.draft_id == draft_id) & (DraftAnswerRow.member_id == member_id)
    newest = select(func.max(DraftAnswerRow.changed_at)).where(own).scalar_subquery()
    rows = session.execute(
        select(DraftAnswerRow.item_key, DraftAnswerRow.question_key, DraftAnswerRow.position).where(
            own, DraftAnswerRow.changed_at == newest
        )
    )
    return tuple(sorted(AnswerKey(*row) for row in rows))
