"""A version among those before it: what it supersedes and how big a step it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from frameworks.comparison import Change, compare
from frameworks.digest import framework_digest
from frameworks.model import Framework, SemVer
from frameworks.outline import Place
from frameworks.places import places
from frameworks.problems import Finding, did_you_mean
from frameworks.rules import check_step
from frameworks.steps import Step, least_step, step_between, steps


def earlier_versions(framework: Framework, known: Iterable[Framework]) -> list[Framework]:
    """Return the versions of the same framework that stand before it, lowest first."""
    version = SemVer.parse(framework.version)
    earlier = [
        each
        for each in known
        if each.slug == framework.slug and SemVer.parse(each.version) < version
    ]
    return sorted(earlier, key=lambda each: SemVer.parse(each.version).sort_key())


def predecessor(framework: Framework, known: Iterable[Framework]) -> Framework | None:
    """Return the version before it that it may supersede: a final one, or its own draft."""
    core = SemVer.parse(framework.version).core
    possible = [
        each
        for each in earlier_versions(framework, known)
        if SemVer.parse(each.version).is_final or SemVer.parse(each.version).core == core
    ]
    return possible[-1] if possible else None


def check_succession(framework: Framework, known: Iterable[Framework]) -> list[Finding]:
    """Return what is wrong with a version as the successor of those that are known."""
    earlier = earlier_versions(framework, known)
    if not earlier:
        return []
    findings = [
        *_supersedes(framework, earlier),
        *_number(framework, earlier),
        *_strange_tombstones(framework, earlier),
    ]
    told = {each.message for each in findings}
    return [
        *findings,
        *(each for each in _lost_keys(framework, earlier) if each.message not in told),
    ]


def _supersedes(framework: Framework, earlier: list[Framework]) -> Iterator[Finding]:
    named = framework.supersedes
    if named is None:
        last = predecessor(framework, earlier)
        if last is not None:
            digest = framework_digest(last)
            message = f"supersedes is missing: version {last.version}, digest {digest}"
            yield Finding(("supersedes",), message)
        return
    before = next((each for each in earlier if each.version == named.version), None)
    if before is None:
        message = f"supersedes {named.version}, which is not here"
        yield Finding(("supersedes", "version"), message)
        return
    digest = framework_digest(before)
    if digest != named.digest:
        message = f"the digest of {before.version} is {digest}"
        yield Finding(("supersedes", "digest"), message)
    yield from check_step(before, framework)
    yield from _after_candidate(before, framework)


def _number(framework: Framework, earlier: list[Framework]) -> Iterator[Finding]:
    finals = [each for each in earlier if SemVer.parse(each.version).is_final]
    if not finals:
        return
    last = finals[-1]
    comparison = compare(last, framework)
    least = least_step(comparison)
    if step_between(last.version, framework.version) < least:
        cause = next(change for change, step in steps(comparison) if step is least)
        message = (
            f"{framework.version} is too small a step after {last.version}: "
            f"{_described(cause)} asks for {_next(last.version, least)}"
        )
        yield Finding(("version",), message)


def _after_candidate(before: Framework, framework: Framework) -> Iterator[Finding]:
    old, new = SemVer.parse(before.version), SemVer.parse(framework.version)
    if old.pre != "rc" or not new.is_final:
        return
    for change, step in steps(compare(before, framework)):
        if step > Step.PATCH:
            message = f"{framework.version} may only mend typing errors of {before.version}"
            yield Finding(("version",), f"{message}, but {_described(change)}")
            return


def _strange_tombstones(framework: Framework, earlier: list[Framework]) -> Iterator[Finding]:
    known = {each.key for before in earlier for each in before.all_competencies()}
    known.update(each.key for before in earlier for each in before.withdrawn)
    for position, tombstone in enumerate(framework.withdrawn):
        if tombstone.key not in known:
            near = did_you_mean(tombstone.key, sorted(known))
            message = f"no earlier version has “{tombstone.key}” to withdraw{near}"
            yield Finding(("withdrawn", position, "key"), message)


def _lost_keys(framework: Framework, earlier: list[Framework]) -> Iterator[Finding]:
    known = {key for _, _, key in places(framework).keyed()}
    known.update(each.key for each in framework.withdrawn)
    for before in reversed(earlier):
        for competency in before.all_competencies():
            if competency.key not in known:
                known.add(competency.key)
                message = (
                    f"“{competency.key}” of {before.version} has gone: give it a tombstone here"
                )
                yield Finding(("withdrawn",), message)


def _next(version: str, step: Step) -> str:
    major, minor, patch = SemVer.parse(version).core
    match step:
        case Step.MAJOR:
            return f"{major + 1}.0.0"
        case Step.MINOR:
            return f"{major}.{minor + 1}.0"
        case _:
            return f"{major}.{minor}.{patch + 1}"


def _described(change: Change) -> str:
    place: Place = change.place
    of = f" of “{place.owner}”" if place.owner else ""
    named = f"{place.kind} “{place.key}”{of}" if place.key else "the framework"
    field = getattr(change, "field", "")
    return f"{type(change).__name__.lower()} {f'{field} of ' if field else ''}{named}"
