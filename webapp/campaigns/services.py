"""Finding campaigns, deciding about them, and counting with them and without."""

from __future__ import annotations

import contextlib
import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from webapp.campaigns import grouping, rollup
from webapp.campaigns.campaign import (
    VERDICTS,
    Campaign,
    Decided,
    Decision,
    DecisionKind,
    InGroup,
    Membership,
    Outcome,
    Search,
    UsedText,
    Verdict,
)
from webapp.campaigns.errors import CampaignUnknown, NothingToDecide, SearchedMeanwhile
from webapp.campaigns.record import decisions_as_evidence, searches_as_evidence
from webapp.campaigns.results import (
    Table,
    table_of_kinds,
    tables_of_choices,
    tables_of_items,
)
from webapp.campaigns.shared_words import MOST_READ, Template, template_of
from webapp.campaigns.store import campaigns as store
from webapp.campaigns.store import results as counting
from webapp.campaigns.store import searching
from webapp.consultations.asking import Asking
from webapp.consultations.consultation import Actor
from webapp.consultations.evidence import EvidenceEntry
from webapp.consultations.opening import Phase
from webapp.consultations.services import get_consultation, tally_answers
from webapp.jobs import enqueue, is_planned
from webapp.persistence import Session

FIND = "campaigns.find"

LEFT_OUT = (Verdict.CAMPAIGN,)
"""What results leave out: what somebody said is a campaign."""

LEFT_OUT_IF_UNDECIDED = (Verdict.CAMPAIGN, Verdict.UNDECIDED)


def plan_search(
    session: Session, consultation_id: uuid.UUID, *, by: Actor | None, now: dt.datetime
) -> None:
    """Have the worker search, once however often this is asked for before it does."""
    if is_searching(session, consultation_id):
        return
    # Somebody else may ask in the same moment, and one search serves both.
    with contextlib.suppress(SearchedMeanwhile):
        number = begin_search(session, consultation_id, by=by, now=now)
        enqueue(session, FIND, _payload(consultation_id, number), now)


def begin_search(
    session: Session, consultation_id: uuid.UUID, *, by: Actor | None, now: dt.datetime
) -> int:
    """Write down that somebody asks for a search and return its number.

    Raises SearchedMeanwhile.
    """
    searches = searching.list_searches(session, consultation_id)
    number = searches[0].number + 1 if searches else 1
    searching.add_search(session, consultation_id, number, by, now)
    return number


def is_searching(session: Session, consultation_id: uuid.UUID) -> bool:
    """Say whether a search waits or is being made."""
    searches = searching.list_searches(session, consultation_id)
    return bool(searches) and _is_under_way(session, consultation_id, searches[0])


def plan_searches(session: Session, now: dt.datetime) -> None:
    """Have every closed consultation searched whose responses are not those last searched.

    For the hourly routine. While a consultation is open, leads start a search when they want one.
    """
    for consultation_id in searching.list_not_searched(session):
        if get_consultation(session, consultation_id).phase(now) is Phase.CLOSED:
            plan_search(session, consultation_id, by=None, now=now)


def read_texts(
    session: Session, consultation_id: uuid.UUID, asking: Asking, working: Callable[[], None]
) -> tuple[grouping.Texts, int]:
    """Return every text to compare, and how many responses count.

    `working` is called all the time, also when they are compared.
    """
    texts = grouping.Texts(quoted=_consulted_on(asking), working=working)
    for answer_id, response_id, text in searching.stream_texts(session, consultation_id):
        texts.add(answer_id, response_id, text)
    return texts, searching.count_counting(session, consultation_id)


def keep_found(session: Session, consultation_id: uuid.UUID, number: int, outcome: Outcome) -> None:
    """Write down what a search found, under numbers that stay; decisions are untouched.

    Raises SearchedMeanwhile where another worker did the same first.
    """
    searching.end_search(session, consultation_id, number, outcome)
    known = searching.members_by_number(session, consultation_id)
    numbers = rollup.numbered(outcome.campaigns, known)
    found = list(zip(numbers, outcome.campaigns, strict=True))
    searching.replace_found(session, consultation_id, number, found)


def last_search(session: Session, consultation_id: uuid.UUID) -> Search | None:
    """Return the newest search that was done, or None."""
    for each in searching.list_searches(session, consultation_id):
        if each.searched_at is not None:
            return each
    return None


def count_new(session: Session, consultation_id: uuid.UUID) -> int:
    """Return by how many the responses that count are not those of the last search."""
    last = last_search(session, consultation_id)
    now = searching.count_counting(session, consultation_id)
    return abs(now - last.responses) if last else 0


def list_campaigns(session: Session, consultation_id: uuid.UUID) -> tuple[Campaign, ...]:
    """Return the groups of a consultation, the largest first."""
    return store.list_campaigns(session, consultation_id)


def get_campaign(session: Session, consultation_id: uuid.UUID, number: int) -> Campaign:
    """Return a group; raises CampaignUnknown."""
    for each in store.list_campaigns(session, consultation_id):
        if each.number == number:
            return each
    raise CampaignUnknown(number)


def count_undecided(session: Session, consultation_id: uuid.UUID) -> int:
    """Return how many groups wait for somebody to say what they are."""
    return store.count_undecided(session, consultation_id)


def count_kinds(session: Session, consultation_id: uuid.UUID) -> dict[int, dict[str, int]]:
    """Return how many responses of each class are in each group, by its number."""
    return store.count_kinds(session, consultation_id)


