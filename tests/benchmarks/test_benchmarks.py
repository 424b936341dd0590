"""The benchmarks run, and nothing has become slower by a whole order.

The bounds are wide because the machine is busy with other tests; `make benchmarks` says more.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from exports.tables.packages import WRITERS
from exports.worker import Press
from tests.benchmarks.copies import costs, pack_memory, sealed_form
from tests.benchmarks.exporting import in_a_child
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


@pytest.mark.parametrize("suffix", WRITERS)
def test_the_memory_of_a_table_does_not_grow_with_its_rows(suffix: str) -> None:
    few = in_a_child("rows", suffix, "1000")
    many = in_a_child("rows", suffix, "20000")
    assert many["peak"] < 150
    assert many["peak"] - few["peak"] < 12


def test_the_memory_of_an_export_does_not_grow_with_its_responses(tmp_path: Path) -> None:
    peaks = []
    for number in (20, 200):
        (home := tmp_path / str(number)).mkdir()
        in_a_child("add", str(number), str(home))
        found = in_a_child("make", "csv", "responses", str(home))
        assert found["responses"] == number
        peaks.append(found["peak"])
    assert max(peaks) < 150
    assert peaks[1] - peaks[0] < 20
