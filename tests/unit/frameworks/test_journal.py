"""LOCK is only added to, and says on which line it is damaged."""

import datetime as dt

import pytest

from frameworks.journal import HEADER, published_line, read_journal, withdrawn_line
from frameworks.model import Reference
from frameworks.problems import Unreadable

ONE = Reference.parse("board-example@1.0.0-beta.1")
TWO = Reference.parse("board-example@1.0.0")
DIGEST = f"sha256:{'a' * 64}"
OTHER = f"sha256:{'b' * 64}"
GOOD = (
    HEADER
    + published_line(ONE, dt.date(2026, 1, 5), DIGEST, OTHER)
    + published_line(TWO, dt.date(2026, 3, 1), OTHER, DIGEST)
    + withdrawn_line(ONE, dt.date(2026, 3, 1), "a mistake\nin the title")
)


def test_a_journal_says_what_was_published_and_withdrawn_and_when() -> None:
    locked = read_journal(GOOD)

    assert list(locked) == [ONE, TWO]
    assert locked[ONE].published_on == dt.date(2026, 1, 5)
    assert locked[ONE].withdrawn_on == dt.date(2026, 3, 1)
    assert (locked[ONE].file_digest, locked[ONE].content_digest) == (DIGEST, OTHER)
    assert (locked[ONE].line, locked[TWO].line) == (3, 4)
    assert locked[TWO].withdrawn_on is None


def test_an_entry_is_one_line() -> None:
    assert GOOD.splitlines()[2] == (
        f"2026-01-05 published board-example@1.0.0-beta.1 file={DIGEST} content={OTHER}"
    )
    assert GOOD.splitlines()[4] == (
        "2026-03-01 withdrawn board-example@1.0.0-beta.1 because a mistake in the title"
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("2026-01-05 published", "5 January published", 3, "is not a line of LOCK"),
        ("2026-01-05", "2026-13-05", 3, "month must be in 1..12"),
        ("board-example@1.0.0 file", "board-example file", 4, "is not a reference"),
        ("2026-03-01 published", "2025-03-01 published", 4, "2025-03-01 stands after 2026-01-05"),
        ("2026-03-01 published", "2026-03-01 edited", 4, "“edited” is neither published nor"),
        (f"file={OTHER}", "file=sha256:b", 4, "has no file=sha256:… content=sha256:…"),
        ("board-example@1.0.0 file", "board-example@1.0.0-beta.1 file", 4, "published on line 3"),
        ("withdrawn board-example@1.0.0-beta.1", "withdrawn board-example@9.0.0", 5, "was never"),
        ("in the title\n", "in the title", 5, "the last line is cut off: restore the file"),
    ],
)
def test_a_damaged_journal_is_told_on_its_line(old: str, new: str, line: int, message: str) -> None:
    assert old in GOOD

    with pytest.raises(Unreadable) as caught:
        read_journal(GOOD.replace(old, new, 1), "x/LOCK")

    problem = caught.value.problems[0]
    assert (problem.source, problem.line) == ("x/LOCK", line)
    assert message in problem.message


def test_nothing_is_withdrawn_twice() -> None:
    with pytest.raises(Unreadable, match="was already withdrawn on 2026-03-01"):
        read_journal(GOOD + withdrawn_line(ONE, dt.date(2026, 4, 1), "again"))
