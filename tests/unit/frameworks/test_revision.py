"""Changes put to use: the next framework, or a refusal that says why."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frameworks.comparison import (
    Added,
    Change,
    Changed,
    Kind,
    Moved,
    Place,
    Removed,
    Reordered,
    Reworded,
    compare,
    compare_texts,
)
from frameworks.library import Library
from frameworks.model import Framework
from frameworks.revision import CannotRevise, revise
from tests.factories.frameworks import a_competency, a_framework, a_requirement
from tests.unit.frameworks.generated import frameworks

LISTENING = Place(Kind.COMPETENCY, "culture.listening")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(frameworks(), frameworks(), st.randoms(use_true_random=False))
def test_the_changes_between_two_versions_lead_from_one_to_the_other(
    before: Framework, after: Framework, chance: random.Random
) -> None:
    changes = list(compare(before, after).changes)
    chance.shuffle(changes)

    assert revise(before, changes) == after


def test_the_versions_that_ship_lead_from_one_to_the_next_and_back() -> None:
    versions = [each.framework for each in Library.shipped().list()]

    for one in versions:
        for other in versions:
            assert revise(one, compare(one, other).changes) == other


def test_a_decision_written_by_hand_makes_the_next_text() -> None:
    before = a_framework()
    statement = before.competency("culture.listening").statement
    text = compare_texts(statement, "I listen first.")

    after = revise(before, [Reworded(LISTENING, "statement", text)])

    assert after.competency("culture.listening").statement == "I listen first."
    assert before.competency("culture.listening").statement == statement


def test_an_addition_without_a_position_goes_to_the_end() -> None:
    new = a_competency("culture.new", "Something new")

    after = revise(a_framework(), [Added(Place(Kind.COMPETENCY, new.key), new, "culture")])

    assert [each.key for each in after.domain("culture").competencies] == [
        "culture.speaking-up",
        "culture.listening",
        "culture.new",
    ]


def test_a_move_without_a_position_goes_to_the_end() -> None:
    after = revise(a_framework(), [Moved(LISTENING, "culture", "governance.resources")])

    assert [each.key for each in after.domain("governance.resources").competencies] == [
        "governance.risk",
        "governance.money",
        "culture.listening",
    ]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (
            Removed(Place(Kind.COMPETENCY, "culture.lost"), a_competency("culture.lost", "Lost")),
            "there is no competency “culture.lost”",
        ),
        (
            Changed(Place(Kind.REQUIREMENT, "culture.lost", "provider-chair"), "weight", 1, 2),
            "there is no requirement “culture.lost” of “provider-chair”",
        ),
        (
            Reworded(LISTENING, "title", compare_texts("Hears", "Listens")),
            "“title” of competency “culture.listening” is not what this change was made for",
        ),
        (
            Added(LISTENING, a_competency("culture.listening", "Again"), "culture"),
            "competency “culture.listening” is there already",
        ),
        (
            Added(Place(Kind.COMPETENCY, "x"), a_competency("x", "X"), "nowhere"),
            "cannot stand in domain “nowhere”: it is not there",
        ),
        (
            Moved(LISTENING, "culture", "nowhere"),
            "cannot stand in domain “nowhere”: it is not there",
        ),
        (
            Reordered(Place(Kind.DOMAIN, "culture"), "competencies", (), ("culture.listening",)),
            "“competencies” of domain “culture” holds other items than this order",
        ),
        (
            Changed(
                Place(Kind.REQUIREMENT, "culture.listening", "provider-chair"), "weight", 5, 500
            ),
            "weight",
        ),
        (Changed(LISTENING, "nonsense", 1, 2), "has no “nonsense”"),
    ],
)
def test_a_change_that_does_not_fit_is_refused(change: Change, why: str) -> None:
    with pytest.raises(CannotRevise, match=why):
        revise(a_framework(), [change])


def test_a_domain_that_still_holds_something_is_not_removed() -> None:
    gone = Removed(Place(Kind.DOMAIN, "culture"), a_framework().domain("culture"))

    with pytest.raises(CannotRevise, match=r"“culture” still holds competency"):
        revise(a_framework(), [gone])


def test_nothing_of_what_was_removed_can_be_changed() -> None:
    place = Place(Kind.INDICATOR, "culture.listening.asks", "culture.listening")
    gone = Removed(LISTENING, a_framework().competency("culture.listening"))

    with pytest.raises(CannotRevise, match="there is no indicator"):
        revise(a_framework(), [Changed(place, "polarity", "effective", "ineffective"), gone])


def test_two_additions_keep_the_order_of_their_positions() -> None:
    place = Place(Kind.REQUIREMENT, "governance.risk", "provider-chair")
    added = a_requirement("governance.risk")

    after = revise(a_framework(), [Added(place, added, "provider-chair", 0)])

    assert after.profile("provider-chair").requirements[0] == added
