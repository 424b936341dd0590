"""What one consultation asks: its framework and questionnaire as items with questions."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from frameworks.digest import competency_digest
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
from frameworks.questions import AnswerKey, Question


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

    @cached_property
    def by_key(self) -> dict[AnswerKey, Question]:
        """The questions by their keys."""
        return {question.key: question for question in self.questions}


@dataclass(frozen=True)
class Asking:
    """A framework version and a questionnaire version, bound together and indexed once."""

    framework: Framework
    questionnaire: Questionnaire
    framework_digest: str
    questionnaire_digest: str

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

    def _items(self) -> Iterator[Item]:
        for domain in self.framework.domains:
            for competency in domain.all_competencies():
                yield self._competency(competency, domain)
            questions = questions_for_domain(self.questionnaire, domain)
            yield Item(domain.key, AskedOf.DOMAIN, domain.title, self.framework_digest, questions)
        for profile in self.framework.profiles:
            yield Item(
                profile_item(profile.key),
                AskedOf.PROFILE,
                profile.title,
                self.framework_digest,
                questions_for_profile(self.questionnaire, profile),
            )
        yield Item(
            CONSULTATION_ITEM,
            AskedOf.CONSULTATION,
            "The framework as a whole",
            self.framework_digest,
            questions_overall(self.questionnaire),
        )

    def _competency(self, competency: Competency, domain: Domain) -> Item:
        return Item(
            key=competency.key,
            asked_of=AskedOf.COMPETENCY,
            title=competency.title,
            digest=competency_digest(competency),
            questions=questions_for_competency(
                self.questionnaire, competency, self.framework.profiles
            ),
            domain_key=domain.key,
            competency=competency,
        )
