"""A list of organisations as it is pasted: one a line, or the first column of a spreadsheet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from webapp.outreach.entries import AUDIENCE_LENGTH
from webapp.outreach.names import same_name

MOST_LINES = 1000
LONGEST_LIST = 200_000


@dataclass(frozen=True, slots=True)
class PastedName:
    """A name of a list; what was told before is told again only where somebody ticks it."""

    name: str
    was_told: bool


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a list names, in its order and each once; `repeated` are the lines left out for that.

    `problems` say what has to be put right first, each with its line.
    """

    names: tuple[PastedName, ...]
    repeated: tuple[str, ...]
    problems: tuple[str, ...]


def read_list(typed: str, told: Collection[str]) -> Pasted:
    """Return what a list names; `told` are the names told before, as they are compared.

    What stands after a tab belongs to other columns of a spreadsheet and is left out.
    """
    names: dict[str, PastedName] = {}
    repeated: list[str] = []
    problems: list[str] = []
    for number, line in enumerate(typed.splitlines(), 1):
        name = " ".join(line.partition("\t")[0].split())
        same = same_name(name)
        if not name:
            continue
        if not same:
            problems.append(f"Line {number} has no letters or figures: “{name}”")
        elif len(name) > AUDIENCE_LENGTH:
            problems.append(f"Line {number} is longer than {AUDIENCE_LENGTH} characters")
        elif same in names:
            repeated.append(name)
        else:
            names[same] = PastedName(name, same in told)
    if len(names) > MOST_LINES:
        problems.append(f"The list has more than {MOST_LINES:,} names: paste it in parts")
    return Pasted(tuple(names.values()), tuple(repeated), tuple(problems))
