"""Framework files: what is wrong with them, which there are, and publishing them."""

from __future__ import annotations

from pathlib import Path

import click

from frameworks.checking import look_at
from frameworks.comparison import compare
from frameworks.digest import questionnaire_digest
from frameworks.library import Library, Published, PublishedVariant
from frameworks.model import Domain
from frameworks.questionnaire import Questionnaire
from frameworks.questionnaire_revision import problems_with_revision
from frameworks.steps import least_step
from frameworks.variant_draft import draft_variant
from frameworks.variant_rules import Coverage
from frameworks.variants import Source, Variant, VariantOf
from frameworks.versions import Reference, SemVer, VariantReference
from webapp.cli.differences import describe
from webapp.cli.installation import Installation
from webapp.cli.references import get_version
from webapp.cli.refusals import Refused

PATH = click.Path(path_type=Path)
DRAFT = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def frameworks() -> None:
    """Check, look at, compare and publish framework files."""


@frameworks.command("check")
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="PATH…")
@click.pass_obj
def check(installation: Installation, paths: tuple[Path, ...]) -> None:
    """Print every problem of files and folders as file:line: message, and exit 1 if there is one.

    A folder with a LOCK is checked against it, each version against those before it, and each
    language variant against the words of its version; how much a variant has is told as well.
    """
    checked = look_at(paths, installation.library.source)
    problems = checked.problems
    for problem in problems:
        click.echo(str(problem))
    for path, reference, there in checked.coverage:
        click.echo(f"{path}: {_covered(reference, there)}")
    if problems:
        files = len({problem.source for problem in problems})
        raise Refused(f"{_count(len(problems), 'problem')} in {_count(files, 'file')}")
    click.echo("No problems found.")


@frameworks.command("list")
@click.pass_obj
def list_frameworks(installation: Installation) -> None:
    """Print every version: slug@version, status, digest; and its language variants after it."""
    library = installation.library
    for published in library.list():
        click.echo(_line(published))
        for variant in library.editions(published.reference):
            click.echo(_variant_line(variant))


@frameworks.command("show")
@click.argument("reference")
@click.pass_obj
def show(installation: Installation, reference: str) -> None:
    """Print what a version holds: REFERENCE is slug@version, or a slug for the newest."""
    published = get_version(installation.library, reference)
    framework = published.framework
    click.echo(_line(published))
    click.echo(framework.title)
    if published.published_on:
        click.echo(f"Published on {published.published_on}")
    if framework.effective_from:
        click.echo(f"In force from {framework.effective_from}")
    for domain in framework.domains:
        _show_domain(domain, "")
    click.echo("\nPositions")
    for profile in framework.profiles:
        click.echo(f"  {profile.key}  {profile.title}")


@frameworks.command("diff")
@click.argument("before")
@click.argument("after")
@click.pass_obj
def diff(installation: Installation, before: str, after: str) -> None:
    """Print every change from one version to another, with the least version step it needs."""
    old, new = (get_version(installation.library, typed) for typed in (before, after))
    if old.reference.slug != new.reference.slug:
        raise Refused(f"{old.reference} and {new.reference} are different frameworks")
    comparison = compare(old.framework, new.framework)
    step = least_step(comparison).name.lower()
    click.echo(f"{old.reference} to {new.reference}: least step {step}")
    for line in describe(comparison):
        click.echo(line)


@frameworks.command("publish")
@click.argument("draft", type=DRAFT)
@click.option("--as", "version", required=True, help="The version, such as 1.1.0-beta.1.")
@click.pass_obj
def publish(installation: Installation, draft: Path, version: str) -> None:
    """Put a draft into the library as a version that never changes again."""
    published = installation.library.publish(draft, version)
    click.echo(_line(published))


@frameworks.command("questionnaires")
@click.pass_obj
def list_questionnaires(installation: Installation) -> None:
    """Print every questionnaire for consultations: slug@version, digest."""
    for questionnaire in installation.library.questionnaires():
        click.echo(_questionnaire_line(questionnaire))


