"""An entry of the log: who was told about a consultation, how and when, and its corrections."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum

from frameworks.questions import Option
from webapp.consultations.respondents import INDIVIDUAL_CLASSES, ORGANISATION_TYPES, label_of

AUDIENCE_LENGTH = 200
NOTE_LENGTH = 2000
REASON_LENGTH = 1000
MOST_REACHED = 100_000_000


class Kind(StrEnum):
    """Whether one organisation was told, which has a name, or a group that is described."""

    ORGANISATION = "organisation"
    GROUP = "group"


class Way(StrEnum):
    """How somebody was told."""

    EMAIL = "email"
    LETTER = "letter"
    MEETING = "meeting"
    TELEPHONE = "telephone"
    WEBSITE = "website"
    SOCIAL_MEDIA = "social-media"
    PRESS = "press"
    POSTER = "poster"
    OTHER = "other"


KINDS = (
    Option(key=Kind.ORGANISATION, label="One organisation, by its name"),
    Option(key=Kind.GROUP, label="A group of people or organisations"),
)
WAYS = (
    Option(key=Way.EMAIL, label="By email"),
    Option(key=Way.LETTER, label="By letter"),
    Option(key=Way.MEETING, label="At a meeting"),
    Option(key=Way.TELEPHONE, label="By telephone"),
    Option(key=Way.WEBSITE, label="On a website"),
    Option(key=Way.SOCIAL_MEDIA, label="On social media"),
    Option(key=Way.PRESS, label="In the press"),
    Option(key=Way.POSTER, label="By a poster or leaflet"),
    Option(key=Way.OTHER, label="In another way"),
)
EVERYBODY = "everybody"
"""The class of what was meant for all: it says nothing about any one class."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """What was sent, as a file that is stored under its digest."""

    file_name: str
    media_type: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Told:
    """What an entry says; `reached` is about how many people or organisations, None if unknown."""

    kind: Kind
    audience: str
    audience_class: str
    way: Way
    told_on: dt.date
    reached: int | None = None
    note: str = ""
    attachment: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """An entry as somebody wrote or corrected it; `reason` is empty for the first."""

    number: int
    told: Told
    made_at: dt.datetime
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Strike:
    """That somebody struck an entry out: it stays to be read and counts no more."""

    at: dt.datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry with all that was ever in it, the first version in front."""

    id: uuid.UUID
    versions: tuple[Version, ...]
    strike: Strike | None = None

    @property
    def told(self) -> Told:
        """What it says now."""
        return self.versions[-1].told

    @property
    def newest(self) -> int:
        """The number of what it says now."""
        return self.versions[-1].number


def way_in_words(way: Way) -> str:
    """Return how somebody was told, as it stands after their name."""
    return next(option.label for option in WAYS if option.key == way)


def class_in_words(key: str) -> str:
    """Return a class as people read it."""
    return "Everybody" if key == EVERYBODY else label_of(key)


def classes_of(kind: Kind | None) -> tuple[str, ...]:
    """Return the classes that can be told: an organisation is of a kind of organisation."""
    organisations = tuple(option.key for option in ORGANISATION_TYPES)
    if kind is Kind.ORGANISATION:
        return organisations
    return (EVERYBODY, *(option.key for option in INDIVIDUAL_CLASSES), *organisations)
