"""A comparison as its page shows it: item by item, each change in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from frameworks.comparison import (
    Added,
    Change,
    Changed,
    Comparison,
    Moved,
    Removed,
    Reordered,
    Reworded,
    competency_of,
)
from frameworks.model import Competency, Frozen, Requirement
from frameworks.outline import Kind
from frameworks.steps import Step, least_step, steps
from frameworks.wording import TextChange

VERDICTS = {
    Step.NONE: "Nothing that matters to a reader is different.",
    Step.PATCH: "Only slips were mended: nobody needs to do anything.",
    Step.MINOR: "The same content, put in other words or another order.",
    Step.MAJOR: "What is asked of people is different.",
}

SECTIONS: tuple[tuple[str, str, tuple[Kind, ...]], ...] = (
    ("position", "Positions", (Kind.PROFILE, Kind.ACCOUNTABILITY)),
    ("domain", "Domains", (Kind.DOMAIN,)),
    ("scale", "Scales and stages", (Kind.SCALE, Kind.LEVEL, Kind.USE, Kind.STAGE)),
    ("framework", "The framework as a whole", (Kind.FRAMEWORK, Kind.SOURCE)),
)

FIELDS = {
    "looks_like": "description",
    "only_for": "list of positions that it is only for",
    "assess_at": "stages at which it is assessed",
    "code": "number",
    "appointed_by": "body that appoints",
    "appraised_by": "person who appraises",
    "signatures": "order and words of signing",
    "until_on": "last day of the rule",
    "from_on": "first day of the rule",
    "organisation_types": "kinds of organisation",
    "applies_to": "kinds of organisation and roles",
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
    needs: tuple[str, ...]
    """What is different about what positions need of it, a sentence each."""

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
    sections: tuple[Section, ...]
    renumbered: tuple[str, ...]
    """Competencies of which only the printed number is another, a sentence each."""


class _Titles:
    """What keys are called, in the later version where both have them."""

    def __init__(self, comparison: Comparison) -> None:
        self._titles: dict[str, str] = {}
        for version in (comparison.before, comparison.after):
            self._titles.update((each.key, each.title) for each in version.all_domains())
            self._titles.update((each.key, each.title) for each in version.all_competencies())
            self._titles.update((each.key, each.title) for each in version.profiles)

    def __call__(self, key: str) -> str:
        return self._titles.get(key, key)


def comparison_page(comparison: Comparison) -> ComparisonPage:
    """Return the page of a comparison; changes that only keep the books are left out."""
    titles = _Titles(comparison)
    told = [change for change, step in steps(comparison) if step is not Step.NONE]
    items = tuple(_competencies(comparison, titles, told))
    sections = [Section("competency", "Competencies", items)]
    for kind, title, kinds in SECTIONS:
        its = (change for change in told if change.place.kind in kinds)
        sections.append(Section(kind, title, tuple(_items(titles, its))))
    shown = {item.key for item in items}
    return ComparisonPage(
        verdict=VERDICTS[least_step(comparison)],
        sections=tuple(section for section in sections if section.items),
        renumbered=tuple(
            f"“{titles(change.place.key)}”: was {change.before}, is now {change.after}"
            for change in told
            if _is_renumbering(change) and change.place.key not in shown
            if isinstance(change, Changed)
        ),
    )


def _is_renumbering(change: Change) -> bool:
    return isinstance(change, Changed) and change.field == "code"


def _competencies(
    comparison: Comparison, titles: _Titles, told: Iterable[Change]
) -> Iterator[Item]:
    changes: dict[str, list[Change]] = {}
    for change in told:
        changes.setdefault(competency_of(change), []).append(change)
    for each in comparison.competencies():
        its = changes.get(each.key, [])
        if all(_is_renumbering(change) for change in its) and each.tombstone is None:
            continue
        lines = tuple(_line(each, titles) for each in its if not _is_need(each))
        if each.tombstone is not None:
            heirs = " and ".join(f"“{titles(key)}”" for key in each.tombstone.replaced_by)
            fate = f"Replaced by {heirs}." if heirs else "Not replaced."
            lines = (*lines, Line(f"{fate} {each.tombstone.rationale}".strip()))
        yield Item(
            key=each.key,
            title=titles(each.key),
            lines=lines,
            needs=tuple(_need(change, titles) for change in its if _is_need(change)),
            in_before=each.before is not None,
            in_after=each.after is not None,
        )


def _is_need(change: Change) -> bool:
    return change.place.kind is Kind.REQUIREMENT


def _need(change: Change, titles: _Titles) -> str:
    position = titles(change.place.owner)
    match change:
        case Added(value=value):
            return f"{position}: now {_words(value)}"
        case Removed(value=value):
            return f"{position}: no longer needed (was {_words(value)})"
        case Changed(field=field, before=before, after=after):
            was, is_now = _value(before, titles), _value(after, titles)
            return f"{position}: {_field(field)} was {was} and is now {is_now}"
        case _:
            return f"{position}: {_line(change, titles).sentence}"


def _items(titles: _Titles, changes: Iterable[Change]) -> Iterator[Item]:
    by_key: dict[str, list[Change]] = {}
    for change in changes:
        by_key.setdefault(change.place.owner or change.place.key, []).append(change)
    for key, its in by_key.items():
        yield Item(
            key=key,
            title=titles(key) or "Title, summary and terms",
            lines=tuple(_line(change, titles) for change in its),
            needs=(),
            in_before=not any(_is_whole(change, Added) for change in its),
            in_after=not any(_is_whole(change, Removed) for change in its),
        )


def _is_whole(change: Change, kind: type[Added] | type[Removed]) -> bool:
    return isinstance(change, kind) and not change.place.owner


def _line(change: Change, titles: _Titles) -> Line:
    what = _what(change)
    match change:
        case Added(value=Competency() as competency):
            origins = " and ".join(f"“{titles(key)}”" for key in competency.derivation.from_keys)
            told = f"New, made from {origins}:" if origins else "New:"
            return Line(told, quote=competency.statement)
        case Added(value=value):
            return Line(f"Added{what}:", quote=_words(value))
        case Removed(value=value):
            return Line(f"Taken away{what}:", quote=_words(value))
        case Reworded(field=field, text=text):
            return Line(f"The {_field(field)}{what} was reworded.", text=text)
        case Changed(field=field, before=before, after=after):
            was, is_now = _value(before, titles), _value(after, titles)
            return Line(f"The {_field(field)}{what} was {was} and is now {is_now}.")
        case Moved(before=before, after=after):
            return Line(f"Moved from “{titles(before)}” to “{titles(after)}”.")
        case Reordered(field=field):
            return Line(f"The order of the {_field(field)} is another.")
        case _:
            assert_never(change)


def _what(change: Change) -> str:
    """Return which part a change is to, such as ‘ (indicator)’; empty for the item itself."""
    match change.place.kind:
        case Kind.COMPETENCY | Kind.DOMAIN | Kind.PROFILE | Kind.FRAMEWORK | Kind.SCALE:
            return ""
        case Kind.ACCOUNTABILITY:
            return f" in the rule from {change.place.key}"
        case kind:
            return f" ({kind.value})"


def _field(name: str) -> str:
    return FIELDS.get(name, name.replace("_", " "))


def _words(value: Frozen) -> str:
    if isinstance(value, Requirement):
        need = "essential" if value.essential else "desirable"
        stages = ", ".join(value.assess_at) or "no stage"
        return f"{need}, weight {value.weight}, assessed at {stages}"
    for name in ("text", "title", "label", "appraised_by", "scale"):
        found = getattr(value, name, None)
        if found:
            return str(found)
    return ""


def _value(value: object, titles: _Titles) -> str:
    if value is None:
        return "not given"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(_value(each, titles) for each in value) or "empty"
    if isinstance(value, Frozen):
        return "; ".join(
            f"{_value(each, titles)}" for _, each in value if each not in (None, (), "")
        )
    return titles(str(value))
