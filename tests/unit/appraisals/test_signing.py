"""Whose signature comes next."""

from __future__ import annotations

import pytest

from tests.factories.reviews import POSITION, TODAY, a_reviewed_framework
from webapp.appraisals.signing import (
    OutOfTurn,
    check_turn,
    next_step,
    place_of,
    relation_of,
    step_of,
    third_persons,
)
from webapp.appraisals.starting import rule_for
from webapp.security import Relation

RULE = rule_for(a_reviewed_framework(), POSITION, TODAY)


def test_the_rule_says_who_signs_first_second_and_third() -> None:
    order: list[str] = []
    while (step := next_step(RULE, order)) is not None:
        order.append(step.key)

    assert order == ["appraisee", "appraiser", "region"]
    assert [place_of(RULE, key) for key in order] == [1, 2, 3]


def test_each_step_belongs_to_a_relation() -> None:
    assert [relation_of(step) for step in RULE.signatures] == [
        Relation.APPRAISEE,
        Relation.APPRAISER,
        Relation.SIGNATORY,
    ]
    assert [step.key for step in third_persons(RULE)] == ["region"]


def test_nobody_signs_before_their_turn() -> None:
    with pytest.raises(OutOfTurn, match="Person appraised signs first"):
        check_turn(RULE, "region", set())


def test_nobody_signs_twice() -> None:
    with pytest.raises(OutOfTurn, match="signed already"):
        check_turn(RULE, "appraisee", {"appraisee"})


def test_after_the_last_there_is_nothing_to_sign() -> None:
    everybody = {"appraisee", "appraiser", "region"}
    with pytest.raises(OutOfTurn, match="signed already"):
        check_turn(RULE, "region", everybody)
    with pytest.raises(OutOfTurn, match="Everybody"):
        check_turn(RULE, "somebody-else", everybody)


def test_whose_turn_it_is_gets_the_words_of_the_rule() -> None:
    assert check_turn(RULE, "appraiser", {"appraisee"}).words == "This is my assessment."


def test_a_step_that_the_rule_lacks_has_no_place() -> None:
    with pytest.raises(KeyError):
        place_of(RULE, "nobody")
    with pytest.raises(KeyError):
        step_of(RULE, "nobody")
