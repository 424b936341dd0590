"""Campaigns as they are now, who is in them, and what was decided."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select, update

from webapp.campaigns.campaign import (
    VERDICTS,
    Campaign,
    Decided,
    Decision,
    DecisionKind,
    InGroup,
    Membership,
    UsedText,
    Verdict,
)
from webapp.campaigns.errors import DecidedMeanwhile
from webapp.campaigns.grouping import Kind
from webapp.campaigns.models import (
    CampaignAnswerRow,
    CampaignDecisionRow,
    CampaignMemberRow,
    CampaignRow,
    CampaignTextRow,
)
from webapp.campaigns.relations import memberships
from webapp.campaigns.store.searching import last_number
from webapp.consultations.consultation import Actor
from webapp.consultations.relations import answers, responses
from webapp.consultations.respondents import RespondsAs
from webapp.persistence import Session, guarded_update, new_id


def list_campaigns(session: Session, consultation_id: uuid.UUID) -> tuple[Campaign, ...]:
    """Return the campaigns of a consultation, the largest first, those no longer found last."""
    last = last_number(session, consultation_id)
    response = responses()
    rows = session.execute(
        select(
            CampaignRow,
            func.count(response.c.id),
            func.min(response.c.submitted_on),
            func.max(response.c.submitted_on),
        )
        .outerjoin(
            CampaignMemberRow,
            (CampaignMemberRow.campaign_id == CampaignRow.id) & CampaignMemberRow.is_out.is_(False),
        )
        .outerjoin(response, (response.c.id == CampaignMemberRow.submission_id) & response.c.counts)
        .where(CampaignRow.consultation_id == consultation_id)
        .group_by(CampaignRow.id)
    )
    found = [
        Campaign(
            id=row.id,
            consultation_id=row.consultation_id,
            number=row.number,
            name=row.name,
            verdict=Verdict(row.verdict),
            kind=Kind(row.kind),
            revision=row.revision,
            is_current=row.found_in == last,
            responses=number,
            first_on=first_on,
            last_on=last_on,
        )
        for row, number, first_on, last_on in rows
    ]
    return tuple(sorted(found, key=lambda each: (-each.responses, each.number)))


def count_undecided(session: Session, consultation_id: uuid.UUID) -> int:
    """Return how many groups of the newest search nobody has decided about."""
    wanted = select(func.count()).select_from(CampaignRow)
    return (
        session.scalar(
            wanted.where(
                CampaignRow.consultation_id == consultation_id,
                CampaignRow.verdict == Verdict.UNDECIDED.value,
                CampaignRow.found_in == last_number(session, consultation_id),
            )
        )
        or 0
    )


def count_members(session: Session, campaign_id: uuid.UUID) -> int:
    """Return how many responses that count are in a group, those that were moved out as well."""
    wanted = _members(campaign_id).with_only_columns(func.count()).order_by(None)
    return session.scalar(wanted) or 0


def list_members(
    session: Session, campaign_id: uuid.UUID, *, start: int = 0, most: int | None = None
) -> tuple[InGroup, ...]:
    """Return the responses in a group that count, in the order in which they came."""
    rows = session.execute(_members(campaign_id).offset(start).limit(most))
    return tuple(_in_group(row) for row in rows)


def find_member(session: Session, campaign_id: uuid.UUID, reference: str) -> InGroup | None:
    """Return a response of a group by its reference, or None."""
    row = session.execute(_members(campaign_id, reference)).one_or_none()
    return None if row is None else _in_group(row)


def count_kinds(session: Session, consultation_id: uuid.UUID) -> dict[int, dict[str, int]]:
    """Return how many responses of each class are in each campaign, by its number."""
    response, membership = responses(), memberships()
    rows = session.execute(
        select(membership.c.campaign_number, response.c.respondent_class, func.count())
        .join(response, response.c.id == membership.c.submission_id)
        .where(membership.c.consultation_id == consultation_id, response.c.counts)
        .group_by(membership.c.campaign_number, response.c.respondent_class)
    )
    found: dict[int, dict[str, int]] = {}
    for number, of_class, n in rows:
        found.setdefault(number, {})[of_class] = n
    return found


def list_central(session: Session, campaign_id: uuid.UUID, most: int) -> dict[int, tuple[str, ...]]:
    """Return by set text the texts of a group, as everybody reads them, the most central first."""
    said, response = answers(), responses()
    place = (
        func.row_number()
        .over(
            partition_by=CampaignTextRow.number,
            order_by=(
                CampaignAnswerRow.is_same.desc(),
                CampaignAnswerRow.closeness.desc(),
                CampaignAnswerRow.answer_id,
            ),
        )
        .label("place")
    )
    ordered = (
        select(CampaignTextRow.number, said.c.text, place)
        .join(CampaignAnswerRow, CampaignAnswerRow.text_id == CampaignTextRow.id)
        .join(said, said.c.id == CampaignAnswerRow.answer_id)
        .join(response, response.c.id == CampaignAnswerRow.submission_id)
        .join(CampaignMemberRow, CampaignMemberRow.submission_id == response.c.id)
        .where(
            CampaignTextRow.campaign_id == campaign_id,
            CampaignMemberRow.is_out.is_(False),
            response.c.counts,
            said.c.text != "",
        )
        .subquery()
    )
    rows = session.execute(
        select(ordered.c.number, ordered.c.text)
        .where(ordered.c.place <= most)
        .order_by(ordered.c.number, ordered.c.place)
    )
    found: dict[int, list[str]] = {}
    for number, text in rows:
        found.setdefault(number, []).append(text)
    return {number: tuple(texts) for number, texts in found.items()}


def list_texts(
    session: Session, campaign_id: uuid.UUID, submission_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, tuple[UsedText, ...]]:
    """Return the texts of some responses that belong to a campaign, by response."""
    said = answers()
    rows = session.execute(
        select(
            CampaignAnswerRow.submission_id,
            CampaignTextRow.number,
            said.c.item_key,
            said.c.question_key,
            said.c.position,
            said.c.text,
        )
        .join(CampaignTextRow, CampaignTextRow.id == CampaignAnswerRow.text_id)
        .join(said, said.c.id == CampaignAnswerRow.answer_id)
        .where(
            CampaignTextRow.campaign_id == campaign_id,
            CampaignAnswerRow.submission_id.in_(submission_ids),
        )
        .order_by(CampaignTextRow.number, said.c.item_key, said.c.question_key, said.c.position)
    )
    found: dict[uuid.UUID, list[UsedText]] = {}
    for submission_id, *used in rows:
        found.setdefault(submission_id, []).append(UsedText(*used))
    return {submission_id: tuple(texts) for submission_id, texts in found.items()}


def list_decisions(session: Session, campaign_id: uuid.UUID) -> tuple[Decision, ...]:
    """Return what was decided about a group, in order."""
    response = responses()
    rows = session.execute(
        select(CampaignDecisionRow, response.c.reference)
        .outerjoin(response, response.c.id == CampaignDecisionRow.submission_id)
        .where(CampaignDecisionRow.campaign_id == campaign_id)
        .order_by(CampaignDecisionRow.number)
    )
    return tuple(
        Decision(
            number=row.number,
            kind=DecisionKind(row.kind),
            at=row.decided_at,
            by=row.account_name,
            reason=row.reason,
            name=row.name,
            reference=reference or "",
        )
        for row, reference in rows
    )


def add_decision(
    session: Session, campaign: Campaign, decided: Decided, by: Actor, now: dt.datetime
) -> None:
    """Write down a decision and what follows from it; raises DecidedMeanwhile."""
    changes: dict[str, object] = {"revision": decided.revision + 1}
    if decided.kind is DecisionKind.NAMED:
        changes["name"] = decided.name
    elif decided.kind in VERDICTS:
        changes["verdict"] = VERDICTS[decided.kind].value
    stands = (CampaignRow.id == campaign.id) & (CampaignRow.revision == decided.revision)
    if not guarded_update(session, update(CampaignRow).where(stands).values(**changes)):
        raise DecidedMeanwhile(campaign.number)
    session.add(
        CampaignDecisionRow(
            id=new_id(),
            campaign_id=campaign.id,
            number=decided.revision + 1,
            kind=decided.kind.value,
            submission_id=decided.submission_id,
            name=decided.name,
            reason=decided.reason,
            decided_at=now,
            account_id=by.account_id,
            account_name=by.name,
        )
    )
    if decided.submission_id is not None:
        session.execute(
            update(CampaignMemberRow)
            .where(
                CampaignMemberRow.campaign_id == campaign.id,
                CampaignMemberRow.submission_id == decided.submission_id,
            )
            .values(is_out=decided.kind is DecisionKind.MOVED_OUT)
        )
    session.flush()


def membership_of(session: Session, consultation_id: uuid.UUID) -> dict[uuid.UUID, Membership]:
    """Return in which group each response is; those in none are left out."""
    membership = memberships()
    rows = session.execute(
        select(
            membership.c.submission_id,
            membership.c.campaign_number,
            membership.c.campaign_name,
            membership.c.verdict,
        ).where(membership.c.consultation_id == consultation_id)
    )
    return {
        submission_id: Membership(number, name, Verdict(verdict))
        for submission_id, number, name, verdict in rows
    }


def _in_group(row: Any) -> InGroup:
    return InGroup(
        submission_id=row.id,
        reference=row.reference,
        submitted_at=row.submitted_at,
        responds_as=RespondsAs(row.responds_as),
        respondent_class=row.respondent_class,
        is_out=row.is_out,
        is_same=bool(row.is_same),
    )


def _members(campaign_id: uuid.UUID, reference: str | None = None) -> Select[Any]:
    response = responses()
    named = () if reference is None else (response.c.reference == reference,)
    return (
        select(
            response.c.id,
            response.c.reference,
            response.c.submitted_at,
            response.c.responds_as,
            response.c.respondent_class,
            CampaignMemberRow.is_out,
            _word_for_word().label("is_same"),
        )
        .join(CampaignMemberRow, CampaignMemberRow.submission_id == response.c.id)
        .where(CampaignMemberRow.campaign_id == campaign_id, response.c.counts, *named)
        .order_by(response.c.submitted_at, response.c.reference)
    )


def _word_for_word() -> ColumnElement[int]:
    """Return whether all the set texts of a response are the central ones."""
    return (
        select(func.min(case((CampaignAnswerRow.is_same, 1), else_=0)))
        .where(CampaignAnswerRow.submission_id == CampaignMemberRow.submission_id)
        .correlate(CampaignMemberRow)
        .scalar_subquery()
    )
