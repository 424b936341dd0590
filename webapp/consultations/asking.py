"""What one consultation asks: its framework and questionnaire as items with questions."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from frameworks.digest import competency_digest
from frameworks.library import PublishedVariant
from frameworks.model import Competency, Domain, Framework
from frameworks.questionnaire import (
    CONSULTATION_ITEM,
    AskedOf,
    Questionnaire,
    profile_item,
    questions_for_competency,
    questions_for_domain,
    questions_for_profile,
    questions_overall,
)
from frameworks.questions import AnswerKey, Given, Question, Rewording, is_an_answer
from frameworks.variants import (
    Variant,
    framework_in_language,
    questionnaire_in_language,
    spoken,
)
from webapp.consultations.languages import (
    Language,
    edition_of,
    languages_of,
    newest_in,
    own_language,
)


@dataclass(frozen=True)
class Item:
    """One thing that is asked about, with every question about it for every position."""

    key: str
    asked_of: AskedOf
    title: str
    digest: str
    questions: tuple[Question, ...]
    domain_key: str = ""
    competency: Competency | None = None
    language: str = ""
    """The tag of the language that its texts are in; empty is the framework's own."""

    @cached_property
    def by_key(self) -> dict[AnswerKey, Question]:
        """The questions by their keys."""
        return {question.key: question for question in self.questions}


