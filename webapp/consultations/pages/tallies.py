"""What was chosen, as tables: a question across the items that it is asked of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from frameworks.questionnaire import CONSULTATION_ITEM, AskedOf
from frameworks.questions import AnswerKey
from webapp.consultations.asking import Asking, Item
from webapp.consultations.tallies import QuestionTally, VersionTally

POSITIONS = "positions"
OVERALL = CONSULTATION_ITEM


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what is asked, which has a page of its own."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class TallyRow:
    """How often each option was chosen for one item, of how many who answered.

    `version` is empty for a question that was asked in the same words throughout.
    """

    code: str
    title: str
    position: str
    version: str
    counts: tuple[int, ...]
    base: int


@dataclass(frozen=True, slots=True)
class TallyTable:
    """One question, with the options as columns; its items are left open in its words."""

    question: str
    takes_several: bool
    options: tuple[str, ...]
    rows: tuple[TallyRow, ...]
    has_positions: bool
    has_versions: bool


def parts_of(asking: Asking) -> tuple[Part, ...]:
    """Return the parts of which each is a page: the domains, the positions, and the whole."""
    domains = [Part(each.key, each.title) for each in asking.framework.domains]
    return (*domains, Part(POSITIONS, "Positions"), Part(OVERALL, "Overall"))


def tables_of(
    asking: Asking, tallies: Iterable[QuestionTally], part: str, reworded: Iterable[str]
) -> tuple[TallyTable, ...]:
    """Return the tables of one part, a question each, in the order in which they are asked.

    Questions that are answered in words alone have none. `reworded` names those that are told
    apart by version.
    """
    by_key = {each.key: each for each in tallies}
    items = [each for each in asking.items.values() if _part_of(each) == part]
    apart = set(reworded)
    names = dict.fromkeys(q.key.question for item in items for q in item.questions)
    tables = (_table(asking, items, name, by_key, apart) for name in names)
    return tuple(each for each in tables if each.options)


def _part_of(item: Item) -> str:
    match item.asked_of:
        case AskedOf.COMPETENCY:
            return item.domain_key
        case AskedOf.PROFILE:
            return POSITIONS
        case _:
            return item.key


def _table(
    asking: Asking,
    items: Iterable[Item],
    name: str,
    by_key: dict[AnswerKey, QuestionTally],
    apart: set[str],
) -> TallyTable:
    found = [
        (item, by_key[question.key])
        for item in items
        for question in item.questions
        if question.key.question == name
    ]
    options: dict[str, str] = {}
    for _, tallied in found:
        options |= {option.key: option.label for option in tallied.options}
    asked = next(each for each in asking.questionnaire.questions if each.key == name)
    return TallyTable(
        question=re.sub(r"\{(item|position)\}", "…", asked.text),
        takes_several=any(tallied.takes_several for _, tallied in found),
        options=tuple(options.values()),
        rows=tuple(
            _row(asking, item, tallied.key, each, options)
            for item, tallied in found
            for each in _wordings(tallied, split=name in apart)
            # For each position and wording the rows are so many that zeros would hide the others.
            if each.base or not asked.per_position
        ),
        has_positions=asked.per_position,
        has_versions=name in apart,
    )


def _wordings(tallied: QuestionTally, *, split: bool) -> Iterator[VersionTally]:
    if split:
        yield from tallied.by_version
    else:
        yield VersionTally("", tallied.text, tallied.base, tallied.options)


def _row(
    asking: Asking, item: Item, key: AnswerKey, counted: VersionTally, options: Iterable[str]
) -> TallyRow:
    numbers = {option.key: option.n for option in counted.options}
    return TallyRow(
        code=item.competency.code if item.competency else "",
        title=item.title,
        position=asking.position_titles.get(key.position, ""),
        version=counted.version,
        counts=tuple(numbers.get(option, 0) for option in options),
        base=counted.base,
    )
