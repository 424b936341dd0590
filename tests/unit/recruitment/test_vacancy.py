"""The plan of a stage, as a list that is changed without being changed."""

import pytest

from frameworks.interview import ChosenQuestion
from frameworks.model import AssessAt
from tests.factories.frameworks import a_framework
from webapp.recruitment.vacancy import (
    NoSuchQuestion,
    StagePlan,
    added,
    coverage,
    moved,
    removed,
    replaced,
    required_competencies,
)

FIRST = ChosenQuestion("First?", ("culture.speaking-up",))
SECOND = ChosenQuestion("Second?", ("culture.speaking-up",))
THIRD = ChosenQuestion("Third?", ("culture.speaking-up",))
ALL = (FIRST, SECOND, THIRD)


def test_a_question_moves_past_its_neighbour_only() -> None:
    assert moved(ALL, 1, up=True) == (SECOND, FIRST, THIRD)
    assert moved(ALL, 1, up=False) == (FIRST, THIRD, SECOND)


def test_the_first_cannot_move_up_nor_the_last_down() -> None:
    assert moved(ALL, 0, up=True) == ALL
    assert moved(ALL, 2, up=False) == ALL


@pytest.mark.parametrize("place", [-1, 3])
def test_a_place_without_a_question_is_refused(place: int) -> None:
    with pytest.raises(NoSuchQuestion):
        removed(ALL, place)
    with pytest.raises(NoSuchQuestion):
        moved(ALL, place, up=True)
    with pytest.raises(NoSuchQuestion):
        replaced(ALL, place, FIRST)


def test_a_question_is_not_added_twice() -> None:
    assert added((FIRST,), (SECOND, FIRST)) == (FIRST, SECOND)


def test_what_a_stage_still_has_to_assess_is_told_apart_by_need() -> None:
    framework = a_framework()
    profile = framework.profiles[0]
    stage = AssessAt.INTERVIEW
    wanted = {each.competency for each in profile.requirements if stage in each.assess_at}
    essential = {
        each.competency
        for each in profile.requirements
        if stage in each.assess_at and each.essential
    }
    nothing = coverage(profile, StagePlan(stage))
    assert nothing.covered == ()
    assert set(nothing.essential_missing) == essential
    assert set(nothing.desirable_missing) == wanted - essential
    asked = StagePlan(stage, (ChosenQuestion("All?", tuple(sorted(wanted))),))
    assert set(coverage(profile, asked).covered) == wanted


def test_only_what_the_position_requires_can_be_asked_about() -> None:
    framework = a_framework()
    profile = framework.profiles[0]
    offered = {key for key, _ in required_competencies(framework, profile)}
    assert offered == {each.competency for each in profile.requirements}
