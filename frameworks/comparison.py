"""Two versions side by side: typed changes item by item, and the step that they ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from frameworks.changes import (
    Added,
    Change,
    Comparison,
    Moved,
    PartAdded,
    PartRemoved,
    Removed,
    SettingChanged,
    Step,
    reworded,
    setting,
)
from frameworks.model import (
    ChangeKind,
    Competency,
    Domain,
    Framework,
    Scale,
    SemVer,
    WithdrawalReason,
)
from frameworks.position_comparison import compare_positions

__all__ = ["Comparison", "Step", "compare", "least_step", "step_between"]


def compare(before: Framework, after: Framework) -> Comparison:
    """Return every change that matters to a reader, between any two versions of a framework."""
    return Comparison(
        (
            *_framework(before, after),
            *_scales(before, after),
            *_domains(before, after),
            *_competencies(before, after),
            *compare_positions(before, after),
        )
    )


def least_step(comparison: Comparison) -> Step:
    """Return the smallest step that a final version with these changes may take."""
    return max((change.step for change in comparison.changes), default=Step.NONE)


def step_between(before: str, after: str) -> Step:
    """Return the step that two versions take, pre-release parts aside."""
    old, new = SemVer.parse(before), SemVer.parse(after)
    if old.major != new.major:
        return Step.MAJOR
    if old.minor != new.minor:
        return Step.MINOR
    return Step.PATCH if old.patch != new.patch else Step.NONE


def _framework(before: Framework, after: Framework) -> Iterator[Change]:
    about = ("framework", after.slug, after.title)
    yield from reworded(*about, "title", before.title, after.title)
    yield from reworded(*about, "summary", before.summary, after.summary)
    yield from setting(*about, "owner", before.owner, after.owner, Step.PATCH)
    yield from setting(*about, "licence", before.licence.name, after.licence.name, Step.MAJOR)
    yield from setting(
        *about,
        "kinds of organisation",
        ", ".join(before.applies_to.organisation_types),
        ", ".join(after.applies_to.organisation_types),
        Step.MAJOR,
    )
    old = {each.use.value: each.scale for each in before.uses}
    new = {each.use.value: each.scale for each in after.uses}
    for use in dict.fromkeys((*old, *new)):
        yield from setting(
            *about, f"scale for {use}", old.get(use, "none"), new.get(use, "none"), Step.MAJOR
        )
    yield from setting(
        *about,
        "career stages",
        ", ".join(stage.title for stage in before.stages) or "none",
        ", ".join(stage.title for stage in after.stages) or "none",
        Step.MAJOR,
    )


def _scales(before: Framework, after: Framework) -> Iterator[Change]:
    old, new = ({each.key: each for each in version.scales} for version in (before, after))
    for key in dict.fromkeys((*new, *old)):
        one, other = old.get(key), new.get(key)
        title = (other or one or after.scales[0]).title
        yield from setting(
            "scale",
            key,
            title,
            "levels",
            _levels(one) if one else "not there",
            _levels(other) if other else "not there",
            Step.MAJOR,
        )


def _levels(scale: Scale) -> str:
    return ", ".join(
        f"{level.label} ({'outside the scale' if level.value is None else level.value})"
        for level in scale.levels
    )


def _domains(before: Framework, after: Framework) -> Iterator[Change]:
    old, new = dict(_places(before)), dict(_places(after))
    for key, (domain, parent) in new.items():
        if key not in old:
            yield Added("domain", key, domain.title, domain.looks_like, (), Step.MINOR)
            continue
        earlier, earlier_parent = old[key]
        about = ("domain", key, domain.title)
        yield from reworded(*about, "title", earlier.title, domain.title)
        yield from reworded(*about, "description", earlier.looks_like, domain.looks_like)
        if earlier_parent != parent:
            yield Moved(*about, earlier_parent or "the top", parent or "the top")
    for key, (domain, _) in old.items():
        if key not in new:
            yield Removed("domain", key, domain.title, domain.looks_like, (), "", Step.MINOR)


def _places(framework: Framework) -> Iterator[tuple[str, tuple[Domain, str]]]:
    """Yield (key, (domain, title of the domain that holds it))."""
    waiting = [(domain, "") for domain in reversed(framework.domains)]
    while waiting:
        domain, parent = waiting.pop()
        yield domain.key, (domain, parent)
        waiting.extend((child, domain.title) for child in reversed(domain.domains))


def _competencies(before: Framework, after: Framework) -> Iterator[Change]:
    old, new = _homes(before), _homes(after)
    for key, (competency, home) in new.items():
        if key in old:
            earlier, earlier_home = old[key]
            if earlier_home.key != home.key:
                yield Moved("competency", key, competency.title, earlier_home.title, home.title)
            yield from _competency(earlier, competency)
        else:
            yield _added(competency, old)
    for key, (competency, _) in old.items():
        if key not in new:
            yield _removed(competency, after, new)


def _homes(framework: Framework) -> dict[str, tuple[Competency, Domain]]:
    return {
        competency.key: (competency, domain)
        for domain in framework.all_domains()
        for competency in domain.competencies
    }


def _added(competency: Competency, old: Mapping[str, object]) -> Added:
    came_from = tuple(key for key in competency.derivation.from_keys if key in old)
    same_content = competency.derivation.change in (ChangeKind.SPLIT, ChangeKind.MERGED)
    step = Step.MINOR if same_content and came_from else Step.MAJOR
    return Added(
        "competency", competency.key, competency.title, competency.statement, came_from, step
    )


def _removed(competency: Competency, after: Framework, new: Mapping[str, object]) -> Removed:
    tombstone = next((each for each in after.withdrawn if each.key == competency.key), None)
    replaced_by = tuple(key for key in tombstone.replaced_by if key in new) if tombstone else ()
    replaced = tombstone is not None and tombstone.reason is not WithdrawalReason.WITHDRAWN
    return Removed(
        "competency",
        competency.key,
        competency.title,
        competency.statement,
        replaced_by,
        tombstone.rationale if tombstone else "",
        Step.MINOR if replaced and replaced_by else Step.MAJOR,
    )


def _competency(before: Competency, after: Competency) -> Iterator[Change]:
    about = ("competency", after.key, after.title)
    yield from setting(*about, "number", before.code, after.code, Step.PATCH)
    yield from reworded(*about, "title", before.title, after.title)
    yield from reworded(*about, "statement", before.statement, after.statement)
    yield from setting(
        *about,
        "only for",
        ", ".join(before.only_for) or "every position",
        ", ".join(after.only_for) or "every position",
        Step.MAJOR,
    )
    yield from _parts(about, _indicators(before), _indicators(after))
    yield from _parts(about, _questions(before), _questions(after))
    yield from _parts(about, _anchors(before), _anchors(after))
    yield from _parts(about, _stages(before), _stages(after), step=Step.MAJOR)
    yield from _parts(about, _development(before), _development(after), step=Step.PATCH)


Parts = Mapping[str, tuple[str, str]]
"""From a key to (what the part is called, its text)."""


def _parts(
    about: tuple[str, str, str], before: Parts, after: Parts, step: Step = Step.MINOR
) -> Iterator[Change]:
    for key, (name, text) in after.items():
        if key not in before:
            yield PartAdded(*about, name, text, step)
        elif before[key][0] != name:
            yield SettingChanged(*about, text, before[key][0], name, step)
            yield from reworded(*about, name, before[key][1], text)
        else:
            yield from reworded(*about, name, before[key][1], text)
    for key, (name, text) in before.items():
        if key not in after:
            yield PartRemoved(*about, name, text, step)


def _indicators(competency: Competency) -> Parts:
    return {each.key: (f"{each.polarity} indicator", each.text) for each in competency.indicators}


def _questions(competency: Competency) -> Parts:
    return {each.key: (f"{each.use} question", each.text) for each in competency.questions}


def _anchors(competency: Competency) -> Parts:
    return {
        f"{each.scale} {each.level}": (f"anchor for {each.level} on {each.scale}", each.text)
        for each in competency.anchors
    }


def _stages(competency: Competency) -> Parts:
    return {
        each.stage: (f"description of stage {each.stage}", each.text) for each in competency.stages
    }


def _development(competency: Competency) -> Parts:
    return {
        each.title: ("development suggestion", f"{each.title} ({each.kind})")
        for each in competency.development
    }
