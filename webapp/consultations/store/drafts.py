"""Responses that are being written."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, func, insert, select, update

from frameworks.questions import AnswerKey, Given
from webapp.consultations.models import DraftAnswerRow, DraftChoiceRow, DraftRow, table_of
from webapp.consultations.respondents import Publish, Respondent, RespondsAs
from webapp.consultations.response import Draft, SavedAnswer, text_digest
from webapp.consultations.store.choices import choices_in, choices_text
from webapp.persistence import Session, new_id

COMPETENCY = "competency"
POSITION = "position"

# What every page of a response runs is put together once: that costs as much as running it.
_TABLE, _CHOICE_TABLE, _ANSWER_TABLE = (
    table_of(row) for row in (DraftRow, DraftChoiceRow, DraftAnswerRow)
)
_DRAFT = select(_TABLE).where(
    _TABLE.c.token_hash == bindparam("token_hash"),
    _TABLE.c.consultation_id == bindparam("of_consultation"),
)
_LOCKED_DRAFT = _DRAFT.with_for_update()
_CHOICES = select(_CHOICE_TABLE.c.kind, _CHOICE_TABLE.c.key).where(
    _CHOICE_TABLE.c.draft_id == bindparam("of_draft")
)
_ANSWERS = select(
    _ANSWER_TABLE.c.item_key,
    _ANSWER_TABLE.c.question_key,
    _ANSWER_TABLE.c.position,
    _ANSWER_TABLE.c.choice,
    _ANSWER_TABLE.c.text,
    _ANSWER_TABLE.c.revision,
).where(_ANSWER_TABLE.c.draft_id == bindparam("of_draft"))
_OVERWRITE_ANSWER = update(_ANSWER_TABLE).where(
    _ANSWER_TABLE.c.draft_id == bindparam("of_draft"),
    _ANSWER_TABLE.c.item_key == bindparam("of_item"),
    _ANSWER_TABLE.c.question_key == bindparam("of_question"),
    _ANSWER_TABLE.c.position == bindparam("of_position"),
)
_DELETE_DRAFT = delete(_TABLE).where(_TABLE.c.id == bindparam("of_draft"))
_INSERT_DRAFT, _INSERT_CHOICE, _INSERT_ANSWER = map(insert, (_TABLE, _CHOICE_TABLE, _ANSWER_TABLE))


def add_draft(
    session: Session, consultation_id: uuid.UUID, token_hash: str, now: dt.datetime
) -> uuid.UUID:
    """Add an empty draft and return its id."""
    draft_id = new_id()
    session.connection().execute(
        _INSERT_DRAFT,
        {
            "id": draft_id,
            "consultation_id": consultation_id,
            "token_hash": token_hash,
            "started_at": now,
            "changed_at": now,
            **_about(Respondent()),
        },
    )
    return draft_id


def find_draft(session: Session, consultation_id: uuid.UUID, token_hash: str) -> Draft | None:
    """Return a draft with everything in it, or None."""
    return _find(session, consultation_id, token_hash, _DRAFT)


def lock_draft(session: Session, consultation_id: uuid.UUID, token_hash: str) -> Draft | None:
    """Return a draft that nobody else can change or send before this transaction ends, or None."""
    return _find(session, consultation_id, token_hash, _LOCKED_DRAFT)


def lock_outline(session: Session, consultation_id: uuid.UUID, token_hash: str) -> Draft | None:
    """Return a draft as `lock_draft` does, without its answers."""
    return _find(session, consultation_id, token_hash, _LOCKED_DRAFT, with_answers=False)


def change_respondent(
    session: Session, draft_id: uuid.UUID, respondent: Respondent, now: dt.datetime
) -> None:
    """Overwrite who is responding, with the positions."""
    session.execute(
        update(DraftRow).where(DraftRow.id == draft_id).values(changed_at=now, **_about(respondent))
    )
    replace_choices(session, draft_id, POSITION, respondent.positions)


def replace_choices(session: Session, draft_id: uuid.UUID, kind: str, keys: Iterable[str]) -> None:
    """Make these the chosen competencies or positions."""
    session.execute(
        delete(DraftChoiceRow).where(
            DraftChoiceRow.draft_id == draft_id, DraftChoiceRow.kind == kind
        )
    )
    rows = [{"draft_id": draft_id, "kind": kind, "key": key} for key in dict.fromkeys(keys)]
    if rows:
        session.connection().execute(_INSERT_CHOICE, rows)


def touch_draft(session: Session, draft_id: uuid.UUID, now: dt.datetime) -> None:
    """Note that a draft was changed."""
    session.execute(update(DraftRow).where(DraftRow.id == draft_id).values(changed_at=now))


def write_answers(
    session: Session,
    draft: Draft,
    answers: Sequence[tuple[AnswerKey, Given, str]],
    now: dt.datetime,
) -> None:
    """Add or overwrite answers, each with its item digest, of a draft that is locked."""
    added: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for key, given, item_digest in answers:
        salt = secrets.token_hex(16) if given.text else ""
        values = {
            "choice": choices_text(given.choices),
            "text": given.text,
            "text_digest": text_digest(salt, given.text) if given.text else "",
            "salt": salt,
            "item_digest": item_digest,
            "changed_at": now,
        }
        before = draft.by_key.get(key)
        if before is None:
            added.append(
                {"id": new_id(), "draft_id": draft.id, "revision": 1, **_columns(key), **values}
            )
        else:
            changed.append(
                {"of_draft": draft.id, **_matched(key), **values, "revision": before.revision + 1}
            )
    if added:
        session.connection().execute(_INSERT_ANSWER, added)
    if changed:
        session.connection().execute(_OVERWRITE_ANSWER, changed)
    touch_draft(session, draft.id, now)


def delete_draft(session: Session, draft_id: uuid.UUID) -> None:
    """Take a draft away with everything in it."""
    # The database takes the choices and answers with it.
    session.connection().execute(_DELETE_DRAFT, {"of_draft": draft_id})


def count_drafts(session: Session, consultation_id: uuid.UUID) -> int:
    """Return how many responses are being written."""
    return (
        session.scalar(select(func.count()).where(DraftRow.consultation_id == consultation_id)) or 0
    )


def _find(
    session: Session,
    consultation_id: uuid.UUID,
    token_hash: str,
    statement: Select[Any],
    *,
    with_answers: bool = True,
) -> Draft | None:
    connection = session.connection()
    values = {"token_hash": token_hash, "of_consultation": consultation_id}
    row = connection.execute(statement, values).first()
    if row is None:
        return None
    chosen = connection.execute(_CHOICES, {"of_draft": row.id}).all()
    answers = connection.execute(_ANSWERS, {"of_draft": row.id}).all() if with_answers else ()
    return Draft(
        id=row.id,
        consultation_id=row.consultation_id,
        started_at=row.started_at,
        respondent=_respondent(row, sorted(key for kind, key in chosen if kind == POSITION)),
        chosen=tuple(sorted(key for kind, key in chosen if kind == COMPETENCY)),
        saved=tuple(
            SavedAnswer(
                AnswerKey(item, question, position),
                Given.model_construct(choices=choices_in(choice), text=text),
                revision,
            )
            for item, question, position, choice, text, revision in answers
        ),
    )


def _respondent(row: Row[Any], positions: Iterable[str]) -> Respondent:
    return Respondent(
        responds_as=RespondsAs(row.responds_as) if row.responds_as else None,
        respondent_class=row.respondent_class,
        region=row.region,
        publish=Publish(row.publish) if row.publish else None,
        name=row.name,
        organisation_name=row.organisation_name,
        gathered=row.gathered,
        positions=tuple(positions),
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
    }


def _columns(key: AnswerKey) -> dict[str, str]:
    return {"item_key": key.item, "question_key": key.question, "position": key.position}


def _matched(key: AnswerKey) -> dict[str, str]:
    return {"of_item": key.item, "of_question": key.question, "of_position": key.position}
