"""LOCK: the dated, append-only journal of what a folder of the library holds.

One line an entry, `2026-01-05 published board-leadership@1.0.0 file=sha256:… content=sha256:…` or
`2026-06-30 withdrawn board-leadership@1.0.0 because …`; lines that begin with # are comments. A
language variant is named by its version and language, `board-leadership@1.0.0.cy`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace

from frameworks.fields import DIGEST_PATTERN
from frameworks.problems import Problem, Unreadable
from frameworks.versions import Name, parse_name

LOCK = "LOCK"
HEADER = """\
# What is locked: one line an entry, never changed, only added to.
# A file that is listed here never changes again: publish a new version instead.
"""

_LINE = re.compile(
    r"(?P<on>\d{4}-\d\d-\d\d) (?P<act>\w+) (?P<what>\S+)(?: (?P<rest>.*))?", re.ASCII
)
_DIGEST = DIGEST_PATTERN.strip("^$")
_DIGESTS = re.compile(rf"file=(?P<file>{_DIGEST}) content=(?P<content>{_DIGEST})")


@dataclass(frozen=True, slots=True)
class Locked:
    """A version or variant that was published, and withdrawn perhaps, with its line in LOCK."""

    reference: Name
    published_on: dt.date
    file_digest: str
    content_digest: str
    line: int
    withdrawn_on: dt.date | None = None


@dataclass(slots=True)
class _Reading:
    source: str
    locked: dict[Name, Locked] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    last_on: dt.date = dt.date.min

    def refuse(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.source, line, message))


def read_journal(text: str, source: str = LOCK) -> dict[Name, Locked]:
    """Return what a LOCK says of each version and variant, in order; raises Unreadable."""
    reading = _Reading(source)
    lines = text.split("\n")
    if lines and lines[-1]:
        reading.refuse(len(lines), "the last line is cut off: restore the file")
    for number, line in enumerate(lines, start=1):
        if line and not line.startswith("#"):
            _read_line(reading, number, line)
    if reading.problems:
        raise Unreadable(reading.problems)
    return reading.locked


def published_line(reference: Name, on: dt.date, file_digest: str, content: str) -> str:
    """Return the line that locks a version or a variant."""
    return f"{on} published {reference} file={file_digest} content={content}\n"


def withdrawn_line(reference: Name, on: dt.date, reason: str) -> str:
    """Return the line that withdraws a version or a variant; its file stays."""
    return f"{on} withdrawn {reference} because {' '.join(reason.split())}\n"


def _read_line(reading: _Reading, number: int, line: str) -> None:
    found = _LINE.fullmatch(line)
    if not found:
        reading.refuse(number, "is not a line of LOCK: a date, a word and slug@version")
        return
    try:
        on = dt.date.fromisoformat(found["on"])
        reference = parse_name(found["what"])
    except ValueError as error:
        reading.refuse(number, str(error))
        return
    if on < reading.last_on:
        reading.refuse(number, f"{on} stands after {reading.last_on}: LOCK is only added to")
    reading.last_on = max(on, reading.last_on)
    rest = found["rest"] or ""
    match found["act"]:
        case "published":
            _publish(reading, number, on, reference, rest)
        case "withdrawn":
            _withdraw(reading, number, on, reference)
        case other:
            reading.refuse(number, f"“{other}” is neither published nor withdrawn")


def _publish(reading: _Reading, number: int, on: dt.date, reference: Name, rest: str) -> None:
    digests = _DIGESTS.fullmatch(rest)
    if not digests:
        reading.refuse(number, f"{reference} has no file=sha256:… content=sha256:…")
    elif reference in reading.locked:
        before = reading.locked[reference].line
        reading.refuse(number, f"{reference} was already published on line {before}")
    else:
        reading.locked[reference] = Locked(
            reference, on, digests["file"], digests["content"], number
        )


def _withdraw(reading: _Reading, number: int, on: dt.date, reference: Name) -> None:
    locked = reading.locked.get(reference)
    if locked is None:
        reading.refuse(number, f"{reference} is withdrawn but was never published")
    elif locked.withdrawn_on:
        reading.refuse(number, f"{reference} was already withdrawn on {locked.withdrawn_on}")
    else:
        reading.locked[reference] = replace(locked, withdrawn_on=on)
