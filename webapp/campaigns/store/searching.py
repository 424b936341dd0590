"""Reading what is compared, and writing down what a search found."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import delete, func, insert, select, update

from webapp.campaigns import rollup
from webapp.campaigns.campaign import DecisionKind, Outcome, Search
from webapp.campaigns.errors import SearchedMeanwhile
from webapp.campaigns.models import (
    CampaignAnswerRow,
    CampaignDecisionRow,
    CampaignMemberRow,
    CampaignRow,
    CampaignSearchRow,
    CampaignTextRow,
)
from webapp.consultations.consultation import Actor
from webapp.consultations.relations import answers, responses
from webapp.persistence import (
    IntegrityError,
    Session,
    guarded_update,
    new_id,
    savepoint,
    violated,
)

BATCH = 1_000
"""How many texts are read at a time."""

_NUMBER_TAKEN = "uq_campaign_search__consultation_id_number"


def stream_texts(
    session: Session, consultation_id: uuid.UUID
) -> Iterator[tuple[uuid.UUID, uuid.UUID, str]]:
    """Yield answer, response and text, as everybody reads it, of all responses that count."""
    said, response = answers(), responses()
    rows = session.execute(
        select(said.c.id, response.c.id, said.c.text)
        .join(response, response.c.id == said.c.submission_id)
        .where(response.c.consultation_id == consultation_id, response.c.counts, said.c.text != ""),
        execution_options={"yield_per": BATCH},
    )
    yield from rows


def count_counting(session: Session, consultation_id: uuid.UUID) -> int:
    """Return how many responses count."""
    response = responses()
    wanted = select(func.count()).select_from(response)
    return (
        session.scalar(
            wanted.where(response.c.consultation_id == consultation_id, response.c.counts)
        )
        or 0
    )


def list_not_searched(session: Session) -> tuple[uuid.UUID, ...]:
    """Return the consultations of which more or fewer responses count than at their last search."""
    response = responses()
    newest = (
        select(
            CampaignSearchRow.consultation_id, func.max(CampaignSearchRow.number).label("number")
        )
        .where(CampaignSearchRow.searched_at.is_not(None))
        .group_by(CampaignSearchRow.consultation_id)
        .subquery()
    )
    last = (
        select(CampaignSearchRow.consultation_id, CampaignSearchRow.responses)
        .join(
            newest,
            (newest.c.consultation_id == CampaignSearchRow.consultation_id)
            & (newest.c.number == CampaignSearchRow.number),
        )
        .subquery()
    )
    counted = (
        select(response.c.consultation_id, func.count().label("number"))
        .where(response.c.counts)
        .group_by(response.c.consultation_id)
        .subquery()
    )
    rows = session.scalars(
        select(counted.c.consultation_id)
        .outerjoin(last, last.c.consultation_id == counted.c.consultation_id)
        .where(func.coalesce(last.c.responses, -1) != counted.c.number)
    )
    return tuple(sorted(rows))


def list_searches(session: Session, consultation_id: uuid.UUID) -> tuple[Search, ...]:
    """Return the searches of a consultation, newest first."""
    rows = session.scalars(
        select(CampaignSearchRow)
        .where(CampaignSearchRow.consultation_id == consultation_id)
        .order_by(CampaignSearchRow.number.desc())
    )
    return tuple(
        Search(
            number=row.number,
            asked_at=row.asked_at,
            by=row.account_name,
            searched_at=row.searched_at,
            rules=json.loads(row.rules or "{}"),
            responses=row.responses,
            texts=row.texts,
            found=row.found,
        )
        for row in rows
    )


def last_number(session: Session, consultation_id: uuid.UUID) -> int:
    """Return the number of the last search that was done; 0 before the first."""
    wanted = select(func.max(CampaignSearchRow.number)).where(
        CampaignSearchRow.consultation_id == consultation_id,
        CampaignSearchRow.searched_at.is_not(None),
    )
    return session.scalar(wanted) or 0


def add_search(
    session: Session, consultation_id: uuid.UUID, number: int, by: Actor | None, now: dt.datetime
) -> None:
    """Write down that a search was asked for; raises SearchedMeanwhile where it was already."""
    row = CampaignSearchRow(
        id=new_id(),
        consultation_id=consultation_id,
        number=number,
        asked_at=now,
        account_id=by.account_id if by else None,
        account_name=by.name if by else "",
        searched_at=None,
        rules="",
        responses=0,
        texts=0,
        found=0,
    )
    try:
        with savepoint(session):
            session.add(row)
            session.flush()
    except IntegrityError as error:
        if violated(error) == _NUMBER_TAKEN:
            raise SearchedMeanwhile(number) from error
        raise


def end_search(session: Session, consultation_id: uuid.UUID, number: int, outcome: Outcome) -> None:
    """Write down what a search found, once; raises SearchedMeanwhile."""
    unfinished = (
        (CampaignSearchRow.consultation_id == consultation_id)
        & (CampaignSearchRow.number == number)
        & CampaignSearchRow.searched_at.is_(None)
    )
    done = (
        update(CampaignSearchRow)
        .where(unfinished)
        .values(
            searched_at=outcome.searched_at,
            rules=json.dumps(outcome.rules, sort_keys=True, ensure_ascii=False),
            responses=outcome.responses,
            texts=outcome.texts,
            found=len(outcome.campaigns),
        )
    )
    if not guarded_update(session, done):
        raise SearchedMeanwhile(number)


def members_by_number(session: Session, consultation_id: uuid.UUID) -> dict[int, set[uuid.UUID]]:
    """Return the responses of each campaign by its number, those that were moved out as well."""
    rows = session.execute(
        select(CampaignRow.number, CampaignMemberRow.submission_id)
        .outerjoin(CampaignMemberRow, CampaignMemberRow.campaign_id == CampaignRow.id)
        .where(CampaignRow.consultation_id == consultation_id)
    )
    found: dict[int, set[uuid.UUID]] = defaultdict(set)
    for number, submission_id in rows:
        members = found[number]
        if submission_id is not None:
            members.add(submission_id)
    return dict(found)


def replace_found(
    session: Session,
    consultation_id: uuid.UUID,
    search: int,
    found: Sequence[tuple[int, rollup.Campaign]],
) -> None:
    """Put what a search found in the place of what the one before had; decisions stay.

    Campaigns are updated first, and so locked: whoever decides about one at this moment waits.
    """
    ids = _renew_campaigns(session, consultation_id, search, found)
    mine = list(ids.values())
    texts = select(CampaignTextRow.id).where(CampaignTextRow.campaign_id.in_(mine))
    session.execute(delete(CampaignAnswerRow).where(CampaignAnswerRow.text_id.in_(texts)))
    for row in (CampaignTextRow, CampaignMemberRow):
        session.execute(delete(row).where(row.campaign_id.in_(mine)))
    out = _moved_out(session, mine)
    members: list[dict[str, object]] = []
    answered: list[dict[str, object]] = []
    for number, campaign in found:
        campaign_id = ids[number]
        members += [
            {
                "submission_id": each,
                "campaign_id": campaign_id,
                "is_out": (campaign_id, each) in out,
            }
            for each in sorted(campaign.responses)
        ]
        for place, set_text in enumerate(campaign.texts, start=1):
            text_id = new_id()
            session.add(
                CampaignTextRow(
                    id=text_id, campaign_id=campaign_id, number=place, kind=set_text.kind.value
                )
            )
            answered += [
                {
                    "answer_id": each.answer_id,
                    "submission_id": each.response_id,
                    "text_id": text_id,
                    "closeness": round(1000 * each.closeness),
                    "is_same": each.is_same,
                }
                for each in set_text.members
                if each.response_id in campaign.responses
            ]
    session.flush()
    if members:
        session.execute(insert(CampaignMemberRow), members)
        session.execute(insert(CampaignAnswerRow), answered)


def _renew_campaigns(
    session: Session,
    consultation_id: uuid.UUID,
    search: int,
    found: Sequence[tuple[int, rollup.Campaign]],
) -> dict[int, uuid.UUID]:
    """Return the ids of all campaigns by number, with new rows for the new ones."""
    session.execute(
        update(CampaignRow)
        .where(CampaignRow.consultation_id == consultation_id)
        .values(number=CampaignRow.number)
    )
    rows = session.execute(
        select(CampaignRow.number, CampaignRow.id).where(
            CampaignRow.consultation_id == consultation_id
        )
    )
    ids: dict[int, uuid.UUID] = {number: campaign_id for number, campaign_id in rows}
    for number, campaign in found:
        if number in ids:
            session.execute(
                update(CampaignRow)
                .where(CampaignRow.id == ids[number])
                .values(found_in=search, kind=campaign.kind.value)
            )
            continue
        ids[number] = new_id()
        session.add(
            CampaignRow(
                id=ids[number],
                consultation_id=consultation_id,
                number=number,
                name="",
                verdict="undecided",
                kind=campaign.kind.value,
                found_in=search,
                revision=0,
            )
        )
    session.flush()
    return ids


def _moved_out(
    session: Session, campaign_ids: Sequence[uuid.UUID]
) -> set[tuple[uuid.UUID, uuid.UUID]]:
    """Return (campaign, response) of what people moved out and did not put back."""
    kinds = (DecisionKind.MOVED_OUT.value, DecisionKind.PUT_BACK.value)
    rows = session.execute(
        select(
            CampaignDecisionRow.campaign_id,
            CampaignDecisionRow.submission_id,
            CampaignDecisionRow.kind,
        )
        .where(
            CampaignDecisionRow.campaign_id.in_(campaign_ids), CampaignDecisionRow.kind.in_(kinds)
        )
        .order_by(CampaignDecisionRow.number)
    )
    newest = {(campaign_id, response_id): kind for campaign_id, response_id, kind in rows}
    return {
        (campaign_id, response_id)
        for (campaign_id, response_id), kind in newest.items()
        if response_id is not None and kind == DecisionKind.MOVED_OUT.value
    }
