"""Responses that are being written."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, and_, bindparam, delete, exists, func, insert, or_, select, update

from frameworks.questions import AnswerKey, Given
from webapp.consultations.models import (
    ConsultationRow,
    DraftAnswerRow,
    DraftMemberRow,
    DraftPassRow,
    DraftRow,
    table_of,
)
from webapp.consultations.respondents import Interest, Publish, Respondent, RespondsAs
from webapp.consultations.response import Draft, Member, SavedAnswer, Written, text_digest
from webapp.consultations.store.keys import keys_in, keys_text
from webapp.persistence import Session, new_id
from webapp.retention.relations import held_subjects

# What every page of a response runs is put together once: that costs as much as running it.
_TABLE, _ANSWER_TABLE = table_of(DraftRow), table_of(DraftAnswerRow)
_PASS, _MEMBER = table_of(DraftPassRow), table_of(DraftMemberRow)
_DRAFT = (
    select(
        _TABLE,
        _PASS.c.place,
        _PASS.c.member_id,
        _MEMBER.c.name.label("member_name"),
        _MEMBER.c.is_lead,
    )
    .join(_PASS, _PASS.c.draft_id == _TABLE.c.id)
    .outerjoin(_MEMBER, _MEMBER.c.id == _PASS.c.member_id)
    .where(
        _PASS.c.token_hash == bindparam("token_hash"),
        _TABLE.c.consultation_id == bindparam("of_consultation"),
        _TABLE.c.sent_at.is_(None),
        # Of who writes alone, or of a colleague who has not left.
        _MEMBER.c.left_at.is_(None),
    )
)
# The pass too: whoever waits here while it is taken back must find that it is gone.
_LOCKED_DRAFT = _DRAFT.with_for_update(of=(_TABLE, _PASS))
_MEMBER_NOW = select(_MEMBER.c.id, _MEMBER.c.name, _MEMBER.c.is_lead).where(
    _MEMBER.c.id == bindparam("of_member"), _MEMBER.c.left_at.is_(None)
)
_CHANGE = update(_TABLE).where(_TABLE.c.id == bindparam("of_draft"))
_ANSWERS = select(
    _ANSWER_TABLE.c.item_key,
    _ANSWER_TABLE.c.question_key,
    _ANSWER_TABLE.c.position,
    _ANSWER_TABLE.c.choice,
    _ANSWER_TABLE.c.text,
    _ANSWER_TABLE.c.revision,
    _ANSWER_TABLE.c.member_id,
    _ANSWER_TABLE.c.changed_at,
    _ANSWER_TABLE.c.language,
    _ANSWER_TABLE.c.questionnaire_version,
).where(_ANSWER_TABLE.c.draft_id == bindparam("of_draft"))
_OVERWRITE_ANSWER = update(_ANSWER_TABLE).where(
    _ANSWER_TABLE.c.draft_id == bindparam("of_draft"),
    _ANSWER_TABLE.c.item_key == bindparam("of_item"),
    _ANSWER_TABLE.c.question_key == bindparam("of_question"),
    _ANSWER_TABLE.c.position == bindparam("of_position"),
)
_INSERT_DRAFT, _INSERT_ANSWER = insert(_TABLE), insert(_ANSWER_TABLE)


def add_draft(
    session: Session,
    consultation_id: uuid.UUID,
    now: dt.datetime,
    *,
    replaces_id: uuid.UUID | None = None,
    language: str = "",
) -> uuid.UUID:
    """Add an empty draft, to which nobody has a pass yet, and return its id."""
    draft_id = new_id()
    session.connection().execute(
        _INSERT_DRAFT,
        {
            "id": draft_id,
            "consultation_id": consultation_id,
            "started_at": now,
            "changed_at": now,
            "chosen": "",
            "language": language,
            "joining_hash": "",
            "joining_number": 0,
            "mails": 0,
            "replaces_id": replaces_id,
            **_about(Respondent()),
        },
    )
    return draft_id


def find_draft(session: Session, consultation_id: uuid.UUID, token_hash: str) -> Draft | None:
    """Return a draft with everything in it, or None where there is none or it was sent."""
    return _find(session, consultation_id, token_hash)


def lock_draft(session: Session, consultation_id: uuid.UUID, token_hash: str) -> Draft | None:
    """Return a draft that nobody else can change or send before this transaction ends, or None."""
    return _find(session, consultation_id, token_hash, locked=True)


def lock_outline(session: Session, consultation_id: uuid.UUID, token_hash: str) -> Draft | None:
    """Return a draft as `lock_draft` does, without its answers."""
    return _find(session, consultation_id, token_hash, locked=True, with_answers=False)


def change_respondent(
    session: Session, draft: Draft, respondent: Respondent, now: dt.datetime
) -> None:
    """Overwrite who is responding, with the positions, in a draft that is locked."""
    _change(session, draft.id, {"changed_at": now, **_about(respondent)})


def change_choices(
    session: Session, draft_id: uuid.UUID, keys: Iterable[str], now: dt.datetime
) -> None:
    """Make these the chosen competencies."""
    _change(session, draft_id, {"changed_at": now, "chosen": keys_text(keys)})


def change_language(session: Session, draft_id: uuid.UUID, language: str, now: dt.datetime) -> None:
    """Make this the language in which the response is written."""
    _change(session, draft_id, {"changed_at": now, "language": language})


def write_answers(
    session: Session,
    draft: Draft,
    answers: Sequence[Written],
    now: dt.datetime,
) -> None:
    """Add or overwrite answers of a draft that is locked."""
    added: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for written in answers:
        key, given = written.key, written.given
        salt = secrets.token_hex(16) if given.text else ""
        values = {
            "choice": keys_text(given.choices),
            "text": given.text,
            "text_digest": text_digest(salt, given.text) if given.text else "",
            "salt": salt,
            "operations": written.operations,
            "item_digest": written.item_digest,
            "language": written.language,
            "questionnaire_version": written.questionnaire_version,
            "member_id": draft.member.id if draft.member else None,
            "changed_at": now,
        }
        before = draft.by_key.get(key)
        if before is None:
            added.append(
                {
                    "draft_id": draft.id,
                    **_columns(key),
                    "answer_id": new_id(),
                    "revision": 1,
                    **values,
                }
            )
        else:
            changed.append(
                {"of_draft": draft.id, **_matched(key), **values, "revision": before.revision + 1}
            )
    if added:
        session.connection().execute(_INSERT_ANSWER, added)
    if changed:
        session.connection().execute(_OVERWRITE_ANSWER, changed)
    _change(session, draft.id, {"changed_at": now})


def find_replacement(session: Session, submission_id: uuid.UUID) -> uuid.UUID | None:
    """Return the draft that is to replace a submission, or None where none is being written."""
    return session.scalar(
        select(DraftRow.id).where(DraftRow.replaces_id == submission_id, DraftRow.sent_at.is_(None))
    )


def mark_sent(session: Session, draft_id: uuid.UUID, now: dt.datetime) -> None:
    """Make a locked draft one that nobody finds any more."""
    _change(session, draft_id, {"sent_at": now})


def list_ids(session: Session) -> tuple[uuid.UUID, ...]:
    """Return the id of every draft, in no order."""
    return tuple(session.scalars(select(DraftRow.id)))


def delete_draft(session: Session, draft_id: uuid.UUID) -> None:
    """Delete a draft with all that was written in it."""
    session.execute(delete(DraftRow).where(DraftRow.id == draft_id))


def delete_spent(
    session: Session, *, closed_before: dt.datetime, begun_before: dt.datetime, most: int
) -> int:
    """Delete drafts that were sent, whose consultation closed before, or that stayed empty.

    Empty is one that was begun before a moment and says nothing yet, not even who responds. What
    was not sent stays under a hold; what was sent is kept as a response. At
    most so many go at once, so that those who write wait for a moment only; returns how many.
    """
    is_empty = and_(
        DraftRow.started_at < begun_before,
        DraftRow.responds_as == "",
        DraftRow.chosen == "",
        DraftRow.replaces_id.is_(None),
        ~exists().where(DraftAnswerRow.draft_id == DraftRow.id),
    )
    spent = (
        select(DraftRow.id)
        .join(ConsultationRow, ConsultationRow.id == DraftRow.consultation_id)
        .where(
            or_(
                DraftRow.sent_at.is_not(None),
                and_(
                    or_(
                        ConsultationRow.closes_at < closed_before,
                        ConsultationRow.closed_at < closed_before,
                        is_empty,
                    ),
                    ConsultationRow.id.not_in(held_subjects()),
                ),
            )
        )
        .limit(most)
    )
    ids = session.scalars(spent).all()
    # The database takes the answers with them.
    session.execute(delete(DraftRow).where(DraftRow.id.in_(ids)))
    return len(ids)


def count_drafts(session: Session, consultation_id: uuid.UUID) -> int:
    """Return how many responses are being written."""
    writing = select(func.count()).where(
        DraftRow.consultation_id == consultation_id, DraftRow.sent_at.is_(None)
    )
    return session.scalar(writing) or 0


def _find(
    session: Session,
    consultation_id: uuid.UUID,
    token_hash: str,
    *,
    locked: bool = False,
    with_answers: bool = True,
) -> Draft | None:
    connection = session.connection()
    values = {"token_hash": token_hash, "of_consultation": consultation_id}
    row = connection.execute(_LOCKED_DRAFT if locked else _DRAFT, values).first()
    if row is None:
        return None
    member = Member(row.member_id, row.member_name, row.is_lead) if row.member_id else None
    if locked and member:
        # PostgreSQL shows what it joined as it was before this waited for its turn.
        now = connection.execute(_MEMBER_NOW, {"of_member": member.id}).first()
        if now is None:
            return None
        member = Member(*now)
    answers = connection.execute(_ANSWERS, {"of_draft": row.id}).all() if with_answers else ()
    return Draft(
        id=row.id,
        consultation_id=row.consultation_id,
        started_at=row.started_at,
        respondent=_respondent(row),
        chosen=keys_in(row.chosen),
        saved=tuple(
            SavedAnswer(
                AnswerKey(item, question, position),
                Given.model_construct(choices=keys_in(choice), text=text),
                *rest,
            )
            for item, question, position, choice, text, *rest in answers
        ),
        language=row.language,
        replaces_id=row.replaces_id,
        member=member,
        place=row.place,
    )


def _change(session: Session, draft_id: uuid.UUID, values: dict[str, Any]) -> None:
    session.connection().execute(_CHANGE, {"of_draft": draft_id, **values})


def _respondent(row: Row[Any]) -> Respondent:
    return Respondent(
        responds_as=RespondsAs(row.responds_as) if row.responds_as else None,
        respondent_class=row.respondent_class,
        region=row.region,
        publish=Publish(row.publish) if row.publish else None,
        name=row.name,
        organisation_name=row.organisation_name,
        gathered=row.gathered,
        positions=keys_in(row.positions),
        role=row.role,
        interest=Interest(row.interest) if row.interest else None,
        interests=row.interests,
    )


def _about(respondent: Respondent) -> dict[str, str]:
    return {
        "responds_as": respondent.responds_as or "",
        "respondent_class": respondent.respondent_class,
        "region": respondent.region,
        "publish": respondent.publish or "",
        "name": respondent.name,
        "organisation_name": respondent.organisation_name,
        "gathered": respondent.gathered,
        "positions": keys_text(respondent.positions),
        "role": respondent.role,
        "interest": respondent.interest or "",
        "interests": respondent.interests,
    }


def _columns(key: AnswerKey) -> dict[str, str]:
    return {"item_key": key.item, "question_key": key.question, "position": key.position}


def _matched(key: AnswerKey) -> dict[str, str]:
    return {"of_item": key.item, "of_question": key.question, "of_position": key.position}
