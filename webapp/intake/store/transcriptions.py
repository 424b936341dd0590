"""What was transcribed of an item, until it became a response."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable

from sqlalchemy import delete, select

from frameworks.questions import AnswerKey, Given
from webapp.consultations.respondents import Interest, Publish, Respondent, RespondsAs
from webapp.intake.items import Transcription, Typed
from webapp.intake.models import IntakeAnswerRow, IntakeRespondentRow
from webapp.persistence import Session


def get_transcription(session: Session, item_id: uuid.UUID) -> Transcription:
    """Return what was transcribed so far; an empty one before the first word and after the last."""
    row = session.get(IntakeRespondentRow, item_id, populate_existing=True)
    answers = session.scalars(
        select(IntakeAnswerRow)
        .where(IntakeAnswerRow.item_id == item_id)
        .order_by(IntakeAnswerRow.item_key, IntakeAnswerRow.question_key, IntakeAnswerRow.position)
        .execution_options(populate_existing=True)
    )
    return Transcription(
        respondent=_respondent(row) if row else Respondent(),
        chosen=_keys(row.chosen) if row else (),
        typed=tuple(
            Typed(
                AnswerKey(each.item_key, each.question_key, each.position),
                Given(choices=_keys(each.choice), text=each.text),
                each.revision,
                each.is_read,
            )
            for each in answers
        ),
    )


def set_respondent(
    session: Session, item_id: uuid.UUID, respondent: Respondent, chosen: Iterable[str]
) -> None:
    """Keep who responds, and what the response speaks about, of a locked item."""
    row = session.get(IntakeRespondentRow, item_id)
    if row is None:
        row = IntakeRespondentRow(item_id=item_id)
        session.add(row)
    row.responds_as = respondent.responds_as or ""
    row.respondent_class = respondent.respondent_class
    row.region = respondent.region
    row.publish = respondent.publish or ""
    row.name = respondent.name
    row.organisation_name = respondent.organisation_name
    row.gathered = respondent.gathered
    row.role = respondent.role
    row.interest = respondent.interest or ""
    row.interests = respondent.interests
    row.chosen = "\n".join(chosen)
    row.positions = "\n".join(respondent.positions)
    session.flush()


def set_answers(session: Session, item_id: uuid.UUID, answers: Iterable[Typed]) -> None:
    """Add or overwrite answers of a locked item."""
    for each in answers:
        identity = (item_id, each.key.item, each.key.question, each.key.position)
        row = session.get(IntakeAnswerRow, identity)
        if row is None:
            row = IntakeAnswerRow(
                item_id=item_id,
                item_key=each.key.item,
                question_key=each.key.question,
                position=each.key.position,
            )
            session.add(row)
        row.choice = "\n".join(each.given.choices)
        row.text = each.given.text
        row.revision = each.revision
        row.is_read = each.is_read
    session.flush()


def erase_transcriptions(session: Session, item_ids: Collection[uuid.UUID]) -> None:
    """Empty what was transcribed of items."""
    for row in (IntakeAnswerRow, IntakeRespondentRow):
        session.execute(delete(row).where(row.item_id.in_(item_ids)))


def _keys(stored: str) -> tuple[str, ...]:
    return tuple(stored.split("\n")) if stored else ()


def _respondent(row: IntakeRespondentRow) -> Respondent:
    return Respondent(
        responds_as=RespondsAs(row.responds_as) if row.responds_as else None,
        respondent_class=row.respondent_class,
        region=row.region,
        publish=Publish(row.publish) if row.publish else None,
        name=row.name,
        organisation_name=row.organisation_name,
        gathered=row.gathered,
        positions=_keys(row.positions),
        role=row.role,
        interest=Interest(row.interest) if row.interest else None,
        interests=row.interests,
    )
