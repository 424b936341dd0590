"""What the stores of other rooms may join to their own rows: responses and their words.

These are selectables, as a database view would be. Nothing here is written to, and the words are
those that everybody reads: a text that was redacted is not in them as it was written.
"""

from __future__ import annotations

from sqlalchemy import String, Subquery, and_, case, cast, func, select, union_all
from sqlalchemy.orm import aliased

from webapp.consultations.models import (
    AnswerRow,
    AnswerTextRow,
    RedactedAnswerRow,
    RedactedPersonRow,
    SubmissionEventRow,
    SubmissionPersonRow,
    SubmissionRow,
)
from webapp.consultations.redacting import PERSON_TEXTS
from webapp.consultations.store.events import counts, standing
from webapp.consultations.submissions import EventKind


def responses() -> Subquery:
    """Return every response: `id`, `consultation_id`, `reference`, `submitted_at`,
    `submitted_on`, `responds_as`, `respondent_class`, `region`, `language`, `channel`, `edition`,
    `lodged_late`, `counts` (whether it does), `standing` (what it is now, a key of Standing),
    `publish` (what may be published now) and `permission_number` (of the event that said so last,
    0 while it is as it was sent).
    """
    permission = (
        SubmissionEventRow.submission_id == SubmissionRow.id,
        SubmissionEventRow.kind == EventKind.PERMISSION.value,
    )
    newest = (
        select(SubmissionEventRow.publish)
        .where(*permission)
        .order_by(SubmissionEventRow.number.desc())
        .limit(1)
        .correlate(SubmissionRow)
        .scalar_subquery()
    )
    number = (
        select(func.max(SubmissionEventRow.number))
        .where(*permission)
        .correlate(SubmissionRow)
        .scalar_subquery()
    )
    return select(
        SubmissionRow.id,
        SubmissionRow.consultation_id,
        SubmissionRow.reference,
        SubmissionRow.submitted_at,
        SubmissionRow.submitted_on,
        SubmissionRow.responds_as,
        SubmissionRow.respondent_class,
        SubmissionRow.region,
        SubmissionRow.language,
        SubmissionRow.channel,
        SubmissionRow.edition,
        SubmissionRow.lodged_late,
        counts().label("counts"),
        standing().label("standing"),
        func.coalesce(newest, SubmissionRow.publish).label("publish"),
        func.coalesce(number, 0).label("permission_number"),
    ).subquery("response")


def answers() -> Subquery:
    """Return every answer with the words that everybody reads: `id`, `submission_id`,
    `item_key`, `question_key`, `position`, `item_digest`, `questionnaire_version`, `language`,
    `choice` (option keys, one a line), `text` (empty without one or once erased) and
    `is_redacted`.
    """
    return (
        select(
            AnswerRow.id,
            AnswerRow.submission_id,
            AnswerRow.item_key,
            AnswerRow.question_key,
            AnswerRow.position,
            AnswerRow.item_digest,
            AnswerRow.questionnaire_version,
            AnswerRow.language,
            AnswerRow.choice,
            func.coalesce(RedactedAnswerRow.text, AnswerTextRow.text, "").label("text"),
            case((RedactedAnswerRow.answer_id.is_(None), False), else_=True).label("is_redacted"),
        )
        .outerjoin(AnswerTextRow, AnswerTextRow.answer_id == AnswerRow.id)
        .outerjoin(RedactedAnswerRow, RedactedAnswerRow.answer_id == AnswerRow.id)
        .subquery("said")
    )


def people() -> Subquery:
    """Return who sent each response, in the words that everybody reads: `submission_id`, `name`,
    `organisation_name`, `role`, `gathered`, `interests` and `late_reason`.
    """
    read = {each: aliased(RedactedPersonRow) for each in PERSON_TEXTS}
    wanted = select(
        SubmissionPersonRow.submission_id,
        *(
            func.coalesce(row.text, getattr(SubmissionPersonRow, each)).label(each)
            for each, row in read.items()
        ),
    )
    for each, row in read.items():
        fits = and_(row.submission_id == SubmissionPersonRow.submission_id, row.field == each)
        wanted = wanted.outerjoin(row, fits)
    return wanted.subquery("person")


def redactions() -> Subquery:
    """Return every text that was redacted, as everybody reads it: `consultation_id`,
    `submission_id`, `about` (the id of an answer, or a field about its sender) and `text`.
    """
    of_answers = (
        select(
            SubmissionRow.consultation_id,
            SubmissionRow.id.label("submission_id"),
            cast(RedactedAnswerRow.answer_id, String).label("about"),
            RedactedAnswerRow.text,
        )
        .join(AnswerRow, AnswerRow.id == RedactedAnswerRow.answer_id)
        .join(SubmissionRow, SubmissionRow.id == AnswerRow.submission_id)
    )
    of_people = select(
        SubmissionRow.consultation_id,
        SubmissionRow.id,
        RedactedPersonRow.field,
        RedactedPersonRow.text,
    ).join(SubmissionRow, SubmissionRow.id == RedactedPersonRow.submission_id)
    return union_all(of_answers, of_people).subquery("redaction")
