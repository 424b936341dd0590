"""Rulings on one response, and what follows from all of them.

What protects somebody counts from the moment it is proposed: words that are taken out, and a
response that is withheld. What reveals something counts once a second person approved it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from webapp.consultations.consultation import Actor
from webapp.consultations.redacting import Cut
from webapp.consultations.respondents import Publish
from webapp.consultations.response import Submission
from webapp.consultations.submissions import Standing, permission_number

NOTE_LENGTH = 300
REASON_LENGTH = 2000


class Outcome(StrEnum):
    """What a ruling does with a response."""

    PUBLISH = "publish"
    WITHHOLD = "withhold"


class Verdict(StrEnum):
    """What a second person says of a ruling."""

    APPROVED = "approved"
    SENT_BACK = "sent-back"


class Stage(StrEnum):
    """Where a response is on its way to being published."""

    OUTSIDE = "outside"
    """It does not count, or may not be published: there is nothing to rule on."""
    TO_MODERATE = "to-moderate"
    TO_CHECK = "to-check"
    """A ruling waits for a second person."""
    RULED = "ruled"


@dataclass(frozen=True, slots=True)
class NotedCut:
    """Words that a ruling takes out, with what its moderator noted about that."""

    cut: Cut
    note: str = ""


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What somebody else said of a ruling, when and why."""

    verdict: Verdict
    reason: str
    at: dt.datetime
    by: Actor


@dataclass(frozen=True, slots=True)
class Ruling:
    """What one moderator proposed about a response, and what a second person said of it."""

    id: uuid.UUID
    number: int
    outcome: Outcome
    note: str
    cuts: tuple[NotedCut, ...]
    permission_number: int
    accepted: int
    refused: int
    at: dt.datetime
    by: Actor
    look: SecondLook | None = None

    @property
    def is_approved(self) -> bool:
        """Whether two people agree on it."""
        return self.look is not None and self.look.verdict is Verdict.APPROVED


def stage_of(submission: Submission, rulings: Sequence[Ruling]) -> Stage:
    """Return where a response is: its rulings are in order, and the newest says it.

    A ruling was made for one permission of the sender; with another, somebody looks again.
    """
    if not may_be_published(submission):
        return Stage.OUTSIDE
    newest = rulings[-1] if rulings else None
    if newest is None or newest.permission_number != permission_number(submission.events):
        return Stage.TO_MODERATE
    if newest.look is None:
        return Stage.TO_CHECK
    return Stage.RULED if newest.is_approved else Stage.TO_MODERATE


def may_be_published(submission: Submission) -> bool:
    """Say whether a response counts and its sender lets something of it be published."""
    allowed = submission.permission in (Publish.NAMED, Publish.UNNAMED)
    return allowed and submission.standing is Standing.COUNTS


def is_published(submission: Submission, rulings: Sequence[Ruling]) -> bool:
    """Say whether everybody may read a response now."""
    cautious = tuple(_since_approval(rulings))
    if not may_be_published(submission) or not cautious or not cautious[0].is_approved:
        return False
    is_about_this = cautious[0].permission_number == permission_number(submission.events)
    return is_about_this and all(each.outcome is Outcome.PUBLISH for each in cautious)


def cuts_in_force(submission: Submission, rulings: Sequence[Ruling]) -> tuple[NotedCut, ...]:
    """Return what is taken out of a response now: everything since the last approval, and by it.

    A name can be changed by its sender, which is a new permission: what was taken out of the old
    one is left behind.
    """
    now = permission_number(submission.events)
    return tuple(
        each
        for ruling in _since_approval(rulings)
        for each in ruling.cuts
        if each.cut.passage != "name" or ruling.permission_number == now
    )


def _since_approval(rulings: Sequence[Ruling]) -> Iterator[Ruling]:
    """Yield the newest ruling that was approved, and all that came after it."""
    approved = [each.number for each in rulings if each.is_approved]
    yield from (each for each in rulings if each.number >= max(approved, default=0))
