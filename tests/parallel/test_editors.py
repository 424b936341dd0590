"""Two to five people on one draft: nothing is lost silently, and what was typed comes back."""

from __future__ import annotations

import itertools
import random
import threading

import pytest

from tests.parallel.editors import WORD, Editor, Memory, colleagues, final_answers
from tests.program import Program

STEPS = 60


def editors_of(program: Program, number: int, seed: int) -> tuple[list[Editor], Memory]:
    """Return so many colleagues who edit one draft."""
    memory, numbers = Memory(), itertools.count()
    editors = [
        Editor(browser, place, memory, random.Random(f"{seed} {place}"), numbers)  # noqa: S311
        for place, browser in enumerate(colleagues(program, number))
    ]
    return editors, memory


def missing(editors: list[Editor], memory: Memory) -> list[str]:
    """Return the words that were acknowledged and are not in the draft any more."""
    found = final_answers(editors[0].browser)
    there = set(WORD.findall(" ".join(value for values in found.values() for value in values)))
    return sorted(memory.words - there)


@pytest.mark.parametrize("number", [2, 3, 5])
def test_colleagues_who_take_turns_at_random_lose_nothing(program: Program, number: int) -> None:
    editors, memory = editors_of(program, number, seed=number)
    chance = random.Random(number)  # noqa: S311  # The same every time.
    for _ in range(STEPS):
        chance.choice(editors).act()
    for editor in editors:
        if editor.screen is not None:
            editor.save()
    assert missing(editors, memory) == []
    assert memory.not_given_back == []
    assert len(memory.words) > STEPS / 10
    assert memory.clashes > 0, "nobody ever met anybody"
    found = final_answers(editors[0].browser)
    # The choice of no answer leaves no answer.
    assert {name: found.get(name, [""])[0] for name in memory.choices} == memory.choices


def test_colleagues_who_write_at_the_same_moment_lose_nothing(program: Program) -> None:
    editors, memory = editors_of(program, 5, seed=9)
    failures: list[BaseException] = []
    for _ in range(4):
        together = threading.Barrier(len(editors))

        def write(editor: Editor, together: threading.Barrier = together) -> None:
            try:
                editor.open("culture.speaking-up")
                for _ in range(3):
                    editor.type()
                together.wait()
                editor.save()
            except BaseException as error:
                together.abort()
                failures.append(error)

        threads = [threading.Thread(target=write, args=(editor,)) for editor in editors]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failures == []
    assert missing(editors, memory) == []
    assert memory.not_given_back == []
    assert memory.clashes > 0, "nobody ever met anybody"
