"""Whatever stands in an address, a page of a list is shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from webapp.web.paging import part_of


@given(st.text(max_size=12) | st.integers(-1, 20).map(str), st.integers(0, 500))
def test_any_page_that_is_asked_for_is_there(typed: str, total: int) -> None:
    part = part_of(typed, total, 50)
    assert 1 <= part.number <= part.of
    assert 0 <= part.first <= max(0, total - 1)


@given(st.integers(0, 500), st.integers(1, 60))
def test_the_parts_are_the_whole_list_once(total: int, length: int) -> None:
    everything = range(total)
    first = part_of("1", total, length)
    parts = [part_of(str(number), total, length) for number in range(1, first.of + 1)]
    assert [
        each for part in parts for each in everything[part.first : part.first + part.length]
    ] == list(everything)
