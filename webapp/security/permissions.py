"""The things that somebody may or may not do, the roles, and who is asking about what."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from enum import StrEnum


class Permission(StrEnum):
    """Everything that a view can require, as `resource:action`."""

    CATALOGUE_READ = "catalogue:read"
    HEALTH_READ = "health:read"
    SIGN_IN = "session:start"
    SIGN_OUT = "session:end"
    STAFF_HOME = "staff:read"
    ORGANISATION_READ = "organisation:read"
    MEMBERS_MANAGE = "members:manage"
    SENT_MAIL_READ = "sent-mail:read"
    CONSULTATION_READ = "consultation:read"
    CONSULTATION_MANAGE = "consultation:manage"
    RESPONSE_WRITE = "response:write"
    RESPONSE_DECIDE = "response:decide"
    CONSULTATION_FOLLOW = "consultation:follow"
    CONSULTATION_PREVIEW = "consultation:preview"
    OUTREACH_LOG = "outreach:log"
    RESPONSE_TAKE_IN = "response:take-in"
    RESPONSE_MODERATE = "response:moderate"
    CAMPAIGN_REVIEW = "campaign:review"
    EXTRACT_MAKE = "extract:make"
    BUNDLE_MAKE = "bundle:make"
    RETENTION_MANAGE = "retention:manage"
    RECEIPT_READ = "receipt:read"
    RECEIPT_CHANGE = "receipt:change"
    EQUALITY_ANSWER = "equality:answer"
    EQUALITY_READ = "equality:read"
    NOTICES_RECEIVE = "notices:receive"
    NOTICES_SEND = "notices:send"
    RECRUITMENT_MANAGE = "recruitment:manage"
    SCORECARD_PACK_MAKE = "scorecard-pack:make"
    REVIEW_PACK_MAKE = "review-pack:make"
    PACK_MANAGE = "pack:manage"
    REVIEW_LIST = "review:list"
    REVIEW_PREPARE = "review:prepare"
    REVIEW_READ = "review:read"
    REVIEW_WRITE = "review:write"
    REVIEW_LEAD = "review:lead"
    REVIEW_COMMENT = "review:comment"
    REVIEW_SIGN = "review:sign"
    REVIEW_AMEND = "review:amend"
    REVIEW_PROGRESS = "review:progress"
    REVIEW_FILL_IN = "review:fill-in"
    REVIEW_FILES = "review:files"


class Role(StrEnum):
    """What a member of staff is in an organisation."""

    CONSULTATION_LEAD = "consultation-lead"
    CONSULTATION_OFFICER = "consultation-officer"
    MODERATOR = "moderator"
    RECRUITER = "recruiter"
    APPRAISER = "appraiser"
    BOARD_SECRETARY = "board-secretary"
    ADMINISTRATOR = "administrator"


class Relation(StrEnum):
    """What a person is to one review."""

    APPRAISER = "appraiser"
    APPRAISEE = "appraisee"
    SIGNATORY = "signatory"
    PREPARER = "preparer"
    READER = "reader"


@dataclass(frozen=True, slots=True)
class Membership:
    """A role that an account holds in an organisation."""

    organisation_id: uuid.UUID
    role: Role


@dataclass(frozen=True, slots=True)
class Participation:
    """A relation that a person holds to one subject, such as a review."""

    participant_id: uuid.UUID
    subject_id: uuid.UUID
    relation: Relation


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is asking; without an account and participations, the public."""

    account_id: uuid.UUID | None = None
    name: str = ""
    memberships: frozenset[Membership] = frozenset()
    participations: frozenset[Participation] = frozenset()
    on_loopback: bool = False

    @property
    def is_public(self) -> bool:
        """Whether nobody is signed in."""
        return self.account_id is None and not self.participations

    def relations_to(self, subject_id: uuid.UUID) -> frozenset[Relation]:
        """Return the relations that this person holds to one subject."""
        return frozenset(
            each.relation for each in self.participations if each.subject_id == subject_id
        )

    def holds(self, role: Role, organisation_id: uuid.UUID) -> bool:
        """Say whether this account has a role in an organisation."""
        return Membership(organisation_id, role) in self.memberships


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked about: its organisation, the asker's relations to it, and its state."""

    organisation_id: uuid.UUID | None = None
    relations: frozenset[Relation] = field(default=frozenset())
    state: str = ""
