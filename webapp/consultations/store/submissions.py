"""Responses that were sent, as they are found again; nothing here changes one.

Their words are those that everybody reads. What its sender wrote is found by the private code, and
by a reference only where that is asked for in so many words.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Row, select

from frameworks.questions import AnswerKey, Given
from webapp.consultations import relations
from webapp.consultations.models import (
    AnswerRow,
    AnswerTextRow,
    RedactedAnswerRow,
    SubmissionPersonRow,
    SubmissionPositionRow,
    SubmissionRow,
    table_of,
)
from webapp.consultations.respondents import Channel, Interest, Publish, Respondent, RespondsAs
from webapp.consultations.response import SentAnswer, Submission, Written
from webapp.consultations.store import events
from webapp.consultations.store.keys import keys_in
from webapp.consultations.submissions import SURGE, WaitingResponse
from webapp.persistence import Session

_SUBMISSION, _PERSON = table_of(SubmissionRow), table_of(SubmissionPersonRow)


def find_submission(session: Session, code_hash: str) -> Submission | None:
    """Return the submission behind a private code, whole and as it was written, or None."""
    return _find(session, SubmissionRow.code_hash == code_hash, as_written=True)


def lock_submission(session: Session, code_hash: str) -> Submission | None:
    """Return the submission behind a private code; nothing more happens to it before the end."""
    return _find(session, SubmissionRow.code_hash == code_hash, locked=True, as_written=True)


def find_by_reference(
    session: Session, consultation_id: uuid.UUID, reference: str, *, as_written: bool = False
) -> Submission | None:
    """Return the submission of a consultation with a reference, or None."""
    return _find(session, *_named(consultation_id, reference), as_written=as_written)


def lock_by_reference(
    session: Session, consultation_id: uuid.UUID, reference: str
) -> Submission | None:
    """Return it as `find_by_reference` does; nothing more happens to it before the end."""
    return _find(session, *_named(consultation_id, reference), locked=True)


def lock_by_id(session: Session, submission_id: uuid.UUID) -> Submission:
    """Return a submission to which nothing more happens before the end; LookupError if none."""
    found = _find(session, SubmissionRow.id == submission_id, locked=True)
    if found is None:
        raise LookupError(f"no submission {submission_id}")
    return found


def find_by_id(
    session: Session, submission_id: uuid.UUID, *, locked: bool = False
) -> Submission | None:
    """Return a submission by its id, or None."""
    return _find(session, SubmissionRow.id == submission_id, locked=locked)


def lock_held(
    session: Session, consultation_id: uuid.UUID, references: Collection[str]
) -> tuple[uuid.UUID, ...]:
    """Return those of the named submissions that are still held, and lock them, in one order."""
    return _locked_ids(
        session,
        SubmissionRow.consultation_id == consultation_id,
        SubmissionRow.reference.in_(references),
    )


def lock_surge(session: Session, consultation_id: uuid.UUID, most: int) -> tuple[uuid.UUID, ...]:
    """Return and lock so many of those that are held only because very many came at once."""
    return _locked_ids(
        session,
        SubmissionRow.consultation_id == consultation_id,
        SubmissionRow.held_for == SURGE,
        most=most,
    )


def find_reference(session: Session, submission_id: uuid.UUID) -> str | None:
    """Return the reference of a submission, or None."""
    return session.scalar(select(SubmissionRow.reference).where(SubmissionRow.id == submission_id))


def find_successor(session: Session, submission_id: uuid.UUID) -> str | None:
    """Return the reference of the submission that was sent in place of one, or None."""
    return session.scalar(
        select(SubmissionRow.reference).where(SubmissionRow.replaces_id == submission_id)
    )


def list_written(session: Session, submission_id: uuid.UUID) -> tuple[Written, ...]:
    """Return the answers of a submission as its sender wrote them and a draft keeps them."""
    return tuple(
        Written(
            AnswerKey(row.item_key, row.question_key, row.position),
            Given(choices=keys_in(row.choice), text=text or ""),
            row.item_digest,
            row.questionnaire_version,
            operations or "",
            row.language,
        )
        for row, text, operations in session.execute(
            select(AnswerRow, AnswerTextRow.text, AnswerTextRow.operations)
            .outerjoin(AnswerTextRow, AnswerTextRow.answer_id == AnswerRow.id)
            .where(AnswerRow.submission_id == submission_id)
        )
    )


def list_held(
    session: Session, consultation_id: uuid.UUID, most: int
) -> tuple[WaitingResponse, ...]:
    """Return the responses that wait for a person's look, the oldest first."""
    return _waiting(session, consultation_id, events.waits_for_a_look(), most)


