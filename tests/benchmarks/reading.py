"""How long reading a large framework takes, beside what PyYAML alone takes: a ratio, no seconds.

Run with `python -m tests.benchmarks.reading`.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable

import yaml

from frameworks.model import (
    Anchor,
    Competency,
    Domain,
    Framework,
    Indicator,
    Polarity,
    PromptQuestion,
    Use,
)
from frameworks.reader import read_framework
from frameworks.writer import write_framework
from tests.factories.frameworks import a_competency, a_framework, a_profile, a_requirement

COMPETENCIES = 200
REPEATS = 7
WORDS = (
    "The board asks what is not being said, waits for the answer, and sees what changed as a "
    "result; people can raise concerns without fear of what happens to them next. "
)


def large_framework() -> Framework:
    """Make a framework of 200 competencies in ten domains, whose file has about 1.3 MB."""
    keys = [f"d{number % 10}.competency-{number}" for number in range(COMPETENCIES)]
    domains = tuple(
        Domain(
            key=f"d{number}",
            title=f"Domain {number}",
            looks_like=_prose(number, 60),
            competencies=tuple(_large(key) for key in keys if key.startswith(f"d{number}.")),
        )
        for number in range(10)
    )
    profiles = tuple(
        a_profile(
            key=f"position-{number}",
            title=f"Position {number}",
            requirements=tuple(a_requirement(key) for key in keys[number::2]),
        )
        for number in range(14)
    )
    return a_framework(domains=domains, profiles=profiles)


def _large(key: str) -> Competency:
    return a_competency(
        key,
        f"Competency {key}",
        statement=_prose(len(key), 40),
        indicators=tuple(
            Indicator(
                key=f"{key}.indicator-{number}",
                polarity=Polarity.EFFECTIVE if number % 3 else Polarity.INEFFECTIVE,
                text=_prose(number, 38),
            )
            for number in range(8)
        ),
        anchors=tuple(
            Anchor(scale="evidence", level=str(level), text=_prose(level, 30)) for level in range(5)
        ),
        questions=tuple(
            PromptQuestion(key=f"{key}.question-{number}", use=use, text=_prose(number, 22))
            for number, use in enumerate(Use)
        ),
    )


def _prose(start: int, length: int) -> str:
    words = WORDS.split()
    return " ".join(words[(start + number) % len(words)] for number in range(length))


def best_of(repeats: int, work: Callable[[], object]) -> float:
    """Return the seconds of the fastest of several runs."""
    fastest = float("inf")
    for _ in range(repeats):
        gc.collect()
        begun = time.perf_counter()
        work()
        fastest = min(fastest, time.perf_counter() - begun)
    return fastest


def reading_ratio(text: str, repeats: int = REPEATS) -> float:
    """Return the time of reading and checking over that of PyYAML's C loader alone."""
    loaded = best_of(repeats, lambda: yaml.load(text, Loader=yaml.CSafeLoader))
    return best_of(repeats, lambda: read_framework(text)) / loaded


def main() -> None:
    """Print the size of the file and the ratio."""
    text = write_framework(large_framework())
    ratio = reading_ratio(text)
    size = len(text.encode()) / 1_000_000
    sys.stdout.write(
        f"reading a framework: {size:.2f} MB, {COMPETENCIES} competencies: "
        f"{ratio:.2f} × CSafeLoader alone (at most 1.5)\n"
    )


if __name__ == "__main__":
    main()
