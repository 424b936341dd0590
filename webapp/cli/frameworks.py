"""Framework files: what is wrong with them, which there are, and publishing them."""

from __future__ import annotations

from pathlib import Path

import click

from frameworks.checking import check_paths
from frameworks.comparison import compare
from frameworks.library import Published
from frameworks.model import Domain
from frameworks.steps import least_step
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
def check(paths: tuple[Path, ...]) -> None:
    """Print every problem of files and folders as file:line: message, and exit 1 if there is one.

    A folder with a LOCK is checked against it, and each version against those before it.
    """
    problems = check_paths(paths)
    for problem in problems:
        click.echo(str(problem))
    if problems:
        files = len({problem.source for problem in problems})
        raise Refused(f"{_count(len(problems), 'problem')} in {_count(files, 'file')}")
    click.echo("No problems found.")


@frameworks.command("list")
@click.pass_obj
def list_frameworks(installation: Installation) -> None:
    """Print every version: slug@version, status, digest."""
    for published in installation.library.list():
        click.echo(_line(published))


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
