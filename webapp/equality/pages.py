"""The tables that leads see: counts by question and class, under disclosure control."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from frameworks.questionnaire import Asked, Questionnaire
from webapp.equality.counting import LEFT_BLANK, Answer, Count
from webapp.measures.disclosure import disclose

CLASS_WORDS = {"individual": "Individuals", "organisation": "For organisations"}


@dataclass(frozen=True, slots=True)
class Row:
    """One answer with its count in each class, as shown."""

    label: str
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One question with its answers."""

    title: str
    classes: tuple[str, ...]
    rows: tuple[Row, ...]


def question_sets(counts: Iterable[Count]) -> tuple[str, ...]:
    """Return the question sets that were answered, as `slug@version`."""
    return tuple(sorted({each.pool.question_set for each in counts}))


def tables(counts: Iterable[Count], questions: Questionnaire) -> tuple[Table, ...]:
    """Return a table a question of one set, without totals, by which hidden counts would show."""
    by_class: defaultdict[str, dict[Answer, int]] = defaultdict(dict)
    for each in counts:
        if each.pool.question_set == str(questions.reference):
            by_class[each.pool.respondent_class][each.answer] = each.n
    return tuple(_table(asked, by_class) for asked in questions.questions) if by_class else ()


def _table(asked: Asked, by_class: Mapping[str, Mapping[Answer, int]]) -> Table:
    classes = [each for each in CLASS_WORDS if each in by_class]
    choices = [(option.key, option.label) for option in asked.options]
    choices.append((LEFT_BLANK, "Left blank"))
    columns = [
        disclose([by_class[each].get(Answer(asked.key, key), 0) for key, _ in choices])
        for each in classes
    ]
    rows = tuple(
        Row(label, tuple(_in_figures(column[place]) for column in columns))
        for place, (_, label) in enumerate(choices)
    )
    return Table(asked.text, tuple(CLASS_WORDS[each] for each in classes), rows)


def _in_figures(count: int | None) -> str:
    return "*" if count is None else f"{count:,}"
