"""How many responded, as tables to show: always the number itself and what it is out of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from frameworks.questionnaire import AskedOf
from webapp.consultations.asking import Asking
from webapp.consultations.respondents import (
    INDIVIDUAL_CLASSES,
    ORGANISATION_TYPES,
    RespondsAs,
    label_of,
)


@dataclass(frozen=True, slots=True)
class Count:
    """A number under a name; `code` is the printed number of a competency, else empty."""

    label: str
    n: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """What a list of consultations shows of each; `submitted` are those that count."""

    submitted: int
    drafts: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Everything that is counted about one consultation.

    `total` is how many responses count, which is the base of every table; `received` is how many
    were ever sent.
    """

    total: int
    received: int
    drafts: int
    individuals: int
    organisations: int
    by_class: tuple[Count, ...]
    by_type: tuple[Count, ...]
    by_day: tuple[tuple[dt.date, int], ...]
    by_domain: tuple[tuple[str, tuple[Count, ...]], ...]
    by_position: tuple[Count, ...]
    overall: int


def counted(
    asking: Asking,
    *,
    received: int,
    drafts: int,
    by_class: Mapping[tuple[str, str], int],
    by_day: Mapping[dt.date, int],
    by_item: Mapping[str, int],
) -> Counts:
    """Return the tables, each in the order of its questions and with its zeros."""
    kinds = {
        kind: sum(n for (responds_as, _), n in by_class.items() if responds_as == kind)
        for kind in RespondsAs
    }
    return Counts(
        total=sum(kinds.values()),
        received=received,
        drafts=drafts,
        individuals=kinds[RespondsAs.INDIVIDUAL],
        organisations=kinds[RespondsAs.ORGANISATION],
        by_class=_classes(by_class, RespondsAs.INDIVIDUAL),
        by_type=_classes(by_class, RespondsAs.ORGANISATION),
        by_day=every_day(by_day),
        by_domain=_domains(asking, by_item),
        by_position=_items(asking, AskedOf.PROFILE, by_item),
        overall=sum(count.n for count in _items(asking, AskedOf.CONSULTATION, by_item)),
    )


def every_day(by_day: Mapping[dt.date, int]) -> tuple[tuple[dt.date, int], ...]:
    """Return every day from the first with a response to the last, those without one as 0."""
    if not by_day:
        return ()
    first, last = min(by_day), max(by_day)
    days = (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
    return tuple((day, by_day.get(day, 0)) for day in days)


def _classes(by_class: Mapping[tuple[str, str], int], kind: RespondsAs) -> tuple[Count, ...]:
    options = ORGANISATION_TYPES if kind is RespondsAs.ORGANISATION else INDIVIDUAL_CLASSES
    known = [option.key for option in options]
    # A class that is no longer offered still counts.
    keys = known + sorted(key for of, key in by_class if of == kind and key not in known)
    return tuple(Count(label_of(key), by_class.get((kind, key), 0)) for key in keys)


def _domains(
    asking: Asking, by_item: Mapping[str, int]
) -> tuple[tuple[str, tuple[Count, ...]], ...]:
    return tuple(
        (
            domain.title,
            (
                *(
                    Count(each.title, by_item.get(each.key, 0), each.code)
                    for each in domain.all_competencies()
                ),
                Count("The domain as a whole", by_item.get(domain.key, 0)),
            ),
        )
        for domain in asking.framework.domains
    )


def _items(asking: Asking, asked_of: AskedOf, by_item: Mapping[str, int]) -> tuple[Count, ...]:
    return tuple(
        Count(item.title, by_item.get(item.key, 0))
        for item in asking.items.values()
        if item.asked_of is asked_of
    )
