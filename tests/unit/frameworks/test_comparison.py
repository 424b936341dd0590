"""Comparison against expectations written by hand."""

from __future__ import annotations

from typing import Any

import pytest

from frameworks.comparison import Added, Changed, Fate, Moved, Removed, Reworded, compare
from frameworks.model import (
    ChangeKind,
    Competency,
    Derivation,
    Domain,
    Framework,
    Indicator,
    Polarity,
    Tombstone,
    WithdrawalReason,
)
from frameworks.outline import Kind, Place
from frameworks.revision import revise
from frameworks.steps import Step, is_typo, least_step, step_between
from frameworks.wording import compare_texts
from tests.factories.frameworks import a_framework


def edited(framework: Framework, key: str, **changes: Any) -> Framework:
    """Return the framework with one competency changed."""
    return rebuilt(
        framework, lambda each: [each.model_copy(update=changes)] if each.key == key else [each]
    )


def rebuilt(framework: Framework, replace: Any) -> Framework:
    """Return the framework with every competency put through `replace`, which gives a list."""

    def walk(domain: Domain) -> Domain:
        kept = tuple(new for old in domain.competencies for new in replace(old))
        return domain.model_copy(
            update={"competencies": kept, "domains": tuple(walk(each) for each in domain.domains)}
        )

    return framework.model_copy(update={"domains": tuple(walk(each) for each in framework.domains)})


@pytest.fixture
def before() -> Framework:
    return a_framework()


@pytest.fixture
def first(before: Framework) -> Competency:
    return next(before.all_competencies())


def test_a_version_is_not_different_from_itself(before: Framework) -> None:
    assert compare(before, before).changes == ()
    assert least_step(compare(before, before)) is Step.NONE


def test_a_reworded_statement_is_told_in_full(before: Framework, first: Competency) -> None:
    after = edited(before, first.key, statement="I listen to everyone and act on what I hear.")
    (change,) = compare(before, after).changes
    assert isinstance(change, Reworded)
    assert (change.place.key, change.field) == (first.key, "statement")
    assert change.text.before == first.statement
    assert change.text.after == "I listen to everyone and act on what I hear."
    assert least_step(compare(before, after)) is Step.MINOR


def test_a_mended_slip_asks_for_a_patch_only(before: Framework, first: Competency) -> None:
    after = edited(before, first.key, statement=first.statement + "!")
    assert least_step(compare(before, after)) is Step.PATCH


def test_a_new_indicator_is_a_gain_of_the_item(before: Framework, first: Competency) -> None:
    new = Indicator(key=f"{first.key}.newly", polarity=Polarity.EFFECTIVE, text="Does it.")
    after = edited(before, first.key, indicators=(*first.indicators, new))
    (change,) = compare(before, after).changes
    place = Place(Kind.INDICATOR, new.key, first.key)
    assert change == Added(place, new, first.key, len(first.indicators))
    assert compare(before, after).about(first.key) == (change,)
    (back,) = compare(after, before).changes
    assert back == Removed(place, new, first.key)


def test_a_competency_that_is_new_altogether_is_a_major_step(
    before: Framework, first: Competency
) -> None:
    new = first.model_copy(
        update={
            "key": "culture.newly",
            "indicators": (),
            "questions": (),
            "derivation": Derivation(change=ChangeKind.NEW),
        }
    )
    after = rebuilt(before, lambda each: [each, new] if each.key == first.key else [each])
    (change,) = compare(before, after).changes
    assert isinstance(change, Added)
    assert change.value == new
    assert least_step(compare(before, after)) is Step.MAJOR
    fates = {each.key: each.fate for each in compare(before, after).competencies()}
    assert fates.pop("culture.newly") is Fate.ADDED
    assert set(fates.values()) == {Fate.UNCHANGED}


