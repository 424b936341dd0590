"""A consultation: what is consulted on, why, until when, and what happened to it."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from webapp.consultations.opening import Period, Phase, State, phase_at

TITLE_LENGTH = 150
SLUG_LENGTH = 60
PROSE_LENGTH = 6000
CONTACT_LENGTH = 300
REASON_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class Details:
    """What a lead writes about a consultation before opening it."""

    title: str
    slug: str
    purpose: str
    open_to_change: str
    not_open_to_change: str
    use_of_answers: str
    contact: str
    framework_slug: str
    framework_version: str
    questionnaire_slug: str
    questionnaire_version: str
    period: Period
    alternatives: str = ""
    decided_by: str = ""
    decides_on: dt.date | None = None
    authority: str = ""
    privacy_notice: str = ""
    formats: str = ""


class PinnedQuestionnaire(NamedTuple):
    """A questionnaire version that an edition asked, with the digest of what it said then."""

    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Consultation:
    """A consultation at one moment; the digests are pinned when it is opened and empty before."""

    id: uuid.UUID
    organisation_id: uuid.UUID
    details: Details
    state: State
    framework_digest: str = ""
    questionnaire_digest: str = ""
    closed_at: dt.datetime | None = None
    revision: int = 1
    edition: int = 0
    """The newest of its editions; 0 before it is opened."""
    replaced: tuple[PinnedQuestionnaire, ...] = ()
    """What earlier editions asked, the first in front; empty while none was revised."""
    authorised_on: dt.date | None = None
    """On which date the named authority gave leave to open it."""

    @property
    def slug(self) -> str:
        """The last part of its address."""
        return self.details.slug

    @property
    def title(self) -> str:
        """Its title."""
        return self.details.title

    @property
    def ends_at(self) -> dt.datetime:
        """When it closes or closed: early, or as announced."""
        return self.closed_at or self.details.period.closes_at

    def phase(self, now: dt.datetime) -> Phase:
        """Return what it is at a moment."""
        return phase_at(self.state, self.details.period, now)


@dataclass(frozen=True, slots=True)
class PublicConsultation:
    """What a list of consultations says of each; `closes_at` is when it closes or closed."""

    slug: str
    title: str
    organisation_name: str
    phase: Phase
    opens_at: dt.datetime
    closes_at: dt.datetime

    @property
    def is_open(self) -> bool:
        """Whether responses are taken now."""
        return self.phase is Phase.OPEN


class EventKind(StrEnum):
    """What can happen to a consultation."""

    CREATED = "created"
    EDITED = "edited"
    OPENED = "opened"
    EXTENDED = "extended"
    REVISED = "revised"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Actor:
    """The member of staff who does something."""

    account_id: uuid.UUID
    name: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a member of staff did to a consultation; never changed afterwards."""

    kind: EventKind
    at: dt.datetime
    by: str
    note: str = ""
    closes_at: dt.datetime | None = None
    """The closing that an opening or an extension announced."""
