"""No small count is shown, and none can be worked out from what is."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.measures.disclosure import Control, disclose

COUNTS = st.lists(st.integers(0, 200), min_size=1, max_size=12)


def test_zero_is_shown_small_counts_are_hidden_and_others_rounded() -> None:
    assert disclose([0, 1, 7, 8, 12, 13, 42]) == (0, None, None, 10, 10, 15, 40)


def test_a_lone_hidden_count_takes_the_smallest_other_with_it() -> None:
    assert disclose([3, 60, 20, 0]) == (None, 60, None, 0)


def test_counts_that_are_few_even_together_take_one_more_with_them() -> None:
    assert disclose([2, 1, 60, 20]) == (None, None, 60, None)


def test_where_all_others_are_zero_zeros_are_hidden_too() -> None:
    assert disclose([5, 0, 0]) == (None, None, None)


def test_nothing_small_means_nothing_hidden() -> None:
    assert disclose([0, 10, 23]) == (0, 10, 25)
    assert disclose([]) == ()


def test_the_thresholds_are_the_caller_s() -> None:
    assert disclose([3, 2, 6, 11], Control(hidden_up_to=2, rounded_to=1)) == (None, None, 6, 11)


@given(COUNTS)
def test_no_count_of_one_to_seven_is_ever_shown(counts: list[int]) -> None:
    for n, shown in zip(counts, disclose(counts), strict=True):
        if 1 <= n <= 7:
            assert shown is None
        elif shown is not None:
            assert shown % 5 == 0
            assert abs(shown - n) <= 2


@settings(max_examples=60)
@given(st.lists(st.integers(0, 16), min_size=2, max_size=4))
def test_a_hidden_count_cannot_be_worked_out_even_by_who_knows_the_total(
    counts: list[int],
) -> None:
    shown = disclose(counts)
    hidden = [place for place, each in enumerate(shown) if each is None]
    if not hidden or sum(counts) <= 7:
        return

    # Whoever tries knows how counts are hidden as well.
    possible = {each for each in _worlds(shown, sum(counts)) if disclose(each) == shown}

    assert tuple(counts) in possible
    for place in hidden:
        assert len({world[place] for world in possible}) > 1


def test_hiding_small_counts_alone_would_give_one_back() -> None:
    """What the check above sees where nothing but the small count is hidden."""
    assert {world[0] for world in _worlds((None, 0, 0), 9)} == {9}


def _worlds(shown: tuple[int | None, ...], total: int) -> set[tuple[int, ...]]:
    """Return every set of counts that is in keeping with what is shown and makes up the total."""
    ranges = [
        [0] if each == 0 else range(total + 1) if each is None else range(each - 2, each + 3)
        for each in shown
    ]
    return {world for world in itertools.product(*ranges) if sum(world) == total}
