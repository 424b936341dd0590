"""Who may sign in, and as what."""

from __future__ import annotations

import click

from webapp.accounts import services
from webapp.accounts.people import AccountListed
from webapp.cli.installation import Installation
from webapp.security import Role

ROLE = click.Choice([role.value for role in Role])


@click.group()
def users() -> None:
    """Add people, and say what they may do."""


@users.command("organisation")
@click.argument("slug")
@click.argument("name")
@click.option("--kind", default="nhs-provider", show_default=True, help="Such as nhs-commissioner.")
@click.pass_obj
def add_organisation(installation: Installation, slug: str, name: str, kind: str) -> None:
    """Add an organisation; SLUG is its name in addresses."""
    with installation.writing() as session:
        services.add_organisation(session, slug=slug, name=name, kind=kind, now=installation.now())
    click.echo(f"Added {name} as {slug}.")


@users.command("add")
@click.argument("email")
@click.option("--name", required=True, help="As it is shown to others.")
@click.option("--organisation", help="The organisation's slug, with --role.")
@click.option("--role", type=ROLE, help="What the person is there.")
@click.pass_obj
def add_user(
    installation: Installation, email: str, name: str, organisation: str | None, role: str | None
) -> None:
    """Add somebody who signs in by e-mail."""
    if (organisation is None) != (role is None):
        raise click.UsageError("--organisation and --role go together.")
    now = installation.now()
    with installation.writing() as session:
        services.add_account(session, email=email, name=name, now=now)
        if organisation is not None and role is not None:
            services.grant_role(
                session, email=email, organisation=organisation, role=Role(role), now=now
            )
    click.echo(f"Added {email}.")


@users.command("list")
@click.pass_obj
def list_users(installation: Installation) -> None:
    """Print everybody: address, name, roles, and whether disabled."""
    with installation.reading() as session:
        for listed in services.list_accounts(session):
            click.echo(_line(listed))


@users.command("grant")
@click.argument("email")
@click.argument("role", type=ROLE)
@click.option("--organisation", required=True, help="The organisation's slug.")
@click.pass_obj
def grant(installation: Installation, email: str, role: str, organisation: str) -> None:
    """Give somebody a role in an organisation."""
    with installation.writing() as session:
        changed = services.grant_role(
            session,
            email=email,
            organisation=organisation,
            role=Role(role),
            now=installation.now(),
        )
    state = "is now" if changed else "was already"
    click.echo(f"{email} {state} {role} at {organisation}.")


@users.command("revoke")
@click.argument("email")
@click.argument("role", type=ROLE)
@click.option("--organisation", required=True, help="The organisation's slug.")
@click.pass_obj
def revoke(installation: Installation, email: str, role: str, organisation: str) -> None:
    """Take a role in an organisation away from somebody."""
    with installation.writing() as session:
        changed = services.revoke_role(
            session,
            email=email,
            organisation=organisation,
            role=Role(role),
            now=installation.now(),
        )
    state = "is no longer" if changed else "was not"
    click.echo(f"{email} {state} {role} at {organisation}.")


@users.command("disable")
@click.argument("email")
@click.pass_obj
def disable(installation: Installation, email: str) -> None:
    """Keep somebody from signing in, and end their sessions now."""
    with installation.writing() as session:
        changed = services.disable_account(session, email=email, now=installation.now())
    click.echo(f"{email} {'can no longer' if changed else 'could already not'} sign in.")


@users.command("enable")
@click.argument("email")
@click.pass_obj
def enable(installation: Installation, email: str) -> None:
    """Let somebody sign in again."""
    with installation.writing() as session:
        changed = services.enable_account(session, email=email, now=installation.now())
    click.echo(f"{email} {'can' if changed else 'could already'} sign in{' again' * changed}.")


def _line(listed: AccountListed) -> str:
    roles = ", ".join(f"{held.role.value} at {held.organisation.slug}" for held in listed.held)
    state = "" if listed.account.is_active else "  disabled"
    return f"{listed.account.email}  {listed.account.name}  {roles or 'no role'}{state}"
