"""Who is counted with whom."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.equality.pool import LEAST, draw


@given(st.integers(0, 300), st.booleans(), st.randoms(use_true_random=False))
def test_no_group_is_smaller_than_the_least_and_no_form_is_in_two(
    waiting: int, is_over: bool, chance: random.Random
) -> None:
    taken, kept = draw(range(waiting), is_over=is_over, chance=chance)

    assert len(taken) == 0 or len(taken) >= LEAST
    assert len({*taken, *kept}) == len(taken) + len(kept)
    if not is_over:
        assert {*taken, *kept} == set(range(waiting))


@pytest.mark.parametrize(
    ("waiting", "is_over", "taken", "kept"),
    [
        (0, False, 0, 0),
        (19, False, 0, 19),
        (20, False, 10, 10),
        (45, False, 35, 10),
        (0, True, 0, 0),
        (9, True, 0, 0),
        (10, True, 10, 0),
        (45, True, 45, 0),
    ],
)
def test_some_stay_behind_until_it_is_over(
    waiting: int, is_over: bool, taken: int, kept: int
) -> None:
    parts = draw(range(waiting), is_over=is_over, chance=random.SystemRandom())

    assert tuple(map(len, parts)) == (taken, kept)


def test_every_form_is_as_likely_to_stay_as_any_other_the_newest_too() -> None:
    stayed: Counter[int] = Counter()
    chance = random.Random(7)  # noqa: S311  The test is to go the same way every time.
    for _ in range(4000):
        stayed.update(draw(range(20), is_over=False, chance=chance)[1])

    # Each stays in half of the draws: 2000, with a standard deviation of 32.
    assert all(1800 < stayed[form] < 2200 for form in range(20))
