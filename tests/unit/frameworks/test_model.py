"""Versions and references in parts, and lookups in the tree."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frameworks.fields import VERSION_PATTERN
from frameworks.model import Reference, SemVer, Use
from tests.factories.frameworks import a_framework

versions = st.from_regex(VERSION_PATTERN.replace("$", r"\Z"))
LADDER = (
    *("0.9.0", "1.0.0-alpha.1", "1.0.0-alpha.2", "1.0.0-alpha.10", "1.0.0-beta.1"),
    *("1.0.0-rc.1", "1.0.0", "1.0.1", "1.1.0-beta.1", "1.1.0", "1.2.0", "1.10.0", "2.0.0"),
)


def test_versions_sort_as_versions_and_never_as_strings() -> None:
    assert sorted(LADDER, key=lambda each: SemVer.parse(each).sort_key()) == list(LADDER)
    assert sorted(LADDER) != list(LADDER)


@given(versions, versions)
def test_one_of_two_different_versions_comes_first(one: str, other: str) -> None:
    before, after = SemVer.parse(one), SemVer.parse(other)

    assert (before < after) + (after < before) == (one != other)


@pytest.mark.parametrize(
    "text", ["1", "1.0", "01.0.0", "1.0.0-beta", "1.0.0-beta.0", "1.0.0\n", "1.٣.0", "v1.0.0"]
)
def test_anything_else_is_no_version(text: str) -> None:
    with pytest.raises(ValueError, match="is not a version"):
        SemVer.parse(text)


def test_a_reference_comes_back_from_its_text() -> None:
    reference = Reference.parse("board-leadership@1.0.0-beta.1")

    assert (reference.slug, reference.version) == ("board-leadership", "1.0.0-beta.1")
    assert str(reference) == "board-leadership@1.0.0-beta.1"


@pytest.mark.parametrize("text", ["board", "board@", "@1.0.0", "board@1.0", "Board@1.0.0", "a@b@c"])
def test_anything_else_is_no_reference(text: str) -> None:
    with pytest.raises(ValueError, match="is not a reference"):
        Reference.parse(text)


def test_competencies_are_found_at_any_depth() -> None:
    framework = a_framework()

    assert framework.competency("governance.money").title == "Keeps the money honest"
    assert framework.domain_of("governance.money").key == "governance.resources"
    assert [each.key for each in framework.all_competencies()] == [
        "culture.speaking-up",
        "culture.listening",
        "governance.challenge",
        "governance.risk",
        "governance.money",
    ]


@pytest.mark.parametrize("find", ["competency", "domain", "domain_of", "profile", "scale"])
def test_what_is_not_there_is_not_made_up(find: str) -> None:
    with pytest.raises(KeyError, match="nothing"):
        getattr(a_framework(), find)("nothing")


def test_a_use_without_a_scale_has_none() -> None:
    scale = a_framework().scale_for(Use.INTERVIEW)

    assert scale is not None
    assert scale.key == "evidence"
    assert a_framework(uses=()).scale_for(Use.INTERVIEW) is None


def test_a_rule_ends_on_the_day_before_until() -> None:
    first, second = a_framework().profile("provider-chair").accountability

    assert first.holds_on(dt.date(2026, 3, 31))
    assert not first.holds_on(dt.date(2026, 4, 1))
    assert second.holds_on(dt.date(2026, 4, 1))
