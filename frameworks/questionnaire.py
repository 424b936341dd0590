"""What a consultation asks: the model of a questionnaire file, and the questions made from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, assert_never

from pydantic import ConfigDict, Field

from frameworks.fields import Frozen, LanguageTag, Line, Number, Prose, Slug, Text, Truth, Version
from frameworks.model import Competency, Domain, Licence, Profile, Reference
from frameworks.questions import (
    AnswerKey,
    LongText,
    OneOf,
    Option,
    Question,
    Rewording,
    ShortText,
    SomeOf,
)

CONSULTATION_ITEM = "consultation"
PROFILE_PREFIX = "profile."


class AskedOf(StrEnum):
    """What a question is about, and so how often it is asked."""

    COMPETENCY = "competency"
    DOMAIN = "domain"
    PROFILE = "profile"
    CONSULTATION = "consultation"


class Purpose(StrEnum):
    """What the answers are for, which says who may be asked and where they are kept."""

    CONSULTATION = "consultation"
    EQUALITY = "equality"


class AskedKind(StrEnum):
    """How a question is answered."""

    ONE_OF = "one_of"
    SOME_OF = "some_of"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    REWORDING = "rewording"


class AskedOption(Frozen):
    """One choice of a question."""

    key: Slug
    label: Line


class Asked(Frozen):
    """One question of the file; `{item}` and `{position}` in its text are filled in."""

    key: Slug
    asked_of: AskedOf
    per_position: Truth = False
    kind: AskedKind
    text: Text
    hint: Prose = ""
    max_length: Annotated[Number, Field(ge=1, le=20_000)] | None = None
    options: tuple[AskedOption, ...] = ()


class Questionnaire(Frozen):
    """A whole questionnaire version, as read from its file; every question may be left out."""

    schema_version: Annotated[Number, Field(ge=1, le=1)] = Field(default=1, alias="schema")
    slug: Slug
    version: Version
    title: Line
    language: LanguageTag = "en-GB"
    licence: Licence
    purpose: Purpose = Purpose.CONSULTATION
    questions: Annotated[tuple[Asked, ...], Field(min_length=1)]

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @property
    def reference(self) -> Reference:
        """The questionnaire's name and version."""
        return Reference(slug=self.slug, version=self.version)


def profile_item(profile_key: str) -> str:
    """Return the item key under which answers about a profile are kept."""
    return PROFILE_PREFIX + profile_key


def questions_for_competency(
    questionnaire: Questionnaire, competency: Competency, positions: Sequence[Profile]
) -> tuple[Question, ...]:
    """Return what is asked about a competency, for each position where a question wants one."""
    return tuple(
        _question(asked, competency.key, competency.title, competency.statement, position)
        for asked in _asked_of(questionnaire, AskedOf.COMPETENCY)
        for position in (positions if asked.per_position else (None,))
    )


def questions_for_domain(questionnaire: Questionnaire, domain: Domain) -> tuple[Question, ...]:
    """Return what is asked about a domain; its key is the item key."""
    return tuple(
        _question(asked, domain.key, domain.title, domain.looks_like)
        for asked in _asked_of(questionnaire, AskedOf.DOMAIN)
    )


def questions_for_profile(questionnaire: Questionnaire, profile: Profile) -> tuple[Question, ...]:
    """Return what is asked about a profile; its item key begins with `profile.`."""
    return tuple(
        _question(asked, profile_item(profile.key), profile.title)
        for asked in _asked_of(questionnaire, AskedOf.PROFILE)
    )


def questions_overall(questionnaire: Questionnaire) -> tuple[Question, ...]:
    """Return what is asked about the consultation as a whole; its item key is `consultation`."""
    return tuple(
        _question(asked, CONSULTATION_ITEM, "")
        for asked in _asked_of(questionnaire, AskedOf.CONSULTATION)
    )


def longest_answer(asked: Asked) -> int:
    """Return how many characters an answer may have; 0 where options are chosen."""
    if asked.options:
        return 0
    return asked.max_length or (300 if asked.kind is AskedKind.SHORT_TEXT else 4000)


def _asked_of(questionnaire: Questionnaire, about: AskedOf) -> tuple[Asked, ...]:
    return tuple(asked for asked in questionnaire.questions if asked.asked_of is about)


def _question(
    asked: Asked, item: str, title: str, present: str = "", position: Profile | None = None
) -> Question:
    key = AnswerKey(item, asked.key, position.key if position else "")
    names = {"{item}": title, "{position}": position.title if position else ""}
    text = _fill(asked.text, names)
    hint = _fill(asked.hint, names)
    options = tuple(Option(key=each.key, label=each.label) for each in asked.options)
    length = longest_answer(asked)
    match asked.kind:
        case AskedKind.ONE_OF:
            return OneOf(key=key, text=text, hint=hint, options=options)
        case AskedKind.SOME_OF:
            return SomeOf(key=key, text=text, hint=hint, options=options)
        case AskedKind.SHORT_TEXT:
            return ShortText(key=key, text=text, hint=hint, max_length=length)
        case AskedKind.LONG_TEXT:
            return LongText(key=key, text=text, hint=hint, max_length=length)
        case AskedKind.REWORDING:
            return Rewording(key=key, text=text, hint=hint, present=present, max_length=length)
        case _:
            assert_never(asked.kind)


def _fill(text: str, names: dict[str, str]) -> str:
    # One pass: a title that holds a placeholder is not filled in again.
    return re.sub(r"\{item\}|\{position\}", lambda found: names[found.group()], text)