def test_a_split_with_its_weight_shared_out_is_a_minor_step(before: Framework) -> None:
    requirement = before.profiles[0].requirements[0]
    origin = before.competency(requirement.competency)
    halves = tuple(
        origin.model_copy(
            update={
                "key": f"{origin.key}-{name}",
                "only_for": (),
                "indicators": (),
                "questions": (),
                "derivation": Derivation.model_validate({"change": "split", "from": (origin.key,)}),
            }
        )
        for name in ("one", "two")
    )
    after = rebuilt(before, lambda each: halves if each.key == origin.key else [each])
    profiles = []
    for profile in before.profiles:
        requirements = []
        for each in profile.requirements:
            if each.competency != origin.key:
                requirements.append(each)
                continue
            share = each.weight // 2
            for half, weight in zip(halves, (share, each.weight - share), strict=True):
                requirements.append(
                    each.model_copy(update={"competency": half.key, "weight": weight})
                )
        profiles.append(profile.model_copy(update={"requirements": tuple(requirements)}))
    tombstone = Tombstone(
        key=origin.key,
        last_version=before.version,
        reason=WithdrawalReason.SPLIT,
        replaced_by=tuple(half.key for half in halves),
    )
    after = after.model_copy(update={"profiles": tuple(profiles), "withdrawn": (tombstone,)})
    comparison = compare(before, after)
    assert least_step(comparison) is Step.MINOR
    (gone,) = [each for each in comparison.competencies() if each.fate is Fate.REMOVED]
    assert gone.tombstone == tombstone

    heavier = profiles[0].requirements[0].model_copy(update={"weight": 99})
    profiles[0] = profiles[0].model_copy(
        update={"requirements": (heavier, *profiles[0].requirements[1:])}
    )
    after = after.model_copy(update={"profiles": tuple(profiles)})
    assert least_step(compare(before, after)) is Step.MAJOR


def test_a_changed_weight_is_a_major_step(before: Framework) -> None:
    profile = before.profiles[0]
    requirement = profile.requirements[0]
    heavier = requirement.model_copy(update={"weight": requirement.weight + 1})
    changed = profile.model_copy(update={"requirements": (heavier, *profile.requirements[1:])})
    after = before.model_copy(update={"profiles": (changed, *before.profiles[1:])})
    (change,) = compare(before, after).changes
    place = Place(Kind.REQUIREMENT, requirement.competency, profile.key)
    assert change == Changed(place, "weight", requirement.weight, requirement.weight + 1)
    assert least_step(compare(before, after)) is Step.MAJOR


def test_a_competency_that_moves_is_told_with_both_domains(
    before: Framework, first: Competency
) -> None:
    home = before.domain_of(first.key)
    other = next(each for each in before.domains if each.key != home.key)

    def walk(domain: Domain) -> Domain:
        kept = tuple(each for each in domain.competencies if each.key != first.key)
        if domain.key == other.key:
            kept = (*kept, first)
        return domain.model_copy(
            update={"competencies": kept, "domains": tuple(walk(each) for each in domain.domains)}
        )

    after = before.model_copy(update={"domains": tuple(walk(each) for each in before.domains)})
    (change,) = compare(before, after).changes
    assert isinstance(change, Moved)
    assert (change.place.key, change.before, change.after) == (first.key, home.key, other.key)
    assert least_step(compare(before, after)) is Step.MINOR
    assert revise(before, compare(before, after).changes) == after


@pytest.mark.parametrize(
    ("before", "after", "typo"),
    [
        ("Recieves concerns.", "Receives concerns.", True),
        ("a concern", "A concern,", True),
        ("Comittee papers", "Committee papers", True),
        ("We do now act", "We do not act", False),
        ("It is legal", "It is illegal", False),
        ("One word", "One word more", False),
        ("capable of it", "incapable of it", False),
    ],
)
def test_only_slips_count_as_typos(before: str, after: str, typo: bool) -> None:
    assert is_typo(compare_texts(before, after)) is typo


@pytest.mark.parametrize(
    ("before", "after", "step"),
    [
        ("1.0.0", "2.0.0-beta.1", Step.MAJOR),
        ("1.0.0", "1.1.0", Step.MINOR),
        ("1.0.0", "1.0.1", Step.PATCH),
        ("1.0.0-beta.1", "1.0.0", Step.NONE),
    ],
)
def test_the_step_of_two_versions_is_the_first_number_that_differs(
    before: str, after: str, step: Step
) -> None:
    assert step_between(before, after) is step
