"""The benchmarks run, and nothing has become slower by a whole order.

The bounds are wide because the machine is busy with other tests; `make benchmarks` says more.
"""

from __future__ import annotations

from tests.benchmarks.installation import an_installation
from tests.benchmarks.pages import page_ratios
from tests.benchmarks.submitting import submitting


def test_a_page_of_forty_competencies_is_not_far_from_a_bare_template() -> None:
    with an_installation() as program:
        ratios = page_ratios(program, rounds=3)
    assert {name: ratio for name, (ratio, _) in ratios.items() if ratio > 30} == {}


def test_a_submission_is_not_far_from_a_bare_insert_of_its_rows() -> None:
    ratio, rows = submitting(60)
    assert ratio > 0.2
    assert rows > 40
