"""Documents as files, without a server or a database."""

from __future__ import annotations

from pathlib import Path

import click

from exports.document import Document, published_day
from exports.documents.booklet import make_booklet
from exports.documents.review_record import RecordState, make_review_record
from exports.documents.scorecard import make_scorecard
from exports.worker import Press
from frameworks.interview import first_of_each, interview_kit, suggest_questions
from frameworks.model import AssessAt
from frameworks.review import review_form
from webapp.cli.files import write_whole
from webapp.cli.installation import Installation
from webapp.cli.references import get_profile, get_version
from webapp.cli.refusals import Refused

USUAL_MOST = 8
"""How many questions a panel asks at most in one sitting."""

STAGES = [stage.value for stage in AssessAt if stage is not AssessAt.REFERENCE]
FILE = click.Path(dir_okay=False, path_type=Path)
PROFILE = click.option("--profile", help="The key of the board position.")
OUTPUT = click.option("-o", "--output", type=FILE, required=True, help="The PDF file to write.")


@click.group()
def document() -> None:
    """Make a tagged PDF of a framework, a scorecard or a blank review form."""


@document.command("framework")
@click.argument("reference")
@OUTPUT
@click.pass_obj
def framework_document(installation: Installation, reference: str, output: Path) -> None:
    """Make the booklet of a version: REFERENCE is slug@version, or a slug for the newest."""
    _write(make_booklet(get_version(installation.library, reference)), output)


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
    position = get_profile(published, profile)
    at = AssessAt(stage)
    questions = first_of_each(suggest_questions(published.framework, position.key, at))
    if most is not None or at is not AssessAt.APPLICATION:
        questions = questions[: most or USUAL_MOST]
    if not questions:
        raise Refused(f"nothing is assessed at the stage {stage} for {position.title}")
    card = make_scorecard(
        interview_kit(published.framework, position.key, at, questions),
        organisation=organisation,
        vacancy=vacancy,
        made_on=published_day(published),
        language=published.framework.language,
    )
    _write(card, output)


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
    position = get_profile(published, profile)
    form = review_form(published.framework, position.key, installation.now().date())
    blank = make_review_record(
        form,
        state=RecordState.BLANK,
        made_on=published_day(published),
        language=published.framework.language,
    )
    _write(blank, output)


def _write(made: Document, output: Path) -> None:
    if not output.absolute().parent.is_dir():
        raise Refused(f"there is no folder {output.absolute().parent}")
    press = Press(processes=1)
    try:
        content = press.make(made)
    finally:
        press.close()
    write_whole(output.absolute(), content)
    click.echo(f"Wrote {output}")
