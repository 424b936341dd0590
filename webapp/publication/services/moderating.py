"""Ruling on responses: what waits, one response as it was written, and two people’s decisions."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from webapp.consultations import services as consultations
from webapp.consultations.consultation import Actor
from webapp.consultations.redacting import Passage, places_of
from webapp.consultations.respondents import Publish
from webapp.consultations.response import Submission
from webapp.consultations.submissions import permission_number
from webapp.persistence import Session, new_id
from webapp.publication.errors import (
    CutDoesNotFit,
    NothingToRule,
    OwnRuling,
    PermissionChanged,
    RepeatsWords,
    RuledMeanwhile,
)
from webapp.publication.ruling import (
    NotedCut,
    Outcome,
    Ruling,
    SecondLook,
    Stage,
    Verdict,
    cuts_in_force,
    may_be_published,
    stage_of,
)
from webapp.publication.store import rulings as store
from webapp.publication.store import standings
from webapp.publication.store.standings import Waiting
from webapp.publication.suggesting import Suggestion, suggest

IN_A_QUEUE = 50
SHORTEST_REPEATED = 4
"""How long words have to be for a note that has them to give them away."""


@dataclass(frozen=True, slots=True)
class Queued:
    """A response in a queue, and how many suggestions there are for it."""

    waiting: Waiting
    suggestions: int


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of a queue, the oldest first, and how many are in it altogether."""

    rows: tuple[Queued, ...]
    total: int
    page: int


@dataclass(frozen=True, slots=True)
class Reading:
    """That somebody read a response as it was written after it was ruled on."""

    at: dt.datetime
    by: Actor
    reason: str


@dataclass(frozen=True)
class Case:
    """One response before a moderator: what was written, and every ruling on it in order."""

    submission: Submission
    """As it was written."""
    passages: tuple[Passage, ...]
    rulings: tuple[Ruling, ...]
    readings: tuple[Reading, ...]

    @property
    def stage(self) -> Stage:
        """Where it is on its way to being published."""
        return stage_of(self.submission, self.rulings)

    @property
    def seen(self) -> int:
        """The number of the newest ruling, 0 before the first."""
        return self.rulings[-1].number if self.rulings else 0

    def is_open_to(self, account_id: uuid.UUID) -> bool:
        """Say whether somebody may see what was written without saying why they read it.

        That is while somebody has to rule or look at a ruling, and for who has said why since.
        """
        if self.stage in (Stage.TO_MODERATE, Stage.TO_CHECK):
            return True
        look = self.rulings[-1].look if self.rulings else None
        return self.stage is Stage.RULED and any(
            each.by.account_id == account_id and (look is None or each.at >= look.at)
            for each in self.readings
        )

    @property
    def cuts(self) -> tuple[NotedCut, ...]:
        """What is taken out of it now."""
        return cuts_in_force(self.submission, self.rulings)

    def suggestions(self) -> dict[str, tuple[Suggestion, ...]]:
        """Return what a moderator should look at, by passage."""
        return _suggestions(self.passages, self.submission.permission)


def list_to_moderate(session: Session, consultation_id: uuid.UUID, page: int) -> Queue:
    """Return a page of the responses that somebody has to rule on."""
    total = standings.count_to_moderate(session, consultation_id)
    rows = standings.list_to_moderate(
        session, consultation_id, skip=(page - 1) * IN_A_QUEUE, most=IN_A_QUEUE
    )
    return Queue(_with_suggestions(session, rows), total, page)


def list_to_check(session: Session, consultation_id: uuid.UUID, page: int) -> Queue:
    """Return a page of the responses whose ruling waits for a second person."""
    total = standings.count_to_check(session, consultation_id)
    rows = standings.list_to_check(
        session, consultation_id, skip=(page - 1) * IN_A_QUEUE, most=IN_A_QUEUE
    )
    return Queue(tuple(Queued(each, 0) for each in rows), total, page)


def count_waiting(session: Session, consultation_id: uuid.UUID) -> int:
    """Return how many responses wait for a moderator or for a second person."""
    to_moderate = standings.count_to_moderate(session, consultation_id)
    return to_moderate + standings.count_to_check(session, consultation_id)


def find_case(session: Session, consultation_id: uuid.UUID, reference: str) -> Case | None:
    """Return a response as it was written with every ruling on it, or None."""
    submission = consultations.find_as_written(session, consultation_id, reference)
    if submission is None:
        return None
    readings = store.list_readings(session, consultation_id, submission.id)
    return Case(
        submission,
        consultations.list_passages(session, submission.id),
        store.list_rulings(session, submission.id),
        tuple(Reading(at, by, reason) for _, at, by, reason in readings),
    )


