"""Where a response stands, what its sender may do and what can be decided about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.consultations.respondents import Publish
from webapp.consultations.submissions import (
    DECIDED,
    SURGE,
    Decision,
    EventKind,
    Standing,
    SubmissionEvent,
    decisions_on,
    permission_of,
    sender_may,
    standing_of,
)

NOW = dt.datetime(2026, 6, 8, 9, tzinfo=dt.UTC)
KINDS = st.lists(st.sampled_from(EventKind), max_size=5)
HELD = st.sampled_from(((), (SURGE,), (SURGE, "trap")))


def stands(*kinds: EventKind, late: bool = False, held: Sequence[str] = ()) -> Standing:
    return standing_of(lodged_late=late, held_for=tuple(held), kinds=set(kinds))


@pytest.mark.parametrize(
    ("late", "held", "kinds", "expected"),
    [
        (False, (), (), Standing.COUNTS),
        (False, (), (EventKind.PERMISSION,), Standing.COUNTS),
        (False, (SURGE,), (), Standing.HELD),
        (False, (SURGE,), (EventKind.RELEASED,), Standing.COUNTS),
        (False, (SURGE,), (EventKind.SET_ASIDE,), Standing.SET_ASIDE),
        (False, (SURGE,), (EventKind.SET_ASIDE, EventKind.RELEASED), Standing.COUNTS),
        (True, (), (), Standing.LATE),
        (True, (), (EventKind.ADMITTED,), Standing.COUNTS),
        (True, (), (EventKind.DECLINED,), Standing.NOT_ADMITTED),
        (True, (), (EventKind.DECLINED, EventKind.ADMITTED), Standing.COUNTS),
        (True, (SURGE,), (), Standing.HELD),
        (True, (SURGE,), (EventKind.RELEASED,), Standing.LATE),
        (False, (), (EventKind.REPLACED,), Standing.REPLACED),
        (False, (SURGE,), (EventKind.WITHDRAWN,), Standing.WITHDRAWN),
        (True, (), (EventKind.ADMITTED, EventKind.REMOVED), Standing.REMOVED),
        (False, (), (EventKind.REPLACED, EventKind.REMOVED), Standing.REMOVED),
    ],
)
def test_where_a_response_stands_follows_from_its_events(
    late: bool, held: tuple[str, ...], kinds: tuple[EventKind, ...], expected: Standing
) -> None:
    assert stands(*kinds, late=late, held=held) is expected


@given(late=st.booleans(), held=HELD, kinds=KINDS)
def test_only_who_is_neither_held_nor_late_counts_without_a_decision(
    late: bool, held: tuple[str, ...], kinds: list[EventKind]
) -> None:
    if stands(*kinds, late=late, held=held) is Standing.COUNTS:
        assert not held or EventKind.RELEASED in kinds
        assert not late or EventKind.ADMITTED in kinds
        assert not {EventKind.REPLACED, EventKind.WITHDRAWN, EventKind.REMOVED} & set(kinds)


@given(late=st.booleans(), held=HELD, kinds=KINDS)
def test_every_decision_that_is_offered_changes_where_it_stands(
    late: bool, held: tuple[str, ...], kinds: list[EventKind]
) -> None:
    before = stands(*kinds, late=late, held=held)
    for decision in decisions_on(before):
        after = stands(*kinds, DECIDED[decision], late=late, held=held)
        assert after is not before
        assert decision not in decisions_on(after)


@given(late=st.booleans(), held=HELD, kinds=KINDS)
def test_what_is_over_stays_over(late: bool, held: tuple[str, ...], kinds: list[EventKind]) -> None:
    if stands(*kinds, late=late, held=held).is_over:
        for more in EventKind:
            assert stands(*kinds, more, late=late, held=held).is_over


@given(late=st.booleans(), held=HELD, decisions=st.lists(st.sampled_from(Decision), max_size=6))
def test_what_counts_stops_counting_only_by_removal(
    late: bool, held: tuple[str, ...], decisions: list[Decision]
) -> None:
    kinds: list[EventKind] = []
    for decision in decisions:
        before = stands(*kinds, late=late, held=held)
        if decision in decisions_on(before):
            kinds.append(DECIDED[decision])
            after = stands(*kinds, late=late, held=held)
            if before is Standing.COUNTS:
                assert (decision, after) == (Decision.REMOVE, Standing.REMOVED)


def test_a_lead_cannot_undo_what_a_sender_did() -> None:
    assert decisions_on(Standing.WITHDRAWN) == ()
    assert decisions_on(Standing.REPLACED) == (Decision.REMOVE,)


@pytest.mark.parametrize("standing", Standing)
def test_a_sender_may_replace_and_withdraw_only_while_it_is_open(standing: Standing) -> None:
    closed = sender_may(standing, is_open=False)
    assert not closed.replace
    assert not closed.withdraw
    opened = sender_may(standing, is_open=True)
    assert opened.replace == opened.withdraw == (not standing.is_over)
    assert closed.change_permission == opened.change_permission == (not standing.is_over)


@given(
    first=st.sampled_from(Publish),
    changes=st.lists(st.one_of(st.none(), st.sampled_from(Publish)), max_size=5),
)
def test_the_permission_is_the_last_that_was_given(
    first: Publish, changes: list[Publish | None]
) -> None:
    events = [
        SubmissionEvent(EventKind.PERMISSION if each else EventKind.RELEASED, NOW, publish=each)
        for each in changes
    ]
    expected = first
    for each in changes:
        expected = each or expected
    assert permission_of(first, events) is expected
