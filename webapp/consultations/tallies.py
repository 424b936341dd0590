"""How often each answer was chosen, question by question: always out of how many who answered.

Answers are counted by the version of the questionnaire that they answered, so that what was said
to one wording can be told from what was said to another. Nothing here is a share of people: those
who respond choose to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from frameworks.questions import AnswerKey, OneOf, Question, SomeOf
from webapp.consultations.asking import Asking


class AnswerCount(NamedTuple):
    """So many answers to one question, of one version, that are alike.

    `choice` holds the option keys, one a line as they are stored; it is empty for texts.
    """

    item_key: str
    question_key: str
    position: str
    questionnaire_version: str
    choice: str
    n: int


@dataclass(frozen=True, slots=True)
class OptionTally:
    """How many chose an option."""

    key: str
    label: str
    n: int


@dataclass(frozen=True, slots=True)
class VersionTally:
    """The answers to a question in the words of one version; `base` is how many answered it."""

    version: str
    text: str
    base: int
    options: tuple[OptionTally, ...]


@dataclass(frozen=True, slots=True)
class QuestionTally:
    """The answers to one question in all its wordings; `base` is how many answered it.

    `options` are in the order and the words of today, and empty where a text is asked for. Where
    several may be chosen, their numbers add up to more than the base. `by_version` has every
    version that asked it, the first in front.
    """

    key: AnswerKey
    text: str
    takes_several: bool
    base: int
    options: tuple[OptionTally, ...]
    by_version: tuple[VersionTally, ...]


def tally(asking: Asking, rows: Iterable[AnswerCount]) -> tuple[QuestionTally, ...]:
    """Return the tally of every question that is asked, in the order in which it is met.

    `rows` may be those of any set of responses; an answer to what is not asked is left out.
    """
    counted = _Counted(asking, rows)
    return tuple(
        counted.tally_of(question) for item in asking.items.values() for question in item.questions
    )


def less(rows: Iterable[AnswerCount], taken_out: Iterable[AnswerCount]) -> tuple[AnswerCount, ...]:
    """Return counts less those of some of the responses that are counted in them."""
    left: Counter[AnswerCount] = Counter()
    for row in rows:
        left[row._replace(n=0)] += row.n
    for row in taken_out:
        left[row._replace(n=0)] -= row.n
    return tuple(alike._replace(n=n) for alike, n in left.items() if n > 0)


class _Counted:
    """Counts by question and version, and by option within these."""

    def __init__(self, asking: Asking, rows: Iterable[AnswerCount]) -> None:
        self.asking = asking
        self.bases: Counter[tuple[AnswerKey, str]] = Counter()
        self.chosen: Counter[tuple[AnswerKey, str, str]] = Counter()
        self.unknown: dict[tuple[AnswerKey, str], dict[str, None]] = {}
        for row in rows:
            key = AnswerKey(row.item_key, row.question_key, row.position)
            of = (key, asking.version_named(row.questionnaire_version))
            self.bases[of] += row.n
            # Each option once, however often a row names it.
            for option in dict.fromkeys(each for each in row.choice.split("\n") if each):
                self.chosen[*of, option] += row.n
                self.unknown.setdefault(of, {})[option] = None

    def tally_of(self, question: Question) -> QuestionTally:
        by_version = tuple(self._by_version(question))
        sums: Counter[str] = Counter()
        for each in by_version:
            sums.update({option.key: option.n for option in each.options})
        labels = _labels(question)
        labels |= {
            o.key: o.label for each in by_version for o in each.options if o.key not in labels
        }
        return QuestionTally(
            key=question.key,
            text=question.text,
            takes_several=isinstance(question, SomeOf),
            base=sum(each.base for each in by_version),
            options=tuple(OptionTally(key, label, sums[key]) for key, label in labels.items()),
            by_version=by_version,
        )

    def _by_version(self, question: Question) -> Iterator[VersionTally]:
        for asking in self.asking.every_version:
            item = asking.items.get(question.key.item)
            asked = item.by_key.get(question.key) if item else None
            version = asking.questionnaire.version
            of = (question.key, version)
            if asked is None:
                continue
            labels = _labels(asked)
            # What is no option of this version was answered all the same, and is counted.
            labels |= {key: key for key in self.unknown.get(of, {}) if key not in labels}
            yield VersionTally(
                version=version,
                text=asked.text,
                base=self.bases[of],
                options=tuple(
                    OptionTally(key, label, self.chosen[*of, key]) for key, label in labels.items()
                ),
            )


def _labels(question: Question) -> dict[str, str]:
    if isinstance(question, OneOf | SomeOf):
        return {option.key: option.label for option in question.options}
    return {}
