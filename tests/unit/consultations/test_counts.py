"""The tables of counts."""

from __future__ import annotations

import datetime as dt

from tests.factories.consultations import an_asking
from webapp.consultations.counts import Count, Counts, counted, every_day


def counts(**changes: object) -> Counts:
    values: dict[str, object] = {
        "received": 7,
        "drafts": 4,
        "by_class": {
            ("individual", "governor"): 3,
            ("organisation", "union"): 2,
            ("organisation", "abolished-body"): 1,
        },
        "by_day": {},
        "by_item": {"culture.speaking-up": 5, "culture": 2, "profile.provider-chair": 1},
    }
    return counted(an_asking(), **(values | changes))  # type: ignore[arg-type]  # Any of them.


def test_the_base_is_everybody_and_drafts_stand_apart() -> None:
    found = counts()
    assert (found.total, found.individuals, found.organisations, found.drafts) == (6, 3, 3, 4)


def test_every_class_is_listed_with_its_zeros() -> None:
    found = counts()
    assert Count("Governor of a foundation trust", 3) in found.by_class
    assert Count("Member of the public", 0) in found.by_class


def test_a_class_that_is_no_longer_offered_still_counts() -> None:
    found = counts()
    assert sum(count.n for count in found.by_type) == found.organisations
    assert found.by_type[-1] == Count("abolished-body", 1)


def test_competencies_stand_under_their_domain_with_the_domain_itself_last() -> None:
    titles = [title for title, _ in counts().by_domain]
    assert titles == ["Compassionate and inclusive culture", "Governance and assurance"]
    culture = counts().by_domain[0][1]
    assert [count.n for count in culture] == [5, 0, 2]
    assert culture[0].code == "1.1"


def test_positions_and_the_whole_are_counted_on_their_own() -> None:
    found = counts(by_item={"profile.provider-chair": 2, "consultation": 3})
    assert [count.n for count in found.by_position] == [2, 0, 0]
    assert found.overall == 3


def test_a_day_without_responses_is_a_zero_and_not_left_out() -> None:
    first = dt.date(2026, 6, 1)
    days = every_day({first: 2, first + dt.timedelta(days=2): 1})
    assert [n for _, n in days] == [2, 0, 1]
    assert every_day({}) == ()
