"""Queries over organisations, accounts and roles."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from sqlalchemy import delete, select, update

from webapp.accounts.errors import AccountExists, OrganisationExists
from webapp.accounts.models import Account, Membership, Organisation
from webapp.persistence import IntegrityError, Session, guarded_update, savepoint, violated
from webapp.security import Role


def add_organisation(session: Session, organisation: Organisation) -> None:
    """Add an organisation; raises OrganisationExists."""
    try:
        with savepoint(session):
            session.add(organisation)
    except IntegrityError as error:
        if violated(error) == "uq_organisation__slug":
            raise OrganisationExists(
                f"there is already an organisation '{organisation.slug}'"
            ) from error
        raise


def find_organisation(session: Session, slug: str) -> Organisation | None:
    """Return the organisation with a slug, or None."""
    return session.scalars(select(Organisation).where(Organisation.slug == slug)).one_or_none()


def get_organisation(session: Session, organisation_id: uuid.UUID) -> Organisation:
    """Return an organisation by its id, which must exist."""
    return session.get_one(Organisation, organisation_id)


def list_organisations(session: Session) -> list[Organisation]:
    """Return every organisation, by name and then slug."""
    return _by_name(session.scalars(select(Organisation)))


def list_organisations_by_id(session: Session, ids: set[uuid.UUID]) -> list[Organisation]:
    """Return the organisations with these ids, by name and then slug."""
    if not ids:
        return []
    return _by_name(session.scalars(select(Organisation).where(Organisation.id.in_(ids))))


def lock_organisation(session: Session, organisation_id: uuid.UUID) -> None:
    """Let nobody else change the members of an organisation until this transaction ends."""
    session.execute(
        select(Organisation.id).where(Organisation.id == organisation_id).with_for_update()
    )


def add_account(session: Session, account: Account) -> None:
    """Add an account; raises AccountExists."""
    try:
        with savepoint(session):
            session.add(account)
    except IntegrityError as error:
        if violated(error) == "uq_account__email":
            raise AccountExists(f"there is already an account for {account.email}") from error
        raise


def find_account(session: Session, email: str) -> Account | None:
    """Return the account with a stored address, or None."""
    return session.scalars(select(Account).where(Account.email == email)).one_or_none()


def find_account_by_id(session: Session, account_id: uuid.UUID) -> Account | None:
    """Return an account by its id, or None."""
    return session.get(Account, account_id)


def list_accounts(session: Session) -> list[Account]:
    """Return every account, by address."""
    return sorted(session.scalars(select(Account)), key=lambda account: account.email)


def set_disabled(session: Session, account_id: uuid.UUID, at: dt.datetime | None) -> bool:
    """Disable an account, or enable it with None; False where that changes nothing."""
    stands = Account.disabled_at.is_(None) if at else Account.disabled_at.is_not(None)
    statement = update(Account).where(Account.id == account_id, stands).values(disabled_at=at)
    return guarded_update(session, statement)


def add_membership(session: Session, membership: Membership) -> bool:
    """Grant a role; False where the account holds it already."""
    try:
        with savepoint(session):
            session.add(membership)
    except IntegrityError as error:
        if violated(error) == "uq_membership__account_id_organisation_id_role":
            return False
        raise
    return True


def delete_membership(
    session: Session, account_id: uuid.UUID, organisation_id: uuid.UUID, role: Role
) -> uuid.UUID | None:
    """Take a role away and return its id; None where the account does not hold it."""
    statement = delete(Membership).where(
        Membership.account_id == account_id,
        Membership.organisation_id == organisation_id,
        Membership.role == role.value,
    )
    return session.scalars(statement.returning(Membership.id)).one_or_none()


def delete_membership_by_id(session: Session, membership_id: uuid.UUID) -> bool:
    """Take a role away by its id; False where nobody holds it."""
    return guarded_update(session, delete(Membership).where(Membership.id == membership_id))


def list_memberships(session: Session, account_id: uuid.UUID) -> list[Membership]:
    """Return every role that an account holds, in no order."""
    return list(session.scalars(select(Membership).where(Membership.account_id == account_id)))


def list_all_memberships(session: Session) -> list[Membership]:
    """Return every role that anybody holds, in no order."""
    return list(session.scalars(select(Membership)))


def list_members(session: Session, organisation_id: uuid.UUID) -> list[tuple[Account, Membership]]:
    """Return every role that is held in an organisation with its account, by name and address."""
    statement = (
        select(Account, Membership)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.organisation_id == organisation_id)
    )
    pairs = [(account, membership) for account, membership in session.execute(statement)]
    return sorted(pairs, key=lambda pair: (pair[0].name.casefold(), pair[0].email))


def _by_name(organisations: Iterable[Organisation]) -> list[Organisation]:
    # Sorted here, since the databases would order names differently.
    return sorted(organisations, key=lambda each: (each.name.casefold(), each.slug))
