"""Domains, competencies and what they hold: one key each, for ever."""

from __future__ import annotations

from collections.abc import Iterator

from frameworks.model import ChangeKind, Competency, Framework
from frameworks.places import Places
from frameworks.problems import Finding, Path, did_you_mean
from frameworks.questionnaire import CONSULTATION_ITEM, PROFILE_PREFIX
from frameworks.repeats import repeats

# Of these a competency has one source at most, and that is itself: keys are never renamed.
_SAME_KEY = {ChangeKind.UNCHANGED, ChangeKind.REWORDED, ChangeKind.MOVED}


def check_items(framework: Framework, standing: Places) -> Iterator[Finding]:
    """Yield what is wrong with keys, with empty domains and with derivations."""
    yield from _keys(standing)
    yield from repeats(framework.sources, lambda each: each.title, ("sources",), "title", "title")
    profiles = {profile.key for profile in framework.profiles}
    for path, domain in standing.domains:
        if not domain.competencies and not domain.domains:
            yield Finding(path, f"domain “{domain.key}” is empty: give it a competency")
    for path, competency in standing.competencies:
        yield from _only_for(competency, path, profiles)
        yield from _derivation(competency, (*path, "derivation"))
        where = (*path, "development")
        yield from repeats(competency.development, lambda each: each.title, where, "title", "title")


def _keys(standing: Places) -> Iterator[Finding]:
    used: dict[str, str] = {}
    for path, kind, key in standing.keyed():
        if key in used:
            message = f"key “{key}” of this {kind} is in use ({used[key]}): choose another"
            yield Finding((*path, "key"), message)
        used.setdefault(key, kind)
        if key == CONSULTATION_ITEM or key.startswith(PROFILE_PREFIX):
            message = f"key “{key}” means something else in a consultation: choose another"
            yield Finding((*path, "key"), message)


def _only_for(competency: Competency, path: Path, profiles: set[str]) -> Iterator[Finding]:
    where = (*path, "only_for")
    for position, key in enumerate(competency.only_for):
        if key not in profiles:
            near = did_you_mean(key, sorted(profiles))
            message = f"unknown profile “{key}” in “{competency.key}”{near}"
            yield Finding((*where, position), message)
        if key in competency.only_for[:position]:
            yield Finding((*where, position), f"profile “{key}” stands here twice")


def _derivation(competency: Competency, path: Path) -> Iterator[Finding]:
    change = competency.derivation.change
    sources = competency.derivation.from_keys
    where = (*path, "from")
    if len(set(sources)) != len(sources):
        yield Finding(where, f"“{competency.key}” names a source twice")
    if change is ChangeKind.NEW and sources:
        yield Finding(
            where, f"“{competency.key}” is new, so it comes from nothing: empty this list"
        )
    if change in _SAME_KEY and sources not in ((), (competency.key,)):
        message = (
            f"“{competency.key}” is {change}, so it comes from itself: from: [{competency.key}]"
        )
        yield Finding(where, message)
    if change is ChangeKind.SPLIT and len(sources) != 1:
        yield Finding(where, f"“{competency.key}” is split off: name the one key it comes from")
    if change is ChangeKind.MERGED and len(sources) < 2:
        yield Finding(where, f"“{competency.key}” is merged: name the keys it comes from")
