"""The same version in another language: texts by item key, each held to the words it stands for.

A variant changes no key, no digest and no rule: it is what a reader is shown instead. An item is
shown in the variant's language once all of its texts are there, and in its own language before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field

from frameworks.digest import texts_digest
from frameworks.fields import (
    Digest,
    Frozen,
    ItemKey,
    Line,
    Number,
    OptionalLine,
    Prose,
    Slug,
    Text,
    VariantLanguage,
    Version,
)
from frameworks.model import Competency, Domain, Framework, Licence
from frameworks.questionnaire import Asked, Questionnaire, profile_item
from frameworks.versions import Reference, VariantReference

Source = Framework | Questionnaire
OPTION_PREFIX = "options."


class VariantOf(StrEnum):
    """What a variant is a variant of."""

    FRAMEWORK = "framework"
    QUESTIONNAIRE = "questionnaire"


class OptionText(Frozen):
    """The label of one option in the variant's language."""

    key: Slug
    label: OptionalLine = ""


class ItemTexts(Frozen):
    """The texts of one item in the variant's language; all blank where nobody wrote them yet.

    `source` is the digest of the texts that they stand for.
    """

    key: ItemKey
    source: Digest
    title: OptionalLine = ""
    statement: Prose = ""
    looks_like: Prose = ""
    text: Prose = ""
    hint: Prose = ""
    options: tuple[OptionText, ...] = ()

    @property
    def given(self) -> dict[str, str]:
        """What was written, by field; an option's label is `options.` and its key."""
        fields = ("title", "statement", "looks_like", "text", "hint")
        texts = {field: str(getattr(self, field)) for field in fields}
        texts |= {OPTION_PREFIX + each.key: each.label for each in self.options}
        return {field: text for field, text in texts.items() if text.strip()}


class Variant(Frozen):
    """A language variant of a framework or questionnaire version, as read from its file."""

    schema_version: Annotated[Number, Field(ge=1, le=1)] = Field(default=1, alias="schema")
    variant_of: VariantOf
    slug: Slug
    version: Version
    language: VariantLanguage
    revision: Annotated[Number, Field(ge=1)] = 1
    language_name: Line
    title: Line
    summary: Prose = ""
    made_by: Line
    checked: Text
    licence: Licence
    texts: Annotated[tuple[ItemTexts, ...], Field(min_length=1)]

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @property
    def reference(self) -> VariantReference:
        """The version, the language and the revision."""
        return VariantReference(
            slug=self.slug, version=self.version, language=self.language, revision=self.revision
        )

    @property
    def of(self) -> Reference:
        """The version that this is a variant of."""
        return Reference(slug=self.slug, version=self.version)

    @property
    def edition(self) -> str:
        """The language, and the revision from the second on: `cy`, `cy.2`."""
        return self.reference.edition

    def written(self) -> dict[str, ItemTexts]:
        """Return the items that have texts, by key."""
        return {each.key: each for each in self.texts if each.given}


@dataclass(frozen=True, slots=True)
class SourceTexts:
    """The texts of one item in its own language, by field, none of them blank."""

    key: str
    kind: str
    fields: tuple[tuple[str, str], ...]

    @property
    def digest(self) -> str:
        """The digest that a variant's texts of this item carry."""
        return texts_digest(dict(self.fields))


def source_texts(source: Source) -> tuple[SourceTexts, ...]:
    """Return every item of a version that has texts to put into another language, as printed."""
    items = _in_framework(source) if isinstance(source, Framework) else _in_questions(source)
    return tuple(each for each in items if each.fields)


def spoken(variant: Variant, source: Source) -> dict[str, ItemTexts]:
    """Return the items that can be shown in the variant's language, by key.

    They are there whole, and stand for the words that the version has.
    """
    known = {each.key: each for each in source_texts(source)}
    return {
        key: texts
        for key, texts in variant.written().items()
        if key in known
        and texts.source == known[key].digest
        and texts.given.keys() == dict(known[key].fields).keys()
    }


def framework_in_language(framework: Framework, variant: Variant) -> Framework:
    """Return a framework to show: the same keys, with the variant's texts where it has them.

    It is not the version that is cited: digests are those of `framework`.
    """
    written = spoken(variant, framework)
    profiles = tuple(
        each.model_copy(update={"title": written[profile_item(each.key)].title})
        if profile_item(each.key) in written
        else each
        for each in framework.profiles
    )
    return framework.model_copy(
        update={
            "title": variant.title,
            "summary": variant.summary or framework.summary,
            "domains": tuple(_domain(each, written) for each in framework.domains),
            "profiles": profiles,
        }
    )


def questionnaire_in_language(questionnaire: Questionnaire, variant: Variant) -> Questionnaire:
    """Return a questionnaire to show: the same keys, with the variant's texts where it has them."""
    written = spoken(variant, questionnaire)
    asked = tuple(
        _asked(each, written[each.key]) if each.key in written else each
        for each in questionnaire.questions
    )
    return questionnaire.model_copy(update={"title": variant.title, "questions": asked})


def _in_framework(framework: Framework) -> Iterator[SourceTexts]:
    for domain in framework.all_domains():
        yield _texts(domain.key, "domain", title=domain.title, looks_like=domain.looks_like)
        for each in domain.competencies:
            yield _texts(each.key, "competency", title=each.title, statement=each.statement)
            for indicator in each.indicators:
                yield _texts(indicator.key, "indicator", text=indicator.text)
            for question in each.questions:
                yield _texts(question.key, "question", text=question.text)
    for profile in framework.profiles:
        yield _texts(profile_item(profile.key), "position", title=profile.title)


def _in_questions(questionnaire: Questionnaire) -> Iterator[SourceTexts]:
    for asked in questionnaire.questions:
        labels = {OPTION_PREFIX + each.key: each.label for each in asked.options}
        yield _texts(asked.key, "question", text=asked.text, hint=asked.hint, **labels)


def _texts(key: str, kind: str, **texts: str) -> SourceTexts:
    return SourceTexts(key, kind, tuple((name, text) for name, text in texts.items() if text))


def _domain(domain: Domain, written: dict[str, ItemTexts]) -> Domain:
    texts = written.get(domain.key)
    own = {"title": texts.title, "looks_like": texts.looks_like} if texts else {}
    return domain.model_copy(
        update={
            **own,
            "competencies": tuple(_competency(each, written) for each in domain.competencies),
            "domains": tuple(_domain(each, written) for each in domain.domains),
        }
    )


def _competency(competency: Competency, written: dict[str, ItemTexts]) -> Competency:
    texts = written.get(competency.key)
    own = {"title": texts.title, "statement": texts.statement} if texts else {}
    update = {
        kind: tuple(
            each.model_copy(update={"text": written[each.key].text})
            if each.key in written
            else each
            for each in getattr(competency, kind)
        )
        for kind in ("indicators", "questions")
    }
    return competency.model_copy(update={**own, **update})


def _asked(asked: Asked, texts: ItemTexts) -> Asked:
    labels = {each.key: each.label for each in texts.options}
    options = tuple(each.model_copy(update={"label": labels[each.key]}) for each in asked.options)
    return asked.model_copy(update={"text": texts.text, "hint": texts.hint, "options": options})
