"""Responses that were sent; nothing here changes one."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import uuid
from typing import Any, NamedTuple

from sqlalchemy import Insert, bindparam, func, insert, select

from frameworks.questions import AnswerKey, Given
from webapp.consultations.models import (
    AnswerRow,
    AnswerTextRow,
    SubmissionPersonRow,
    SubmissionPositionRow,
    SubmissionRow,
    table_of,
)
from webapp.consultations.respondents import Publish, Respondent, RespondsAs
from webapp.consultations.response import SentAnswer, Submission
from webapp.consultations.store.choices import choices_in, choices_text
from webapp.persistence import IntegrityError, Session, new_id, savepoint, violated

# Sending is put together once and goes straight to the tables: nobody reads the rows back here.
_SUBMISSION = table_of(SubmissionRow)
_BY_KEY = select(
    _SUBMISSION.c.reference, _SUBMISSION.c.code_hash, _SUBMISSION.c.submitted_at
).where(_SUBMISSION.c.key_hash == bindparam("of_key"))
_INSERT_SUBMISSION, _INSERT_PERSON, _INSERT_POSITION, _INSERT_ANSWER, _INSERT_TEXT = (
    insert(table_of(row))
    for row in (
        SubmissionRow,
        SubmissionPersonRow,
        SubmissionPositionRow,
        AnswerRow,
        AnswerTextRow,
    )
)


class Sent(NamedTuple):
    """What is known of a submission by its key: enough for the same receipt again."""

    reference: str
    code_hash: str
    submitted_at: dt.datetime


class KeyTaken(Exception):
    """A submission with this key is there already."""


class ReferenceTaken(Exception):
    """Another submission has this reference."""


def find_sent(session: Session, key_hash: str) -> Sent | None:
    """Return the submission that was made with a key, or None."""
    row = session.connection().execute(_BY_KEY, {"of_key": key_hash}).first()
    return Sent(*row) if row else None


def add_submission(
    session: Session,
    submission: Submission,
    *,
    key_hash: str,
    code_hash: str,
    submitted_on: dt.date,
    questionnaire_version: str,
) -> None:
    """Add a submission with everything in it; raises KeyTaken or ReferenceTaken, adding nothing."""
    respondent = submission.respondent
    head = {
        "id": submission.id,
        "consultation_id": submission.consultation_id,
        "key_hash": key_hash,
        "code_hash": code_hash,
        "reference": submission.reference,
        "submitted_at": submission.submitted_at,
        "submitted_on": submitted_on,
        "responds_as": respondent.responds_as,
        "respondent_class": respondent.respondent_class,
        "region": respondent.region,
        "publish": respondent.publish,
    }
    try:
        with savepoint(session):
            _insert(session, _INSERT_SUBMISSION, [head])
    except IntegrityError as error:
        broken = violated(error)
        if broken == "uq_submission__reference":
            raise ReferenceTaken from error
        if broken in ("uq_submission__key_hash", "uq_submission__code_hash"):
            raise KeyTaken from error
        raise
    _add_parts(session, submission, questionnaire_version)


def find_submission(session: Session, code_hash: str) -> Submission | None:
    """Return the submission behind a private code, whole, or None."""
    row = session.scalar(select(SubmissionRow).where(SubmissionRow.code_hash == code_hash))
    if row is None:
        return None
    person = session.get(SubmissionPersonRow, row.id)
    positions = session.scalars(
        select(SubmissionPositionRow.position)
        .where(SubmissionPositionRow.submission_id == row.id)
        .order_by(SubmissionPositionRow.position)
    )
    return Submission(
        id=row.id,
        consultation_id=row.consultation_id,
        reference=row.reference,
        submitted_at=row.submitted_at,
        respondent=Respondent(
            responds_as=RespondsAs(row.responds_as),
            respondent_class=row.respondent_class,
            region=row.region,
            publish=Publish(row.publish),
            name=person.name if person else "",
            organisation_name=person.organisation_name if person else "",
            gathered=person.gathered if person else "",
            positions=tuple(positions),
        ),
        answers=_answers(session, row.id),
    )


def count_submissions(session: Session, consultation_id: uuid.UUID) -> int:
    """Return how many responses were sent."""
    return (
        session.scalar(select(func.count()).where(SubmissionRow.consultation_id == consultation_id))
        or 0
    )


def count_by_class(session: Session, consultation_id: uuid.UUID) -> dict[tuple[str, str], int]:
    """Return the responses by (responds as, class)."""
    rows = session.execute(
        select(SubmissionRow.responds_as, SubmissionRow.respondent_class, func.count())
        .where(SubmissionRow.consultation_id == consultation_id)
        .group_by(SubmissionRow.responds_as, SubmissionRow.respondent_class)
    )
    return {(responds_as, respondent_class): n for responds_as, respondent_class, n in rows}


def count_by_day(session: Session, consultation_id: uuid.UUID) -> dict[dt.date, int]:
    """Return the responses by calendar day in the UK."""
    rows = session.execute(
        select(SubmissionRow.submitted_on, func.count())
        .where(SubmissionRow.consultation_id == consultation_id)
        .group_by(SubmissionRow.submitted_on)
    )
    return dict(rows.all())


def count_by_item(session: Session, consultation_id: uuid.UUID) -> dict[str, int]:
    """Return the responses that answered something about an item, by item key."""
    rows = session.execute(
        select(AnswerRow.item_key, func.count(AnswerRow.submission_id.distinct()))
        .join(SubmissionRow, SubmissionRow.id == AnswerRow.submission_id)
        .where(SubmissionRow.consultation_id == consultation_id)
        .group_by(AnswerRow.item_key)
    )
    return dict(rows.all())


def _answers(session: Session, submission_id: uuid.UUID) -> tuple[SentAnswer, ...]:
    rows = session.execute(
        select(AnswerRow, AnswerTextRow.text)
        .outerjoin(AnswerTextRow, AnswerTextRow.answer_id == AnswerRow.id)
        .where(AnswerRow.submission_id == submission_id)
        .order_by(AnswerRow.number)
    )
    return tuple(
        SentAnswer(
            AnswerKey(row.item_key, row.question_key, row.position),
            Given(choices=choices_in(row.choice), text=text or ""),
            row.item_digest,
        )
        for row, text in rows
    )


def _add_parts(session: Session, submission: Submission, questionnaire_version: str) -> None:
    respondent = submission.respondent
    if respondent.name or respondent.organisation_name or respondent.gathered:
        person = {
            "submission_id": submission.id,
            "name": respondent.name,
            "organisation_name": respondent.organisation_name,
            "gathered": respondent.gathered,
        }
        _insert(session, _INSERT_PERSON, [person])
    positions = [
        {"submission_id": submission.id, "position": position} for position in respondent.positions
    ]
    _insert(session, _INSERT_POSITION, positions)
    answers: list[dict[str, Any]] = []
    texts: list[dict[str, Any]] = []
    for number, sent in enumerate(submission.answers, start=1):
        answer_id, text = new_id(), sent.given.text
        salt = secrets.token_hex(16) if text else ""
        answers.append(
            {
                "id": answer_id,
                "submission_id": submission.id,
                "number": number,
                "item_key": sent.key.item,
                "question_key": sent.key.question,
                "position": sent.key.position,
                "item_digest": sent.item_digest,
                "questionnaire_version": questionnaire_version,
                "choice": choices_text(sent.given.choices),
                "text_digest": text_digest(salt, text) if text else "",
            }
        )
        if text:
            texts.append({"answer_id": answer_id, "text": text, "salt": salt})
    _insert(session, _INSERT_ANSWER, answers)
    _insert(session, _INSERT_TEXT, texts)


def text_digest(salt: str, text: str) -> str:
    """Return the digest by which a text can be proved while it and its salt are kept."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def _insert(session: Session, statement: Insert, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.connection().execute(statement, rows)
