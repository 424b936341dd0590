"""Organisations, accounts and participants as other rooms get them: frozen, without rows."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from webapp.security import Relation, Role


@dataclass(frozen=True, slots=True)
class OrganisationValue:
    """An organisation that runs consultations, recruits or appraises."""

    id: uuid.UUID
    slug: str
    name: str
    kind: str
    """One of the organisation types that frameworks name, such as `nhs-provider`."""


@dataclass(frozen=True, slots=True)
class AccountValue:
    """Somebody who can sign in."""

    id: uuid.UUID
    email: str
    name: str
    disabled_at: dt.datetime | None = None

    @property
    def is_active(self) -> bool:
        """Whether this account may sign in."""
        return self.disabled_at is None


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role, with the organisation in which it is held."""

    organisation: OrganisationValue
    role: Role


@dataclass(frozen=True, slots=True)
class AccountListed:
    """An account with every role it holds, by organisation and then role."""

    account: AccountValue
    held: tuple[RoleHeld, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A person in one organisation with the roles held there, in the order of `Role`."""

    account: AccountValue
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class ParticipantValue:
    """Somebody who was invited into a relation to one subject, such as a review."""

    id: uuid.UUID
    organisation_id: uuid.UUID
    subject_id: uuid.UUID
    relation: Relation
    name: str
    email: str
    purpose: str
    destination: str
    invited_by: str
    invited_at: dt.datetime
    account_id: uuid.UUID | None = None
    mailed_at: dt.datetime | None = None
    joined_at: dt.datetime | None = None
    revoked_at: dt.datetime | None = None

    @property
    def is_current(self) -> bool:
        """Whether the invitation stands."""
        return self.revoked_at is None


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a personal link says before it is used."""

    participant: ParticipantValue
    organisation: OrganisationValue


@dataclass(frozen=True, slots=True)
class SignInOffer:
    """What a sign-in link says before it is used: for whom, and where it leads."""

    email: str
    name: str
    next_path: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that has just begun: its secret, which is stored nowhere, and where to go."""

    token: str
    next_path: str
