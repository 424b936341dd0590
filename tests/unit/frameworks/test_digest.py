"""Digests: the same for the same content, another for any other."""

import re

import pytest

from frameworks.digest import (
    competency_digest,
    file_digest,
    framework_digest,
    questionnaire_digest,
    short,
)
from frameworks.fields import DIGEST_PATTERN, Line
from frameworks.model import ChangeKind, Derivation, Polarity
from tests.factories.frameworks import a_competency, a_framework, a_questionnaire

COMPETENCY = a_competency("culture.speaking-up", "Makes it safe to speak up")


def test_a_digest_has_its_form() -> None:
    assert re.fullmatch(DIGEST_PATTERN, framework_digest(a_framework()))
    assert short(file_digest(b"")) == "e3b0c44298fc"


def test_a_field_that_is_left_at_its_default_changes_no_digest() -> None:
    class Later(type(COMPETENCY)):  # type: ignore[misc]  # a made-up next edition of the model
        mnemonic: Line | None = None

    later = Later.model_validate(COMPETENCY.model_dump(by_alias=True))

    assert competency_digest(later) == competency_digest(COMPETENCY)


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "9.9"},
        {"derivation": Derivation(change=ChangeKind.MOVED, rationale="Asked for.")},
        {"development": ()},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_is_neither_asked_nor_scored_does_not_count(changes: dict[str, object]) -> None:
    assert competency_digest(COMPETENCY.model_copy(update=changes)) == competency_digest(COMPETENCY)


@pytest.mark.parametrize(
    "changes",
    [
        {"key": "culture.other"},
        {"title": "Other"},
        {"statement": "I do other things."},
        {"only_for": ("provider-chair",)},
        {"indicators": COMPETENCY.indicators[:1]},
        {"indicators": COMPETENCY.indicators[::-1]},
        {
            "indicators": (
                COMPETENCY.indicators[0].model_copy(update={"polarity": Polarity.INEFFECTIVE}),
                *COMPETENCY.indicators[1:],
            )
        },
        {"anchors": ()},
        {"questions": ()},
    ],
)
def test_whatever_is_asked_or_scored_counts(changes: dict[str, object]) -> None:
    assert competency_digest(COMPETENCY.model_copy(update=changes)) != competency_digest(COMPETENCY)


def test_a_word_more_is_another_framework_and_another_questionnaire() -> None:
    framework, questionnaire = a_framework(), a_questionnaire()

    assert framework_digest(a_framework(summary="Other.")) != framework_digest(framework)
    assert framework_digest(a_framework(version="1.0.0-beta.2")) != framework_digest(framework)
    assert questionnaire_digest(a_questionnaire(title="Other")) != questionnaire_digest(
        questionnaire
    )
