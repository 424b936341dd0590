"""From texts that are alike to set texts, each round its most central one."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from webapp.campaigns.joining import Joined
from webapp.campaigns.likeness import (
    LEAST_RUNS,
    MOST_HELD,
    MOST_TRIED,
    Proposals,
    Runs,
    are_alike,
    closeness,
    runs_in,
    runs_of,
)
from webapp.campaigns.words import words_of

LEAST_RESPONSES = 3
"""How many responses have a set text before it is one. Two alike may be one person who sent twice,
or a couple; with three, words were passed on, and a person decides what that means."""

MOST_COMPARED = 64
"""Among how many texts of a group the most central is looked for."""


class Kind(StrEnum):
    """How alike the texts of a group are."""

    IDENTICAL = "identical"
    NEAR = "near-identical"


@dataclass(frozen=True, slots=True)
class Member:
    """A text in its group: `closeness` says how near it is to the central one, from 0 to 1."""

    answer_id: uuid.UUID
    response_id: uuid.UUID
    closeness: float
    is_same: bool


@dataclass(frozen=True, slots=True)
class SetText:
    """Texts of one origin, the central one first."""

    members: tuple[Member, ...]

    @property
    def kind(self) -> Kind:
        """Whether all have the same words."""
        return Kind.IDENTICAL if all(each.is_same for each in self.members) else Kind.NEAR

    @property
    def first(self) -> uuid.UUID:
        """The answer that has it and comes first, for an order that is always the same."""
        return self.members[0].answer_id

    @property
    def responses(self) -> frozenset[uuid.UUID]:
        """The responses that have it somewhere."""
        return frozenset(each.response_id for each in self.members)


@dataclass(slots=True)
class _Distinct:
    """All the texts with the same words."""

    words: tuple[str, ...]
    runs: Runs
    texts: list[tuple[uuid.UUID, uuid.UUID]]

    @property
    def responses(self) -> set[uuid.UUID]:
        return {response_id for _, response_id in self.texts}

    def is_like(self, other: _Distinct) -> bool:
        return are_alike((self.words, self.runs), (other.words, other.runs))


class Texts:
    """Takes the texts of a consultation, in batches of any size, and finds what is alike."""

    def __init__(
        self, quoted: Iterable[str] = (), *, working: Callable[[], None] = lambda: None
    ) -> None:
        """Take the words that were consulted on: whoever quotes them copied from nobody.

        `working` is called for each text, so that whoever waits knows that work goes on.
        """
        self._working = working
        self._quoted = runs_in(words_of(each) for each in quoted)
        self._seen: dict[str, list[tuple[uuid.UUID, uuid.UUID]]] = {}
        self.compared = 0

    def add(self, answer_id: uuid.UUID, response_id: uuid.UUID, text: str) -> None:
        """Take one text."""
        self._working()
        self.compared += 1
        self._seen.setdefault(" ".join(words_of(text)), []).append((answer_id, response_id))

    def set_texts(self) -> tuple[SetText, ...]:
        """Return every set text that enough responses have, the most frequent first."""
        distinct = self._distinct()
        found = [
            group
            for members in _alike(distinct, self._working)
            if _enough(members)
            for group in _around_centres(members)
        ]
        _take_in_what_was_missed(found, distinct)
        made = (_set_text(group) for group in found)
        return tuple(sorted(made, key=lambda each: (-len(each.responses), each.first)))

    def _distinct(self) -> list[_Distinct]:
        """Return the texts that are long enough: those that most wrote first, then the shorter."""
        found = []
        for joined, texts in self._seen.items():
            words = tuple(joined.split())
            runs = runs_of(words, self._quoted)
            if len(runs) >= LEAST_RUNS:
                found.append(_Distinct(words, runs, sorted(texts)))
        return sorted(found, key=lambda each: (-len(each.texts), len(each.words), each.words))


def _alike(distinct: Sequence[_Distinct], working: Callable[[], None]) -> Iterator[list[_Distinct]]:
    """Join each text with those before it that it is like."""
    proposals, joined = Proposals(), Joined(len(distinct))
    held: dict[int, int] = defaultdict(int)
    for number, text in enumerate(distinct):
        working()
        buckets = proposals.buckets_of(text.runs)
        tried: dict[int, int] = defaultdict(int)
        for other in proposals.find(buckets):
            group = joined.root(other)
            if group == joined.root(number) or tried[group] >= MOST_TRIED:
                continue
            tried[group] += 1
            if text.is_like(distinct[other]):
                size = held.pop(group, 0) + held.pop(joined.root(number), 0)
                held[joined.join(other, number)] = size
        group = joined.root(number)
        if held[group] < MOST_HELD:
            held[group] += 1
            proposals.hold(number, buckets)
    for numbers in joined.groups():
        yield [distinct[number] for number in numbers]


def _around_centres(texts: list[_Distinct]) -> Iterator[list[_Distinct]]:
    """Yield the most central text with those that are like it, then the same with what is left."""
    left = texts
    while _enough(left):
        centre = _central(left)
        near = [centre, *(each for each in left if each is not centre and each.is_like(centre))]
        if _enough(near):
            yield near
        taken = {id(each) for each in near}
        left = [each for each in left if id(each) not in taken]


def _take_in_what_was_missed(
    groups: Sequence[list[_Distinct]], distinct: Sequence[_Distinct]
) -> None:
    """Add to each group the texts that are like its centre and that no bucket proposed.

    Those are letters to which much was added: of all their runs they share too few.
    """
    if not groups:
        return
    centres = [group[0] for group in groups]
    known = np.unique(np.concatenate([each.runs for each in centres]))
    taken = {id(each) for group in groups for each in group}
    for text in distinct:
        if id(text) in taken or np.isin(text.runs, known, assume_unique=True).sum() < LEAST_RUNS:
            continue
        for group, centre in zip(groups, centres, strict=True):
            if text.is_like(centre):
                group.append(text)
                break


def _central(texts: Sequence[_Distinct]) -> _Distinct:
    """Return the text that has most in common with the others, each as often as it was sent."""
    some = texts[:MOST_COMPARED]
    step = max(1, len(texts) // MOST_COMPARED)
    others = texts[::step]

    def centrality(text: _Distinct) -> float:
        return sum(closeness(text.runs, each.runs) * len(each.texts) for each in others)

    return max(some, key=centrality)


def _set_text(group: Sequence[_Distinct]) -> SetText:
    centre = group[0]
    members = [
        Member(answer_id, response_id, round(closeness(text.runs, centre.runs), 4), text is centre)
        for text in group
        for answer_id, response_id in text.texts
    ]
    members.sort(key=lambda each: (not each.is_same, -each.closeness, each.answer_id))
    return SetText(tuple(members))


def _enough(texts: Iterable[_Distinct]) -> bool:
    found: set[uuid.UUID] = set()
    for text in texts:
        found |= text.responses
        if len(found) >= LEAST_RESPONSES:
            return True
    return False