@frameworks.command("publish-questionnaire")
@click.argument("draft", type=DRAFT)
@click.option("--as", "version", required=True, help="The version, such as 1.0.1.")
@click.pass_obj
def publish_questionnaire(installation: Installation, draft: Path, version: str) -> None:
    """Put a questionnaire into the library as a version that never changes again.

    It also says whether a consultation that is open and asks the version before it can be changed
    to this one, and everything that stands in the way of that.
    """
    library = installation.library
    published = library.publish_questionnaire(draft, version)
    click.echo(_questionnaire_line(published))
    before = _version_before(library, published)
    if before is None:
        return
    problems = problems_with_revision(before, published)
    if problems:
        click.echo(f"It cannot take the place of {before.reference} in an open consultation:")
        for problem in problems:
            click.echo(f"  {problem}")
    else:
        click.echo(f"It can take the place of {before.reference} in an open consultation.")


@frameworks.command("draft-variant")
@click.argument("reference")
@click.argument("language")
@click.option("-o", "--output", type=PATH, help="A new file for it; standard output otherwise.")
@click.pass_obj
def start_variant(
    installation: Installation, reference: str, language: str, output: Path | None
) -> None:
    """Print a draft of a language variant: REFERENCE is slug@version, LANGUAGE such as cy.

    Each text of the version stands in it as a comment, with an empty place for the translation.
    What the newest variant in this language says of the same words is filled in.
    """
    try:
        wanted = VariantReference(**Reference.parse(reference).model_dump(), language=language)
    except ValueError:
        message = f"{reference} {language} is not like board-leadership@1.0.0 cy"
        raise Refused(f"{message}, or en-GB-x-easyread for Easy Read") from None
    source, before = _source(installation.library, wanted)
    text = draft_variant(source, language, before)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        with output.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as error:
        raise Refused(f"{output} cannot be written: {error.strerror}") from error


@frameworks.command("publish-variant")
@click.argument("draft", type=DRAFT)
@click.pass_obj
def publish_variant(installation: Installation, draft: Path) -> None:
    """Put a language variant into the library beside the version that it names.

    It never changes again: a later one in the same language is its next revision.
    """
    click.echo(_variant_line(installation.library.publish_variant(draft)))


def _source(library: Library, wanted: VariantReference) -> tuple[Source, Variant | None]:
    for kind in VariantOf:
        source = library.source(wanted.of, kind)
        if source is not None:
            before = library.newest_variant(wanted.slug, wanted.language, kind)
            return source, before.variant if before else None
    raise Refused(f"the library has no {wanted.of}; boardmark frameworks list shows them all")


def _version_before(library: Library, published: Questionnaire) -> Questionnaire | None:
    highest = SemVer.parse(published.version)
    earlier = [
        each
        for each in library.questionnaires()
        if each.slug == published.slug and SemVer.parse(each.version) < highest
    ]
    return earlier[-1] if earlier else None


def _questionnaire_line(questionnaire: Questionnaire) -> str:
    return f"{questionnaire.reference}  questionnaire  {questionnaire_digest(questionnaire)}"


def _variant_line(published: PublishedVariant) -> str:
    state = "variant withdrawn" if published.withdrawn_on else "variant"
    return f"{published.reference}  {state}  {published.digest}"


def _covered(reference: VariantReference, there: Coverage) -> str:
    told = f"{reference} has {'all' if there.is_whole else there.written} of {there.of} items"
    if there.same:
        told += f"; the same words as in the source: {', '.join(there.same)}"
    return told


def _line(published: Published) -> str:
    return f"{published.reference}  {published.status}  {published.digest}"


def _show_domain(domain: Domain, indent: str) -> None:
    click.echo(f"\n{indent}{domain.title}")
    for competency in domain.competencies:
        click.echo(f"{indent}  {competency.code}  {competency.key}  {competency.title}")
    for inner in domain.domains:
        _show_domain(inner, f"{indent}  ")


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
