"""A large framework is read in no more time than its YAML alone takes, give or take."""

from frameworks.writer import write_framework
from tests.benchmarks.reading import COMPETENCIES, large_framework, reading_ratio


def test_reading_and_checking_costs_at_most_half_as_much_again_as_the_yaml_alone() -> None:
    framework = large_framework()
    text = write_framework(framework)

    assert len(text.encode()) > 1_300_000
    assert sum(1 for _ in framework.all_competencies()) == COMPETENCIES
    assert reading_ratio(text, repeats=3) < 1.5
