"""What is done with a consultation without a server: its record as a bundle, and checking one."""

from __future__ import annotations

import os
from pathlib import Path

import click

from exports.bundles.verifying import BundleWrong, verify_bundle
from webapp.bundles.making import write_bundle
from webapp.cli.files import whole_file
from webapp.cli.installation import Installation
from webapp.cli.refusals import Refused
from webapp.consultations.services import find_consultation
from webapp.files import FileDamaged, FileStore

DIGEST_LENGTH = 64


@click.group()
def consultation() -> None:
    """Show the record of a consultation, and check it."""


@consultation.command("bundle")
@click.argument("slug")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The ZIP file to make, which must not be there yet.",
)
@click.pass_obj
def bundle(installation: Installation, slug: str, output: Path) -> None:
    """Write the whole record of a consultation as one ZIP; SLUG is its name in addresses."""
    if output.exists():
        raise Refused(f"{output} is there already: name another file, or delete it first")
    if not output.absolute().parent.is_dir():
        raise Refused(f"there is no folder {output.absolute().parent}")
    files = FileStore(installation.settings.home / "files")
    with installation.reading() as session:
        found = find_consultation(session, slug)
        if found is None:
            raise Refused(f"there is no consultation {slug}: it is the last part of its address")
        try:
            with whole_file(output.absolute()) as unfinished, unfinished.open("wb") as file:
                packed = write_bundle(
                    session,
                    found,
                    file,
                    library=installation.library,
                    files=files,
                    url=installation.settings.url,
                )
                file.flush()
                os.fsync(file.fileno())
        except FileDamaged as damaged:
            raise Refused(f"the stored file {damaged} is damaged; nothing was made") from damaged
    checked = verify_bundle(output)
    click.echo(f"Wrote {packed.entries} entries and {packed.files} files to {output}")
    click.echo(f"sha256:{checked.sha256}")


@consultation.command("verify-bundle")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--sha256", "expected", help="The digest that the whole file should have.")
def verify(file: Path, expected: str | None) -> None:
    """Check a bundle: every digest, every file named, and nothing added."""
    try:
        checked = verify_bundle(file)
    except BundleWrong as wrong:
        raise Refused(f"{file}: {wrong}") from wrong
    if expected is not None and _digest(expected) != checked.sha256:
        raise Refused(
            f"{file}: the bundle is whole, but it is another one: its digest is"
            f" sha256:{checked.sha256}"
        )
    click.echo(
        f"{file} is as it was made: the record of {checked.consultation},"
        f" {checked.entries} entries, {checked.files} files"
    )
    click.echo(f"sha256:{checked.sha256}")


def _digest(typed: str) -> str:
    digest = typed.strip().lower().removeprefix("sha256:")
    if len(digest) != DIGEST_LENGTH or set(digest) - set("0123456789abcdef"):
        raise click.UsageError("A SHA-256 digest has 64 hexadecimal digits.")
    return digest
