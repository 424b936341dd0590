"""Every command in its group."""

from __future__ import annotations

import os

import click

from webapp.cli.backups import backup, restore
from webapp.cli.consultations import consultation
from webapp.cli.documents import document
from webapp.cli.frameworks import frameworks
from webapp.cli.installation import Installation
from webapp.cli.keys import keys
from webapp.cli.refusals import Program
from webapp.cli.retention import retention
from webapp.cli.serving import demo, serve, worker
from webapp.cli.users import users
from webapp.migrations import newest_revision, upgrade


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="boardmark", message="boardmark %(version)s")
@click.pass_context
def program(context: click.Context) -> None:
    """Take a board competency framework from draft to use."""
    context.obj = Installation(os.environ)
    context.call_on_close(context.obj.close)


@program.group()
def db() -> None:
    """Look after the database."""


@db.command("upgrade")
@click.pass_obj
def upgrade_tables(installation: Installation) -> None:
    """Bring the tables up to date, which may be repeated."""
    upgrade(installation.database)
    click.echo(f"The database is at {newest_revision()}.")


program.add_command(serve)
program.add_command(worker)
program.add_command(demo)
program.add_command(users)
program.add_command(frameworks)
program.add_command(document)
program.add_command(consultation)
program.add_command(keys)
program.add_command(backup)
program.add_command(restore)
program.add_command(retention)
