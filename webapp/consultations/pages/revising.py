"""What pages show of a consultation that is put right while it is open."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from frameworks.questionnaire import AskedOf
from frameworks.questionnaire_revision import QuestionChange
from frameworks.questions import OneOf, Question, SomeOf
from frameworks.variants import spoken
from frameworks.wording import TextChange, compare_texts
from webapp.consultations.asking import Asking
from webapp.consultations.consultation import Consultation
from webapp.consultations.editions import AttachedDocument, Edition
from webapp.consultations.response import Draft
from webapp.consultations.revising import RewordedAnswer
from webapp.consultations.services import LaterVersion

HOW_OFTEN = {
    AskedOf.COMPETENCY: "Asked about each competency",
    AskedOf.DOMAIN: "Asked about each domain",
    AskedOf.PROFILE: "Asked about each position",
    AskedOf.CONSULTATION: "Asked once",
}


@dataclass(frozen=True, slots=True)
class EarlierWording:
    """The question that an answer answered, and since when it reads otherwise."""

    question: Question
    options: tuple[str, ...]
    changed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """One text of a question, before and after."""

    label: str
    change: TextChange


@dataclass(frozen=True, slots=True)
class ChangedQuestion:
    """A question before and after, in full: the parts that change and those that stay.

    `longest` is how many characters an answer could and can have, where that changes.
    """

    key: str
    how_often: str
    example: str
    is_new: bool
    changed: tuple[ChangedPart, ...]
    same: tuple[ChangedPart, ...]
    longest: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class RewordedPage:
    """A page of a response with so many answers to questions that were reworded since."""

    key: str
    title: str
    language: str
    number: int


def notes_on(answers: Iterable[RewordedAnswer]) -> dict[str, EarlierWording]:
    """Return what stands above the questions of a page, by the name of the question's field."""
    return {
        str(each.key): EarlierWording(each.before, _options(each.before), each.changed_at)
        for each in answers
    }


def notices_since(editions: Iterable[Edition], started_at: dt.datetime) -> tuple[Edition, ...]:
    """Return what was put right after somebody began to respond."""
    return tuple(each for each in editions if each.shown_from > started_at)


def pages_reworded(
    asking: Asking, draft: Draft, answers: Iterable[RewordedAnswer]
) -> tuple[RewordedPage, ...]:
    """Return the pages on the list of a draft that have such answers, in the order of the list."""
    positions = draft.respondent.positions
    keys = [each.key for each in answers if each.key.position in ("", *positions)]
    numbers = Counter(key.item for key in keys)
    return tuple(
        RewordedPage(item.key, item.title, item.language, numbers[item.key])
        for item in asking.items_for(draft.chosen, positions)
        if item.key in numbers
    )


def changed_questions(
    before: Asking, after: Asking, changes: Iterable[QuestionChange]
) -> tuple[ChangedQuestion, ...]:
    """Return every question that changes, as the first page that asks it shows it."""
    return tuple(_changed(before, after, each) for each in changes)


def changed_privacy(before: Consultation, after: Consultation) -> TextChange | None:
    """Return how the privacy notice changes, None where it stays."""
    texts = (before.details.privacy_notice, after.details.privacy_notice)
    return compare_texts(*texts) if texts[0] != texts[1] else None


def chosen(
    documents: Iterable[AttachedDocument], ids: Collection[uuid.UUID]
) -> tuple[AttachedDocument, ...]:
    """Return those of some documents that were chosen."""
    return tuple(each for each in documents if each.id in ids)


def version_hints(later: Iterable[LaterVersion]) -> dict[str, str]:
    """Return what each later version changes, by its number."""
    return {each.questionnaire.version: _told(each) for each in later}


def _told(version: LaterVersion) -> str:
    new = sum(1 for each in version.changes if each.is_new)
    other = len(version.changes) - new
    told = [f"{_count(other, 'question reads', 'questions read')} otherwise"] if other else []
    told += [f"{_count(new, 'question is', 'questions are')} new"] if new else []
    return f"{version.questionnaire.title}: {', '.join(told) or 'the same questions'}."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def languages_left_behind(before: Asking, after: Asking) -> tuple[tuple[str, int], ...]:
    """Return the languages in which fewer questions are asked after a change than before.

    Each by its name, with how many of the questions are not in it any more.
    """
    return tuple(
        (each.name, lost)
        for each in before.languages
        if each.tag and (lost := _asked_in(before, each.tag) - _asked_in(after, each.tag)) > 0
    )


def _asked_in(asking: Asking, language: str) -> int:
    shown = asking.in_language(language).shown.questionnaire
    return len(spoken(shown, asking.own.questionnaire)) if shown else 0


def _changed(before: Asking, after: Asking, change: QuestionChange) -> ChangedQuestion:
    shown = _first_asked(after, change.key)
    was = None if change.is_new else before.items[shown.key.item].by_key.get(shown.key)
    texts_before, texts_after = _parts(was), _parts(shown)
    parts = [
        ChangedPart(label, compare_texts(texts_before.get(label, ""), text))
        for label, text in texts_after.items()
    ]
    # What is left without words was taken away.
    gone = [label for label in texts_before if label not in texts_after]
    parts += [ChangedPart(label, compare_texts(texts_before[label], "")) for label in gone]
    return ChangedQuestion(
        key=change.key,
        how_often=HOW_OFTEN[change.after.asked_of],
        example=after.items[shown.key.item].title,
        is_new=change.is_new,
        changed=tuple(each for each in parts if each.change.is_change),
        same=tuple(each for each in parts if not each.change.is_change),
        longest=(change.longest_before, change.longest_after) if change.may_be_longer else None,
    )


def _first_asked(asking: Asking, key: str) -> Question:
    return next(
        question
        for item in asking.items.values()
        for question in item.questions
        if question.key.question == key
    )


def _parts(question: Question | None) -> dict[str, str]:
    if question is None:
        return {}
    parts = {"Question": question.text, "Help": question.hint}
    for option in question.options if isinstance(question, OneOf | SomeOf) else ():
        parts[f"Choice “{option.key}”"] = option.label
    return {label: text for label, text in parts.items() if text}


def _options(question: Question) -> tuple[str, ...]:
    if isinstance(question, OneOf | SomeOf):
        return tuple(option.label for option in question.options)
    return ()
