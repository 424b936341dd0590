"""Whether two names are of one organisation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.outreach.names import Answered, Match, Names, same_name

CAME = (
    ("Riverside NHS Trust", True),
    ("Hillside NHS Foundation Trust", True),
    ("Royal College of Ward Clerks", True),
    ("Unison", False),
    ("Leeds Community Healthcare NHS Trust", True),
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Riverside NHS Trust", "  riverside   NHS trust. "),
        ("The King’s Fund", "Kings Fund"),
        ("Health & Care Board", "health and care board"),
        ("Ynys Môn", "ynys mon"),
        ("St. Mary's", "St Mary’s"),
        ("Straße", "STRASSE"),
    ],
)
def test_what_people_write_differently_is_one_name(one: str, other: str) -> None:
    assert same_name(one) == same_name(other) != ""


@given(st.text())
def test_comparing_a_compared_name_changes_nothing(name: str) -> None:
    once = same_name(name)
    assert same_name(once) == once or once.startswith("the ")


@pytest.mark.parametrize(
    ("told", "match"),
    [
        ("RIVERSIDE NHS TRUST", Match(Answered.YES)),
        ("UNISON", Match(Answered.NOT_COUNTED)),
        ("Hillside NHS Trust", Match(Answered.PERHAPS, ("Hillside NHS Foundation Trust",))),
        ("Hilside Trust", Match(Answered.PERHAPS, ("Hillside NHS Foundation Trust",))),
        ("RCWC", Match(Answered.PERHAPS, ("Royal College of Ward Clerks",))),
        ("Leeds Teaching Hospitals NHS Trust", Match(Answered.NO)),
        ("Valley NHS Trust", Match(Answered.NO)),
        ("NHS Trust", Match(Answered.NO)),
    ],
)
def test_a_name_is_found_for_certain_perhaps_or_not(told: str, match: Match) -> None:
    assert Names(CAME).match(told) == match


def test_a_long_name_is_found_by_its_initials() -> None:
    names = Names([("RCWC", True)])
    assert names.match("The Royal College of Ward Clerks").others == ("RCWC",)


@given(st.lists(st.tuples(st.text(min_size=1), st.booleans()), max_size=8), st.text())
def test_a_name_that_came_is_never_waited_for(came: list[tuple[str, bool]], other: str) -> None:
    names = Names(came)
    for name, _ in came:
        if same_name(name):
            assert not names.match(name).is_waited_for
    assert names.match(other).answered in Answered


def test_a_name_counts_where_any_response_in_it_does() -> None:
    names = Names([("Unison", False), ("UNISON", True), ("Unison.", False)])
    assert names.answered("unison") is Answered.YES
