"""What the log shows of classes and lists."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.consultations.respondents import INDIVIDUAL_CLASSES, ORGANISATION_TYPES
from webapp.outreach.entries import EVERYBODY
from webapp.outreach.lines import ClassState, ClassTold, by_class
from webapp.outreach.names import same_name
from webapp.outreach.pasting import read_list

TOLD = ClassTold(2, 300, 1, dt.date(2026, 11, 20))
CLASSES = [option.key for option in (*INDIVIDUAL_CLASSES, *ORGANISATION_TYPES)]


@pytest.mark.parametrize(
    ("told", "responses", "state"),
    [
        (TOLD, 3, ClassState.ANSWERED),
        (TOLD, 0, ClassState.WAITED_FOR),
        (None, 0, ClassState.UNTOLD),
        (None, 1, ClassState.ANSWERED_UNTOLD),
    ],
)
def test_a_class_is_in_one_of_four_states(
    told: ClassTold | None, responses: int, state: ClassState
) -> None:
    found = by_class({"acute": told} if told else {}, {"acute": responses})
    assert next(line for line in found.lines if line.key == "acute").state is state


def test_telling_everybody_tells_no_class() -> None:
    found = by_class({EVERYBODY: TOLD}, {})
    assert found.everybody == TOLD
    assert found.number(ClassState.UNTOLD) == len(found.lines)


@given(st.sets(st.sampled_from(CLASSES)), st.sets(st.sampled_from(CLASSES)))
def test_every_class_is_in_one_state_and_shown_once(told: set[str], came: set[str]) -> None:
    found = by_class(dict.fromkeys(told, TOLD), dict.fromkeys(came, 1))
    assert [line.key for line in found.lines] == CLASSES
    assert sum(found.number(state) for state in ClassState) == len(CLASSES)


def test_a_class_that_is_no_longer_offered_still_counts() -> None:
    found = by_class({"primary-care-trust": TOLD}, {})
    assert found.organisations[-1].key == "primary-care-trust"


@given(st.lists(st.text(st.characters(exclude_categories=["C"]), max_size=30), max_size=20))
def test_a_list_names_each_organisation_once(lines: list[str]) -> None:
    pasted = read_list("\n".join(lines), frozenset())
    compared = [same_name(each.name) for each in pasted.names]
    assert len(set(compared)) == len(compared)
    assert all(same_name(each) in compared for each in pasted.repeated)
