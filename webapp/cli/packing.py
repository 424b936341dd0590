"""Prefilled forms for many people, as a folder or a ZIP, without a server."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import click

from exports.delimited import NotATable, decode_table
from exports.document import Document
from exports.forms.blank_forms import NothingAssessed, blank_appraisal, blank_scorecard
from exports.forms.prefill import Base, copy_of
from exports.packs.packing import (
    FolderPacking,
    PackedFile,
    PackFacts,
    Packing,
    ZipPacking,
    add_manifest,
    assign,
    pack_file,
)
from exports.packs.people import PackForm, PeopleUnreadable, Person, read_people
from exports.worker import Press
from frameworks.library import Published
from frameworks.model import AssessAt
from webapp.cli.files import new_file_mask, whole_file
from webapp.cli.installation import Installation
from webapp.cli.references import get_profile, get_version, tell_if_not_final
from webapp.cli.refusals import Refused
from webapp.web.printing import Counter

LARGEST_TABLE = 10_000_000
STAGES = [stage.value for stage in AssessAt if stage is not AssessAt.REFERENCE]


@dataclass(frozen=True)
class _Wanted:
    """What the options ask for."""

    published: Published
    form: PackForm
    stage: AssessAt
    organisation: str
    vacancy: str
    made_on: dt.date
    today: dt.date

    def document(self, profile: str) -> Document:
        """Return the empty form of a position."""
        if self.form is PackForm.APPRAISAL:
            return blank_appraisal(self.published, profile, self.today)
        return blank_scorecard(
            self.published,
            profile,
            self.stage,
            organisation=self.organisation,
            vacancy=self.vacancy,
        )


@click.command("pack")
@click.argument("people", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@click.option("--form", type=click.Choice([each.value for each in PackForm]), required=True)
@click.option("--framework", "reference", required=True, help="slug@version, or a slug.")
@click.option("--profile", help="The key of the board position, for rows that name none.")
@click.option("--stage", type=click.Choice(STAGES), default="interview", show_default=True)
@click.option("--organisation", default="", help="Written where a row names none.")
@click.option("--vacancy", default="", help="Printed on scorecards.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="The folder to make, or a file that ends in .zip.",
)
@click.pass_obj
def pack(
    installation: Installation,
    people: Path,
    form: str,
    reference: str,
    profile: str | None,
    stage: str,
    organisation: str,
    vacancy: str,
    output: Path,
) -> None:
    """Make one prefilled form a person: PEOPLE is a CSV file with a line for each.

    Its columns are name, role, profile, organisation, period and appraiser for appraisals;
    candidate, assessor and profile for scorecards. A manifest with the digest of each file is
    part of the pack.
    """
    published = get_version(installation.library, reference)
    tell_if_not_final(installation.library, published)
    if published.published_on is None:
        raise Refused(f"{published.reference} has not been published: a form needs a date")
    wanted = _Wanted(
        published,
        PackForm(form),
        AssessAt(stage),
        organisation,
        vacancy,
        made_on=published.published_on,
        today=installation.now().date(),
    )
    if profile is not None:
        get_profile(published, profile)
    found = _read(people, wanted, profile or "")
    with (
        _finished_at_once(output.absolute(), wanted) as packing,
        _printing(installation) as (counter, press),
    ):
        _fill(packing, found, wanted, counter, press)
    click.echo(f"Wrote {len(found)} forms and a manifest to {output}")


def _read(path: Path, wanted: _Wanted, profile: str) -> tuple[Person, ...]:
    profiles = {each.key: each.title for each in wanted.published.framework.profiles}
    try:
        if path.stat().st_size > LARGEST_TABLE:
            raise NotATable(1, "the file is too large: send it in parts")
        return read_people(decode_table(path.read_bytes()), wanted.form, profiles, profile)
    except NotATable as wrong:
        raise Refused(f"{path}: line {wrong.line}: {wrong}") from None
    except PeopleUnreadable as wrong:
        first, *others = wrong.problems
        if not others:
            raise Refused(f"{path}: {first}") from None
        for problem in wrong.problems:
            click.echo(str(problem))
        raise Refused(f"{path} has {len(wrong.problems)} mistakes; nothing was made") from None


@contextmanager
def _printing(installation: Installation) -> Iterator[tuple[Counter, Press]]:
    installation.keys.make_if_missing(installation.now().date())
    folder = installation.settings.home / "printed"
    press = Press(processes=1)
    try:
        yield Counter(press, installation.issuer, folder, installation.database), press
    finally:
        press.close()


def _fill(
    packing: Packing, people: tuple[Person, ...], wanted: _Wanted, counter: Counter, press: Press
) -> None:
    @cache
    def base_of(profile: str) -> Base:
        try:
            return Base.of(counter.issued_once(wanted.document(profile)).content)
        except NothingAssessed as nothing:
            raise Refused(str(nothing)) from nothing

    titles = {each.key: each.title for each in wanted.published.framework.profiles}
    files: list[PackedFile] = []
    progress = _progress(len(people))
    for assigned in assign(people, wanted.form, titles, wanted.organisation):
        base = base_of(assigned.person.profile)
        try:
            copy = copy_of(base, assigned.written(wanted.form), counter.issuer.keyring, press)
        except ValueError as wrong:
            raise Refused(f"line {assigned.person.line}: {wrong}") from wrong
        files.append(pack_file(packing, assigned, copy))
        progress(len(files))
    stage = wanted.stage.value if wanted.form is PackForm.SCORECARD else ""
    add_manifest(packing, PackFacts(wanted.form, wanted.made_on, stage), files)


def _progress(total: int) -> Callable[[int], None]:
    """Return what says how far the work is, on a terminal and nowhere else."""
    is_watched = sys.stderr.isatty()

    def say(made: int) -> None:
        if is_watched and (made == total or made % 25 == 0):
            click.echo(f"\r{made} of {total}", err=True, nl=made == total)

    return say


@contextmanager
def _finished_at_once(output: Path, wanted: _Wanted) -> Iterator[Packing]:
    """Give a pack to be filled beside its place, and put it there once it is whole."""
    if not output.parent.is_dir():
        raise Refused(f"there is no folder {output.parent}")
    if output.suffix.lower() == ".zip":
        with whole_file(output) as unfinished, unfinished.open("wb") as file:
            into_zip = ZipPacking(file, wanted.made_on)
            yield into_zip
            into_zip.stream.close()
            file.flush()
            os.fsync(file.fileno())
    else:
        with _whole_folder(output) as folder:
            yield FolderPacking(folder)


@contextmanager
def _whole_folder(output: Path) -> Iterator[Path]:
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise Refused(f"{output} is there already: name another folder, or empty it")
    unfinished = Path(tempfile.mkdtemp(dir=output.parent, prefix=f".{output.name}-"))
    try:
        yield unfinished
        unfinished.chmod(0o777 & ~new_file_mask())
        # An empty folder may stand there, and nothing else: renaming refuses a full one.
        unfinished.replace(output)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
