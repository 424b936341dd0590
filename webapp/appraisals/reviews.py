"""A review as frozen values: what stages pass on, and what pages and documents show."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum

from frameworks.model import Accountability, Reference
from frameworks.questions import AnswerKey, Given
from webapp.appraisals.states import ReviewState
from webapp.security import Relation


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in a review; `step` says which signature a signatory gives."""

    id: uuid.UUID
    relation: Relation
    step: str
    name: str
    email: str
    account_id: uuid.UUID | None = None
    participant_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """One review: what it is pinned to, who is in it, and where it stands.

    `number` is that of the newest revision, from 1, frozen or still drafted. `until_on` is the
    last day of the period.
    """

    id: uuid.UUID
    organisation_id: uuid.UUID
    reference: Reference
    digest: str
    profile_key: str
    position: str
    rule: Accountability
    rule_on: dt.date
    from_on: dt.date
    until_on: dt.date
    state: ReviewState
    number: int
    secretaries_read: bool
    prepared_by: uuid.UUID | None
    started_at: dt.datetime
    people: tuple[Person, ...]

    def person(self, relation: Relation, step: str = "") -> Person:
        """Return the person with this relation; KeyError if the review names none."""
        for person in self.people:
            if person.relation is relation and person.step == step:
                return person
        raise KeyError(relation)

    @property
    def appraisee(self) -> Person:
        """The person whom the review is about."""
        return self.person(Relation.APPRAISEE)

    @property
    def appraiser(self) -> Person:
        """The person who writes the assessment."""
        return self.person(Relation.APPRAISER)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is stored for one question now, under a revision number that grows with each save."""

    key: AnswerKey
    given: Given
    revision: int
    saved_at: dt.datetime
    saved_by: Relation


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: exactly which words, on which content, by whom and when."""

    step: str
    place: int
    relation: Relation
    title: str
    words: str
    name: str
    remark: str
    digest: str
    person_id: uuid.UUID
    signed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Frozen:
    """Content frozen as the n-th attempt at a revision, with the signatures under it.

    `reason` says why it amends the revision before; the first one has none.
    """

    id: uuid.UUID
    number: int
    attempt: int
    digest: str
    frozen_at: dt.datetime
    reason: str
    reason_salt: str
    signatures: tuple[Signature, ...]

    @property
    def steps_signed(self) -> frozenset[str]:
        """The keys of the steps that are signed."""
        return frozenset(each.step for each in self.signatures)


class EventKind(StrEnum):
    """What happened to a review."""

    STARTED = "started"
    PREPARED = "prepared"
    APPROVED = "approved"
    SHARED = "shared"
    FINISHED = "finished"
    REOPENED = "reopened"
    SIGNED = "signed"
    COMPLETED = "completed"
    AMENDED = "amended"
    WITHDRAWN = "withdrawn"
    GRANTED = "granted"
    GRANT_ENDED = "grant-ended"
    ISSUED = "issued"
    LINK_SENT = "link-sent"
    ADDRESS_CHANGED = "address-changed"
    FORM_ISSUED = "form-issued"
    FORM_TAKEN = "form-taken"
    ATTACHED = "attached"
    ATTACHMENT_REMOVED = "attachment-removed"
    TYPED = "typed"
    SENT_BACK = "sent-back"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what and when; `detail` is a reason, or the name of whom it was done for.

    `sha256` is of the file whose answers were taken, if any were.
    """

    kind: EventKind
    at: dt.datetime
    number: int
    relation: Relation
    name: str
    detail: str
    sha256: str = ""
