"""Responses that somebody takes in for their senders: made from values, without a draft."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import insert, select

from webapp.consultations.consultation import Actor
from webapp.consultations.models import (
    AnswerRow,
    AnswerTextRow,
    ConsultationEditionRow,
    SubmissionRecordingRow,
    SubmissionRow,
    table_of,
)
from webapp.consultations.response import Recording, Submission, Written, text_digest
from webapp.consultations.store.keys import keys_text
from webapp.consultations.store.sending import insert_head, insert_respondent
from webapp.persistence import Session, new_id

_ANSWER, _TEXT, _RECORDING = map(table_of, (AnswerRow, AnswerTextRow, SubmissionRecordingRow))


class Recorded(NamedTuple):
    """What is known of a recorded response by its key."""

    id: uuid.UUID
    reference: str
    submitted_at: dt.datetime


def find_recorded(session: Session, key_hash: str) -> Recorded | None:
    """Return the response that was recorded with a key, or None."""
    row = session.execute(
        select(SubmissionRow.id, SubmissionRow.reference, SubmissionRow.submitted_at).where(
            SubmissionRow.key_hash == key_hash
        )
    ).first()
    return Recorded(*row) if row else None


def find_edition_at(session: Session, consultation_id: uuid.UUID, moment: dt.datetime) -> int:
    """Return the number of the edition that was shown at a moment; the first before that."""
    shown = select(ConsultationEditionRow.number).where(
        ConsultationEditionRow.consultation_id == consultation_id,
        ConsultationEditionRow.shown_from <= moment,
    )
    newest = shown.order_by(ConsultationEditionRow.number.desc()).limit(1)
    return session.scalar(newest) or 1


def add_recorded(
    session: Session,
    submission: Submission,
    answers: Sequence[Written],
    *,
    key_hash: str,
    code_hash: str,
    submitted_on: dt.date,
    taken_in_by: Actor,
    checked_by: Actor,
) -> None:
    """Add a response with its answers, and who took it in and checked it.

    Raises KeyTaken or ReferenceTaken, adding nothing.
    """
    insert_head(session, submission, key_hash, code_hash, submitted_on)
    connection = session.connection()
    rows, texts = [], []
    for each in answers:
        answer_id, text = new_id(), each.given.text
        salt = secrets.token_hex(16) if text else ""
        rows.append(
            {
                "id": answer_id,
                "submission_id": submission.id,
                "item_key": each.key.item,
                "question_key": each.key.question,
                "position": each.key.position,
                "item_digest": each.item_digest,
                "questionnaire_version": each.questionnaire_version,
                "language": each.language,
                "choice": keys_text(each.given.choices),
                "text_digest": text_digest(salt, text) if text else "",
            }
        )
        if text:
            texts.append(
                {
                    "answer_id": answer_id,
                    "text": text,
                    "operations": each.operations,
                    "salt": salt,
                }
            )
    connection.execute(insert(_ANSWER), rows)
    if texts:
        connection.execute(insert(_TEXT), texts)
    insert_respondent(connection, submission)
    connection.execute(
        insert(_RECORDING),
        {
            "submission_id": submission.id,
            "taken_in_by_id": taken_in_by.account_id,
            "taken_in_by": taken_in_by.name,
            "checked_by_id": checked_by.account_id,
            "checked_by": checked_by.name,
        },
    )


def find_recording(session: Session, submission_id: uuid.UUID) -> Recording | None:
    """Return who took in and checked a response; None for what came on the website."""
    row = session.get(SubmissionRecordingRow, submission_id)
    return Recording(row.taken_in_by, row.checked_by) if row else None
