"""Framework files: what is wrong with them, which there are, and publishing them."""

from __future__ import annotations

import click

from webapp.cli.installation import Installation


@click.group()
def frameworks() -> None:
    """Check, look at, compare and publish framework files."""


@frameworks.command("list")
@click.pass_obj
def list_frameworks(installation: Installation) -> None:
    """Print every version: slug@version, status, digest."""
    for published in installation.library.list():
        click.echo(f"{published.reference}  {published.status}  {published.digest}")
