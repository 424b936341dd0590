"""What is read for an export: one response at a time, with every answer in it."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from frameworks.questions import AnswerKey

# What the relation of campaigns calls them: the room itself brings much to the memory.
IS_CAMPAIGN, IS_NONE = "campaign", "not-a-campaign"


@dataclass(frozen=True, slots=True)
class SaidAnswer:
    """An answer in the words that everybody reads; `language` is the edition of what it is about.

    `version` is that of the questionnaire; an older program named none.
    """

    id: uuid.UUID
    key: AnswerKey
    choices: tuple[str, ...]
    text: str
    item_digest: str
    version: str
    language: str
    is_redacted: bool


@dataclass(frozen=True, slots=True)
class SaidResponse:
    """A response with who sent it; names are empty where they are not asked for or erased."""

    id: uuid.UUID
    reference: str
    submitted_at: dt.datetime
    responds_as: str
    respondent_class: str
    region: str
    language: str
    channel: str
    edition: int
    lodged_late: bool
    standing: str
    publish: str
    name: str
    organisation_name: str
    role: str
    gathered: str
    interests: str
    campaign: str
    """What its campaign is called; `campaign_number` is 0 for a response in no group."""
    campaign_number: int
    verdict: str
    answers: tuple[SaidAnswer, ...]

    @property
    def is_of_campaign(self) -> bool:
        """Whether somebody decided that it belongs to a campaign."""
        return self.verdict == IS_CAMPAIGN
