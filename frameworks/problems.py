"""What is wrong with a file, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

Path = tuple[str | int, ...]
"""The way from the top of a file to a value: keys of mappings and positions in lists."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a value that need not have come from a file."""

    path: Path
    message: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong on a line of a file; line 1 also where the whole file is to blame."""

    source: str
    line: int
    message: str

    def __str__(self) -> str:
        """Return `file:line: message`, as compilers and editors do."""
        return f"{self.source}:{self.line}: {self.message}"


class Unreadable(ValueError):
    """A file that cannot be used, with every problem in it, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems; the message is all of them, one a line."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that is most like this one; empty where none is near."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.7)
    return near[0] if near else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a suggestion that ends a message; empty where no known word is near."""
    near = nearest(word, known)
    return f"; did you mean “{near}”?" if near else ""
