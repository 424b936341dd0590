"""A comparison as its page shows it: item by item, each change in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from frameworks.changes import (
    Added,
    Change,
    Comparison,
    Moved,
    PartAdded,
    PartRemoved,
    Removed,
    Reworded,
    SettingChanged,
    Step,
)
from frameworks.comparison import least_step
from frameworks.model import Framework
from frameworks.wording import TextChange

KINDS = (
    ("competency", "Competencies"),
    ("position", "Positions"),
    ("domain", "Domains"),
    ("scale", "Scales"),
    ("framework", "The framework as a whole"),
)

STEPS = {
    Step.NONE: "Nothing that matters to a reader is different.",
    Step.PATCH: "Only slips were mended: nobody needs to do anything.",
    Step.MINOR: "The same content, put in other words or another order.",
    Step.MAJOR: "What is asked of people is different.",
}


@dataclass(frozen=True)
class Line:
    """One change: a sentence, and the texts where there are any."""

    sentence: str
    text: TextChange | None = None
    quote: str = ""


@dataclass(frozen=True)
class Item:
    """One item that is different; `in_before` and `in_after` say where it has a page."""

    key: str
    title: str
    lines: tuple[Line, ...]
    in_before: bool
    in_after: bool


@dataclass(frozen=True)
class Section:
    """The items of one kind."""

    kind: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class ComparisonPage:
    """Everything that is different between two versions, and what it amounts to."""

    verdict: str
    step: str
    sections: tuple[Section, ...]


def comparison_page(before: Framework, after: Framework, comparison: Comparison) -> ComparisonPage:
    """Return the page of a comparison."""
    titles = {
        each.key: f"“{each.title}”"
        for version in (before, after)
        for each in version.all_competencies()
    }
    step = least_step(comparison)
    return ComparisonPage(
        verdict=STEPS[step],
        step=step.name.lower(),
        sections=tuple(
            Section(kind, title, _items(comparison, kind, titles))
            for kind, title in KINDS
            if comparison.of_kind(kind)
        ),
    )


def _items(comparison: Comparison, kind: str, titles: dict[str, str]) -> tuple[Item, ...]:
    changes: dict[str, list[Change]] = {}
    for change in comparison.of_kind(kind):
        changes.setdefault(change.key, []).append(change)
    return tuple(
        Item(
            key=key,
            title=its[-1].title,
            lines=tuple(_line(change, titles) for change in its),
            in_before=not any(isinstance(change, Added) for change in its),
            in_after=not any(isinstance(change, Removed) for change in its),
        )
        for key, its in changes.items()
    )


def _line(change: Change, titles: dict[str, str]) -> Line:
    match change:
        case Added():
            origins = _named(change.came_from, titles)
            return Line(f"New, made from {origins}." if origins else "New.", quote=change.text)
        case Removed():
            heirs = _named(change.replaced_by, titles)
            told = f"Removed, replaced by {heirs}." if heirs else "Removed."
            return Line(f"{told} {change.rationale}".strip(), quote=change.text)
        case Moved():
            return Line(f"Moved from “{change.before}” to “{change.after}”.")
        case Reworded():
            return Line(f"The {change.part} was reworded.", text=change.text)
        case PartAdded():
            return Line(f"Gained: {change.part}.", quote=change.text)
        case PartRemoved():
            return Line(f"Lost: {change.part}.", quote=change.text)
        case SettingChanged():
            return Line(f"{_capital(change.part)}: was {change.before}; is now {change.after}.")
        case _:
            assert_never(change)


def _named(keys: tuple[str, ...], titles: dict[str, str]) -> str:
    return " and ".join(titles.get(key, key) for key in keys)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
