"""Position profiles: what they require exists, and one rule says who appraises on any day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from frameworks.model import Accountability, Competency, Framework, Profile
from frameworks.places import Places
from frameworks.problems import Finding, Path, did_you_mean
from frameworks.repeats import repeats


def check_positions(framework: Framework, standing: Places) -> Iterator[Finding]:
    """Yield what is wrong with profiles, their requirements and their rules of accountability."""
    yield from repeats(framework.profiles, lambda each: each.key, ("profiles",), "key", "profile")
    competencies = {competency.key: competency for _, competency in standing.competencies}
    tombstones = {each.key: each.replaced_by for each in framework.withdrawn}
    for position, profile in enumerate(framework.profiles):
        path: Path = ("profiles", position)
        yield from _applies(framework, profile, path)
        yield from _requirements(profile, path, competencies, tombstones)
        yield from _accountability(profile, path)


def _applies(framework: Framework, profile: Profile, path: Path) -> Iterator[Finding]:
    roles = framework.applies_to.roles
    if roles and profile.role not in roles:
        near = did_you_mean(profile.role, roles)
        message = f"role “{profile.role}” of “{profile.key}” is not among applies_to.roles{near}"
        yield Finding((*path, "role"), message)
    kinds = framework.applies_to.organisation_types
    for position, kind in enumerate(profile.organisation_types):
        if kinds and kind not in kinds:
            near = did_you_mean(kind, kinds)
            yield Finding(
                (*path, "organisation_types", position),
                f"organisation type “{kind}” of “{profile.key}” is not among "
                f"applies_to.organisation_types{near}",
            )


def _requirements(
    profile: Profile,
    path: Path,
    competencies: dict[str, Competency],
    tombstones: dict[str, tuple[str, ...]],
) -> Iterator[Finding]:
    where = (*path, "requirements")
    name = f"competency in profile “{profile.key}”:"
    yield from repeats(
        profile.requirements, lambda each: each.competency, where, "competency", name
    )
    for position, requirement in enumerate(profile.requirements):
        key = requirement.competency
        here = (*where, position)
        if key in competencies:
            only = competencies[key].only_for
            if only and profile.key not in only:
                message = f"“{key}” is only for {', '.join(only)}, not for profile “{profile.key}”"
                yield Finding((*here, "competency"), message)
        elif key in tombstones:
            instead = ", ".join(tombstones[key])
            hint = f"; it was replaced by {instead}" if instead else ""
            message = f"withdrawn competency “{key}” in profile “{profile.key}”{hint}"
            yield Finding((*here, "competency"), message)
        else:
            near = did_you_mean(key, sorted(competencies))
            message = f"unknown competency “{key}” in profile “{profile.key}”{near}"
            yield Finding((*here, "competency"), message)
        if len(set(requirement.assess_at)) != len(requirement.assess_at):
            yield Finding((*here, "assess_at"), f"“{key}” names a stage of assessment twice")


def _accountability(profile: Profile, path: Path) -> Iterator[Finding]:
    where = (*path, "accountability")
    for position, rule in enumerate(profile.accountability):
        here = (*where, position)
        name = f"signature of “{profile.key}”"
        signatures = (*here, "signatures")
        yield from repeats(rule.signatures, lambda each: each.key, signatures, "key", name)
        if rule.until_on is not None and rule.until_on <= rule.from_on:
            message = f"until {rule.until_on} is not after from {rule.from_on} in “{profile.key}”"
            yield Finding((*here, "until"), message)
        for earlier in profile.accountability[:position]:
            if _overlap(earlier, rule):
                yield Finding(
                    (*here, "from"),
                    f"rules of “{profile.key}” overlap: one from {earlier.from_on} "
                    f"until {earlier.until_on or 'further notice'}, "
                    f"one from {rule.from_on} until {rule.until_on or 'further notice'}",
                )


def _overlap(one: Accountability, other: Accountability) -> bool:
    return one.from_on < (other.until_on or dt.date.max) and other.from_on < (
        one.until_on or dt.date.max
    )
