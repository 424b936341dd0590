"""Organisations and people, to be changed one part at a time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from webapp.accounts import services
from webapp.accounts.people import AccountValue, OrganisationValue, ParticipantValue
from webapp.persistence import Session, new_id
from webapp.security import Relation, Role

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)


def add_organisation(session: Session, **changes: Any) -> OrganisationValue:
    """Add a trust, or another organisation."""
    values: dict[str, Any] = {
        "slug": "north-trust",
        "name": "North Trust",
        "kind": "nhs-provider",
        "now": NOW,
    }
    return services.add_organisation(session, **(values | changes))


def add_person(
    session: Session,
    *roles: Role,
    email: str = "sam.hill@example.org",
    name: str = "Sam Hill",
    organisation: str = "north-trust",
) -> AccountValue:
    """Add an account with roles in an organisation that exists."""
    account = services.add_account(session, email=email, name=name, now=NOW)
    for role in roles:
        services.grant_role(session, email=email, organisation=organisation, role=role, now=NOW)
    return account


def add_noise(session: Session) -> None:
    """Add people and an organisation that a test is not about and must not meet."""
    add_organisation(session, slug="south-trust", name="South Trust")
    add_person(
        session,
        *Role,
        email="noise@example.org",
        name="Nobody Asked",
        organisation="south-trust",
    )


def invite(session: Session, organisation: OrganisationValue, **changes: Any) -> ParticipantValue:
    """Invite a signatory to a review, or somebody else."""
    values: dict[str, Any] = {
        "organisation_id": organisation.id,
        "subject_id": new_id(),
        "relation": Relation.SIGNATORY,
        "name": "Jo Hall",
        "email": "jo.hall@example.org",
        "purpose": "sign the review of Ade Cole",
        "destination": "/reviews/1",
        "invited_by": "Sam Hill",
        "now": NOW,
    }
    return services.invite_participant(session, **(values | changes))
