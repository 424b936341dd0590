"""Counts of responses, with some campaigns or without them."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from sqlalchemy import ColumnElement, Subquery, func, select

from webapp.campaigns.campaign import Verdict
from webapp.campaigns.relations import memberships
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
