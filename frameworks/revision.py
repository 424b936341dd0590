"""Changes put to use: a framework and what was decided make the next framework."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import ValidationError

from frameworks.comparison import Added, Change, Changed, Moved, Removed, Reordered, Reworded
from frameworks.model import Domain, Framework
from frameworks.outline import LISTS, ROOT, Kind, Outline, Place, Slot, assemble, outline


class CannotRevise(ValueError):
    """A change that does not fit the framework it is meant for; the message says why."""


def revise(framework: Framework, changes: Iterable[Change]) -> Framework:
    """Return the framework with these changes made, whatever their order.

    Removals come first, then new values and orders, then additions. Raises CannotRevise where a
    change is about something that is not there, that reads differently, or that is there already.
    """
    parts = outline(framework)
    waiting = list(changes)
    for change in waiting:
        _leave(parts, change)
    for change in waiting:
        _close(parts, change)
    for change in waiting:
        _alter(parts, change)
    # All that is new is there before anything finds its place in it.
    for change in waiting:
        _enter(parts, change)
    arrivals = [each for each in waiting if isinstance(each, Added | Moved)]
    # In the order of their positions, each finds its place among those before it.
    for arrival in sorted(arrivals, key=lambda each: (each.position < 0, each.position)):
        _arrive(parts, arrival)
    return _validated(parts)


def _leave(parts: Outline, change: Change) -> None:
    if isinstance(change, Removed | Moved):
        _require(parts, change.place)
        parts.lists[parts.held_in[change.place]].remove(change.place)


def _close(parts: Outline, change: Change) -> None:
    """Take a removed value away with its parts; whatever may stand elsewhere must have left."""
    if not isinstance(change, Removed):
        return
    if change.place.kind is Kind.DOMAIN:
        for name in LISTS[Domain]:
            for held in parts.lists[change.place, name]:
                raise CannotRevise(f"{_named(change.place)} still holds {_named(held)}")
    parts.discard(change.place)


def _alter(parts: Outline, change: Change) -> None:
    match change:
        case Reworded(place, field, text):
            _set(parts, place, field, text.before, text.after)
        case Changed(place, field, before, after):
            _set(parts, place, field, before, after)
        case Reordered(place, field, _, after_keys):
            _reorder(parts, (place, field), after_keys)
        case _:
            pass


def _set(parts: Outline, place: Place, field: str, before: object, after: object) -> None:
    _require(parts, place)
    value = parts.values[place]
    if field not in type(value).model_fields:
        raise CannotRevise(f"{_named(place)} has no “{field}”")
    if getattr(value, field) != before:
        raise CannotRevise(f"“{field}” of {_named(place)} is not what this change was made for")
    parts.values[place] = value.model_copy(update={field: after})


def _reorder(parts: Outline, slot: Slot, keys: tuple[str, ...]) -> None:
    held = parts.lists.get(slot, [])
    if {each.key for each in held} != set(keys):
        raise CannotRevise(f"“{slot[1]}” of {_named(slot[0])} holds other items than this order")
    held.sort(key=lambda each: keys.index(each.key))


def _enter(parts: Outline, change: Change) -> None:
    if isinstance(change, Added):
        if change.place in parts.values:
            raise CannotRevise(f"{_named(change.place)} is there already")
        parts.add(change.value, change.place)


def _arrive(parts: Outline, change: Added | Moved) -> None:
    holder = change.held_in if isinstance(change, Added) else change.after
    slot = _slot(parts, change.place, holder)
    held = parts.lists[slot]
    position = len(held) if change.position < 0 else change.position
    held.insert(position, change.place)
    parts.held_in[change.place] = slot


_HOLDERS: dict[Kind, tuple[Kind, str]] = {
    Kind.SOURCE: (Kind.FRAMEWORK, "sources"),
    Kind.SCALE: (Kind.FRAMEWORK, "scales"),
    Kind.LEVEL: (Kind.SCALE, "levels"),
    Kind.USE: (Kind.FRAMEWORK, "uses"),
    Kind.STAGE: (Kind.FRAMEWORK, "stages"),
    Kind.DOMAIN: (Kind.DOMAIN, "domains"),
    Kind.COMPETENCY: (Kind.DOMAIN, "competencies"),
    Kind.INDICATOR: (Kind.COMPETENCY, "indicators"),
    Kind.ANCHOR: (Kind.COMPETENCY, "anchors"),
    Kind.DESCRIPTOR: (Kind.COMPETENCY, "stages"),
    Kind.QUESTION: (Kind.COMPETENCY, "questions"),
    Kind.DEVELOPMENT: (Kind.COMPETENCY, "development"),
    Kind.PROFILE: (Kind.FRAMEWORK, "profiles"),
    Kind.REQUIREMENT: (Kind.PROFILE, "requirements"),
    Kind.ACCOUNTABILITY: (Kind.PROFILE, "accountability"),
    Kind.TOMBSTONE: (Kind.FRAMEWORK, "withdrawn"),
}


def _slot(parts: Outline, place: Place, holder: str) -> Slot:
    kind, name = _HOLDERS[place.kind]
    owner = Place(kind, holder) if holder else ROOT
    if (owner, name) not in parts.lists:
        raise CannotRevise(f"{_named(place)} cannot stand in {_named(owner)}: it is not there")
    return (owner, name)


def _require(parts: Outline, place: Place) -> None:
    if place not in parts.values:
        raise CannotRevise(f"there is no {_named(place)}")


def _named(place: Place) -> str:
    of = f" of “{place.owner}”" if place.owner else ""
    return f"{place.kind} “{place.key}”{of}" if place.key else "the framework"


def _validated(parts: Outline) -> Framework:
    try:
        return Framework.model_validate(assemble(parts).model_dump(by_alias=True))
    except ValidationError as error:
        raise CannotRevise(str(error)) from error
