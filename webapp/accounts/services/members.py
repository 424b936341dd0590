"""Organisations, accounts, and the roles that accounts hold in organisations."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from webapp.accounts.addresses import checked_slug, person_name, same_email
from webapp.accounts.errors import (
    AccountExists,
    LastAdministrator,
    NotValid,
    UnknownAccount,
    UnknownOrganisation,
)
from webapp.accounts.models import Account, Membership, Organisation
from webapp.accounts.people import (
    AccountListed,
    AccountValue,
    Member,
    OrganisationValue,
    RoleHeld,
)
from webapp.accounts.services.erasing import ACCOUNT_DISABLED, ACCOUNT_ENABLED, ROLE_REVOKED
from webapp.accounts.store import members, sessions
from webapp.jobs import enqueue
from webapp.persistence import Session
from webapp.retention.services import record_erasure
from webapp.security import Identity, Role

WELCOME_MAIL = "accounts.welcome-mail"
ROLE_ORDER = {role: place for place, role in enumerate(Role)}


@dataclass(frozen=True, slots=True)
class WelcomeLetter:
    """What the mail to a new member needs."""

    email: str
    name: str
    organisation: str


def add_organisation(
    session: Session, *, slug: str, name: str, kind: str, now: dt.datetime
) -> OrganisationValue:
    """Add an organisation; raises NotValid or OrganisationExists."""
    shown = " ".join(name.split())
    if not shown or len(shown) > 200 or not shown.isprintable():
        raise NotValid("Enter the name of the organisation, in 200 characters or fewer")
    organisation = Organisation(
        slug=checked_slug(slug), name=shown, kind=checked_slug(kind), added_at=now
    )
    members.add_organisation(session, organisation)
    return _organisation(organisation)


def find_organisation(session: Session, slug: str) -> OrganisationValue | None:
    """Return the organisation with a slug, or None."""
    found = members.find_organisation(session, slug)
    return _organisation(found) if found else None


def get_organisation(session: Session, organisation_id: uuid.UUID) -> OrganisationValue:
    """Return an organisation by the id that a row of yours holds."""
    return _organisation(members.get_organisation(session, organisation_id))


def list_organisations(session: Session) -> tuple[OrganisationValue, ...]:
    """Return every organisation, by name."""
    return tuple(_organisation(each) for each in members.list_organisations(session))


def list_organisations_of(session: Session, identity: Identity) -> tuple[OrganisationValue, ...]:
    """Return the organisations in which somebody holds a role, by name."""
    ids = {each.organisation_id for each in identity.memberships}
    return tuple(_organisation(each) for each in members.list_organisations_by_id(session, ids))


def add_account(session: Session, *, email: str, name: str, now: dt.datetime) -> AccountValue:
    """Add an account; raises NotValid or AccountExists."""
    account = Account(email=same_email(email), name=person_name(name), added_at=now)
    members.add_account(session, account)
    return _account(account)


def find_account(session: Session, email: str) -> AccountValue | None:
    """Return the account of an address however it is written, or None."""
    found = members.find_account(session, same_email(email))
    return _account(found) if found else None


def list_accounts(session: Session) -> tuple[AccountListed, ...]:
    """Return every account with its roles, by address."""
    organisations = {each.id: each for each in list_organisations(session)}
    held: dict[uuid.UUID, list[RoleHeld]] = {}
    for membership in members.list_all_memberships(session):
        role = RoleHeld(organisations[membership.organisation_id], Role(membership.role))
        held.setdefault(membership.account_id, []).append(role)
    return tuple(
        AccountListed(_account(account), tuple(sorted(held.get(account.id, ()), key=_role_place)))
        for account in members.list_accounts(session)
    )


def grant_role(
    session: Session, *, email: str, organisation: str, role: Role, now: dt.datetime
) -> bool:
    """Give an account a role in the organisation with a slug; False where it is held already.

    Raises UnknownAccount or UnknownOrganisation.
    """
    account, where = _get_account(session, email), _get_organisation(session, organisation)
    return _grant(session, account.id, where.id, role, now)


def revoke_role(
    session: Session, *, email: str, organisation: str, role: Role, now: dt.datetime
) -> bool:
    """Take a role away; False where it is not held.

    Raises UnknownAccount or UnknownOrganisation. Whoever works at the command line may take
    the last administrator away, since the command line can also name the next.
    """
    account, where = _get_account(session, email), _get_organisation(session, organisation)
    return _revoke(session, account.id, where.id, role, now)


def disable_account(session: Session, *, email: str, now: dt.datetime) -> bool:
    """Keep an account from signing in and end its sessions; False where it was disabled.

    Raises UnknownAccount.
    """
    account = _get_account(session, email)
    sessions.end_sessions_of(session, account.id, now)
    changed = members.set_disabled(session, account.id, now)
    if changed:
        record_erasure(session, ACCOUNT_DISABLED, account.id, now)
    return changed


def enable_account(session: Session, *, email: str, now: dt.datetime) -> bool:
    """Let a disabled account sign in again; False where it was not. Raises UnknownAccount."""
    account = _get_account(session, email)
    changed = members.set_disabled(session, account.id, None)
    if changed:
        record_erasure(session, ACCOUNT_ENABLED, account.id, now)
    return changed


def list_members(session: Session, organisation_id: uuid.UUID) -> tuple[Member, ...]:
    """Return everybody who holds a role in an organisation, by name and then address."""
    roles: dict[AccountValue, list[Role]] = {}
    for account, membership in members.list_members(session, organisation_id):
        roles.setdefault(_account(account), []).append(Role(membership.role))
    return tuple(
        Member(account, tuple(sorted(held, key=ROLE_ORDER.__getitem__)))
        for account, held in roles.items()
    )


def add_member(
    session: Session,
    *,
    organisation_id: uuid.UUID,
    email: str,
    name: str,
    role: Role,
    now: dt.datetime,
) -> Member:
    """Give a person a role in an organisation, with a new account where there is none.

    Whoever is new to the organisation gets a mail that says so. An account that exists keeps
    its name. Raises NotValid.
    """
    address, shown = same_email(email), person_name(name)
    account = members.find_account(session, address)
    if account is None:
        try:
            account = Account(email=address, name=shown, added_at=now)
            members.add_account(session, account)
        except AccountExists:  # Somebody else added the same person at this moment.
            account = _get_account(session, address)
    before = _roles(session, account.id, organisation_id)
    granted = _grant(session, account.id, organisation_id, role, now)
    if granted and not before:
        payload = {"account": str(account.id), "organisation": str(organisation_id)}
        enqueue(session, WELCOME_MAIL, payload, now)
    return Member(_account(account), _roles(session, account.id, organisation_id))


def remove_member_role(
    session: Session,
    *,
    organisation_id: uuid.UUID,
    account_id: uuid.UUID,
    role: Role,
    now: dt.datetime,
) -> bool:
    """Take a role away within an organisation; False where it is not held.

    Raises LastAdministrator rather than leave nobody who could add members.
    """
    members.lock_organisation(session, organisation_id)
    if role is Role.ADMINISTRATOR:
        left = [
            each.account
            for each in list_members(session, organisation_id)
            if Role.ADMINISTRATOR in each.roles and each.account.is_active
        ]
        if [each.id for each in left] == [account_id]:
            raise LastAdministrator(
                f"{left[0].name} is the only administrator. Make somebody else one first"
            )
    return _revoke(session, account_id, organisation_id, role, now)


def prepare_welcome_mail(
    session: Session, account_id: uuid.UUID, organisation_id: uuid.UUID
) -> WelcomeLetter | None:
    """Return what a new member is told; None where the person is no member any more."""
    account = members.find_account_by_id(session, account_id)
    if account is None or account.disabled_at or not _roles(session, account_id, organisation_id):
        return None
    organisation = members.get_organisation(session, organisation_id)
    return WelcomeLetter(account.email, account.name, organisation.name)


def _grant(
    session: Session,
    account_id: uuid.UUID,
    organisation_id: uuid.UUID,
    role: Role,
    now: dt.datetime,
) -> bool:
    membership = Membership(
        account_id=account_id, organisation_id=organisation_id, role=role.value, granted_at=now
    )
    return members.add_membership(session, membership)


def _revoke(
    session: Session,
    account_id: uuid.UUID,
    organisation_id: uuid.UUID,
    role: Role,
    now: dt.datetime,
) -> bool:
    membership_id = members.delete_membership(session, account_id, organisation_id, role)
    if membership_id is not None:
        record_erasure(session, ROLE_REVOKED, membership_id, now)
    return membership_id is not None


def _roles(session: Session, account_id: uuid.UUID, organisation_id: uuid.UUID) -> tuple[Role, ...]:
    held = members.list_memberships(session, account_id)
    here = [Role(each.role) for each in held if each.organisation_id == organisation_id]
    return tuple(sorted(here, key=ROLE_ORDER.__getitem__))


def _get_account(session: Session, email: str) -> Account:
    address = same_email(email)
    account = members.find_account(session, address)
    if account is None:
        raise UnknownAccount(f"there is no account for {address}")
    return account


def _get_organisation(session: Session, slug: str) -> Organisation:
    organisation = members.find_organisation(session, slug)
    if organisation is None:
        raise UnknownOrganisation(f"there is no organisation '{slug}'")
    return organisation


def _role_place(held: RoleHeld) -> tuple[str, str, int]:
    return (held.organisation.name.casefold(), held.organisation.slug, ROLE_ORDER[held.role])


def _organisation(row: Organisation) -> OrganisationValue:
    return OrganisationValue(row.id, row.slug, row.name, row.kind)


def _account(row: Account) -> AccountValue:
    return AccountValue(row.id, row.email, row.name, row.disabled_at)
