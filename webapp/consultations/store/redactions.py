"""The words of responses as they were written, and those that everybody else reads instead."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import delete, insert, select

from webapp.consultations.models import (
    AnswerRow,
    AnswerTextRow,
    RedactedAnswerRow,
    RedactedPersonRow,
    SubmissionPersonRow,
    table_of,
)
from webapp.consultations.redacting import PERSON_TEXTS, Passage
from webapp.persistence import Session

_PERSON = table_of(SubmissionPersonRow)


def list_passages(
    session: Session, submission_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, tuple[Passage, ...]]:
    """Return every text of submissions as it was written, by the id of each that has any."""
    found: dict[uuid.UUID, list[Passage]] = defaultdict(list)
    people = select(_PERSON).where(_PERSON.c.submission_id.in_(submission_ids))
    for person in session.execute(people).mappings():
        texts = ((name, person[name]) for name in PERSON_TEXTS)
        found[person["submission_id"]] += [Passage(name, text) for name, text in texts if text]
    answers = (
        select(AnswerRow.submission_id, AnswerRow.id, AnswerTextRow.text, AnswerRow.text_digest)
        .join(AnswerTextRow, AnswerTextRow.answer_id == AnswerRow.id)
        .where(AnswerRow.submission_id.in_(submission_ids), AnswerTextRow.text != "")
        .order_by(AnswerRow.id)
    )
    for submission_id, answer_id, text, digest in session.execute(answers):
        found[submission_id].append(Passage(answer_id.hex, text, digest))
    return {each: tuple(passages) for each, passages in found.items()}


def has_redactions(session: Session, submission_id: uuid.UUID) -> bool:
    """Say whether any text of a submission is read otherwise than written."""
    person = select(RedactedPersonRow.field).where(RedactedPersonRow.submission_id == submission_id)
    answer = (
        select(RedactedAnswerRow.answer_id)
        .join(AnswerRow, AnswerRow.id == RedactedAnswerRow.answer_id)
        .where(AnswerRow.submission_id == submission_id)
    )
    return any(session.scalars(each.limit(1)).first() for each in (person, answer))


def replace_redactions(
    session: Session, submission_id: uuid.UUID, texts: Mapping[str, str]
) -> None:
    """Make these the only texts of a submission that are read otherwise than written, by passage.

    The submission is locked.
    """
    erase_redactions(session, submission_id)
    answers = [
        {"answer_id": uuid.UUID(hex=key), "text": text}
        for key, text in texts.items()
        if key not in PERSON_TEXTS
    ]
    people = [
        {"submission_id": submission_id, "field": key, "text": text}
        for key, text in texts.items()
        if key in PERSON_TEXTS
    ]
    for row, values in ((RedactedAnswerRow, answers), (RedactedPersonRow, people)):
        if values:
            session.execute(insert(row), values)


def erase_redactions(session: Session, submission_id: uuid.UUID) -> None:
    """Erase what is read in place of the words of a submission."""
    answers = select(AnswerRow.id).where(AnswerRow.submission_id == submission_id)
    session.execute(
        delete(RedactedAnswerRow).where(RedactedAnswerRow.answer_id.in_(answers)),
        execution_options={"synchronize_session": False},
    )
    session.execute(
        delete(RedactedPersonRow).where(RedactedPersonRow.submission_id == submission_id)
    )


def erase_redacted_name(session: Session, submission_id: uuid.UUID) -> None:
    """Erase what is read in place of a name that is not there any more."""
    session.execute(
        delete(RedactedPersonRow).where(
            RedactedPersonRow.submission_id == submission_id, RedactedPersonRow.field == "name"
        )
    )
