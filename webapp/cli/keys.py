"""The keys that seal documents."""

from __future__ import annotations

import click

from webapp.cli.installation import Installation


@click.group()
def keys() -> None:
    """List the keys that seal documents, and replace the one that signs."""


@keys.command("list")
@click.pass_obj
def list_keys(installation: Installation) -> None:
    """Print each key: its id, since and until when it signed, and its public part."""
    known = installation.keys.list()
    if not known:
        click.echo("There is no key yet: boardmark serve makes the first one.", err=True)
    for key in known:
        until = f"signed {key.since} to {key.until}" if key.until else f"signs since {key.since}"
        click.echo(f"{key.public.id}  {until}  {key.public.text}")


@keys.command("rotate")
@click.pass_obj
def rotate_keys(installation: Installation) -> None:
    """Make a new key that signs from now on; documents of the old one stay verifiable."""
    made = installation.keys.rotate(installation.now().date())
    click.echo(
        f"The key {made.public.id} signs from now on. "
        f"Keep a copy of {installation.keys.path} in a safe place."
    )
