"""References that are typed: `slug@version`, or a slug for its newest version."""

from __future__ import annotations

import click

from exports.document import stage_of_version
from frameworks.library import Library, Published
from frameworks.model import Profile, Reference
from frameworks.problems import did_you_mean
from webapp.cli.refusals import Refused


def get_version(library: Library, typed: str) -> Published:
    """Return the version that is meant; raises Refused with what is near."""
    slug, at, version = typed.partition("@")
    found = _find(library, slug, version) if at else library.newest(slug)
    if found is None:
        known = [str(each.reference) for each in library.list()]
        hint = did_you_mean(typed, known) or "; boardmark frameworks list shows them all"
        raise Refused(f"the library has no {typed}{hint}")
    return found


def tell_if_not_final(library: Library, published: Published) -> None:
    """Say on standard error that a version is not final, and which one is in force instead."""
    stage = stage_of_version(published.framework.version)
    if not stage:
        return
    current = library.in_force(published.reference.slug)
    instead = f"; {current.reference} is in force" if current is not None else ""
    told = f"{published.reference} is not final ({stage.lower()}), and what is made says so"
    click.echo(f"boardmark: {told}{instead}", err=True)


def get_profile(published: Published, key: str | None) -> Profile:
    """Return a position of a version; raises Refused with the keys there are."""
    profiles = {profile.key: profile for profile in published.framework.profiles}
    if key in profiles:
        return profiles[key]
    known = ", ".join(profiles) or "none"
    wrong = f"{published.reference} has no position '{key}'" if key else "--profile is needed"
    raise Refused(f"{wrong}; its positions are: {known}")


def _find(library: Library, slug: str, version: str) -> Published | None:
    try:
        return library.find(Reference(slug=slug, version=version))
    except ValueError:
        return None
