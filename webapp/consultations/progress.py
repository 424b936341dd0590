"""How far a respondent has come: the status of each item, and where to go next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from frameworks.questionnaire import AskedOf
from frameworks.questions import AnswerKey, Given, OneOf, Question, SomeOf
from webapp.consultations.asking import Asking, Item


class Status(StrEnum):
    """How far an item is answered, in the words of a task list."""

    NOT_STARTED = "Not started"
    STARTED = "Started"
    ANSWERED = "Answered"


@dataclass(frozen=True, slots=True)
class Step:
    """One item of a respondent's list, with its status."""

    item: Item
    status: Status


def status_of(questions: Sequence[Question], answered: Collection[AnswerKey]) -> Status:
    """Return the status of some questions.

    An item counts as answered once every choice is made, since texts are for those who have
    something to add; where no choice is asked, one text is enough.
    """
    if not any(question.key in answered for question in questions):
        return Status.NOT_STARTED
    choices = [question for question in questions if isinstance(question, OneOf | SomeOf)]
    whole = all(question.key in answered for question in choices)
    return Status.ANSWERED if whole else Status.STARTED


def steps_of(
    asking: Asking,
    chosen: Collection[str],
    positions: Collection[str],
    answers: Mapping[AnswerKey, Given],
) -> tuple[Step, ...]:
    """Return everything that a respondent is asked about, in order, with statuses."""
    return tuple(
        Step(item, status_of(asking.questions_of(item, positions), answers.keys()))
        for item in asking.items_for(chosen, positions)
    )


def next_unanswered(steps: Sequence[Step], current: str) -> Item | None:
    """Return the next item that is not started, after the current one and then from the top."""
    place = next((n for n, step in enumerate(steps) if step.item.key == current), -1)
    for step in (*steps[place + 1 :], *steps[: max(place, 0)]):
        if step.status is Status.NOT_STARTED:
            return step.item
    return None


def place_among_chosen(steps: Sequence[Step], current: str) -> tuple[int, int]:
    """Return the place of an item among those of its own kind and their number: (3, 8)."""
    kinds = {step.item.key: step.item.asked_of for step in steps}
    alike = [key for key, kind in kinds.items() if kind is kinds[current]]
    return alike.index(current) + 1, len(alike)


def answered_in(steps: Sequence[Step], asked_of: AskedOf | None = None) -> tuple[int, int]:
    """Return how many items are answered and how many there are, of one kind or of all."""
    kept = [step for step in steps if asked_of in (None, step.item.asked_of)]
    return sum(step.status is Status.ANSWERED for step in kept), len(kept)
