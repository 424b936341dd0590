"""A framework taken apart into places, so that two can be compared, and put together again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar, cast

from frameworks.fields import Frozen
from frameworks.model import (
    Accountability,
    Anchor,
    Competency,
    Development,
    Domain,
    Framework,
    Indicator,
    Level,
    Profile,
    PromptQuestion,
    Requirement,
    Scale,
    ScaleUse,
    Source,
    Stage,
    StageDescriptor,
    Tombstone,
)

Item = TypeVar("Item", bound=Frozen)


class Kind(StrEnum):
    """What stands at a place."""

    FRAMEWORK = "framework"
    SOURCE = "source"
    SCALE = "scale"
    LEVEL = "level"
    USE = "use"
    STAGE = "stage"
    DOMAIN = "domain"
    COMPETENCY = "competency"
    INDICATOR = "indicator"
    ANCHOR = "anchor"
    DESCRIPTOR = "descriptor"
    QUESTION = "question"
    DEVELOPMENT = "development"
    PROFILE = "profile"
    REQUIREMENT = "requirement"
    ACCOUNTABILITY = "accountability"
    TOMBSTONE = "tombstone"


@dataclass(frozen=True, slots=True)
class Place:
    """An address in a framework: a kind, a key, and the key of what it belongs to.

    Domains and competencies belong to nothing, since they may move; an anchor's key is
    `scale/level`, a requirement's the competency's, a rule of accountability's its first day.
    """

    kind: Kind
    key: str = ""
    owner: str = ""


ROOT = Place(Kind.FRAMEWORK)
Slot = tuple[Place, str]
"""A list: what holds it, and the name of the field."""

_KEYS: dict[type[Frozen], tuple[Kind, Callable[[Any], str]]] = {
    Source: (Kind.SOURCE, lambda source: source.title),
    Scale: (Kind.SCALE, lambda scale: scale.key),
    Level: (Kind.LEVEL, lambda level: level.key),
    ScaleUse: (Kind.USE, lambda each: each.use.value),
    Stage: (Kind.STAGE, lambda stage: stage.key),
    Domain: (Kind.DOMAIN, lambda domain: domain.key),
    Competency: (Kind.COMPETENCY, lambda competency: competency.key),
    Indicator: (Kind.INDICATOR, lambda indicator: indicator.key),
    Anchor: (Kind.ANCHOR, lambda anchor: f"{anchor.scale}/{anchor.level}"),
    StageDescriptor: (Kind.DESCRIPTOR, lambda each: each.stage),
    PromptQuestion: (Kind.QUESTION, lambda question: question.key),
    Development: (Kind.DEVELOPMENT, lambda each: each.title),
    Profile: (Kind.PROFILE, lambda profile: profile.key),
    Requirement: (Kind.REQUIREMENT, lambda requirement: requirement.competency),
    Accountability: (Kind.ACCOUNTABILITY, lambda rule: rule.from_on.isoformat()),
    Tombstone: (Kind.TOMBSTONE, lambda tombstone: tombstone.key),
}

LISTS: dict[type[Frozen], tuple[str, ...]] = {
    Framework: ("sources", "scales", "uses", "stages", "domains", "profiles", "withdrawn"),
    Domain: ("competencies", "domains"),
    Competency: ("indicators", "anchors", "stages", "questions", "development"),
    Profile: ("requirements", "accountability"),
    Scale: ("levels",),
}
_FREE = {Kind.DOMAIN, Kind.COMPETENCY}


@dataclass(slots=True)
class Outline:
    """Every value of a framework without what it holds, and every list as places in order."""

    values: dict[Place, Frozen] = field(default_factory=dict)
    lists: dict[Slot, list[Place]] = field(default_factory=dict)
    held_in: dict[Place, Slot] = field(default_factory=dict)

    def add(self, value: Frozen, place: Place) -> None:
        """Take a value and all that it holds apart, to stand at a place."""
        names = LISTS.get(type(value), ())
        self.values[place] = value.model_copy(update=dict.fromkeys(names, ()))
        for name in names:
            held = [self._add_held(each, place, name) for each in getattr(value, name)]
            self.lists[place, name] = held

    def assembled(self, place: Place) -> Frozen:
        """Return the value at a place with all that it holds."""
        value = self.values[place]
        held = {
            name: tuple(self.assembled(each) for each in self.lists[place, name])
            for name in LISTS.get(type(value), ())
        }
        return value.model_copy(update=held) if held else value

    def discard(self, place: Place) -> None:
        """Forget the value at a place and all that it holds."""
        value = self.values.pop(place)
        for name in LISTS.get(type(value), ()):
            for held in self.lists.pop((place, name)):
                self.discard(held)

    def _add_held(self, value: Frozen, owner: Place, name: str) -> Place:
        place = place_of(value, owner)
        self.add(value, place)
        self.held_in[place] = (owner, name)
        return place


def place_of(value: Frozen, owner: Place) -> Place:
    """Return the place of a value that something holds."""
    kind, key = _KEYS[type(value)]
    return Place(kind, key(value), "" if kind in _FREE else owner.key)


def outline(framework: Framework) -> Outline:
    """Return a framework taken apart."""
    parts = Outline()
    parts.add(framework, ROOT)
    return parts


def assemble(parts: Outline) -> Framework:
    """Return the framework that an outline is of."""
    return cast("Framework", parts.assembled(ROOT))


def fields_of(value: Frozen) -> Iterator[str]:
    """Yield the names of the fields that hold no parts with places of their own."""
    names = LISTS.get(type(value), ())
    yield from (name for name in type(value).model_fields if name not in names)
