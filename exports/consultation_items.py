"""What a consultation asks about, item by item, as its blank form shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from exports.answers import Room, Said, said
from exports.fields import Field
from frameworks.library import Published
from frameworks.model import Competency, Domain, Polarity, Profile
from frameworks.questionnaire import (
    CONSULTATION_ITEM,
    Questionnaire,
    questions_for_competency,
    questions_for_domain,
    questions_for_profile,
    questions_overall,
)
from frameworks.questionnaire import profile_item as item_of_profile
from frameworks.questions import AnswerKey, Given, OneOf, Question, Rewording

REWORD_HINT = "The present wording is printed above. Write here how you would word it instead."

# More or longer labels would leave the positions too little of the line.
_MOST_COLUMNS = 6
_LONGEST_LABEL = 24


@dataclass(frozen=True, slots=True)
class Row:
    """One position of a question that is asked for each of several."""

    position: str
    said: Said


@dataclass(frozen=True, slots=True)
class Matrix:
    """A question that is asked for each position, with the same options for all of them."""

    question: str
    hint: str
    labels: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def is_compact(self) -> bool:
        """Whether its options are few and short enough to be the columns of a table."""
        return (
            0 < len(self.labels) <= _MOST_COLUMNS and max(map(len, self.labels)) <= _LONGEST_LABEL
        )

    @property
    def fields(self) -> Iterator[Field]:
        """One field a position."""
        yield from (row.said.field for row in self.rows if row.said.field is not None)


@dataclass(frozen=True, slots=True)
class Single:
    """A question that is asked once; `present` is the text that it asks to word differently."""

    said: Said
    present: str = ""

    @property
    def fields(self) -> Iterator[Field]:
        """Its one field."""
        if self.said.field is not None:
            yield self.said.field

    @property
    def is_lengthy(self) -> bool:
        """Whether it is answered in paragraphs."""
        return self.said.room is Room.LINES


Ask = Matrix | Single


@dataclass(frozen=True, slots=True)
class Need:
    """A competency that a position asks for."""

    competency: str
    essential: bool
    weight: int


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is asked about, with its words and every question about it.

    `within` is the inner domain that a competency stands in, empty where that is the outer one.
    """

    key: str
    code: str
    title: str
    within: str
    statement: str
    effective: tuple[str, ...]
    ineffective: tuple[str, ...]
    needs: tuple[Need, ...]
    citation: str
    digest: str
    asks: tuple[Ask, ...]

    @property
    def fields(self) -> Iterator[Field]:
        """The fields of its questions, in printed order."""
        for ask in self.asks:
            yield from ask.fields


Answers = Mapping[AnswerKey, Given]
NO_ANSWERS: Answers = {}


def competency_item(
    published: Published,
    questionnaire: Questionnaire,
    competency: Competency,
    answers: Answers = NO_ANSWERS,
    positions: Sequence[Profile] | None = None,
) -> Item:
    """Return a competency with its questions, for all positions of the version if not told."""
    framework = published.framework
    about = framework.profiles if positions is None else positions
    inner = framework.domain_of(competency.key)
    return Item(
        key=competency.key,
        code=competency.code,
        title=competency.title,
        within="" if inner in framework.domains else inner.title,
        statement=competency.statement,
        effective=_texts(competency, Polarity.EFFECTIVE),
        ineffective=_texts(competency, Polarity.INEFFECTIVE),
        needs=(),
        citation=published.citation(competency.key),
        digest=published.competency_digest(competency.key),
        asks=asks(
            questions_for_competency(questionnaire, competency, about),
            answers,
            {each.key: each.title for each in about},
        ),
    )


def domain_item(
    published: Published,
    questionnaire: Questionnaire,
    domain: Domain,
    answers: Answers = NO_ANSWERS,
) -> Item:
    """Return a domain as a whole with its questions."""
    questions = questions_for_domain(questionnaire, domain)
    return _plain_item(published, domain.key, domain.title, asks(questions, answers))


def profile_item(
    published: Published,
    questionnaire: Questionnaire,
    profile: Profile,
    answers: Answers = NO_ANSWERS,
) -> Item:
    """Return a position with what it asks for and its questions."""
    titles = {
        each.key: f"{each.code} {each.title}" for each in published.framework.all_competencies()
    }
    questions = questions_for_profile(questionnaire, profile)
    return _plain_item(
        published,
        item_of_profile(profile.key),
        profile.title,
        asks(questions, answers),
        tuple(
            Need(titles[each.competency], each.essential, each.weight)
            for each in profile.requirements
        ),
    )


def overall_item(
    published: Published, questionnaire: Questionnaire, answers: Answers = NO_ANSWERS
) -> Item:
    """Return the consultation as a whole with its questions."""
    questions = questions_overall(questionnaire)
    item = _plain_item(published, "", "The framework as a whole", asks(questions, answers))
    return replace(item, key=CONSULTATION_ITEM)


def _plain_item(
    published: Published, key: str, title: str, asked: tuple[Ask, ...], needs: tuple[Need, ...] = ()
) -> Item:
    return Item(
        key=key,
        code="",
        title=title,
        within="",
        statement="",
        effective=(),
        ineffective=(),
        needs=needs,
        citation=published.citation(key) if key else str(published.reference),
        digest=published.digest,
        asks=asked,
    )


def asks(
    questions: Sequence[Question], answers: Answers, positions: Mapping[str, str] | None = None
) -> tuple[Ask, ...]:
    """Return questions as a page shows them: one for each position becomes one for all.

    `positions` has their titles by key.
    """
    titles = positions or {}
    return tuple(
        ask
        for _, group in groupby(questions, lambda each: each.key.question)
        for ask in _asks_of_one(tuple(group), answers, titles)
    )


def _asks_of_one(
    questions: Sequence[Question], answers: Answers, titles: Mapping[str, str]
) -> Iterator[Ask]:
    first = questions[0]
    if first.key.position and isinstance(first, OneOf):
        yield Matrix(
            question=_for_all(first.text, titles[first.key.position]),
            hint=first.hint,
            labels=tuple(option.label for option in first.options),
            rows=tuple(Row(titles[each.key.position], said(each, answers)) for each in questions),
        )
        return
    for each in questions:
        is_rewording = isinstance(each, Rewording)
        yield Single(
            replace(said(each, answers), hint=REWORD_HINT) if is_rewording else said(each, answers),
            each.present if isinstance(each, Rewording) else "",
        )


def _for_all(text: str, position: str) -> str:
    """Return a question without the position that it begins with, or with dots in its place."""
    if text.startswith(f"{position}: "):
        rest = text.removeprefix(f"{position}: ")
        return rest[:1].upper() + rest[1:]
    return text.replace(position, "…")


def _texts(competency: Competency, polarity: Polarity) -> tuple[str, ...]:
    return tuple(each.text for each in competency.indicators_of(polarity))
