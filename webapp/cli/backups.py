"""Back an installation up, check the backup, and put the installation back."""

from __future__ import annotations

import hashlib
from pathlib import Path

import click

from webapp.cli.installation import Installation
from webapp.cli.refusals import Refused
from webapp.files import is_held
from webapp.migrations import known_revisions, newest_revision, upgrade
from webapp.operations.backup.errors import BackupFailed
from webapp.operations.backup.making import make_backup
from webapp.operations.backup.manifest import FILES, LEFT_OUT, Manifest
from webapp.operations.backup.restoring import Tables, restore_backup
from webapp.operations.backup.verifying import find_problems
from webapp.persistence import check_database
from webapp.retention.journal import JournalDamaged
from webapp.retention.services import UnknownErasure, flush_erasures

FILE = click.Path(dir_okay=False, path_type=Path)
THERE = click.Path(exists=True, dir_okay=False, path_type=Path)


class _MakesByDefault(click.Group):
    """Makes a backup where the first word is no command but a file."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.commands:
            args = ["make", *args]
        return super().resolve_command(ctx, args)


@click.group(cls=_MakesByDefault, context_settings={"ignore_unknown_options": True})
def backup() -> None:
    """Write a backup into FILE while the service runs; or `backup verify FILE`."""


@backup.command("make", hidden=True)
@click.argument("file", type=FILE)
@click.option("--allow-missing", is_flag=True, help="Go on where a stored file is missing.")
@click.pass_obj
def make(installation: Installation, file: Path, allow_missing: bool) -> None:
    """Write a backup into FILE, which must be new."""
    settings, now = installation.settings, installation.now()
    check_database(installation.database, newest_revision())
    flush_erasures(installation.database, installation.journal, now)

    def needs(sha256: str) -> bool:
        with installation.database.reading() as session:
            return is_held(session, sha256)

    manifest = make_backup(
        settings, file.absolute(), now, is_held=needs, allow_missing=allow_missing
    )
    click.echo(f"{file}: {_what(manifest)}")
    with file.open("rb") as made:
        click.echo(f"SHA-256 {hashlib.file_digest(made, 'sha256').hexdigest()}")
    for sha256 in manifest.missing:
        click.echo(f"missing: {FILES}{sha256}")
    click.echo(
        f"Not in it: {', '.join(LEFT_OUT)}. Back up secret-keys and signing-keys apart, and "
        "equality-keys never."
    )


@backup.command("verify")
@click.argument("file", type=THERE)
@click.pass_obj
def verify(installation: Installation, file: Path) -> None:
    """Say whether a backup is whole; every problem in one line."""
    manifest, problems = find_problems(file, installation.pg_bin)
    for problem in problems:
        click.echo(f"{file}: {problem}")
    if manifest is None or problems:
        raise Refused(f"{file} cannot be relied on: make another backup")
    click.echo(f"{file}: whole. {_what(manifest)}")


@click.command()
@click.argument("file", type=THERE)
@click.option("--replace", is_flag=True, help="Move a database that has data aside.")
@click.option(
    "--erasures", "journals", type=THERE, multiple=True, help="Another journal of erasures."
)
@click.pass_obj
def restore(
    installation: Installation, file: Path, replace: bool, journals: tuple[Path, ...]
) -> None:
    """Put the installation back as the backup FILE has it, without what was erased since."""
    try:
        done = restore_backup(
            installation.settings,
            file,
            installation.now(),
            tables=Tables(known_revisions(), upgrade),
            replace=replace,
            journals=journals,
        )
    except (JournalDamaged, UnknownErasure) as error:
        raise BackupFailed(str(error)) from error
    if done is None:
        click.echo(
            "A restore that was interrupted is finished now, and nothing else was done. To restore "
            "another backup, use the command again."
        )
        return
    click.echo(f"Restored: {_what(done.manifest)}")
    click.echo(f"Erased again, from the journal: {done.erased_again}")
    click.echo(f"Stored files put back: {done.files}")
    click.echo(f"Sign-ins ended: {done.sessions}")
    click.echo(f"Jobs to be done again: {done.jobs}")
    click.echo(f"Equality forms that nobody can open, deleted: {done.forms}")
    if done.aside:
        click.echo(
            f"What was there before is kept {done.aside}. It has everything that was erased from "
            "the rest: delete it when you no longer need it."
        )
    if done.could_not_read_old:
        click.echo(
            "The database of before could not be read: what was erased in its last seconds may "
            "not be in the journal."
        )


def _what(manifest: Manifest) -> str:
    rows, files = (
        sum(manifest.rows.values()),
        sum(part.name.startswith(FILES) for part in manifest.parts),
    )
    return (
        f"made on {manifest.made_at:%Y-%m-%d at %H:%M:%S} UTC by Boardmark {manifest.program}, "
        f"revision {manifest.revision}, {rows} rows in {len(manifest.rows)} tables, "
        f"{files} stored files"
    )
