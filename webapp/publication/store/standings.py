"""Where the responses of a consultation are on their way to being published, as queries.

The conditions say the same as `ruling.stage_of` and `ruling.is_published`.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Collection
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from webapp.consultations import relations
from webapp.consultations.respondents import Publish
from webapp.persistence import Session
from webapp.publication.models import RulingRow, SecondLookRow
from webapp.publication.ruling import Outcome, Verdict


class Waiting(NamedTuple):
    """A response that waits for a moderator, or for a second person."""

    id: uuid.UUID
    reference: str
    submitted_at: dt.datetime
    respondent_class: str
    responds_as: str
    publish: str
    proposed_at: dt.datetime | None
    proposed_by: str
    proposed_by_id: uuid.UUID | None
    outcome: str
    verdict: str


class Numbers(NamedTuple):
    """How many responses that count are published, and why others are not."""

    counted: int
    published: int
    not_allowed: int
    withheld: int
    waiting: int


def list_to_moderate(
    session: Session, consultation_id: uuid.UUID, *, skip: int, most: int
) -> tuple[Waiting, ...]:
    """Return some of the responses that somebody has to rule on, the oldest first."""
    found = _Found(consultation_id)
    return _waiting(session, found, found.to_moderate, skip=skip, most=most)


def list_to_check(
    session: Session, consultation_id: uuid.UUID, *, skip: int, most: int
) -> tuple[Waiting, ...]:
    """Return some of the responses whose ruling waits for a second person, the oldest first."""
    found = _Found(consultation_id)
    return _waiting(session, found, found.to_check, skip=skip, most=most)


def count_to_moderate(session: Session, consultation_id: uuid.UUID) -> int:
    """Return how many responses somebody has to rule on."""
    found = _Found(consultation_id)
    return _count(session, found, found.to_moderate)


def count_to_check(
    session: Session, consultation_id: uuid.UUID, not_by: uuid.UUID | None = None
) -> int:
    """Return how many rulings wait for a second person: for anybody, or for this one."""
    found = _Found(consultation_id)
    condition = found.to_check
    if not_by is not None:
        condition = condition & (found.newest.account_id != not_by)
    return _count(session, found, condition)


def count_numbers(session: Session, consultation_id: uuid.UUID) -> Numbers:
    """Return how many responses that count are published, and how many are not for what reason."""
    found = _Found(consultation_id)
    allowed = found.response.c.publish != Publish.NOT_AT_ALL.value
    ruled = and_(allowed, found.newest_is_about_now, found.look.verdict == Verdict.APPROVED.value)
    row = session.execute(
        found.select(
            func.count(),
            *(
                func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
                for condition in (found.published, ~allowed, ruled & ~found.published)
            ),
        ).where(found.response.c.counts)
    ).one()
    counted, published, not_allowed, withheld = (int(each) for each in row)
    waiting = counted - published - not_allowed - withheld
    return Numbers(counted, published, not_allowed, withheld, waiting)


def published(consultation_id: uuid.UUID) -> Subquery:
    """Return the responses of a consultation that everybody may read."""
    found = _Found(consultation_id)
    return _shown(found.select, found.response, found.published)


def shown(ids: Collection[uuid.UUID]) -> Subquery:
    """Return the same of responses that are known to be published."""
    response = relations.responses()
    return _shown(
        lambda *columns: select(*columns).select_from(response), response, response.c.id.in_(ids)
    )


def _shown(
    selecting: Callable[..., Select[Any]], response: Subquery, condition: ColumnElement[bool]
) -> Subquery:
    """Return what is shown of responses: `id`, `reference`, `responds_as`, `respondent_class`,
    `channel`, `name` (of the organisation or the person) and `role` (both only where they may be
    published), and `interests`. All are the words that everybody reads.
    """
    person = relations.people()
    is_named = response.c.publish == Publish.NAMED.value
    its_name = case(
        (response.c.responds_as == "organisation", person.c.organisation_name),
        else_=person.c.name,
    )
    return (
        selecting(
            response.c.id,
            response.c.reference,
            response.c.responds_as,
            response.c.respondent_class,
            response.c.channel,
            case((is_named, func.coalesce(its_name, "")), else_="").label("name"),
            case((is_named, func.coalesce(person.c.role, "")), else_="").label("role"),
            func.coalesce(person.c.interests, "").label("interests"),
        )
        .outerjoin(person, person.c.submission_id == response.c.id)
        .where(condition)
        .subquery("published")
    )


class _Found:
    """The responses of a consultation beside their newest ruling and the one approved last."""

    def __init__(self, consultation_id: uuid.UUID) -> None:
        self.response = relations.responses()
        self.newest, self.approved = aliased(RulingRow), aliased(RulingRow)
        self.look = aliased(SecondLookRow)
        self._consultation_id = consultation_id
        is_approved = SecondLookRow.verdict == Verdict.APPROVED.value
        is_withheld = RulingRow.outcome == Outcome.WITHHOLD.value
        self._last = (
            select(
                RulingRow.submission_id,
                func.max(RulingRow.number).label("newest"),
                func.max(case((is_approved, RulingRow.number))).label("approved"),
                func.max(case((is_withheld, RulingRow.number), else_=0)).label("withheld"),
            )
            .outerjoin(SecondLookRow, SecondLookRow.ruling_id == RulingRow.id)
            .where(RulingRow.consultation_id == consultation_id)
            .group_by(RulingRow.submission_id)
            .subquery("last")
        )

    def select(self, *columns: Any) -> Select[Any]:
        last = self._last.c
        return (
            select(*columns)
            .select_from(self.response)
            .outerjoin(self._last, last.submission_id == self.response.c.id)
            .outerjoin(
                self.newest,
                and_(
                    self.newest.submission_id == last.submission_id,
                    self.newest.number == last.newest,
                ),
            )
            .outerjoin(self.look, self.look.ruling_id == self.newest.id)
            .outerjoin(
                self.approved,
                and_(
                    self.approved.submission_id == last.submission_id,
                    self.approved.number == last.approved,
                ),
            )
            .where(self.response.c.consultation_id == self._consultation_id)
        )

    @property
    def _may_be_published(self) -> ColumnElement[bool]:
        return and_(self.response.c.counts, self.response.c.publish != Publish.NOT_AT_ALL.value)

    @property
    def newest_is_about_now(self) -> ColumnElement[bool]:
        return self.newest.permission_number == self.response.c.permission_number

    @property
    def to_moderate(self) -> ColumnElement[bool]:
        return and_(
            self._may_be_published,
            or_(
                self.newest.id.is_(None),
                ~self.newest_is_about_now,
                self.look.verdict == Verdict.SENT_BACK.value,
            ),
        )

    @property
    def to_check(self) -> ColumnElement[bool]:
        waits = and_(self.newest.id.is_not(None), self.look.ruling_id.is_(None))
        return and_(self._may_be_published, waits, self.newest_is_about_now)

    @property
    def published(self) -> ColumnElement[bool]:
        return and_(
            self._may_be_published,
            self.approved.id.is_not(None),
            self.approved.permission_number == self.response.c.permission_number,
            # No ruling withholds it, from the one that was approved last on.
            self._last.c.withheld < self._last.c.approved,
        )


def _count(session: Session, found: _Found, condition: ColumnElement[bool]) -> int:
    return session.scalar(found.select(func.count()).where(condition)) or 0


def _waiting(
    session: Session, found: _Found, condition: ColumnElement[bool], *, skip: int, most: int
) -> tuple[Waiting, ...]:
    response, newest = found.response.c, found.newest
    rows = session.execute(
        found.select(
            response.id,
            response.reference,
            response.submitted_at,
            response.respondent_class,
            response.responds_as,
            response.publish,
            newest.proposed_at,
            func.coalesce(newest.account_name, ""),
            newest.account_id,
            func.coalesce(newest.outcome, ""),
            func.coalesce(found.look.verdict, ""),
        )
        .where(condition)
        .order_by(response.submitted_at, response.id)
        .offset(skip)
        .limit(most)
    )
    return tuple(Waiting(*row) for row in rows)