@dataclass(frozen=True, slots=True)
class Variants:
    """Every language variant there is of what is asked, in every revision."""

    framework: tuple[PublishedVariant, ...] = ()
    questionnaire: tuple[PublishedVariant, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownVariants:
    """The language variants that a page shows the words of."""

    framework: Variant | None = None
    questionnaire: Variant | None = None

    @property
    def editions(self) -> tuple[str, str]:
        """The edition of each, empty where there is none."""
        framework = self.framework.edition if self.framework else ""
        return framework, self.questionnaire.edition if self.questionnaire else ""

    @property
    def notes(self) -> tuple[str, ...]:
        """How what is shown was checked, and who made it, each said once."""
        there = [each for each in (self.framework, self.questionnaire) if each]
        return tuple(dict.fromkeys(f"{each.checked} Made by {each.made_by}." for each in there))


@dataclass(frozen=True)
class Asking:
    """A framework version and a questionnaire version, bound together and indexed once.

    In another language, `framework` and `questionnaire` hold the words to show; keys are the same,
    and digests stay those of the versions themselves, which are found in `own`.
    """

    framework: Framework
    questionnaire: Questionnaire
    framework_digest: str
    questionnaire_digest: str
    variants: Variants = Variants()
    language: str = ""
    """The tag of the language in which it is shown; empty is the framework's own."""

    shown: ShownVariants = ShownVariants()
    origin: Asking | None = None
    earlier: tuple[Asking, ...] = ()
    """What earlier editions asked, each in its own language, the first in front."""

    @property
    def own(self) -> Asking:
        """The same in the language of the framework."""
        return self.origin or self

    @cached_property
    def languages(self) -> tuple[Language, ...]:
        """The languages to choose from, the framework's own first; that alone without variants."""
        of_variants = languages_of((*self.variants.framework, *self.variants.questionnaire))
        return (own_language(self.framework.language), *of_variants)

    @property
    def chosen(self) -> Language:
        """The language in which it is shown."""
        return next(each for each in self.languages if each.tag == self.language)

    @property
    def language_of_titles(self) -> str:
        """The tag of the language of the framework's title and summary."""
        return self.language if self.shown.framework else ""

    @cached_property
    def translated(self) -> int:
        """How many competencies are shown in another language than the framework's own."""
        return sum(1 for key in self.competency_keys if self.language_of(key))

    def in_language(self, language: str) -> Asking:
        """Return the same in a language, by its tag; in its own where nothing is in that one."""
        return self.own._shown_as(
            language,
            newest_in(self.variants.framework, language),
            newest_in(self.variants.questionnaire, language),
        )

    def as_answered(self, edition: str, version: str = "") -> Asking:
        """Return the same in the very words in which an answer was given.

        `edition` is that of its language, `version` that of its questionnaire.
        """
        asked = self.in_version(version)
        return asked._shown_as(
            edition.partition(".")[0],
            edition_of(asked.variants.framework, edition),
            edition_of(asked.variants.questionnaire, edition),
        )

    @property
    def every_version(self) -> tuple[Asking, ...]:
        """What each edition asked, in its own language, the first in front and today's last."""
        return (*self.own.earlier, self.own)

    def version_named(self, version: str) -> str:
        """Return the version that an answer names: an older program named none but the first."""
        return version or self.every_version[0].questionnaire.version

    def in_version(self, version: str) -> Asking:
        """Return what was asked, in its own language, with a version of the questionnaire.

        Of a version that no edition had, it is what is asked now.
        """
        named = self.version_named(version)
        found = (each for each in self.own.earlier if each.questionnaire.version == named)
        return next(found, self.own)

    def language_of(self, key: str) -> str:
        """Return the tag of the language that an item, an indicator or a position is shown in."""
        return self.language if key in self._spoken else ""

    def edition_of(self, question: Question) -> str:
        """Return the edition that an answer is about: of the text that it rewords, or its words."""
        if isinstance(question, Rewording):
            variant, is_shown = self.shown.framework, question.present_language
        else:
            variant, is_shown = self.shown.questionnaire, question.language
        return variant.edition if variant and is_shown else ""

    def is_present_text(self, question: Question, text: str) -> bool:
        """Say whether a wording is unchanged, in whichever language its page was opened."""
        if not isinstance(question, Rewording):
            return False
        each_in = (self.own, *(self.in_language(each.tag) for each in self.languages))
        questions = (each.items[question.key.item].by_key[question.key] for each in each_in)
        return any(not is_an_answer(each, Given(text=text)) for each in questions)

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every item by its key, in the order in which a respondent meets them."""
        return {item.key: item for item in self._items()}

    @cached_property
    def competency_keys(self) -> tuple[str, ...]:
        """The keys of all competencies in printed order."""
        return tuple(each.key for each in self.framework.all_competencies())

    @cached_property
    def position_titles(self) -> dict[str, str]:
        """The titles of the positions by profile key, in printed order."""
        return {profile.key: profile.title for profile in self.framework.profiles}

    def items_for(self, chosen: Collection[str], positions: Collection[str]) -> tuple[Item, ...]:
        """Return what a respondent is asked about: the chosen competencies, each domain after
        the competencies chosen from it, the positions, and the consultation as a whole."""
        wanted = set(chosen) | {profile_item(key) for key in positions} | {CONSULTATION_ITEM}
        wanted |= {self.items[key].domain_key for key in chosen if key in self.items}
        return tuple(item for key, item in self.items.items() if key in wanted and item.questions)

    def questions_of(self, item: Item, positions: Collection[str]) -> tuple[Question, ...]:
        """Return the questions about an item that fit the positions a respondent chose."""
        return tuple(
            question
            for question in item.questions
            if not question.key.position or question.key.position in positions
        )

    @cached_property
    def _spoken(self) -> frozenset[str]:
        variant = self.shown.framework
        return frozenset(spoken(variant, self.own.framework)) if variant else frozenset()

    @cached_property
    def _asked(self) -> frozenset[str]:
        variant = self.shown.questionnaire
        return frozenset(spoken(variant, self.own.questionnaire)) if variant else frozenset()

    @cached_property
    def _others(self) -> dict[tuple[str, str], Asking]:
        return {}

    def _shown_as(
        self, language: str, framework: Variant | None, questionnaire: Variant | None
    ) -> Asking:
        if framework is None and questionnaire is None:
            return self
        shown = ShownVariants(framework, questionnaire)
        if shown.editions not in self._others:
            changes: dict[str, Any] = {"language": language, "shown": shown, "origin": self}
            if framework:
                changes["framework"] = framework_in_language(self.framework, framework)
            if questionnaire:
                changes["questionnaire"] = questionnaire_in_language(
                    self.questionnaire, questionnaire
                )
            self._others[shown.editions] = replace(self, **changes)
        return self._others[shown.editions]

    def _items(self) -> Iterator[Item]:
        for domain in self.framework.domains:
            for competency in domain.all_competencies():
                yield self._competency(competency, domain)
            questions = questions_for_domain(self.questionnaire, domain)
            yield self._item(AskedOf.DOMAIN, domain.key, domain.title, questions)
        for profile in self.framework.profiles:
            key = profile_item(profile.key)
            questions = questions_for_profile(self.questionnaire, profile)
            yield self._item(AskedOf.PROFILE, key, profile.title, questions)
        yield self._item(
            AskedOf.CONSULTATION,
            CONSULTATION_ITEM,
            "The framework as a whole",
            questions_overall(self.questionnaire),
        )

    def _competency(self, competency: Competency, domain: Domain) -> Item:
        questions = questions_for_competency(
            self.questionnaire, competency, self.framework.profiles
        )
        item = self._item(AskedOf.COMPETENCY, competency.key, competency.title, questions)
        digest = item.digest if self.origin else competency_digest(competency)
        return replace(item, digest=digest, domain_key=domain.key, competency=competency)

    def _item(
        self, asked_of: AskedOf, key: str, title: str, questions: tuple[Question, ...]
    ) -> Item:
        # What is answered is cited by the digest of the version, whatever language it was read in.
        digest = self.origin.items[key].digest if self.origin else self.framework_digest
        if self.origin:
            own = self.origin.items[key].questions
            questions = tuple(map(self._in_one_language, questions, own))
        return Item(key, asked_of, title, digest, questions, language=self.language_of(key))

    def _in_one_language(self, shown: Question, own: Question) -> Question:
        # A question names what it asks about, so its words and those names are in one language.
        item, position = shown.key.item, shown.key.position
        named = [profile_item(position)] if position else []
        named += [] if item == CONSULTATION_ITEM else [item]
        whole = shown.key.question in self._asked and self._spoken.issuperset(named)
        asked = shown.model_copy(update={"language": self.language}) if whole else own
        if isinstance(asked, Rewording) and isinstance(shown, Rewording):
            present = {"present": shown.present, "present_language": self.language_of(item)}
            return asked.model_copy(update=present)
        return asked
