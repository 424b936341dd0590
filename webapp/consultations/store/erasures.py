"""Erasing the words and names of a submission; that it was sent, and when, stays."""

from __future__ import annotations

import uuid

from sqlalchemy import delete, select, update

from webapp.consultations.models import (
    AnswerRow,
    AnswerTextRow,
    DraftAnswerRow,
    DraftRow,
    SubmissionPersonRow,
    table_of,
)
from webapp.consultations.response import Submission
from webapp.consultations.store import redactions
from webapp.persistence import Session

_PERSON = table_of(SubmissionPersonRow)


def erase_words(session: Session, submission: Submission) -> None:
    """Erase everything that somebody wrote in a submission, and in the draft it was made of.

    Digests stay; the salts go with the texts, so that nobody can guess a text from its digest.
    """
    redactions.erase_redactions(session, submission.id)
    answers = select(AnswerRow.id).where(AnswerRow.submission_id == submission.id)
    session.execute(delete(AnswerTextRow).where(AnswerTextRow.answer_id.in_(answers)))
    session.execute(
        delete(SubmissionPersonRow).where(SubmissionPersonRow.submission_id == submission.id)
    )
    # What was sent stays a draft that nobody finds until a worker tidies up. It was sent in the
    # same moment, so few are looked at; the answers say which it is.
    spent = (
        select(DraftAnswerRow.draft_id)
        .join(DraftRow, DraftRow.id == DraftAnswerRow.draft_id)
        .where(
            DraftRow.consultation_id == submission.consultation_id,
            DraftRow.sent_at == submission.submitted_at,
            DraftAnswerRow.answer_id.in_(answers),
        )
    )
    session.execute(
        delete(DraftRow).where(DraftRow.id.in_(spent)),
        execution_options={"synchronize_session": False},
    )


def keep_name(session: Session, submission_id: uuid.UUID, name: str) -> None:
    """Make this the name of an individual; an empty one erases it."""
    redactions.erase_redacted_name(session, submission_id)
    changed = session.connection().execute(
        update(_PERSON).where(_PERSON.c.submission_id == submission_id).values(name=name)
    )
    if changed.rowcount == 0 and name:
        session.connection().execute(
            _PERSON.insert().values(
                submission_id=submission_id,
                name=name,
                organisation_name="",
                gathered="",
                role="",
                interests="",
                late_reason="",
            )
        )
