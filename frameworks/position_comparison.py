"""What two versions ask of the board positions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from frameworks.changes import (
    Added,
    Change,
    Removed,
    SettingChanged,
    Step,
    reworded,
    setting,
)
from frameworks.model import ChangeKind, Framework, Profile, Requirement


def compare_positions(before: Framework, after: Framework) -> Iterator[Change]:
    """Yield the changes of the position profiles, in the order of the later version."""
    old, new = ({each.key: each for each in version.profiles} for version in (before, after))
    titles = {
        each.key: each.title for each in (*before.all_competencies(), *after.all_competencies())
    }
    shared = _shared_out(after)
    for key, profile in new.items():
        if key not in old:
            yield Added("position", key, profile.title, "", (), Step.MINOR)
        else:
            yield from _position(old[key], profile, titles, shared)
    for key, profile in old.items():
        if key not in new:
            yield Removed("position", key, profile.title, "", (), "", Step.MAJOR)


def _shared_out(after: Framework) -> dict[str, frozenset[str]]:
    """Map each key to the keys that took its place, and each of those back to what it came from."""
    heirs: dict[str, set[str]] = {}
    for competency in after.all_competencies():
        if competency.derivation.change in (ChangeKind.SPLIT, ChangeKind.MERGED):
            for origin in competency.derivation.from_keys:
                heirs.setdefault(origin, set()).add(competency.key)
    return {origin: frozenset(keys) for origin, keys in heirs.items()}


def _position(
    before: Profile,
    after: Profile,
    titles: Mapping[str, str],
    heirs: Mapping[str, frozenset[str]],
) -> Iterator[Change]:
    about = ("position", after.key, after.title)
    yield from reworded(*about, "title", before.title, after.title)
    yield from setting(*about, "role", before.role, after.role, Step.MAJOR)
    old, new = (
        {each.competency: each for each in profile.requirements} for profile in (before, after)
    )
    same_weight = _is_shared_out(old, new, heirs)
    for key, requirement in new.items():
        title = titles[key]
        earlier = old.get(key)
        if earlier is None:
            step = Step.MINOR if key in same_weight else Step.MAJOR
            yield SettingChanged(*about, title, "not required", _need(requirement), step)
            continue
        yield from setting(*about, title, _core(earlier), _core(requirement), Step.MAJOR)
        yield from setting(
            *about, f"where “{title}” is assessed", _where(earlier), _where(requirement), Step.MINOR
        )
    for key, requirement in old.items():
        if key not in new:
            step = Step.MINOR if key in same_weight else Step.MAJOR
            yield SettingChanged(*about, titles[key], _need(requirement), "not required", step)
    yield from _rules(about, before, after)


def _is_shared_out(
    old: Mapping[str, Requirement],
    new: Mapping[str, Requirement],
    heirs: Mapping[str, frozenset[str]],
) -> frozenset[str]:
    """Return the keys whose weight went whole from what was split or merged to what it became."""
    whole: set[str] = set()
    for origins, keys in _families(heirs):
        gone = [old[key] for key in origins if key in old]
        come = [new[key] for key in keys if key in new]
        same = sum(each.weight for each in gone) == sum(each.weight for each in come)
        if same and any(each.essential for each in gone) == any(each.essential for each in come):
            whole |= origins | keys
    return frozenset(whole)


def _families(
    heirs: Mapping[str, frozenset[str]],
) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Yield (old keys, new keys) of each group that was split or merged together."""
    left = dict(heirs)
    while left:
        origin, keys = left.popitem()
        origins = {origin}
        grew = True
        while grew:
            joined = [each for each, its_keys in left.items() if its_keys & keys]
            grew = bool(joined)
            for each in joined:
                origins.add(each)
                keys |= left.pop(each)
        yield frozenset(origins), keys


def _rules(about: tuple[str, str, str], before: Profile, after: Profile) -> Iterator[Change]:
    names: Iterable[tuple[str, Callable[[Profile], str]]] = (
        ("who appoints", lambda profile: _dated(profile, "appointed_by")),
        ("who appraises", lambda profile: _dated(profile, "appraised_by")),
        ("who signs", _signers),
    )
    for part, words in names:
        yield from setting(*about, part, words(before), words(after), Step.MINOR)


def _dated(profile: Profile, field: str) -> str:
    return "; ".join(
        f"{getattr(rule, field)} (from {rule.from_on})" for rule in profile.accountability
    )


def _signers(profile: Profile) -> str:
    return "; ".join(
        ", then ".join(f"{step.title}: “{step.words}”" for step in rule.signatures)
        + f" (from {rule.from_on})"
        for rule in profile.accountability
    )


def _core(requirement: Requirement) -> str:
    return f"{'essential' if requirement.essential else 'desirable'}, weight {requirement.weight}"


def _where(requirement: Requirement) -> str:
    return ", ".join(requirement.assess_at) or "nowhere"


def _need(requirement: Requirement) -> str:
    return f"{_core(requirement)}, assessed at {_where(requirement)}"
