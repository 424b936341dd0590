"""Results with and without campaigns, side by side: always the number and what it is out of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from frameworks.questionnaire import AskedOf
from webapp.consultations.asking import Asking, Item
from webapp.consultations.respondents import RESPONDS_AS, classes_for, label_of
from webapp.consultations.tallies import QuestionTally


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


def tables_of_choices(
    item_key: str, with_all: Sequence[QuestionTally], without: Sequence[QuestionTally]
) -> tuple[Table, ...]:
    """Return what was chosen about an item, a table for each question that somebody answered.

    Both tallies are of the same questions, in the same order.
    """
    return tuple(
        _choices(among_all, among_some)
        for among_all, among_some in zip(with_all, without, strict=True)
        if among_all.key.item == item_key and among_all.options and among_all.base
    )


def _choices(with_all: QuestionTally, without: QuestionTally) -> Table:
    left = {option.key: option.n for option in without.options}
    return Table(
        with_all.text,
        "Answer",
        with_all.base,
        without.base,
        tuple(Row(each.label, each.n, left.get(each.key, 0)) for each in with_all.options),
    )
