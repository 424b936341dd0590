"""Putting a consultation right while it is open: what changes, and whom that concerns."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from frameworks.questionnaire import Asked
from frameworks.questionnaire_revision import reworded
from frameworks.questions import AnswerKey, Question
from webapp.consultations.asking import Asking
from webapp.consultations.editions import Edition
from webapp.consultations.response import SavedAnswer

NOTICE_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class Revision:
    """What a lead puts right, all of it together, and what the public is told about it.

    `questionnaire_version` and `privacy_notice` are as they shall be, changed or not. `added` are
    documents that were attached and are not shown yet, `taken_away` those that are shown no longer.
    """

    notice: str
    questionnaire_version: str
    privacy_notice: str
    added: tuple[uuid.UUID, ...] = ()
    taken_away: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class RewordedAnswer:
    """An answer to a question whose words were changed after it was given.

    `before` is the question as it was answered, in the language in which it was.
    """

    key: AnswerKey
    before: Question
    changed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class WordingCount:
    """How many answers a question has in the words of a version, with its items left open."""

    version: str
    text: str
    hint: str
    n: int


@dataclass(frozen=True, slots=True)
class RewordedQuestion:
    """A question in each of its wordings, the first in front; `n` is how many answers it has."""

    key: str
    n: int
    wordings: tuple[WordingCount, ...]


def reworded_questions(asking: Asking) -> tuple[str, ...]:
    """Return the keys of the questions that earlier editions asked in other words, in order."""
    known = [_by_key(each) for each in asking.own.earlier]
    return tuple(
        asked.key
        for asked in asking.own.questionnaire.questions
        if any(asked.key in each and reworded(each[asked.key], asked) for each in known)
    )


def reworded_counts(
    asking: Asking, keys: Iterable[str], counts: Mapping[tuple[str, str], int]
) -> tuple[RewordedQuestion, ...]:
    """Return reworded questions with the answers to each wording.

    `counts` are by question and version; versions that have the same words are counted together,
    under the last of them.
    """
    return tuple(_counted(asking, key, counts) for key in keys)


def _counted(asking: Asking, key: str, counts: Mapping[tuple[str, str], int]) -> RewordedQuestion:
    of_version: dict[str, int] = {}
    for (question, version), n in counts.items():
        if question == key:
            named = asking.version_named(version)
            of_version[named] = of_version.get(named, 0) + n
    wordings: list[WordingCount] = []
    last: Asked | None = None
    for each in asking.every_version:
        asked, version = _by_key(each).get(key), each.questionnaire.version
        if asked is None:
            continue
        n = of_version.get(version, 0)
        if last is not None and not reworded(last, asked):
            n += wordings.pop().n
        wordings.append(WordingCount(version, _left_open(asked.text), _left_open(asked.hint), n))
        last = asked
    return RewordedQuestion(key, sum(each.n for each in wordings), tuple(wordings))


def _left_open(text: str) -> str:
    return re.sub(r"\{(item|position)\}", "…", text)


def reads_otherwise(asking: Asking, question: str, version: str) -> bool:
    """Say whether a question was asked in other words with a version than it is now."""
    before, after = (
        _by_key(each).get(question) for each in (asking.in_version(version), asking.own)
    )
    return before is not None and after is not None and reworded(before, after)


def reworded_answers(
    asking: Asking, saved: Iterable[SavedAnswer], editions: Sequence[Edition]
) -> tuple[RewordedAnswer, ...]:
    """Return the answers of a draft that were given to other words than are shown now.

    `editions` are those of the consultation, the first in front. Where an answer was given to
    words that came back since, nothing is different for who gave it.
    """
    if not asking.own.earlier:
        return ()
    found = (_reworded(asking, each, editions) for each in saved if not each.given.is_blank)
    return tuple(each for each in found if each)


def _reworded(
    asking: Asking, saved: SavedAnswer, editions: Sequence[Edition]
) -> RewordedAnswer | None:
    key, version = saved.key, asking.version_named(saved.questionnaire_version)
    then = asking.in_version(version)
    before, after = (_by_key(each).get(key.question) for each in (then, asking.own))
    if before is None or after is None or not reworded(before, after):
        return None
    item = asking.as_answered(saved.language, version).items.get(key.item)
    question = item.by_key.get(key) if item else None
    if question is None:
        return None
    return RewordedAnswer(key, question, _changed_at(asking, before, version, editions))


def _changed_at(
    asking: Asking, before: Asked, version: str, editions: Sequence[Edition]
) -> dt.datetime:
    """Return from when on the question was shown in other words than in a version."""
    answered = False
    for edition in editions:
        if edition.questionnaire_version == version:
            answered = True
        elif answered:
            now = _by_key(asking.in_version(edition.questionnaire_version)).get(before.key)
            if now is not None and reworded(before, now):
                return edition.shown_from
    return editions[-1].shown_from


def _by_key(asking: Asking) -> dict[str, Asked]:
    return {asked.key: asked for asked in asking.questionnaire.questions}
