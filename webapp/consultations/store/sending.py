"""Making a submission of a draft, once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Uuid, bindparam, delete, insert, or_, select

from webapp.consultations.models import (
    AnswerRow,
    AnswerTextRow,
    DraftAnswerRow,
    SubmissionPersonRow,
    SubmissionPositionRow,
    SubmissionRow,
    table_of,
)
from webapp.consultations.respondents import RespondsAs
from webapp.consultations.response import Draft, Submission
from webapp.consultations.store.keys import keys_text
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
    _SUBMISSION.c.reference,
    _SUBMISSION.c.code_hash,
    _SUBMISSION.c.submitted_at,
    _SUBMISSION.c.responds_as,
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
            _WRITTEN.c.questionnaire_version,
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
    responds_as: RespondsAs


class KeyTaken(Exception):
    """A submission with this key is there already."""


class NothingToSend(Exception):
    """The draft has no answer to anything that is on its list."""


class ReferenceTaken(Exception):
    """Another submission has this reference."""


class PlaceTaken(Exception):
    """Another submission was sent in place of the one that this is to replace."""


def find_sent(session: Session, key_hash: str) -> Sent | None:
    """Return the submission that was made with a key, or None."""
    row = session.connection().execute(_BY_KEY, {"of_key": key_hash}).first()
    if row is None:
        return None
    return Sent(row.reference, row.code_hash, row.submitted_at, RespondsAs(row.responds_as))


def send_draft(
    session: Session,
    draft: Draft,
    submission: Submission,
    *,
    about: Sequence[str],
    key_hash: str,
    code_hash: str,
    submitted_on: dt.date,
) -> None:
    """Make a submission of a locked draft: its answers to the items `about` and its positions.

    Raises KeyTaken, ReferenceTaken, PlaceTaken or NothingToSend, adding nothing.
    """
    copied = {
        "into": submission.id,
        "of_draft": draft.id,
        "about": about,
        "positions": ("", *submission.respondent.positions),
    }
    connection = session.connection()
    insert_head(session, submission, key_hash, code_hash, submitted_on)
    if connection.execute(_COPY_ANSWERS, copied).rowcount == 0:
        connection.execute(_DELETE_SUBMISSION, {"empty": submission.id})
        raise NothingToSend
    connection.execute(_COPY_TEXTS, {"of_draft": draft.id})
    insert_respondent(connection, submission)


def insert_head(
    session: Session,
    submission: Submission,
    key_hash: str,
    code_hash: str,
    submitted_on: dt.date,
) -> None:
    """Add the row of a submission; raises KeyTaken, ReferenceTaken or PlaceTaken, adding none."""
    head = _head(submission, key_hash, code_hash, submitted_on)
    try:
        with single_write(session):
            session.connection().execute(_INSERT_SUBMISSION, head)
    except IntegrityError as error:
        broken = violated(error)
        if broken == "uq_submission__reference":
            raise ReferenceTaken from error
        # The id follows from the draft, as the key and the code do.
        if broken in ("pk_submission", "uq_submission__key_hash", "uq_submission__code_hash"):
            raise KeyTaken from error
        if broken == "uq_submission__replaces_id":
            raise PlaceTaken from error
        raise


def _head(
    submission: Submission, key_hash: str, code_hash: str, submitted_on: dt.date
) -> dict[str, Any]:
    respondent = submission.respondent
    return {
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
        "language": submission.language,
        "replaces_id": submission.replaces_id,
        "lodged_late": submission.lodged_late,
        "held_for": keys_text(submission.held_for),
        "edition": submission.edition,
        "channel": submission.channel,
        "recorded_at": submission.recorded_at,
    }


def insert_respondent(connection: Connection, submission: Submission) -> None:
    """Add who sent a submission, and the positions that they chose."""
    submission_id, respondent = submission.id, submission.respondent
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
        "late_reason": submission.late_reason,
    }
    if any(person.values()):
        connection.execute(_INSERT_PERSON, {"submission_id": submission_id, **person})