def propose_ruling(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    reference: str,
    seen: int,
    outcome: Outcome,
    cuts: Iterable[NotedCut],
    note: str = "",
    accepted: int = 0,
    refused: int = 0,
    by: Actor,
    now: dt.datetime,
) -> Ruling:
    """Propose what becomes of a response; what is taken out is read nowhere from now on.

    `seen` is the number of the newest ruling that the moderator knew, 0 for none. Raises
    LookupError for a reference that is not there, NothingToRule, RuledMeanwhile, CutDoesNotFit or
    RepeatsWords.
    """
    submission = consultations.lock_response(session, consultation_id, reference)
    if not may_be_published(submission):
        raise NothingToRule(f"{submission.reference} is not to be published")
    passages = {each.key: each for each in consultations.list_passages(session, submission.id)}
    distinct = {each.cut: each for each in cuts}
    _check_fit(distinct.values(), passages)
    _check_notes((note, *(each.note for each in distinct.values())), distinct.values(), passages)
    ruling = Ruling(
        id=new_id(),
        number=seen + 1,
        outcome=outcome,
        note=note,
        cuts=tuple(distinct.values()),
        permission_number=permission_number(submission.events),
        accepted=accepted,
        refused=refused,
        at=now,
        by=by,
    )
    earlier = store.list_rulings(session, submission.id)
    if len(earlier) != seen:
        raise RuledMeanwhile(f"{submission.reference} has another ruling")
    try:
        store.add_ruling(session, consultation_id, submission.id, ruling)
    except store.NumberTaken as error:
        raise RuledMeanwhile(f"{submission.reference} has another ruling") from error
    _apply(session, submission)
    return ruling


def look_at_ruling(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    reference: str,
    number: int,
    verdict: Verdict,
    reason: str = "",
    by: Actor,
    now: dt.datetime,
) -> None:
    """Approve the newest ruling on a response as a second person, or send it back for a reason.

    Raises LookupError, NothingToRule, OwnRuling, RuledMeanwhile, PermissionChanged, or
    RepeatsWords.
    """
    submission = consultations.lock_response(session, consultation_id, reference)
    rulings = store.list_rulings(session, submission.id)
    if not rulings or rulings[-1].number != number or rulings[-1].look is not None:
        raise RuledMeanwhile(f"ruling {number} on {submission.reference} waits for nobody")
    ruling = rulings[-1]
    if ruling.by.account_id == by.account_id:
        raise OwnRuling(f"ruling {number} on {submission.reference} is their own")
    if not may_be_published(submission):
        raise NothingToRule(f"{submission.reference} is not to be published")
    if ruling.permission_number != permission_number(submission.events):
        raise PermissionChanged(f"{submission.reference} has another permission")
    passages = {each.key: each for each in consultations.list_passages(session, submission.id)}
    in_force = [
        each
        for each in cuts_in_force(submission, rulings)
        if each.cut.passage in passages and each.cut.fits(passages[each.cut.passage])
    ]
    _check_notes((reason,), in_force, passages)
    try:
        store.add_second_look(session, ruling, SecondLook(verdict, reason, now, by))
    except store.LookedAlready as error:
        raise RuledMeanwhile(f"ruling {number} on {submission.reference} has a look") from error
    except store.SamePerson as error:
        raise OwnRuling(f"ruling {number} on {submission.reference} is their own") from error
    _apply(session, submission)


def read_original(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    reference: str,
    reason: str,
    by: Actor,
    now: dt.datetime,
) -> Case:
    """Return a response as it was written after it was ruled on, and record who reads it and why.

    Raises LookupError for a reference that is not there, and NothingToRule for what is not to be
    published anyway.
    """
    found = find_case(session, consultation_id, reference)
    if found is None:
        raise LookupError(f"no response {reference}")
    if found.stage is Stage.OUTSIDE:
        raise NothingToRule(f"{found.submission.reference} is not to be published")
    store.add_reading(session, consultation_id, found.submission.id, reason, by, now)
    return found


def _apply(session: Session, submission: Submission) -> None:
    """Make what everybody reads of a response follow from its rulings."""
    rulings = store.list_rulings(session, submission.id)
    noted = cuts_in_force(submission, rulings)
    consultations.set_redactions(session, submission.id, [each.cut for each in noted])


def _check_fit(cuts: Iterable[NotedCut], passages: dict[str, Passage]) -> None:
    for each in cuts:
        passage = passages.get(each.cut.passage)
        if passage is None or not each.cut.fits(passage):
            raise CutDoesNotFit("words are to be taken out that are not there")


def _check_notes(
    notes: Iterable[str], cuts: Iterable[NotedCut], passages: dict[str, Passage]
) -> None:
    """Refuse notes that say what was taken out: they are kept where words are not."""
    taken = [
        passages[each.cut.passage].text[each.cut.span.start : each.cut.span.end] for each in cuts
    ]
    taken = [each for each in taken if len(each.strip()) >= SHORTEST_REPEATED]
    for note in notes:
        if any(places_of(note, words) for words in taken):
            _refuse_repeating()


def _refuse_repeating() -> NoReturn:
    raise RepeatsWords("a note repeats words that are taken out")


def _with_suggestions(session: Session, rows: Iterable[Waiting]) -> tuple[Queued, ...]:
    waiting = tuple(rows)
    written = consultations.list_passages_of(session, [each.id for each in waiting])
    return tuple(
        Queued(
            each,
            sum(
                map(
                    len,
                    _suggestions(written.get(each.id, ()), Publish(each.publish)).values(),
                )
            ),
        )
        for each in waiting
    )


def _suggestions(
    passages: Iterable[Passage], publish: Publish | None
) -> dict[str, tuple[Suggestion, ...]]:
    """Return suggestions by passage; of who sent it only where that is not to be published."""
    known = tuple(passages)
    names = {each.key: each.text for each in known}
    sender = names.get("organisation_name") or names.get("name", "")
    hidden = sender if publish is not Publish.NAMED else ""
    return {
        each.key: found
        for each in known
        if each.key not in ("name", "organisation_name") and (found := suggest(each.text, hidden))
    }
