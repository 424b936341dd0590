"""What is known and decided about the campaigns of a consultation, as frozen values."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from webapp.campaigns.grouping import Kind
from webapp.campaigns.rollup import Campaign as Group
from webapp.consultations.respondents import RespondsAs

NAME_LENGTH = 120
REASON_LENGTH = 2000


class Verdict(StrEnum):
    """What people say about a group that was found."""

    UNDECIDED = "undecided"
    CAMPAIGN = "campaign"
    NOT_A_CAMPAIGN = "not-a-campaign"


class DecisionKind(StrEnum):
    """What somebody can decide about a group or about a response in it."""

    NAMED = "named"
    CAMPAIGN = "campaign"
    NOT_A_CAMPAIGN = "not-a-campaign"
    MOVED_OUT = "moved-out"
    PUT_BACK = "put-back"


VERDICTS = {
    DecisionKind.CAMPAIGN: Verdict.CAMPAIGN,
    DecisionKind.NOT_A_CAMPAIGN: Verdict.NOT_A_CAMPAIGN,
}
"""What a decision makes of a group; the other decisions leave that as it is."""


@dataclass(frozen=True, slots=True)
class Search:
    """One look at all the responses that counted: under which rules, and what it found.

    `by` is empty where the hourly routine asked for it; `searched_at` is None until it is done.
    """

    number: int
    asked_at: dt.datetime
    by: str
    searched_at: dt.datetime | None
    rules: Mapping[str, float]
    responses: int
    texts: int
    found: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a search found."""

    searched_at: dt.datetime
    rules: Mapping[str, float]
    responses: int
    texts: int
    campaigns: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that somebody decided; never changed afterwards. `reference` names a response."""

    number: int
    kind: DecisionKind
    at: dt.datetime
    by: str
    reason: str
    name: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Campaign:
    """A group of responses under its number; `revision` counts the decisions about it.

    `responses` are those that count and were not moved out. Where the newest search did not find
    it any more, `is_current` is false and nothing is in it.
    """

    id: uuid.UUID
    consultation_id: uuid.UUID
    number: int
    name: str
    verdict: Verdict
    kind: Kind
    revision: int
    is_current: bool
    responses: int = 0
    first_on: dt.date | None = None
    last_on: dt.date | None = None

    @property
    def title(self) -> str:
        """Its name, or its number while it has none."""
        return self.name or f"Group {self.number}"


@dataclass(frozen=True, slots=True)
class Membership:
    """In which campaign a response is, for exports and counts."""

    number: int
    name: str
    verdict: Verdict

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody said that it is a campaign."""
        return self.verdict is Verdict.CAMPAIGN


@dataclass(frozen=True, slots=True)
class InGroup:
    """A response in a group, as a list shows it."""

    submission_id: uuid.UUID
    reference: str
    submitted_at: dt.datetime
    responds_as: RespondsAs
    respondent_class: str
    is_out: bool
    is_same: bool
    """Whether each of its set texts is that of the template, word for word."""


@dataclass(frozen=True, slots=True)
class UsedText:
    """A text of a response that belongs to a set text of its campaign."""

    text_number: int
    item_key: str
    question_key: str
    position: str
    text: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What a lead decides, about which state of the group, and why."""

    kind: DecisionKind
    revision: int
    reason: str
    name: str = ""
    submission_id: uuid.UUID | None = None
