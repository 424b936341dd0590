"""What the pages about keeping and erasing say."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from webapp.consultations.consultation import Consultation
from webapp.operations.keeping import Due
from webapp.retention.records import ErasureRecord
from webapp.retention.schedule import DataClass, days_in_words
from webapp.web.times import day_in_words

GREY, YELLOW, RED = "grey", "yellow", "red"


@dataclass(frozen=True, slots=True)
class ConsultationLine:
    """A consultation in the list: how it stands, and what happens to it next."""

    slug: str
    title: str
    state: str
    colour: str
    next_step: str


@dataclass(frozen=True, slots=True)
class KeptLine:
    """One class of a consultation."""

    name: str
    kept: str
    then: str


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """One class of the schedule."""

    name: str
    holds: str
    why: str
    rule: str


@dataclass(frozen=True, slots=True)
class RecordLine:
    """Something that was erased."""

    name: str
    erased: str
    at: dt.datetime
    rule: str


def consultation_lines(
    consultations: Iterable[Consultation], dues: Iterable[Due], held: frozenset[uuid.UUID]
) -> tuple[ConsultationLine, ...]:
    """Return the consultations of an organisation, those on which something happens in front."""
    by_consultation: dict[uuid.UUID, list[Due]] = {}
    for due in dues:
        by_consultation.setdefault(due.consultation.id, []).append(due)
    lines = [
        _line(each, by_consultation.get(each.id, []), is_held=each.id in held)
        for each in consultations
    ]
    return tuple(sorted(lines, key=lambda line: (line.colour == "", line.title.casefold())))


def kept_lines(dues: Iterable[Due]) -> tuple[KeptLine, ...]:
    """Return what is kept of one consultation and what becomes of it."""
    return tuple(KeptLine(due.data_class.name, f"{due.kept:,}", _then(due)) for due in dues)


def schedule_lines(classes: Iterable[DataClass]) -> tuple[ScheduleLine, ...]:
    """Return the schedule."""
    return tuple(
        ScheduleLine(each.name, each.holds, each.why, _capital(each.rule)) for each in classes
    )


def record_lines(
    records: Sequence[ErasureRecord], classes: Mapping[str, DataClass]
) -> tuple[RecordLine, ...]:
    """Return what was erased, newest first."""
    return tuple(
        RecordLine(
            classes[each.class_key].name if each.class_key in classes else each.class_key,
            f"{each.erased:,}",
            each.erased_at,
            _capital(each.rule),
        )
        for each in records
    )


def notice_in_words(days: int) -> str:
    """Return how long before erasing people are told."""
    return days_in_words(days)


def _line(consultation: Consultation, dues: Sequence[Due], *, is_held: bool) -> ConsultationLine:
    warned = sorted(
        due.erased_at for due in dues if due.warned_until is not None and due.erased_at is not None
    )
    planned = sorted(
        due.erased_at for due in dues if due.data_class.has_warning and due.erased_at is not None
    )
    if is_held:
        state, colour, then = "Held", RED, "Nothing is erased until the hold is lifted."
    elif warned:
        state, colour = "Erased soon", YELLOW
        then = f"Names or words are erased on {_day(warned[0])}."
    elif planned:
        state, colour, then = "Closed", "", f"Names or words are erased from {_day(planned[0])}."
    elif any(due.due_at is None for due in dues):
        state, colour, then = "Not closed", "", "Periods begin when it closes."
    else:
        state, colour, then = "Nothing kept", GREY, "There is nothing to erase."
    return ConsultationLine(consultation.slug, consultation.title, state, colour, then)


def _then(due: Due) -> str:
    if due.is_held:
        return "Stays until the hold is lifted"
    if due.erased_at is None:
        return f"Erased {due.data_class.rule}"
    if due.warned_until is not None:
        return f"Erased on {_day(due.erased_at)}, as was announced"
    if not due.data_class.days:
        return "Erased within the hour"
    return f"Erased from {_day(due.erased_at)}"


def _day(moment: dt.datetime) -> str:
    return day_in_words(moment.date())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
