"""The benchmarks run, and nothing has become slower by a whole order.

The bounds are wide because the machine is busy with other tests; `make benchmarks` says more.
"""

from __future__ import annotations

from exports.worker import Press
from tests.benchmarks.copies import costs, pack_memory, sealed_form
from tests.benchmarks.installation import an_installation
from tests.benchmarks.pages import page_ratios
from tests.benchmarks.records import speed_of_two
from tests.benchmarks.submitting import submitting


def test_a_page_of_forty_competencies_is_not_far_from_a_bare_template() -> None:
    with an_installation() as program:
        ratios = page_ratios(program, rounds=3)
    assert {name: ratio for name, (ratio, _) in ratios.items() if ratio > 30} == {}


def test_a_submission_is_not_far_from_a_bare_insert_of_its_rows() -> None:
    ratio, rows = submitting(60)
    assert ratio > 0.2
    assert rows > 40


def test_a_copy_costs_a_small_part_of_rendering_it_and_a_pack_keeps_none() -> None:
    press = Press(processes=1)
    try:
        base = sealed_form(press)
        found = costs(press, base, copies=50, renderings=1)
    finally:
        press.close()
    assert found.ratio > 1_000
    assert found.whole_save > 20 * found.section
    (_, _, few), (_, _, many) = (pack_memory(base, count) for count in (50, 500))
    # Far less than one file each: what stays is who they are and where their file is.
    assert many - few < 450 * len(base) / 1024 / 1024 / 20


def test_two_processes_of_the_press_are_not_much_slower_than_one() -> None:
    assert speed_of_two(number=2, rounds=1) > 0.3
