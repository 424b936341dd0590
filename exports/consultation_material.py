"""What a consultation asks and shows, in one language, as its documents need it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from frameworks.library import Published
from frameworks.model import Framework
from frameworks.questionnaire import (
    CONSULTATION_ITEM,
    Questionnaire,
    profile_item,
    questions_for_competency,
    questions_for_domain,
    questions_for_profile,
    questions_overall,
)
from frameworks.questions import Question

LanguageOf = Callable[[str], str]
"""From the key of an item, an indicator or a position to the tag of its language."""


def in_its_own(_key: str) -> str:
    """Say that a text is in the framework's own language, whatever its key."""
    return ""


@dataclass(frozen=True, slots=True)
class Material:
    """A framework version, the words in which it is shown, and what is asked about each item.

    `published` is what is cited. `framework` has the same keys, perhaps in another language;
    `language` is the tag of that language and `language_of` tells what is in it, empty for what is
    in the framework's own. `asked` has the questions by item key, one for every position where
    a question wants one.
    """

    published: Published
    framework: Framework
    questionnaire: str
    asked: Mapping[str, tuple[Question, ...]]
    language: str = ""
    language_of: LanguageOf = in_its_own


def material_of(published: Published, questionnaire: Questionnaire) -> Material:
    """Return what a version is asked by a questionnaire, in their own language."""
    framework = published.framework
    return Material(
        published=published,
        framework=framework,
        questionnaire=str(questionnaire.reference),
        asked={
            **{
                each.key: questions_for_competency(questionnaire, each, framework.profiles)
                for each in framework.all_competencies()
            },
            **{each.key: questions_for_domain(questionnaire, each) for each in framework.domains},
            **{
                profile_item(each.key): questions_for_profile(questionnaire, each)
                for each in framework.profiles
            },
            CONSULTATION_ITEM: questions_overall(questionnaire),
        },
    )
