"""Erasing the words and names of a submission; that it was sent, and when, stays."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Delete,
    ScalarSelect,
    Select,
    delete,
    func,
    or_,
    select,
    update,
)

from webapp.consultations.models import (
    AnswerRow,
    AnswerTextRow,
    DraftAnswerRow,
    DraftRow,
    RedactedAnswerRow,
    RedactedPersonRow,
    SubmissionEventRow,
    SubmissionPersonRow,
    SubmissionRow,
    table_of,
)
from webapp.consultations.respondents import Publish, RespondsAs
from webapp.consultations.response import Submission
from webapp.consultations.store import redactions
from webapp.consultations.submissions import EventKind, Kept
from webapp.persistence import Session

_PERSON = table_of(SubmissionPersonRow)
NAME_FIELDS = ("name", "role")
WORD_FIELDS = ("gathered", "interests", "late_reason")
_UNSEEN: dict[str, Any] = {"execution_options": {"synchronize_session": False}}


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


def erase_people(session: Session, consultation_id: uuid.UUID) -> int:
    """Erase the names and roles of who sent the responses of a consultation; return how many.

    Names of organisations stay: what they said is theirs in public.
    """
    return _erase_fields(session, consultation_id, NAME_FIELDS)


def erase_texts(session: Session, consultation_id: uuid.UUID) -> int:
    """Erase what was written in the responses of a consultation; return how many texts."""
    about = _erase_fields(session, consultation_id, WORD_FIELDS)
    return about + _erase_texts(session, _of(consultation_id))


def erase_withdrawn(session: Session, consultation_id: uuid.UUID) -> int:
    """Erase what is left of withdrawn responses and of those that they replaced."""
    theirs = _withdrawn(consultation_id)
    return _erase_texts(session, theirs) + _erase_people(session, theirs)


def erase_unneeded_names(session: Session, consultation_id: uuid.UUID) -> int:
    """Erase the names of individuals who may not be named; return how many."""
    unneeded = session.scalars(
        select(_PERSON.c.submission_id)
        .join(SubmissionRow, SubmissionRow.id == _PERSON.c.submission_id)
        .where(
            SubmissionRow.consultation_id == consultation_id,
            SubmissionRow.responds_as == RespondsAs.INDIVIDUAL.value,
            _PERSON.c.name != "",
            func.coalesce(_newest_permission(), SubmissionRow.publish) != Publish.NAMED.value,
        )
    ).all()
    for submission_id in unneeded:
        keep_name(session, submission_id, "")
    return len(unneeded)


def count_kept(session: Session, consultation_id: uuid.UUID) -> Kept:
    """Count what is still kept of the responses of a consultation."""
    return Kept(
        names=_count_people(session, _of(consultation_id), NAME_FIELDS),
        words=_count_texts(session, _of(consultation_id)),
        withdrawn=_count_texts(session, _withdrawn(consultation_id)),
    )


def _count_people(session: Session, submissions: Select[uuid.UUID], fields: Sequence[str]) -> int:
    statement = select(func.count()).where(
        _PERSON.c.submission_id.in_(submissions), _any_of(fields)
    )
    return session.scalar(statement) or 0


def _count_texts(session: Session, submissions: Select[uuid.UUID]) -> int:
    statement = (
        select(func.count())
        .select_from(AnswerTextRow)
        .join(AnswerRow, AnswerRow.id == AnswerTextRow.answer_id)
        .where(AnswerRow.submission_id.in_(submissions))
    )
    about = _count_people(session, submissions, WORD_FIELDS)
    return about + (session.scalar(statement) or 0)


def _any_of(fields: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(_PERSON.c[field] != "" for field in fields))


def _of(consultation_id: uuid.UUID) -> Select[uuid.UUID]:
    return select(SubmissionRow.id).where(SubmissionRow.consultation_id == consultation_id)


def _erase_fields(session: Session, consultation_id: uuid.UUID, fields: Sequence[str]) -> int:
    """Make these texts about people empty, and take what everybody reads in their place away."""
    session.execute(
        delete(RedactedPersonRow).where(
            RedactedPersonRow.submission_id.in_(_of(consultation_id)),
            RedactedPersonRow.field.in_(fields),
        ),
        **_UNSEEN,
    )
    changed = session.connection().execute(
        update(_PERSON)
        .where(_PERSON.c.submission_id.in_(_of(consultation_id)), _any_of(fields))
        .values(dict.fromkeys(fields, ""))
    )
    return changed.rowcount


def _withdrawn(consultation_id: uuid.UUID) -> Select[uuid.UUID]:
    gone = (
        select(SubmissionRow.id, SubmissionRow.replaces_id)
        .join(SubmissionEventRow, SubmissionEventRow.submission_id == SubmissionRow.id)
        .where(
            SubmissionRow.consultation_id == consultation_id,
            SubmissionEventRow.kind == EventKind.WITHDRAWN.value,
        )
        .cte("gone", recursive=True)
    )
    # What a withdrawn response replaced goes with it, and what that one replaced.
    gone = gone.union(
        select(SubmissionRow.id, SubmissionRow.replaces_id).join(
            gone, SubmissionRow.id == gone.c.replaces_id
        )
    )
    return select(gone.c.id)


def _newest_permission() -> ScalarSelect[str]:
    return (
        select(SubmissionEventRow.publish)
        .where(
            SubmissionEventRow.submission_id == _PERSON.c.submission_id,
            SubmissionEventRow.kind == EventKind.PERMISSION.value,
        )
        .order_by(SubmissionEventRow.number.desc())
        .limit(1)
        .correlate(_PERSON)
        .scalar_subquery()
    )


def _erase_texts(session: Session, submissions: Select[uuid.UUID]) -> int:
    answers = select(AnswerRow.id).where(AnswerRow.submission_id.in_(submissions))
    session.execute(
        delete(RedactedAnswerRow).where(RedactedAnswerRow.answer_id.in_(answers)), **_UNSEEN
    )
    return _deleted(session, delete(AnswerTextRow).where(AnswerTextRow.answer_id.in_(answers)))


def _erase_people(session: Session, submissions: Select[uuid.UUID]) -> int:
    session.execute(
        delete(RedactedPersonRow).where(RedactedPersonRow.submission_id.in_(submissions)),
        **_UNSEEN,
    )
    return _deleted(
        session,
        delete(SubmissionPersonRow).where(SubmissionPersonRow.submission_id.in_(submissions)),
    )


def _deleted(session: Session, statement: Delete) -> int:
    return session.connection().execute(statement).rowcount
