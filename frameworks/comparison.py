"""What is different between two versions, item by item, as typed changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from frameworks.fields import Frozen
from frameworks.model import Competency, Framework, Tombstone
from frameworks.outline import ROOT, Kind, Outline, Place, Slot, fields_of, outline
from frameworks.wording import TextChange, compare_texts

__all__ = [
    "Added",
    "Change",
    "Changed",
    "Comparison",
    "CompetencyComparison",
    "Fate",
    "Kind",
    "Moved",
    "Place",
    "Removed",
    "Reordered",
    "Reworded",
    "TextChange",
    "compare",
    "compare_texts",
]

# The fields whose words people read; of any other field only the value counts.
TEXTS = frozenset(
    ("title", "summary", "owner", "release_notes", "looks_like", "statement", "text", "label")
) | frozenset(("appointed_by", "appraised_by", "source", "rationale"))


@dataclass(frozen=True, slots=True)
class Added:
    """Something that was not there; `held_in` is the domain or owner, empty at the top.

    `position` counts from 0 in the list of the later version; -1 is at the end.
    """

    place: Place
    value: Frozen
    held_in: str = ""
    position: int = -1


@dataclass(frozen=True, slots=True)
class Removed:
    """Something that is no longer there."""

    place: Place
    value: Frozen
    held_in: str = ""


@dataclass(frozen=True, slots=True)
class Reworded:
    """A text in other words."""

    place: Place
    field: str
    text: TextChange


@dataclass(frozen=True, slots=True)
class Changed:
    """A field with another value: a weight, a polarity, a code, a list of positions."""

    place: Place
    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Moved:
    """A competency or a domain that another domain holds; empty is the top."""

    place: Place
    before: str
    after: str
    position: int = -1


@dataclass(frozen=True, slots=True)
class Reordered:
    """What stayed in a list stands in another order; keys of what stayed."""

    place: Place
    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]


Change = Added | Removed | Reworded | Changed | Moved | Reordered


class Fate(StrEnum):
    """What became of a competency."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class CompetencyComparison:
    """One competency in both versions with all that changed about it, requirements included."""

    key: str
    fate: Fate
    before: Competency | None
    after: Competency | None
    tombstone: Tombstone | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of one framework and every change that leads from one to the other."""

    before: Framework
    after: Framework
    changes: tuple[Change, ...]

    def at(self, *kinds: Kind) -> tuple[Change, ...]:
        """Return the changes to places of these kinds, in order."""
        return tuple(each for each in self.changes if each.place.kind in kinds)

    def about(self, competency_key: str) -> tuple[Change, ...]:
        """Return the changes to a competency, to what it holds and to what positions need of it."""
        return tuple(each for each in self.changes if competency_of(each) == competency_key)

    def competencies(self) -> tuple[CompetencyComparison, ...]:
        """Return every competency: the later version's in printed order, then the removed ones."""
        old = {each.key: each for each in self.before.all_competencies()}
        new = {each.key: each for each in self.after.all_competencies()}
        tombstones = {each.key: each for each in self.after.withdrawn}
        changes: dict[str, list[Change]] = {}
        for change in self.changes:
            changes.setdefault(competency_of(change), []).append(change)
        return tuple(
            CompetencyComparison(
                key=key,
                fate=_fate(old.get(key), new.get(key), changes.get(key, [])),
                before=old.get(key),
                after=new.get(key),
                tombstone=tombstones.get(key) if key not in new else None,
                changes=tuple(changes.get(key, [])),
            )
            for key in dict.fromkeys([*new, *old])
        )


def competency_of(change: Change) -> str:
    """Return the key of the competency that a change is about; empty if it is about none."""
    place = change.place
    match place.kind:
        case Kind.COMPETENCY | Kind.REQUIREMENT | Kind.TOMBSTONE:
            return place.key
        case Kind.INDICATOR | Kind.ANCHOR | Kind.DESCRIPTOR | Kind.QUESTION | Kind.DEVELOPMENT:
            return place.owner
        case _:
            return ""


def compare(before: Framework, after: Framework) -> Comparison:
    """Return every change between two versions; `revise(before, changes)` gives `after` again."""
    return Comparison(before, after, tuple(_changes(outline(before), outline(after))))


def _changes(old: Outline, new: Outline) -> Iterator[Change]:
    for place, value in new.values.items():
        if place not in old.values:
            if new.held_in[place][0] in old.values or _stands_alone(place):
                yield _added(new, place)
            continue
        yield from _field_changes(place, old.values[place], value)
        if place != ROOT and old.held_in[place] != new.held_in[place]:
            slot = new.held_in[place]
            position = new.lists[slot].index(place)
            yield Moved(place, old.held_in[place][0].key, slot[0].key, position)
    for place in old.values:
        if place not in new.values:
            owner = old.held_in[place][0]
            if owner in new.values or _stands_alone(place):
                yield Removed(place, _whole(old, place), owner.key)
    for slot in new.lists:
        if slot in old.lists:
            yield from _order_changes(slot, old, new)


def _field_changes(place: Place, before: Frozen, after: Frozen) -> Iterator[Change]:
    if before == after:
        return
    for name in fields_of(after):
        was, is_now = getattr(before, name), getattr(after, name)
        if was == is_now:
            continue
        if name in TEXTS and isinstance(was, str) and isinstance(is_now, str):
            yield Reworded(place, name, compare_texts(was, is_now))
        else:
            yield Changed(place, name, was, is_now)


def _order_changes(slot: Slot, old: Outline, new: Outline) -> Iterator[Reordered]:
    stayed = set(old.lists[slot]) & set(new.lists[slot])
    before = tuple(each.key for each in old.lists[slot] if each in stayed)
    after = tuple(each.key for each in new.lists[slot] if each in stayed)
    if before != after:
        yield Reordered(slot[0], slot[1], before, after)


def _added(new: Outline, place: Place) -> Added:
    slot = new.held_in[place]
    return Added(place, _whole(new, place), slot[0].key, new.lists[slot].index(place))


def _stands_alone(place: Place) -> bool:
    # A competency is a change of its own even where its whole domain came or went.
    return place.kind in (Kind.DOMAIN, Kind.COMPETENCY)


def _whole(parts: Outline, place: Place) -> Frozen:
    # What a domain holds has changes of its own.
    return parts.values[place] if place.kind is Kind.DOMAIN else parts.assembled(place)


def _fate(before: Competency | None, after: Competency | None, changes: list[Change]) -> Fate:
    if before is None:
        return Fate.ADDED
    if after is None:
        return Fate.REMOVED
    return Fate.CHANGED if any(_is_told(each) for each in changes) else Fate.UNCHANGED


def _is_told(change: Change) -> bool:
    # A derivation says what happened, it is not what happened; a code may be renumbered.
    return not (isinstance(change, Changed) and change.field in ("derivation", "code"))
