"""Where a version stands on a day."""

import datetime as dt

import pytest

from frameworks.lifecycle import Dated, Status, find_in_force, statuses
from frameworks.model import Reference
from tests.factories.frameworks import a_framework

FIRST, SECOND = dt.date(2026, 4, 1), dt.date(2027, 4, 1)


def version(number: str, start: dt.date | None = None, withdrawn: dt.date | None = None) -> Dated:
    return Dated(a_framework(version=number, effective_from=start), withdrawn)


def standing(versions: list[Dated], on: dt.date) -> dict[str, Status]:
    return {reference.version: status for reference, status in statuses(versions, on).items()}


@pytest.mark.parametrize(
    ("number", "status"),
    [
        ("1.0.0-alpha.1", Status.DRAFT),
        ("1.0.0-beta.1", Status.CONSULTATION),
        ("1.0.0-rc.1", Status.CANDIDATE),
    ],
)
def test_a_version_before_the_final_says_in_its_name_what_it_is_for(
    number: str, status: Status
) -> None:
    assert standing([version(number)], FIRST) == {number: status}


def test_a_final_version_is_in_force_from_its_start_until_the_next_one_starts() -> None:
    versions = [version("1.0.0", FIRST), version("2.0.0", SECOND)]
    day = dt.timedelta(days=1)

    assert standing(versions, FIRST - day) == {"1.0.0": "final", "2.0.0": "final"}
    assert standing(versions, FIRST) == {"1.0.0": "in force", "2.0.0": "final"}
    assert standing(versions, SECOND - day) == {"1.0.0": "in force", "2.0.0": "final"}
    assert standing(versions, SECOND) == {"1.0.0": "superseded", "2.0.0": "in force"}


def test_of_two_that_start_on_one_day_the_higher_version_holds() -> None:
    versions = [version("1.0.1", FIRST), version("1.0.0", FIRST)]

    assert standing(versions, FIRST) == {"1.0.1": "in force", "1.0.0": "superseded"}


def test_a_draft_ends_with_what_comes_after_it() -> None:
    versions = [
        version("1.0.0-alpha.1"),
        version("1.0.0-beta.1"),
        version("1.0.0", FIRST),
        version("1.1.0-beta.1"),
        version("2.0.0-alpha.1"),
    ]

    assert standing(versions, FIRST) == {
        "1.0.0-alpha.1": "superseded",
        "1.0.0-beta.1": "superseded",
        "1.0.0": "in force",
        "1.1.0-beta.1": "consultation",
        "2.0.0-alpha.1": "draft",
    }


def test_a_withdrawn_version_gives_way_to_the_one_before_it() -> None:
    versions = [version("1.0.0", FIRST), version("2.0.0", SECOND, dt.date(2027, 6, 1))]

    assert standing(versions, dt.date(2027, 5, 31))["2.0.0"] is Status.IN_FORCE
    assert standing(versions, dt.date(2027, 6, 1)) == {"1.0.0": "in force", "2.0.0": "withdrawn"}


def test_before_the_first_start_nothing_is_in_force() -> None:
    assert find_in_force([version("1.0.0", FIRST)], dt.date(2026, 3, 31)) is None


def test_statuses_are_told_by_reference() -> None:
    reference = Reference(slug="board-example", version="1.0.0")

    assert statuses([version("1.0.0", FIRST)], FIRST) == {reference: Status.IN_FORCE}
