"""Responses that are being written."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from frameworks.questions import AnswerKey, Given
from webapp.consultations.models import DraftAnswerRow, DraftChoiceRow, DraftRow
from webapp.consultations.respondents import Publish, Respondent, RespondsAs
from webapp.consultations.response import Draft, SavedAnswer
from webapp.consultations.store.choices import choices_in, choices_text
from webapp.persistence import Session, new_id

COMPETENCY = "competency"
POSITION = "position"


def add_draft(
    session: Session, consultation_id: uuid.UUID, token_hash: str, now: dt.datetime
) -> uuid.UUID:
    """Add an empty draft and return its id."""
    draft_id = new_id()
    session.execute(
        insert(DraftRow.__table__),  # type: ignore[arg-type]  # A declared table is a Table.
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
    return _find(session, consultation_id, token_hash, lock=False)


def lock_draft(session: Session, consultation_id: uuid.UUID, token_hash: str) -> Draft | None:
    """Return a draft that nobody else can change or send before this transaction ends, or None."""
    return _find(session, consultation_id, token_hash, lock=True)


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
        session.execute(insert(DraftChoiceRow), rows)


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
        values = {
            "choice": choices_text(given.choices),
            "text": given.text,
            "item_digest": item_digest,
            "changed_at": now,
        }
        before = draft.by_key.get(key)
        if before is None:
            added.append(
                {"id": new_id(), "draft_id": draft.id, "revision": 1, **_columns(key), **values}
            )
        else:
            changed.append({**_matched(key), **values, "revision": before.revision + 1})
    if added:
        session.execute(insert(DraftAnswerRow), added)
    if changed:
        session.connection().execute(
            update(DraftAnswerRow.__table__).where(  # type: ignore[arg-type]  # As above.
                DraftAnswerRow.draft_id == draft.id,
                DraftAnswerRow.item_key == bindparam("of_item"),
                DraftAnswerRow.question_key == bindparam("of_question"),
                DraftAnswerRow.position == bindparam("of_position"),
            ),
            changed,
        )
    touch_draft(session, draft.id, now)


def delete_draft(session: Session, draft_id: uuid.UUID) -> None:
    """Take a draft away with everything in it."""
    for row in (DraftAnswerRow, DraftChoiceRow):
        session.execute(delete(row).where(row.draft_id == draft_id))
    session.execute(delete(DraftRow).where(DraftRow.id == draft_id))


def count_drafts(session: Session, consultation_id: uuid.UUID) -> int:
    """Return how many responses are being written."""
    return (
        session.scalar(select(func.count()).where(DraftRow.consultation_id == consultation_id)) or 0
    )


def _find(
    session: Session, consultation_id: uuid.UUID, token_hash: str, *, lock: bool
) -> Draft | None:
    statement = select(DraftRow).where(
        DraftRow.token_hash == token_hash, DraftRow.consultation_id == consultation_id
    )
    if lock:
        statement = statement.with_for_update()
    row = session.scalar(statement.execution_options(populate_existing=True))
    if row is None:
        return None
    chosen = session.execute(
        select(DraftChoiceRow.kind, DraftChoiceRow.key).where(DraftChoiceRow.draft_id == row.id)
    ).all()
    answers = session.execute(
        select(
            DraftAnswerRow.item_key,
            DraftAnswerRow.question_key,
            DraftAnswerRow.position,
            DraftAnswerRow.choice,
            DraftAnswerRow.text,
            DraftAnswerRow.revision,
        ).where(DraftAnswerRow.draft_id == row.id)
    ).all()
    return Draft(
        id=row.id,
        consultation_id=row.consultation_id,
        started_at=row.started_at,
        respondent=_respondent(row, sorted(key for kind, key in chosen if kind == POSITION)),
        chosen=tuple(sorted(key for kind, key in chosen if kind == COMPETENCY)),
        saved=tuple(
            SavedAnswer(
                AnswerKey(item, question, position),
                Given(choices=choices_in(choice), text=text),
                revision,
            )
            for item, question, position, choice, text, revision in answers
        ),
    )


def _respondent(row: DraftRow, positions: Iterable[str]) -> Respondent:
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
