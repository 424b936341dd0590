"""Scales, their uses and career stages: every reference to one resolves."""

from __future__ import annotations

from collections.abc import Iterator

from frameworks.model import Competency, Framework, Scale
from frameworks.places import Places
from frameworks.problems import Finding, Path, did_you_mean
from frameworks.repeats import repeats


def check_scales(framework: Framework, standing: Places) -> Iterator[Finding]:
    """Yield what is wrong with scales and stages and with what refers to them."""
    yield from repeats(framework.scales, lambda scale: scale.key, ("scales",), "key", "scale")
    yield from repeats(framework.stages, lambda stage: stage.key, ("stages",), "key", "stage")
    yield from repeats(framework.uses, lambda each: each.use, ("uses",), "use", "use")
    for position, scale in enumerate(framework.scales):
        yield from _levels(scale, ("scales", position))
    levels = {scale.key: {level.key for level in scale.levels} for scale in framework.scales}
    for position, each in enumerate(framework.uses):
        if each.scale not in levels:
            near = did_you_mean(each.scale, levels)
            message = f"unknown scale “{each.scale}” for {each.use}{near}"
            yield Finding(("uses", position), message)
    stages = {stage.key for stage in framework.stages}
    for path, competency in standing.competencies:
        yield from _anchors(competency, path, levels)
        yield from _stages(competency, path, stages)


def _levels(scale: Scale, path: Path) -> Iterator[Finding]:
    where = (*path, "levels")
    name = f"level of scale “{scale.key}”"
    yield from repeats(scale.levels, lambda level: level.key, where, "key", name)
    yield from repeats(scale.levels, lambda level: level.label, where, "label", f"{name} in words:")
    valued = [level for level in scale.levels if level.value is not None]
    if len(valued) < 2:
        yield Finding(where, f"scale “{scale.key}” needs at least two levels with a value")
    first: dict[int, str] = {}
    for position, level in enumerate(scale.levels):
        if level.value is not None and first.setdefault(level.value, level.key) != level.key:
            yield Finding(
                (*where, position, "value"),
                f"levels “{first[level.value]}” and “{level.key}” of scale “{scale.key}” "
                f"have the same value {level.value}",
            )


def _anchors(competency: Competency, path: Path, levels: dict[str, set[str]]) -> Iterator[Finding]:
    owner = f"an anchor of “{competency.key}”"
    seen: set[tuple[str, str]] = set()
    begun: list[str] = []
    for position, anchor in enumerate(competency.anchors):
        where = (*path, "anchors", position)
        if anchor.scale not in levels and anchor.scale not in begun:
            near = did_you_mean(anchor.scale, levels)
            yield Finding((*where, "scale"), f"unknown scale “{anchor.scale}” in {owner}{near}")
        if anchor.level not in levels.get(anchor.scale, {anchor.level}):
            near = did_you_mean(anchor.level, sorted(levels[anchor.scale]))
            message = f"scale “{anchor.scale}” has no level “{anchor.level}” in {owner}{near}"
            yield Finding(where, message)
        if (anchor.scale, anchor.level) in seen:
            yield Finding(where, f"{owner} describes level “{anchor.level}” twice")
        seen.add((anchor.scale, anchor.level))
        if anchor.scale not in begun:
            begun.append(anchor.scale)
        elif anchor.scale != begun[-1]:
            # A file groups anchors by scale, so another order could not be written.
            yield Finding(where, f"the anchors of “{competency.key}” on one scale stand apart")


def _stages(competency: Competency, path: Path, stages: set[str]) -> Iterator[Finding]:
    where = (*path, "stages")
    name = f"stage of “{competency.key}”"
    yield from repeats(competency.stages, lambda each: each.stage, where, "stage", name)
    for position, each in enumerate(competency.stages):
        if each.stage not in stages:
            near = did_you_mean(each.stage, sorted(stages))
            message = f"unknown stage “{each.stage}” in “{competency.key}”{near}"
            yield Finding((*where, position), message)
