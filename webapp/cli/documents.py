"""Documents as files, without a server or a database."""

from __future__ import annotations

from pathlib import Path

import click

from exports.document import Document
from exports.documents.booklet import make_booklet
from exports.forms.blank_forms import NothingAssessed, blank_appraisal, blank_scorecard
from exports.issuing import Issuer, issue
from exports.worker import Press
from frameworks.model import AssessAt
from webapp.cli.files import write_whole
from webapp.cli.installation import Installation
from webapp.cli.packing import pack
from webapp.cli.reading import read_document
from webapp.cli.references import get_profile, get_version, tell_if_not_final
from webapp.cli.refusals import Refused
from webapp.cli.verifying import verify_document

STAGES = [stage.value for stage in AssessAt if stage is not AssessAt.REFERENCE]
FILE = click.Path(dir_okay=False, path_type=Path)
PROFILE = click.option("--profile", help="The key of the board position.")
OUTPUT = click.option("-o", "--output", type=FILE, required=True, help="The PDF file to write.")


@click.group()
def document() -> None:
    """Make documents and packs of them, read what was filled in, and check what is genuine."""


document.add_command(pack)
document.add_command(read_document)
document.add_command(verify_document)


@document.command("framework")
@click.argument("reference")
@OUTPUT
@click.pass_obj
def framework_document(installation: Installation, reference: str, output: Path) -> None:
    """Make the booklet of a version: REFERENCE is slug@version, or a slug for the newest."""
    booklet = make_booklet(get_version(installation.library, reference))
    _write(booklet, output, installation.issuer)


@document.command("scorecard")
@click.argument("reference")
@PROFILE
@click.option("--stage", type=click.Choice(STAGES), default="interview", show_default=True)
@click.option("--organisation", default="", help="Printed on the card; left to write otherwise.")
@click.option("--vacancy", default="", help="Printed on the card; left to write otherwise.")
@click.option(
    "--questions",
    "most",
    type=click.IntRange(1, 30),
    help="How many questions at most; eight if left out, all of them for an application.",
)
@OUTPUT
@click.pass_obj
def scorecard_document(
    installation: Installation,
    reference: str,
    profile: str | None,
    stage: str,
    organisation: str,
    vacancy: str,
    most: int | None,
    output: Path,
) -> None:
    """Make a scorecard with the framework's own questions for a position and a stage.

    They are one a competency, what is essential and weighs most first: eight where questions are
    asked aloud, and all of them for an application.
    """
    published = get_version(installation.library, reference)
    tell_if_not_final(installation.library, published)
    position = get_profile(published, profile)
    try:
        card = blank_scorecard(
            published,
            position.key,
            AssessAt(stage),
            organisation=organisation,
            vacancy=vacancy,
            most=most,
        )
    except NothingAssessed as nothing:
        raise Refused(str(nothing)) from None
    _write(card, output, installation.issuer)


@document.command("appraisal")
@click.argument("reference")
@PROFILE
@OUTPUT
@click.pass_obj
def appraisal_document(
    installation: Installation, reference: str, profile: str | None, output: Path
) -> None:
    """Make the blank review form for a position, with the signatures that count today."""
    published = get_version(installation.library, reference)
    tell_if_not_final(installation.library, published)
    position = get_profile(published, profile)
    blank = blank_appraisal(published, position.key, installation.now().date())
    _write(blank, output, installation.issuer)


def _write(made: Document, output: Path, issuer: Issuer) -> None:
    if not output.absolute().parent.is_dir():
        raise Refused(f"there is no folder {output.absolute().parent}")
    press = Press(processes=1)
    try:
        issued = issue(press, made, issuer)
    finally:
        press.close()
    write_whole(output.absolute(), issued.content)
    click.echo(f"Wrote {output}")
