"""What a version says about its own history: tombstones, what it supersedes, when it starts."""

from __future__ import annotations

from collections.abc import Iterator

from frameworks.model import Framework, SemVer, Tombstone, WithdrawalReason
from frameworks.places import Places
from frameworks.problems import Finding, Path, did_you_mean
from frameworks.repeats import repeats


def check_history(framework: Framework, standing: Places) -> Iterator[Finding]:
    """Yield what is wrong with tombstones and with the version's place among versions."""
    version = SemVer.parse(framework.version)
    in_use = {key for _, _, key in standing.keyed()}
    competencies = {competency.key for _, competency in standing.competencies}
    tombstones = {each.key for each in framework.withdrawn}
    yield from repeats(framework.withdrawn, lambda each: each.key, ("withdrawn",), "key", "key")
    for position, tombstone in enumerate(framework.withdrawn):
        path = ("withdrawn", position)
        if tombstone.key in in_use:
            message = f"key “{tombstone.key}” was withdrawn and is in use again: choose another key"
            yield Finding((*path, "key"), message)
        if not SemVer.parse(tombstone.last_version) < version:
            message = f"last_version {tombstone.last_version} is not before {framework.version}"
            yield Finding((*path, "last_version"), message)
        yield from _replacements(tombstone, path, competencies, tombstones)
    yield from _supersedes(framework, version)
    if version.is_final and framework.effective_from is None:
        message = f"{framework.version} is final: say from when it holds, with effective_from"
        yield Finding(("version",), message)


def _replacements(
    tombstone: Tombstone, path: Path, competencies: set[str], tombstones: set[str]
) -> Iterator[Finding]:
    where = (*path, "replaced_by")
    if tombstone.reason is WithdrawalReason.WITHDRAWN:
        if tombstone.replaced_by:
            message = f"“{tombstone.key}” is withdrawn, so nothing replaces it: empty this list"
            yield Finding(where, message)
    elif not tombstone.replaced_by:
        yield Finding(path, f"“{tombstone.key}” is {tombstone.reason}: say what it is replaced_by")
    for position, key in enumerate(tombstone.replaced_by):
        # A replacement may itself have been withdrawn later.
        if key not in competencies and key not in tombstones:
            near = did_you_mean(key, sorted(competencies))
            message = f"unknown competency “{key}” replaces “{tombstone.key}”{near}"
            yield Finding((*where, position), message)
        if key == tombstone.key and key not in competencies:
            yield Finding((*where, position), f"“{key}” cannot replace itself")


def _supersedes(framework: Framework, version: SemVer) -> Iterator[Finding]:
    if framework.supersedes is None:
        return
    path = ("supersedes", "version")
    before = SemVer.parse(framework.supersedes.version)
    if not before < version:
        message = f"{framework.version} cannot supersede {framework.supersedes.version}"
        yield Finding(path, f"{message}, which is not before it")
    elif not before.is_final and before.core != version.core:
        message = f"{framework.version} cannot supersede {framework.supersedes.version}, a draft of"
        yield Finding(path, f"{message} another version: name a final one")
