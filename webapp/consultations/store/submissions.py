"""Responses that were sent; nothing here changes one."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, String, Uuid, bindparam, delete, func, insert, or_, select

from frameworks.questions import AnswerKey, Given
from webapp.consultations.models import (
    AnswerRow,
    AnswerTextRow,
    DraftAnswerRow,
    SubmissionPersonRow,
    SubmissionPositionRow,
    SubmissionRow,
    table_of,
)
from webapp.consultations.respondents import Interest, Publish, Respondent, RespondsAs
from webapp.consultations.response import Draft, SentAnswer, Submission
from webapp.consultations.store.keys import keys_in
from webapp.persistence import IntegrityError, Session, single_write, violated

# Sending is put together once, and copies the draft's rows within the database: to carry every
# answer through the program and back would take longer than everything else together.
_SUBMISSION, _PERSON, _POSITION, _ANSWER, _TEXT, _WRITTEN = (
    table_of(row)
    for row in (
        SubmissionRow,
        SubmissionPersonRow,
        SubmissionPositionRow,
        AnswerRow,
        AnswerTextRow,
        DraftAnswerRow,
    )
)
_BY_KEY = select(
    _SUBMISSION.c.reference, _SUBMISSION.c.code_hash, _SUBMISSION.c.submitted_at
).where(_SUBMISSION.c.key_hash == bindparam("of_key"))
_INSERT_SUBMISSION, _INSERT_PERSON, _INSERT_POSITION = map(
    insert, (_SUBMISSION, _PERSON, _POSITION)
)
_DELETE_SUBMISSION = delete(_SUBMISSION).where(_SUBMISSION.c.id == bindparam("empty"))
_COPY_ANSWERS = (
    insert(_ANSWER)
    .from_select(
        [
            "id",
            "submission_id",
            "item_key",
            "question_key",
            "position",
            "item_digest",
            "questionnaire_version",
            "language",
            "choice",
            "text_digest",
        ],
        select(
            _WRITTEN.c.answer_id,
            bindparam("into", type_=Uuid()),
            _WRITTEN.c.item_key,
            _WRITTEN.c.question_key,
            _WRITTEN.c.position,
            _WRITTEN.c.item_digest,
            bindparam("by_questionnaire", type_=String()),
            _WRITTEN.c.language,
            _WRITTEN.c.choice,
            _WRITTEN.c.text_digest,
        ).where(
            _WRITTEN.c.draft_id == bindparam("of_draft"),
            _WRITTEN.c.item_key.in_(bindparam("about", expanding=True)),
            _WRITTEN.c.position.in_(bindparam("positions", expanding=True)),
            or_(_WRITTEN.c.choice != "", _WRITTEN.c.text != ""),
        ),
    )
    .execution_options(preserve_rowcount=True)
)
_COPY_TEXTS = insert(_TEXT).from_select(
    ["answer_id", "text", "operations", "salt"],
    select(_WRITTEN.c.answer_id, _WRITTEN.c.text, _WRITTEN.c.operations, _WRITTEN.c.salt)
    .join(_ANSWER, _ANSWER.c.id == _WRITTEN.c.answer_id)
    .where(_WRITTEN.c.draft_id == bindparam("of_draft"), _WRITTEN.c.text != ""),
)


class Sent(NamedTuple):
    """What is known of a submission by its key: enough for the same receipt again."""

    reference: str
    code_hash: str
    submitted_at: dt.datetime


class KeyTaken(Exception):
    """A submission with this key is there already."""


class NothingToSend(Exception):
    """The draft has no answer to anything that is on its list."""


class ReferenceTaken(Exception):
    """Another submission has this reference."""


def find_sent(session: Session, key_hash: str) -> Sent | None:
    """Return the submission that was made with a key, or None."""
    row = session.connection().execute(_BY_KEY, {"of_key": key_hash}).first()
    return Sent(*row) if row else None


def send_draft(
    session: Session,
    draft: Draft,
    submission: Submission,
    *,
    about: Sequence[str],
    key_hash: str,
    code_hash: str,
    submitted_on: dt.date,
    questionnaire_version: str,
) -> None:
    """Make a submission of a locked draft: its answers to the items `about` and its positions.

    Raises KeyTaken, ReferenceTaken or NothingToSend, adding nothing.
    """
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
        "interest": respondent.interest or "",
        "language": draft.language,
        "replaces_id": draft.replaces_id,
        "lodged_late": False,
        "held_for": "",
    }
    copied = {
        "into": submission.id,
        "of_draft": draft.id,
        "about": about,
        "positions": ("", *respondent.positions),
        "by_questionnaire": questionnaire_version,
    }
    connection = session.connection()
    _insert_head(session, head)
    if connection.execute(_COPY_ANSWERS, copied).rowcount == 0:
        connection.execute(_DELETE_SUBMISSION, {"empty": submission.id})
        raise NothingToSend
    connection.execute(_COPY_TEXTS, {"of_draft": draft.id})
    _insert_respondent(connection, submission.id, respondent)


def _insert_head(session: Session, head: dict[str, Any]) -> None:
    try:
        with single_write(session):
            session.connection().execute(_INSERT_SUBMISSION, head)
    except IntegrityError as error:
        broken = violated(error)
        if broken == "uq_submission__reference":
            raise ReferenceTaken from error
        if broken in ("uq_submission__key_hash", "uq_submission__code_hash"):
            raise KeyTaken from error
        raise


def _insert_respondent(
    connection: Connection, submission_id: uuid.UUID, respondent: Respondent
) -> None:
    if respondent.positions:
        positions = [
            {"submission_id": submission_id, "position": each} for each in respondent.positions
        ]
        connection.execute(_INSERT_POSITION, positions)
    person = {
        "name": respondent.name,
        "organisation_name": respondent.organisation_name,
        "gathered": respondent.gathered,
        "role": respondent.role,
        "interests": respondent.interests,
        "late_reason": "",
    }
    if any(person.values()):
        connection.execute(_INSERT_PERSON, {"submission_id": submission_id, **person})


def find_submission(session: Session, code_hash: str) -> Submission | None:
    """Return the submission behind a private code, whole, its answers by key, or None."""
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
            role=person.role if person else "",
            interest=Interest(row.interest) if row.interest else None,
            interests=person.interests if person else "",
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
    )
    answers = [
        SentAnswer(
            AnswerKey(row.item_key, row.question_key, row.position),
            Given(choices=keys_in(row.choice), text=text or ""),
            row.item_digest,
        )
        for row, text in rows
    ]
    return tuple(sorted(answers, key=lambda answer: answer.key))