def list_late(
    session: Session, consultation_id: uuid.UUID, most: int
) -> tuple[WaitingResponse, ...]:
    """Return the late responses that wait for a decision, the oldest first."""
    return _waiting(session, consultation_id, events.waits_for_admission(), most)


def _named(consultation_id: uuid.UUID, reference: str) -> tuple[ColumnElement[bool], ...]:
    return (
        SubmissionRow.consultation_id == consultation_id,
        SubmissionRow.reference == reference,
    )


def _locked_ids(
    session: Session, *conditions: ColumnElement[bool], most: int | None = None
) -> tuple[uuid.UUID, ...]:
    # In one order, so that two who release the same ones wait for each other and never both.
    wanted = (
        select(SubmissionRow.id)
        .where(*conditions, events.waits_for_a_look())
        .order_by(SubmissionRow.id)
        .limit(most)
    )
    locked = session.scalars(wanted.with_for_update(of=SubmissionRow)).all()
    # Whoever waited for a lock looks again: somebody may have decided meanwhile.
    still = select(SubmissionRow.id).where(SubmissionRow.id.in_(locked), events.waits_for_a_look())
    return tuple(session.scalars(still))


def _waiting(
    session: Session, consultation_id: uuid.UUID, condition: ColumnElement[bool], most: int
) -> tuple[WaitingResponse, ...]:
    person = relations.people()
    rows = session.execute(
        select(
            _SUBMISSION.c.reference,
            _SUBMISSION.c.submitted_at,
            _SUBMISSION.c.held_for,
            _SUBMISSION.c.responds_as,
            _SUBMISSION.c.respondent_class,
            person.c.organisation_name,
            person.c.late_reason,
        )
        .outerjoin(person, person.c.submission_id == _SUBMISSION.c.id)
        .where(_SUBMISSION.c.consultation_id == consultation_id, condition)
        .order_by(_SUBMISSION.c.submitted_at, _SUBMISSION.c.reference)
        .limit(most)
    )
    return tuple(
        WaitingResponse(
            reference=row.reference,
            submitted_at=row.submitted_at,
            held_for=keys_in(row.held_for),
            responds_as=RespondsAs(row.responds_as),
            respondent_class=row.respondent_class,
            organisation_name=row.organisation_name or "",
            late_reason=row.late_reason or "",
        )
        for row in rows
    )


def _find(
    session: Session,
    *conditions: ColumnElement[bool],
    locked: bool = False,
    as_written: bool = False,
) -> Submission | None:
    wanted = select(_SUBMISSION).where(*conditions)
    row = session.execute(wanted.with_for_update() if locked else wanted).first()
    if row is None:
        return None
    # What can change is read after the lock was waited for.
    people = _PERSON if as_written else relations.people()
    person = session.execute(select(people).where(people.c.submission_id == row.id)).first()
    return Submission(
        id=row.id,
        consultation_id=row.consultation_id,
        reference=row.reference,
        submitted_at=row.submitted_at,
        respondent=_respondent(session, row, person),
        answers=_answers(session, row.id, as_written=as_written),
        replaces_id=row.replaces_id,
        lodged_late=row.lodged_late,
        late_reason=person.late_reason if person else "",
        held_for=keys_in(row.held_for),
        language=row.language,
        edition=row.edition,
        channel=Channel(row.channel),
        recorded_at=row.recorded_at,
        events=events.list_events(session, row.id),
    )


def _respondent(session: Session, row: Row[Any], person: Row[Any] | None) -> Respondent:
    positions = session.scalars(
        select(SubmissionPositionRow.position)
        .where(SubmissionPositionRow.submission_id == row.id)
        .order_by(SubmissionPositionRow.position)
    )
    return Respondent(
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
    )


def _answers(
    session: Session, submission_id: uuid.UUID, *, as_written: bool
) -> tuple[SentAnswer, ...]:
    rows = session.execute(
        select(AnswerRow, AnswerTextRow.text, RedactedAnswerRow.text)
        .outerjoin(AnswerTextRow, AnswerTextRow.answer_id == AnswerRow.id)
        .outerjoin(RedactedAnswerRow, RedactedAnswerRow.answer_id == AnswerRow.id)
        .where(AnswerRow.submission_id == submission_id)
    )
    answers = [
        _answer(row, written or "", None if as_written else instead)
        for row, written, instead in rows
    ]
    return tuple(sorted(answers, key=lambda answer: answer.key))


def _answer(row: AnswerRow, written: str, instead: str | None) -> SentAnswer:
    return SentAnswer(
        AnswerKey(row.item_key, row.question_key, row.position),
        Given(choices=keys_in(row.choice), text=written if instead is None else instead),
        row.item_digest,
        row.questionnaire_version,
        row.language,
        row.id,
        is_redacted=instead is not None,
    )
