"""How many submissions count, and how many there are that do not (yet)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection

from sqlalchemy import ColumnElement, func, select

from webapp.consultations.models import AnswerRow, SubmissionRow
from webapp.consultations.store.events import counts, waits_for_a_look, waits_for_admission
from webapp.consultations.submissions import SURGE
from webapp.consultations.tallies import AnswerCount
from webapp.persistence import Session


def count_received(session: Session, consultation_id: uuid.UUID) -> int:
    """Return how many responses were ever sent, also those that do not count."""
    return _number(session, consultation_id)


def count_held(session: Session, consultation_id: uuid.UUID) -> int:
    """Return how many responses wait for a person's look."""
    return _number(session, consultation_id, waits_for_a_look())


def count_surge(session: Session, consultation_id: uuid.UUID) -> int:
    """Return how many responses are held only because very many came at once."""
    only = SubmissionRow.held_for == SURGE
    return _number(session, consultation_id, waits_for_a_look(), only)


def count_late(session: Session, consultation_id: uuid.UUID) -> int:
    """Return how many responses that were lodged late wait for a decision."""
    return _number(session, consultation_id, waits_for_admission())


def count_submissions(session: Session, consultation_id: uuid.UUID) -> int:
    """Return how many responses count."""
    return _number(session, consultation_id, counts())


def count_by_class(session: Session, consultation_id: uuid.UUID) -> dict[tuple[str, str], int]:
    """Return the responses that count by (responds as, class)."""
    rows = session.execute(
        select(SubmissionRow.responds_as, SubmissionRow.respondent_class, func.count())
        .where(SubmissionRow.consultation_id == consultation_id, counts())
        .group_by(SubmissionRow.responds_as, SubmissionRow.respondent_class)
    )
    return {(responds_as, respondent_class): n for responds_as, respondent_class, n in rows}


def count_by_day(session: Session, consultation_id: uuid.UUID) -> dict[dt.date, int]:
    """Return the responses that count by calendar day in the UK."""
    rows = session.execute(
        select(SubmissionRow.submitted_on, func.count())
        .where(SubmissionRow.consultation_id == consultation_id, counts())
        .group_by(SubmissionRow.submitted_on)
    )
    return dict(rows.all())


def count_by_item(session: Session, consultation_id: uuid.UUID) -> dict[str, int]:
    """Return the responses that count and answered something about an item, by item key."""
    rows = session.execute(
        select(AnswerRow.item_key, func.count(AnswerRow.submission_id.distinct()))
        .join(SubmissionRow, SubmissionRow.id == AnswerRow.submission_id)
        .where(SubmissionRow.consultation_id == consultation_id, counts())
        .group_by(AnswerRow.item_key)
    )
    return dict(rows.all())


def count_choices(
    session: Session,
    consultation_id: uuid.UUID,
    *,
    only: Collection[uuid.UUID] | None = None,
) -> tuple[AnswerCount, ...]:
    """Return how many answers are alike, of the responses that count or of `only` some of them.

    `only` is small enough for one statement.
    """
    some = [] if only is None else [SubmissionRow.id.in_(only)]
    kinds = (
        AnswerRow.item_key,
        AnswerRow.question_key,
        AnswerRow.position,
        AnswerRow.questionnaire_version,
        AnswerRow.choice,
    )
    rows = session.execute(
        select(*kinds, func.count())
        .join(SubmissionRow, SubmissionRow.id == AnswerRow.submission_id)
        .where(SubmissionRow.consultation_id == consultation_id, counts(), *some)
        .group_by(*kinds)
    )
    return tuple(AnswerCount(*row) for row in rows)


def count_by_version(
    session: Session, consultation_id: uuid.UUID, questions: Collection[str]
) -> dict[tuple[str, str], int]:
    """Return the answers to questions in responses that count by (question key, version)."""
    kinds = (AnswerRow.question_key, AnswerRow.questionnaire_version)
    rows = session.execute(
        select(*kinds, func.count())
        .join(SubmissionRow, SubmissionRow.id == AnswerRow.submission_id)
        .where(
            SubmissionRow.consultation_id == consultation_id,
            counts(),
            AnswerRow.question_key.in_(questions),
        )
        .group_by(*kinds)
    )
    return {(question, version): n for question, version, n in rows}


def _number(session: Session, consultation_id: uuid.UUID, *conditions: ColumnElement[bool]) -> int:
    wanted = select(func.count()).where(
        SubmissionRow.consultation_id == consultation_id, *conditions
    )
    return session.scalar(wanted) or 0
