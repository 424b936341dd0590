"""The two shapes of a framework: mappings where a file reads better, tuples in the model.

A file says `uses: {interview: evidence}`, `anchors: {evidence: {"4": text}}` and, in a competency,
`stages: {stage: text}`; the model has tuples of ScaleUse, Anchor and StageDescriptor.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from frameworks.problems import Finding, Path
from frameworks.strict_yaml import Plain


def to_model_shape(data: dict[str, Plain]) -> list[Finding]:
    """Turn a file's mappings into the model's lists, in place; return what was no mapping."""
    findings: list[Finding] = []
    if "uses" in data:
        data["uses"] = [
            {"use": use, "scale": scale}
            for use, scale in _mapping(data["uses"], ("uses",), findings)
        ]
    for path, competency in _competencies(data, ()):
        if "anchors" in competency:
            competency["anchors"] = _anchors(competency["anchors"], (*path, "anchors"), findings)
        if "stages" in competency:
            competency["stages"] = [
                {"stage": stage, "text": text}
                for stage, text in _mapping(competency["stages"], (*path, "stages"), findings)
            ]
    return findings


def to_file_shape(data: dict[str, Plain]) -> None:
    """Turn the model's lists back into a file's mappings, in place."""
    if "uses" in data:
        data["uses"] = {str(each["use"]): each["scale"] for each in _rows(data["uses"])}
    for _, competency in _competencies(data, ()):
        if "anchors" in competency:
            scales: dict[str, Plain] = {}
            for each in _rows(competency["anchors"]):
                levels = cast("dict[str, Plain]", scales.setdefault(str(each["scale"]), {}))
                levels[str(each["level"])] = each["text"]
            competency["anchors"] = scales
        if "stages" in competency:
            competency["stages"] = {
                str(each["stage"]): each["text"] for each in _rows(competency["stages"])
            }


def file_path(path: Path, data: Plain) -> Path:
    """Return where a value of the model shape stands in the file that `data` was made from."""
    node = data
    for position, step in enumerate(path):
        node = _below(node, step)
        if not isinstance(step, int) or not isinstance(node, dict):
            continue
        place = _place_in_file(path[:position], node, path[position + 1 :])
        if place:
            return (*path[:position], *place)
    return path


def _place_in_file(owner: Path, item: dict[str, Plain], rest: Path) -> Path:
    if owner == ("uses",):
        return (str(item["use"]),)
    in_competency = len(owner) > 2 and owner[-3] == "competencies"
    if in_competency and owner[-1] == "anchors":
        scale = str(item["scale"])
        return (scale,) if rest == ("scale",) else (scale, str(item["level"]))
    if in_competency and owner[-1] == "stages":
        return (str(item["stage"]),)
    return ()


def _below(node: Plain, step: str | int) -> Plain:
    if isinstance(node, dict) and isinstance(step, str):
        return node.get(step)
    if isinstance(node, list) and isinstance(step, int) and step < len(node):
        return node[step]
    return None


def _anchors(value: Plain, path: Path, findings: list[Finding]) -> list[Plain]:
    return [
        {"scale": scale, "level": level, "text": text}
        for scale, levels in _mapping(value, path, findings)
        for level, text in _mapping(levels, (*path, scale), findings)
    ]


def _mapping(value: Plain, path: Path, findings: list[Finding]) -> Iterator[tuple[str, Plain]]:
    if isinstance(value, dict):
        yield from value.items()
    else:
        findings.append(Finding(path, f"“{path[-1]}” holds a key, a colon and a value a line"))


def _rows(value: Plain) -> Iterator[dict[str, Plain]]:
    yield from cast("list[dict[str, Plain]]", value)


def _competencies(data: Plain, path: Path) -> Iterator[tuple[Path, dict[str, Plain]]]:
    # Whatever has another shape than expected is left for the model to refuse.
    if not isinstance(data, dict):
        return
    for key in ("competencies", "domains"):
        items = data.get(key)
        for position, item in enumerate(items if isinstance(items, list) else ()):
            here = (*path, key, position)
            if key == "domains":
                yield from _competencies(item, here)
            elif isinstance(item, dict):
                yield here, item
