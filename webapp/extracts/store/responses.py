"""What people said, read response by response at one moment; memory stays as it is.

On PostgreSQL the database keeps the result and hands it over in pieces. Only what stands in one
response at a time is in memory whole. Whoever does not read to the end closes the iterator.
"""

from __future__ import annotations

import hashlib
import itertools
import uuid
from collections.abc import Generator, Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import Row, Select, case, func, or_, select, true

from frameworks.questions import AnswerKey
from webapp.campaigns import relations as campaigns
from webapp.consultations import relations
from webapp.consultations.respondents import Publish, RespondsAs
from webapp.consultations.submissions import RESPONSE_WITHDRAWN, Standing
from webapp.extracts.extract import Options, Which
from webapp.extracts.said import SaidAnswer, SaidResponse
from webapp.persistence import Session
from webapp.retention import relations as retention

AT_ONCE = 100
"""How many responses are asked for their answers together."""

ROWS_AT_ONCE = 200
"""How many rows come from the database together."""

_TAKEN_BACK = (Standing.WITHDRAWN.value, Standing.REMOVED.value)


def stream_responses(
    session: Session, consultation_id: uuid.UUID, options: Options
) -> Generator[SaidResponse, None, None]:
    """Yield the responses of a consultation in the order in which they came, with their answers."""
    found = session.execute(
        _responses(consultation_id, options), execution_options={"yield_per": ROWS_AT_ONCE}
    )
    with closing(found) as rows:
        while batch := list(itertools.islice(rows, AT_ONCE)):
            with closing(_answers(session, [row.id for row in batch])) as answers:
                waiting = next(answers, None)
                for row in batch:
                    own = []
                    while waiting is not None and waiting[0] == row.id:
                        own.append(waiting[1])
                        waiting = next(answers, None)
                    yield _response(row, options, tuple(own))


def count_by_standing(session: Session, consultation_id: uuid.UUID) -> dict[str, int]:
    """Return how many responses of a consultation stand how."""
    response = relations.responses()
    rows = session.execute(
        select(response.c.standing, func.count())
        .where(response.c.consultation_id == consultation_id)
        .group_by(response.c.standing)
    )
    return {standing: number for standing, number in rows}


def words_mark(session: Session, consultation_id: uuid.UUID) -> str:
    """Return what changes whenever words or names of a consultation are taken out or erased.

    That is with each redaction, with a response that is withdrawn or removed, with a permission
    that is taken back, and with each erasing by the schedule.
    """
    redaction, response = relations.redactions(), relations.responses()
    digest = hashlib.sha256()
    taken_back = session.scalar(
        select(func.count()).where(
            response.c.consultation_id == consultation_id, response.c.standing.in_(_TAKEN_BACK)
        )
    )
    digest.update(b"%d" % (taken_back or 0))
    erased = retention.erasures()
    own = select(response.c.id).where(response.c.consultation_id == consultation_id)
    times = session.scalar(
        select(func.count()).where(
            or_(erased.c.subject_id == consultation_id, erased.c.subject_id.in_(own))
        )
    )
    digest.update(b" %d" % (times or 0))
    redacted = session.execute(
        select(redaction.c.about, redaction.c.submission_id, redaction.c.text).where(
            redaction.c.consultation_id == consultation_id
        )
    )
    # In the order of this program, since databases sort texts in different ways.
    for line in sorted(f"\n{row.submission_id} {row.about} {row.text}" for row in redacted):
        digest.update(line.encode())
    return digest.hexdigest()


def _responses(consultation_id: uuid.UUID, options: Options) -> Select[Any]:
    response, person = relations.responses(), relations.people()
    member = campaigns.memberships()
    erased = retention.erasures()
    withdrawn = select(erased.c.subject_id).where(erased.c.kind == RESPONSE_WITHDRAWN)
    counts = response.c.counts if options.which is Which.COUNTING else true()
    return (
        select(
            *(column for column in response.c),
            person.c.name,
            person.c.organisation_name,
            person.c.role,
            person.c.gathered,
            person.c.interests,
            member.c.campaign_number,
            member.c.campaign_name,
            member.c.verdict,
            response.c.id.in_(withdrawn).label("is_withdrawn"),
        )
        .outerjoin(person, person.c.submission_id == response.c.id)
        .outerjoin(member, member.c.submission_id == response.c.id)
        .where(response.c.consultation_id == consultation_id, counts)
        .order_by(response.c.submitted_at, response.c.id)
    )


def _answers(
    session: Session, submission_ids: Sequence[uuid.UUID]
) -> Generator[tuple[uuid.UUID, SaidAnswer], None, None]:
    said = relations.answers()
    place = case(
        {each: number for number, each in enumerate(submission_ids)}, value=said.c.submission_id
    )
    found = session.execute(
        select(said).where(said.c.submission_id.in_(submission_ids)).order_by(place),
        execution_options={"yield_per": ROWS_AT_ONCE},
    )
    with closing(found) as rows:
        for row in rows:
            yield row.submission_id, _answer(row)


def _answer(row: Row[Any]) -> SaidAnswer:
    return SaidAnswer(
        id=row.id,
        key=AnswerKey(row.item_key, row.question_key, row.position),
        choices=tuple(row.choice.split("\n")) if row.choice else (),
        text=row.text,
        item_digest=row.item_digest,
        version=row.questionnaire_version,
        language=row.language,
        is_redacted=bool(row.is_redacted),
    )


def _response(row: Row[Any], options: Options, answers: tuple[SaidAnswer, ...]) -> SaidResponse:
    # A hold may keep what its sender took back: nobody reads it, here neither.
    named = options.with_names and not row.is_withdrawn
    is_unnamed = row.responds_as == RespondsAs.INDIVIDUAL and row.publish != Publish.NAMED
    return SaidResponse(
        id=row.id,
        reference=row.reference,
        submitted_at=row.submitted_at,
        responds_as=row.responds_as,
        respondent_class=row.respondent_class,
        region=row.region,
        language=row.language,
        channel=row.channel,
        edition=row.edition,
        lodged_late=row.lodged_late,
        standing=row.standing,
        publish=row.publish,
        name=(row.name or "") if named and not is_unnamed else "",
        organisation_name=(row.organisation_name or "") if named else "",
        role=(row.role or "") if named else "",
        gathered=(row.gathered or "") if named else "",
        interests=(row.interests or "") if named else "",
        campaign=row.campaign_name or "",
        campaign_number=row.campaign_number or 0,
        verdict=row.verdict or "",
        answers=() if row.is_withdrawn else answers,
    )
