"""Counts of responses and of what they chose, with some campaigns or without them."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection

from sqlalchemy import ColumnElement, Subquery, func, select

from webapp.campaigns.campaign import Verdict
from webapp.campaigns.relations import memberships
from webapp.campaigns.results import Chosen, Place, Tally
from webapp.consultations.relations import answers, responses
from webapp.persistence import Session


def count_by_class(
    session: Session, consultation_id: uuid.UUID, left_out: Collection[Verdict]
) -> dict[tuple[str, str], int]:
    """Return the responses that count by (responds as, class)."""
    response = responses()
    rows = session.execute(
        select(response.c.responds_as, response.c.respondent_class, func.count())
        .where(*_counted(response, consultation_id, left_out))
        .group_by(response.c.responds_as, response.c.respondent_class)
    )
    return {(responds_as, of_class): n for responds_as, of_class, n in rows}


def count_by_item(
    session: Session, consultation_id: uuid.UUID, left_out: Collection[Verdict]
) -> dict[str, int]:
    """Return the responses that count and answered something about an item, by item key."""
    response, said = responses(), answers()
    rows = session.execute(
        select(said.c.item_key, func.count(said.c.submission_id.distinct()))
        .join(response, response.c.id == said.c.submission_id)
        .where(*_counted(response, consultation_id, left_out))
        .group_by(said.c.item_key)
    )
    return dict(rows.all())


def tally_item(
    session: Session, consultation_id: uuid.UUID, item_key: str, left_out: Collection[Verdict]
) -> Tally:
    """Return what was chosen about one item, and how many chose anything, by question."""
    response, said = responses(), answers()
    rows = session.execute(
        select(said.c.question_key, said.c.position, said.c.choice, func.count())
        .join(response, response.c.id == said.c.submission_id)
        .where(
            said.c.item_key == item_key,
            said.c.choice != "",
            *_counted(response, consultation_id, left_out),
        )
        .group_by(said.c.question_key, said.c.position, said.c.choice)
    )
    chosen: Counter[Chosen] = Counter()
    answered: Counter[Place] = Counter()
    for question, position, choice, n in rows:
        answered[question, position] += n
        for option in choice.split("\n"):
            chosen[question, position, option] += n
    return Tally(chosen, answered)


def _counted(
    response: Subquery, consultation_id: uuid.UUID, left_out: Collection[Verdict]
) -> tuple[ColumnElement[bool], ...]:
    conditions = [response.c.consultation_id == consultation_id, response.c.counts]
    if left_out:
        membership = memberships()
        of_campaigns = select(membership.c.submission_id).where(
            membership.c.consultation_id == consultation_id,
            membership.c.verdict.in_([each.value for each in left_out]),
        )
        conditions.append(response.c.id.not_in(of_campaigns))
    return tuple(conditions)
