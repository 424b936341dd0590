"""How big the step between two versions is: what each change asks of the version's number."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from frameworks.comparison import (
    Added,
    Change,
    Changed,
    Comparison,
    Removed,
    Reordered,
    Reworded,
)
from frameworks.model import ChangeKind, Competency, Framework, Profile, Requirement, SemVer
from frameworks.outline import Kind
from frameworks.wording import TextChange


class Step(IntEnum):
    """How much a version's number must grow; NONE is for what a version says about itself."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


# What a version says about its own place among versions is no change of content.
_ABOUT_ITSELF = {"schema_version", "version", "supersedes", "release_notes", "effective_from"}
_PARTS = {Kind.INDICATOR, Kind.ANCHOR, Kind.DESCRIPTOR, Kind.QUESTION}
_SHARING = {ChangeKind.SPLIT, ChangeKind.MERGED}


def least_step(comparison: Comparison) -> Step:
    """Return the least step that the changes allow.

    MAJOR adds a competency, takes one away without replacement, or changes a scale, a stage, or
    what a position needs (unless a split or a merger only shares it out). MINOR rewords, moves,
    splits or merges, and changes what a competency holds. PATCH mends typing errors and whatever
    is neither asked nor scored.
    """
    return max((step for _, step in steps(comparison)), default=Step.NONE)


def steps(comparison: Comparison) -> Iterator[tuple[Change, Step]]:
    """Yield each change with the least step that it allows."""
    shared = _shared_out(comparison)
    for change in comparison.changes:
        if change.place.kind is Kind.REQUIREMENT:
            yield change, _of_requirement(change, shared)
        else:
            yield change, _of(change, comparison)


def step_between(before: str, after: str) -> Step:
    """Return by how much the number of one version is greater than that of another."""
    old, new = SemVer.parse(before), SemVer.parse(after)
    for step, one, other in zip(
        (Step.MAJOR, Step.MINOR, Step.PATCH), old.core, new.core, strict=True
    ):
        if one != other:
            return step
    return Step.NONE


def is_typo(text: TextChange) -> bool:
    """Say whether a change of words mends at most a letter here and there.

    Punctuation, case and blanks do not count; a word of five letters or more may change in one
    letter, or two that are swapped, but not its first.
    """
    old, new = _words(text.before), _words(text.after)
    if "".join(old) == "".join(new):
        return True
    return len(old) == len(new) and all(map(_is_slip, old, new))


def _of(change: Change, comparison: Comparison) -> Step:
    if isinstance(change, Reordered):
        return Step.PATCH
    match change.place.kind:
        case Kind.FRAMEWORK:
            return _of_framework(change)
        case Kind.SCALE | Kind.LEVEL | Kind.STAGE | Kind.USE:
            return _of_scale(change)
        case Kind.COMPETENCY:
            return _of_competency(change, comparison)
        case Kind.SOURCE | Kind.DEVELOPMENT:
            return Step.PATCH
        case Kind.TOMBSTONE:
            return Step.NONE
        case Kind.PROFILE if isinstance(change, Removed):
            return Step.MAJOR
        case _:
            return _of_words(change)


def _of_words(change: Change) -> Step:
    return Step.PATCH if isinstance(change, Reworded) and is_typo(change.text) else Step.MINOR


def _of_framework(change: Change) -> Step:
    if isinstance(change, Changed | Reworded) and change.field in _ABOUT_ITSELF:
        return Step.NONE
    return _of_words(change)


def _of_scale(change: Change) -> Step:
    if isinstance(change, Added) and change.place.kind in (Kind.SCALE, Kind.USE):
        return Step.MINOR
    return Step.PATCH if _of_words(change) is Step.PATCH else Step.MAJOR


def _of_competency(change: Change, comparison: Comparison) -> Step:
    match change:
        case Added(value=Competency() as competency):
            shared = competency.derivation.change in _SHARING
            return Step.MINOR if shared else Step.MAJOR
        case Removed(place=place):
            tombstones = {each.key: each for each in comparison.after.withdrawn}
            replaced = place.key in tombstones and tombstones[place.key].replaced_by
            return Step.MINOR if replaced else Step.MAJOR
        case Changed(field="derivation"):
            return Step.NONE
        case Changed(field="code"):
            return Step.PATCH
        case _:
            return _of_words(change)


def _of_requirement(change: Change, shared: set[tuple[str, str]]) -> Step:
    if isinstance(change, Changed) and change.field == "assess_at":
        return Step.MINOR
    return Step.MINOR if (change.place.owner, change.place.key) in shared else Step.MAJOR


def _shared_out(comparison: Comparison) -> set[tuple[str, str]]:
    """Return (profile, competency) wherever a split or merger left the sum of weights alone."""
    before = {profile.key: profile for profile in comparison.before.profiles}
    return {
        (profile.key, key)
        for sources, results in _sharings(comparison.after)
        for profile in comparison.after.profiles
        if profile.key in before and _sum(before[profile.key], sources) == _sum(profile, results)
        for key in sources | results
    }


def _sharings(after: Framework) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    by_sources: dict[frozenset[str], set[str]] = {}
    for competency in after.all_competencies():
        if competency.derivation.change in _SHARING:
            sources = frozenset(competency.derivation.from_keys)
            by_sources.setdefault(sources, set()).add(competency.key)
    for sources, results in by_sources.items():
        yield sources, frozenset(results)


def _sum(profile: Profile, keys: frozenset[str]) -> tuple[int, frozenset[bool]]:
    held: list[Requirement] = [each for each in profile.requirements if each.competency in keys]
    return sum(each.weight for each in held), frozenset(each.essential for each in held)


def _words(text: str) -> list[str]:
    return [
        "".join(mark for mark in word if mark.isalnum()).casefold()
        for word in text.replace("-", " ").split()
    ]


def _is_slip(before: str, after: str) -> bool:
    if before == after:
        return True
    longer, shorter = sorted((before, after), key=len, reverse=True)
    if len(shorter) < 5 or before[0] != after[0] or len(longer) - len(shorter) > 1:
        return False
    start = next((i for i, mark in enumerate(shorter) if mark != longer[i]), len(shorter))
    if len(longer) > len(shorter):
        return longer[start + 1 :] == shorter[start:]
    swapped = before[start + 1 : start + 2] + before[start : start + 1]
    return before[start + 1 :] == after[start + 1 :] or (
        swapped == after[start : start + 2] and before[start + 2 :] == after[start + 2 :]
    )
