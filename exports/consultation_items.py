"""What a consultation asks about, item by item, as a form or a response shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from exports.answers import Room, Said, said
from exports.consultation_material import Material
from exports.fields import Field
from frameworks.model import Competency, Domain, Polarity, Profile
from frameworks.questionnaire import CONSULTATION_ITEM
from frameworks.questionnaire import profile_item as item_of_profile
from frameworks.questions import AnswerKey, Given, OneOf, Question, Rewording

# More or longer labels would leave the positions too little of the line.
_MOST_COLUMNS = 6
_LONGEST_LABEL = 24

Answers = Mapping[AnswerKey, Given]
NO_ANSWERS: Answers = {}


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
    language: str = ""

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
    language: str = ""
    present_language: str = ""

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
class Sign:
    """Something by which a competency is recognised."""

    text: str
    language: str = ""


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
    Languages are tags, empty for the framework's own.
    """

    key: str
    title: str
    citation: str
    digest: str
    asks: tuple[Ask, ...]
    code: str = ""
    within: str = ""
    statement: str = ""
    effective: tuple[Sign, ...] = ()
    ineffective: tuple[Sign, ...] = ()
    needs: tuple[Need, ...] = ()
    language: str = ""

    @property
    def fields(self) -> Iterator[Field]:
        """The fields of its questions, in printed order."""
        for ask in self.asks:
            yield from ask.fields


def competency_item(
    material: Material,
    competency: Competency,
    answers: Answers = NO_ANSWERS,
    positions: Sequence[Profile] | None = None,
) -> Item:
    """Return a competency with its questions, for all positions of the version if not told."""
    about = material.framework.profiles if positions is None else positions
    titles = {each.key: each.title for each in about}
    inner = material.framework.domain_of(competency.key)
    questions = [
        each
        for each in material.asked[competency.key]
        if not each.key.position or each.key.position in titles
    ]
    return Item(
        key=competency.key,
        code=competency.code,
        title=competency.title,
        within="" if inner in material.framework.domains else inner.title,
        statement=competency.statement,
        effective=_signs(material, competency, Polarity.EFFECTIVE),
        ineffective=_signs(material, competency, Polarity.INEFFECTIVE),
        citation=material.published.citation(competency.key),
        digest=material.published.competency_digest(competency.key),
        asks=asks(questions, answers, titles),
        language=material.language_of(competency.key),
    )


def domain_item(material: Material, domain: Domain, answers: Answers = NO_ANSWERS) -> Item:
    """Return a domain as a whole with its questions."""
    return _plain_item(material, domain.key, domain.title, answers)


def profile_item(material: Material, profile: Profile, answers: Answers = NO_ANSWERS) -> Item:
    """Return a position with what it asks for and its questions."""
    titles = {
        each.key: f"{each.code} {each.title}" for each in material.framework.all_competencies()
    }
    needs = tuple(
        Need(titles[each.competency], each.essential, each.weight) for each in profile.requirements
    )
    item = _plain_item(material, item_of_profile(profile.key), profile.title, answers)
    return replace(item, needs=needs)


def overall_item(material: Material, answers: Answers = NO_ANSWERS) -> Item:
    """Return the consultation as a whole with its questions."""
    item = _plain_item(material, CONSULTATION_ITEM, "The framework as a whole", answers)
    return replace(item, citation=str(material.published.reference), language="")


def _plain_item(material: Material, key: str, title: str, answers: Answers) -> Item:
    return Item(
        key=key,
        title=title,
        citation=material.published.citation(key),
        digest=material.published.digest,
        asks=asks(material.asked[key], answers),
        language=material.language_of(key),
    )


def asks(
    questions: Sequence[Question], answers: Answers, positions: Mapping[str, str] | None = None
) -> tuple[Ask, ...]:
    """Return questions as a page shows them: one for each position becomes one for all.

    `positions` has their titles by key. Positions that were asked in other words than the one
    before them, since a question was put right meanwhile, stand under words of their own.
    """
    titles = positions or {}
    return tuple(
        ask
        for _, group in groupby(questions, lambda each: _words_for_all(each, titles))
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
            language=first.language,
        )
        return
    for each in questions:
        words = said(each, answers)
        if isinstance(each, Rewording):
            yield Single(words, each.present, each.language, each.present_language)
        else:
            yield Single(words, language=each.language)


def _words_for_all(question: Question, titles: Mapping[str, str]) -> tuple[str, ...]:
    """Return what questions have in common that are one question for several positions."""
    title = titles.get(question.key.position, "")
    labels = [each.label for each in question.options] if isinstance(question, OneOf) else []
    if title:
        # Where the page names the position in another language, the words cannot be compared.
        text = _for_all(question.text, title) if title in question.text else ""
        labels += [text, question.hint.replace(title, "…")]
    return (question.key.question, question.language, *labels)


def _for_all(text: str, position: str) -> str:
    """Return a question without the position that it begins with, or with dots in its place."""
    if text.startswith(f"{position}: "):
        rest = text.removeprefix(f"{position}: ")
        return rest[:1].upper() + rest[1:]
    return text.replace(position, "…")


def _signs(material: Material, competency: Competency, polarity: Polarity) -> tuple[Sign, ...]:
    return tuple(
        Sign(each.text, material.language_of(each.key))
        for each in competency.indicators_of(polarity)
    )
