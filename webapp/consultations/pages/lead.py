"""What a lead's pages show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from frameworks.digest import short
from frameworks.library import Published
from frameworks.questionnaire import AskedOf, Questionnaire
from frameworks.questions import OneOf, Question, Rewording, SomeOf
from webapp.consultations.advice import advice_on
from webapp.consultations.asking import Asking, Item
from webapp.consultations.consultation import Consultation, Details, Event, EventKind
from webapp.consultations.counts import Totals
from webapp.consultations.opening import Phase, length_in_words
from webapp.security import Identity, Subject, permits
from webapp.web.tasks import ConsultationTask, TaskGroup

PHASE_WORDS = {
    Phase.DRAFT: ("Draft", "grey"),
    Phase.COMING: ("Opens later", "blue"),
    Phase.OPEN: ("Open", "green"),
    Phase.CLOSED: ("Closed", "red"),
}
EVENT_WORDS = {
    EventKind.CREATED: "Created",
    EventKind.EDITED: "Edited",
    EventKind.OPENED: "Approved to open",
    EventKind.EXTENDED: "Closing moved later",
    EventKind.REVISED: "Put right while open",
    EventKind.CLOSED: "Closed early",
}


@dataclass(frozen=True, slots=True)
class ListedConsultation:
    """One line of the list of an organisation's consultations."""

    consultation: Consultation
    phase: str
    colour: str
    totals: Totals


@dataclass(frozen=True, slots=True)
class ListedTask:
    """Something that can be done with a consultation; `waiting` is how much there is to do."""

    title: str
    endpoint: str
    waiting: int


@dataclass(frozen=True, slots=True)
class ListedTasks:
    """What can be done under one heading."""

    heading: str
    tasks: tuple[ListedTask, ...]


@dataclass(frozen=True, slots=True)
class ListedEvent:
    """What somebody did, in words."""

    what: str
    at: dt.datetime
    by: str
    note: str
    closes_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question of a preview: its words and what can be answered."""

    text: str
    hint: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownItem:
    """The questions about one example of each kind of item."""

    title: str
    how_often: str
    questions: tuple[ShownQuestion, ...]


def listed(consultation: Consultation, totals: Totals, now: dt.datetime) -> ListedConsultation:
    """Return the line of a consultation."""
    return ListedConsultation(consultation, *PHASE_WORDS[consultation.phase(now)], totals)


def permitted(
    tasks: Iterable[ConsultationTask], identity: Identity, consultation: Consultation, phase: Phase
) -> tuple[ConsultationTask, ...]:
    """Return what somebody may do with a consultation in this phase."""
    subject = Subject(organisation_id=consultation.organisation_id, state=consultation.state)
    return tuple(
        each
        for each in tasks
        if phase in each.phases and permits(identity, each.permission, subject)
    )


def listed_tasks(
    tasks: Iterable[ConsultationTask], waiting: Mapping[ConsultationTask, int]
) -> tuple[ListedTasks, ...]:
    """Return the tasks under their headings, each with how much waits."""
    of_group = {
        group: tuple(
            ListedTask(each.title, each.endpoint, waiting.get(each, 0))
            for each in tasks
            if each.group is group
        )
        for group in TaskGroup
    }
    return tuple(ListedTasks(group, found) for group, found in of_group.items() if found)


def listed_events(events: Iterable[Event]) -> tuple[ListedEvent, ...]:
    """Return what happened, the last first."""
    found = [
        ListedEvent(EVENT_WORDS[each.kind], each.at, each.by, each.note, each.closes_at)
        for each in events
    ]
    return tuple(reversed(found))


def advice(details: Details, elections: Collection[dt.date]) -> tuple[str, ...]:
    """Return what to think about before opening."""
    return advice_on(details.period, elections)


def length(details: Details) -> str:
    """Return for how long a consultation is open, in weeks and days."""
    return length_in_words(details.period.days)


def framework_choices(frameworks: Iterable[Published]) -> dict[str, str]:
    """Return the framework versions to choose from, by reference."""
    return {
        str(each.reference): f"{each.framework.title}, version {each.framework.version}"
        f" ({short(each.digest)})"
        for each in frameworks
    }


def questionnaire_choices(questionnaires: Iterable[Questionnaire]) -> dict[str, str]:
    """Return the questionnaires to choose from, by reference."""
    return {str(each.reference): f"{each.title}, version {each.version}" for each in questionnaires}


def shown_items(asking: Asking) -> tuple[ShownItem, ...]:
    """Return one example of each kind of item with its questions, for a preview."""
    how_often = {
        AskedOf.COMPETENCY: "for each competency that a respondent chooses",
        AskedOf.DOMAIN: "for each domain of those competencies",
        AskedOf.PROFILE: "for each position that a respondent chooses",
        AskedOf.CONSULTATION: "once",
    }
    examples: dict[AskedOf, Item] = {}
    for item in asking.items.values():
        examples.setdefault(item.asked_of, item)
    first_position = next(iter(asking.position_titles), "")
    return tuple(
        ShownItem(
            title=item.title,
            how_often=how_often[kind],
            questions=tuple(
                _shown(question) for question in asking.questions_of(item, (first_position,))
            ),
        )
        for kind, item in examples.items()
        if item.questions
    )


def _shown(question: Question) -> ShownQuestion:
    if isinstance(question, OneOf | SomeOf):
        answers = tuple(option.label for option in question.options)
    elif isinstance(question, Rewording):
        answers = ("The present wording, to be changed",)
    else:
        answers = ("In their own words",)
    return ShownQuestion(question.text, question.hint, answers)
