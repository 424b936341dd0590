"""Results with and without campaigns, side by side: always the number and what it is out of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from frameworks.questionnaire import AskedOf
from frameworks.questions import Question
from webapp.consultations.asking import Asking, Item
from webapp.consultations.respondents import RESPONDS_AS, classes_for, label_of

Place = tuple[str, str]
"""A question and a position (empty without one)."""

Chosen = tuple[str, str, str]
"""A question, a position and an option."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each option of an item’s questions was chosen, and how many chose anything."""

    chosen: Mapping[Chosen, int]
    answered: Mapping[Place, int]


@dataclass(frozen=True, slots=True)
class Row:
    """A number under a name, among all responses and among those without campaigns."""

    label: str
    with_all: int
    without: int
    code: str = ""
    item_key: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one kind; the bases are what their numbers are out of."""

    title: str
    heading: str
    base_with: int
    base_without: int
    rows: tuple[Row, ...]


def table_of_kinds(
    with_all: Mapping[tuple[str, str], int], without: Mapping[tuple[str, str], int]
) -> Table:
    """Return who responded, kind by kind and class by class; classes nobody has are left out."""
    known = [(kind.key, each.key) for kind in RESPONDS_AS for each in classes_for(kind.key)]  # type: ignore[arg-type]  # The keys are the kinds.
    pairs = known + sorted(pair for pair in with_all if pair not in known)
    rows = tuple(
        Row(label_of(pair[1]), with_all[pair], without.get(pair, 0))
        for pair in pairs
        if with_all.get(pair)
    )
    return Table(
        "Who responded",
        "Best described as",
        sum(with_all.values()),
        sum(without.values()),
        rows,
    )


def tables_of_items(
    asking: Asking, with_all: Mapping[str, int], without: Mapping[str, int], bases: tuple[int, int]
) -> tuple[Table, ...]:
    """Return how many responses say something about each item, a table for each domain."""

    def rows(items: list[Item]) -> tuple[Row, ...]:
        return tuple(
            Row(
                "The domain as a whole" if item.asked_of is AskedOf.DOMAIN else item.title,
                with_all.get(item.key, 0),
                without.get(item.key, 0),
                item.competency.code if item.competency else "",
                item.key,
            )
            for item in items
        )

    tables = [
        Table(
            domain.title,
            "Competency",
            *bases,
            rows(
                [
                    *(asking.items[each.key] for each in domain.all_competencies()),
                    *(item for key, item in asking.items.items() if key == domain.key),
                ]
            ),
        )
        for domain in asking.framework.domains
    ]
    others = [
        item
        for item in asking.items.values()
        if item.asked_of in (AskedOf.PROFILE, AskedOf.CONSULTATION)
    ]
    tables.append(Table("Positions, and the framework as a whole", "About", *bases, rows(others)))
    return tuple(tables)


def tables_of_choices(item: Item, with_all: Tally, without: Tally) -> tuple[Table, ...]:
    """Return what was chosen about an item, a table for each question that somebody answered."""
    return tuple(
        _choices(question, with_all, without)
        for question in item.questions
        if with_all.answered.get(_place(question))
    )


def _choices(question: Question, with_all: Tally, without: Tally) -> Table:
    place = _place(question)
    labels = {option.key: option.label for option in getattr(question, "options", ())}
    # An option that only an earlier questionnaire offered was chosen all the same.
    chosen = [option for of, at, option in with_all.chosen if (of, at) == place]
    keys = [*labels, *sorted(key for key in chosen if key not in labels)]
    return Table(
        question.text,
        "Answer",
        with_all.answered.get(place, 0),
        without.answered.get(place, 0),
        tuple(
            Row(
                labels.get(key, key),
                with_all.chosen.get((*place, key), 0),
                without.chosen.get((*place, key), 0),
            )
            for key in keys
        ),
    )


def _place(question: Question) -> Place:
    return question.key.question, question.key.position
