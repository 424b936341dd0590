"""What the log shows: its lines, what each class was told, and which organisations answered."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from webapp.consultations.respondents import INDIVIDUAL_CLASSES, ORGANISATION_TYPES
from webapp.outreach.entries import EVERYBODY, Told, class_in_words
from webapp.outreach.names import Match, Names, same_name


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it stands now; `newest` is the number of that version."""

    id: uuid.UUID
    told: Told
    newest: int
    by: str
    made_at: dt.datetime
    is_struck: bool


@dataclass(frozen=True, slots=True)
class ClassTold:
    """What a class was told: `reached` adds up what is known, `unknown` entries do not say."""

    entries: int
    reached: int
    unknown: int
    last_on: dt.date


class ClassState(StrEnum):
    """Whether a class was told and whether anybody of it has answered."""

    ANSWERED = "Told and answered"
    WAITED_FOR = "Told and not answered yet"
    UNTOLD = "Neither told nor answered"
    ANSWERED_UNTOLD = "Answered, with nothing recorded of telling them"


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One class: what it was told, None for nothing, and how many responses count so far."""

    key: str
    label: str
    told: ClassTold | None
    responses: int

    @property
    def state(self) -> ClassState:
        """Where this class stands."""
        if self.told is None:
            return ClassState.ANSWERED_UNTOLD if self.responses else ClassState.UNTOLD
        return ClassState.ANSWERED if self.responses else ClassState.WAITED_FOR


@dataclass(frozen=True, slots=True)
class ByClass:
    """Every class that can respond, and what was meant for everybody."""

    everybody: ClassTold | None
    individuals: tuple[ClassLine, ...]
    organisations: tuple[ClassLine, ...]

    @property
    def lines(self) -> tuple[ClassLine, ...]:
        """The classes in the order in which respondents are offered them."""
        return (*self.individuals, *self.organisations)

    @property
    def states(self) -> tuple[ClassState, ...]:
        """The states that a class can be in."""
        return tuple(ClassState)

    def number(self, state: ClassState) -> int:
        """Return how many classes are in a state."""
        return sum(line.state is state for line in self.lines)


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """An organisation that was told, under the name and the class of the newest entry."""

    name: str
    label: str
    entries: tuple[Line, ...]
    match: Match

    @property
    def last(self) -> Line:
        """The entry of the last day on which it was told."""
        return self.entries[-1]


def by_class(told: Mapping[str, ClassTold], responses: Mapping[str, int]) -> ByClass:
    """Return every class with what it was told and how many of its responses count."""
    individuals = [option.key for option in INDIVIDUAL_CLASSES]
    organisations = [option.key for option in ORGANISATION_TYPES]
    # A class that is no longer offered still was told, and still counts.
    known = {EVERYBODY, *individuals, *organisations}
    organisations += sorted((told.keys() | responses.keys()) - known)

    def line(key: str) -> ClassLine:
        return ClassLine(key, class_in_words(key), told.get(key), responses.get(key, 0))

    return ByClass(
        told.get(EVERYBODY),
        tuple(line(key) for key in individuals),
        tuple(line(key) for key in organisations),
    )


def organisations(
    lines: Iterable[Line], names: Names, *, suggest: bool = True
) -> tuple[OrganisationLine, ...]:
    """Return each organisation once, however often it was told, in the order of its name.

    `lines` are in the order in which they were told. Without `suggest` no name is looked for
    that may mean the same, which takes longest where there are very many.
    """
    of_name: dict[str, list[Line]] = {}
    for line in lines:
        of_name.setdefault(same_name(line.told.audience) or line.told.audience, []).append(line)
    return tuple(
        OrganisationLine(
            found[-1].told.audience,
            class_in_words(found[-1].told.audience_class),
            tuple(found),
            names.match(name) if suggest else Match(names.answered(name)),
        )
        for name, found in sorted(of_name.items())
    )
