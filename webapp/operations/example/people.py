"""The organisations and the staff of the example; no such people or places exist."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from webapp.accounts import services
from webapp.accounts.people import AccountListed, OrganisationValue
from webapp.consultations.consultation import Actor
from webapp.persistence import Session
from webapp.security import Identity, Membership, Participation, Role

PROGRAMME = "board-programme"
TRUST = "northmoor"
BOARD = "wend-valley"


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who signs in to try the service."""

    email: str
    name: str
    organisation: str
    role: Role
    what: str


ORGANISATIONS = (
    (PROGRAMME, "Board Competency Programme", "arms-length-body"),
    (TRUST, "Northmoor University Hospitals NHS Foundation Trust", "nhs-provider"),
    (BOARD, "Wend Valley Integrated Care Board", "nhs-commissioner"),
)

LEAD = "amara.okafor@example.org"
RECRUITER = "ruth.whitcombe@example.org"
CHAIR = "daniel.reyes@example.org"
CHIEF_EXECUTIVE = "helen.marsh@example.org"
SECRETARY = "priya.nair@example.org"
ADMINISTRATOR = "tom.ellery@example.org"
KEEPER = "marian.holt@example.org"
OFFICER = "nia.prosser@example.org"
MODERATOR = "samuel.adewale@example.org"
SECOND_MODERATOR = "elsie.thornbury@example.org"
COMMISSIONER = "grace.adeyemi@example.org"

STAFF = (
    Staff(LEAD, "Amara Okafor", PROGRAMME, Role.CONSULTATION_LEAD, "consultation lead"),
    Staff(OFFICER, "Nia Prosser", PROGRAMME, Role.CONSULTATION_OFFICER, "consultation officer"),
    Staff(MODERATOR, "Samuel Adewale", PROGRAMME, Role.MODERATOR, "moderator"),
    Staff(SECOND_MODERATOR, "Elsie Thornbury", PROGRAMME, Role.MODERATOR, "another moderator"),
    Staff(KEEPER, "Marian Holt", PROGRAMME, Role.ADMINISTRATOR, "administrator of the programme"),
    Staff(RECRUITER, "Ruth Whitcombe", TRUST, Role.RECRUITER, "recruiter"),
    Staff(CHAIR, "Daniel Reyes", TRUST, Role.APPRAISER, "chair, an appraiser"),
    Staff(CHIEF_EXECUTIVE, "Helen Marsh", TRUST, Role.APPRAISER, "chief executive, an appraiser"),
    Staff(SECRETARY, "Priya Nair", TRUST, Role.BOARD_SECRETARY, "board secretary"),
    Staff(ADMINISTRATOR, "Tom Ellery", TRUST, Role.ADMINISTRATOR, "administrator"),
    Staff(COMMISSIONER, "Grace Adeyemi", BOARD, Role.RECRUITER, "recruiter of a commissioner"),
)


@dataclass(frozen=True, slots=True)
class People:
    """Everybody in the example, by what they are called in it."""

    organisations: dict[str, OrganisationValue]
    accounts: dict[str, AccountListed]

    def organisation_id(self, slug: str) -> uuid.UUID:
        """Return the id of an organisation."""
        return self.organisations[slug].id

    def account_id(self, email: str) -> uuid.UUID:
        """Return the id of somebody's account."""
        return self.accounts[email].account.id

    def name(self, email: str) -> str:
        """Return somebody's name."""
        return self.accounts[email].account.name

    def actor(self, email: str) -> Actor:
        """Return somebody as the one who does something to a consultation."""
        return Actor(self.account_id(email), self.name(email))

    def as_staff(self, email: str) -> Identity:
        """Return who somebody is when signed in, without what they were invited to."""
        listed = self.accounts[email]
        return Identity(
            account_id=listed.account.id,
            name=listed.account.name,
            memberships=frozenset(
                Membership(held.organisation.id, held.role) for held in listed.held
            ),
        )

    def as_invited(self, session: Session, email: str, subject_id: uuid.UUID) -> Identity:
        """Return who somebody is to one subject, having come in by their link to it."""
        known = self.as_staff(email) if email in self.accounts else Identity()
        invited = [
            each
            for each in services.list_participants(session, subject_id)
            if each.email == email and each.is_current
        ]
        return Identity(
            account_id=known.account_id,
            name=known.name or invited[0].name,
            memberships=known.memberships,
            participations=frozenset(
                Participation(each.id, each.subject_id, each.relation) for each in invited
            ),
        )


def gather(session: Session, now: dt.datetime) -> People:
    """Add the organisations and everybody who works in them."""
    organisations = {
        slug: services.add_organisation(session, slug=slug, name=name, kind=kind, now=now)
        for slug, name, kind in ORGANISATIONS
    }
    for staff in STAFF:
        services.add_account(session, email=staff.email, name=staff.name, now=now)
        services.grant_role(
            session,
            email=staff.email,
            organisation=staff.organisation,
            role=staff.role,
            now=now,
        )
    listed = services.list_accounts(session)
    return People(organisations, {each.account.email: each for each in listed})