def templates_of(session: Session, campaign: Campaign) -> dict[int, Template]:
    """Return the template of each set text, made of the words as everybody reads them."""
    central = store.list_central(session, campaign.id, MOST_READ + 1)
    return {number: template_of(texts[0], texts[1:]) for number, texts in central.items()}


def count_members(session: Session, campaign: Campaign) -> int:
    """Return how many responses that count are in a group, those that were moved out as well."""
    return store.count_members(session, campaign.id)


def list_members(
    session: Session, campaign: Campaign, *, start: int = 0, most: int | None = None
) -> tuple[InGroup, ...]:
    """Return responses of a group in the order in which they came."""
    return store.list_members(session, campaign.id, start=start, most=most)


def get_member(session: Session, campaign: Campaign, reference: str) -> InGroup:
    """Return a response of a group; raises CampaignUnknown."""
    found = store.find_member(session, campaign.id, reference)
    if found is None:
        raise CampaignUnknown(reference)
    return found


def texts_of(
    session: Session, campaign: Campaign, members: tuple[InGroup, ...]
) -> dict[uuid.UUID, tuple[UsedText, ...]]:
    """Return the texts of some responses that belong to their group."""
    return store.list_texts(session, campaign.id, [each.submission_id for each in members])


def list_decisions(session: Session, campaign: Campaign) -> tuple[Decision, ...]:
    """Return what was decided about a group, in order."""
    return store.list_decisions(session, campaign.id)


def decide(
    session: Session, campaign: Campaign, decided: Decided, *, by: Actor, now: dt.datetime
) -> None:
    """Decide what a group is or is called.

    Raises NothingToDecide where it is that already, and DecidedMeanwhile where somebody decided
    about it after the page was made.
    """
    stale = decided.revision != campaign.revision
    if not stale and (
        VERDICTS.get(decided.kind) is campaign.verdict
        or (decided.kind is DecisionKind.NAMED and decided.name == campaign.name)
    ):
        raise NothingToDecide(campaign.number)
    store.add_decision(session, campaign, decided, by, now)


def move(
    session: Session,
    campaign: Campaign,
    member: InGroup,
    decided: Decided,
    *,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Move a response out of a group, or put it back; raises as `decide` does.

    The response itself stays as it is and counts as before.
    """
    stale = decided.revision != campaign.revision
    if not stale and member.is_out == (decided.kind is DecisionKind.MOVED_OUT):
        raise NothingToDecide(member.reference)
    store.add_decision(
        session, campaign, replace(decided, submission_id=member.submission_id), by, now
    )


def membership(session: Session, consultation_id: uuid.UUID) -> Mapping[uuid.UUID, Membership]:
    """Return in which group each response is; one in none is left out."""
    return store.membership_of(session, consultation_id)


def count_with_and_without(
    session: Session, consultation_id: uuid.UUID, asking: Asking, *, undecided: bool = False
) -> tuple[Table, ...]:
    """Return who responded and about what, with campaigns and without.

    Without are the responses in no campaign; with `undecided`, in no group that somebody has not
    said is none.
    """
    left_out = LEFT_OUT_IF_UNDECIDED if undecided else LEFT_OUT
    kinds = table_of_kinds(
        counting.count_by_class(session, consultation_id, ()),
        counting.count_by_class(session, consultation_id, left_out),
    )
    items = tables_of_items(
        asking,
        counting.count_by_item(session, consultation_id, ()),
        counting.count_by_item(session, consultation_id, left_out),
        (kinds.base_with, kinds.base_without),
    )
    return (kinds, *items)


def tally_with_and_without(
    session: Session,
    consultation_id: uuid.UUID,
    asking: Asking,
    item_key: str,
    *,
    undecided: bool = False,
) -> tuple[Table, ...]:
    """Return what was chosen about one item, with campaigns and without."""
    left_out = LEFT_OUT_IF_UNDECIDED if undecided else LEFT_OUT
    grouped = membership(session, consultation_id)
    without = [each for each, group in grouped.items() if group.verdict in left_out]
    return tables_of_choices(
        item_key,
        tally_answers(session, consultation_id, asking),
        tally_answers(session, consultation_id, asking, without=without),
    )


def evidence(session: Session, consultation_id: uuid.UUID) -> tuple[EvidenceEntry, ...]:
    """Return each search that was done and each decision, for the record."""
    found = list(searches_as_evidence(searching.list_searches(session, consultation_id)))
    for campaign in store.list_campaigns(session, consultation_id):
        found += decisions_as_evidence(campaign, store.list_decisions(session, campaign.id))
    return tuple(sorted(found, key=lambda each: (each.at, each.words)))


def _payload(consultation_id: uuid.UUID, number: int) -> dict[str, str]:
    return {"consultation": str(consultation_id), "search": str(number)}


def _is_under_way(session: Session, consultation_id: uuid.UUID, search: Search) -> bool:
    """Say whether a search is to be done; one whose job was given up is not."""
    planned = _payload(consultation_id, search.number)
    return search.searched_at is None and is_planned(session, FIND, planned)


def _consulted_on(asking: Asking) -> Iterator[str]:
    """Yield everything that respondents were shown, in each of its languages."""
    for language in asking.languages:
        shown = asking.in_language(language.tag)
        yield from _texts_in(shown.framework.model_dump())
        yield from _texts_in(shown.questionnaire.model_dump())


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts_in(each)
