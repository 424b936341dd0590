"""Somebody who has copied everything that lies still, and wants to know who answered what.

The attacker knows in which order people responded and looks for anything that is in the same
order: rows as they lie, ids, transaction numbers, columns, bytes of files. Each finding is a
sequence of two kinds of answers, which is laid beside the responses from the front, from the back
and turned round. `probability` says how likely so many matches would be by chance alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import comb
from pathlib import Path
from typing import Any

from sqlalchemy import text

from webapp.persistence import Base, Database


@dataclass(frozen=True)
class Finding:
    """A sequence of answers, how well it matches, and how likely that is by chance."""

    where: str
    matches: int
    of: int
    probability: float

    def __str__(self) -> str:
        """Return the finding as it is printed."""
        return f"{self.matches:>3} of {self.of:<3} p={self.probability:<8.2g} {self.where}"


@dataclass(frozen=True)
class Attacker:
    """What is known of the people (their answers, to measure success) and the two answers."""

    truth: Sequence[str]
    one: str
    two: str

    def look(self, database: Database, home: Path, log: str = "") -> list[Finding]:
        """Return a finding for everything in which the two answers come in an order."""
        sequences = {
            **self._in_rows(database),
            **self._in_files(database, home),
            "the log": self._in_bytes(log.encode()),
        }
        found = [self.judge(where, sequence) for where, sequence in sequences.items()]
        return sorted((each for each in found if each.of), key=lambda each: each.probability)

    def judge(self, where: str, sequence: Sequence[str]) -> Finding:
        """Lay a sequence beside the responses in every way and return the best."""
        length = min(len(sequence), len(self.truth))
        ways = [
            (guessed[:length], known)
            for guessed in (list(sequence), list(sequence)[::-1])
            for known in (self.truth[:length], self.truth[-length:] if length else ())
        ]
        best = min(
            (
                (probability(guessed, known), sum(map(str.__eq__, guessed, known)))
                for guessed, known in ways
            ),
            key=lambda each: (each[0], -each[1]),
        )
        return Finding(where, best[1], length, best[0])

    def _in_rows(self, database: Database) -> dict[str, list[str]]:
        """Look through every table: as its rows lie, and ordered by each of its columns."""
        sequences = {}
        for table in [*sorted(Base.metadata.tables), "test_careless"]:
            rows = _rows(database, table)
            if not any(self._answer(row) for row in rows):
                continue
            sequences[f"{table} as it lies"] = self._expanded(rows)
            for column in rows[0]:
                ordered = sorted(rows, key=lambda row: str(row[column]))
                sequences[f"{table} by {column}"] = self._expanded(ordered)
        return sequences

    def _in_files(self, database: Database, home: Path) -> dict[str, list[str]]:
        """Look through the bytes of every file: the database, its log, and what lies beside it."""
        return {
            f"bytes of {path.name}": self._in_bytes(path.read_bytes())
            for path in files_of(database, home)
        }

    def _in_bytes(self, content: bytes) -> list[str]:
        pattern = re.compile(f"{re.escape(self.one)}|{re.escape(self.two)}".encode())
        return [found.group().decode() for found in pattern.finditer(content)]

    def _answer(self, row: Mapping[str, Any]) -> str:
        for value in row.values():
            shown = value if isinstance(value, bytes) else str(value).encode()
            if found := self._in_bytes(shown):
                return found[0]
        return ""

    def _expanded(self, rows: Iterable[Mapping[str, Any]]) -> list[str]:
        """Return the answer of each row, as often as the row counts it."""
        return [
            answer
            for row in rows
            if (answer := self._answer(row))
            for _ in range(int(row.get("n", 1)))
        ]


def probability(guessed: Sequence[str], known: Sequence[str]) -> float:
    """Return how likely at least so many matches are if the guesses were dealt at random."""
    if not known:
        return 1.0
    first = known[0]
    size, right, guesses = len(known), known.count(first), guessed.count(first)
    both = sum(a == b == first for a, b in zip(guessed, known, strict=True))
    most = min(right, guesses)
    ways = sum(
        comb(right, each) * comb(size - right, guesses - each) for each in range(both, most + 1)
    )
    return ways / comb(size, guesses)


def files_of(database: Database, home: Path) -> Iterator[Path]:
    """Yield the files of the database and of the installation."""
    yield from (path for path in sorted(home.rglob("*")) if path.is_file())
    if not database.is_sqlite:
        with database.reading() as session:
            folder = Path(session.scalars(text("SHOW data_directory")).one())
            name = session.scalars(
                text("SELECT oid FROM pg_database WHERE datname = current_database()")
            ).one()
        yield from (path for path in (folder / "base" / str(name)).glob("*") if path.is_file())
        yield from (path for path in (folder / "pg_wal").glob("*") if path.is_file())


def _rows(database: Database, table: str) -> list[dict[str, Any]]:
    hidden = "" if database.is_sqlite else "ctid, xmin::text AS xmin, "
    with database.reading() as session:
        exists = (
            text("SELECT 1 FROM sqlite_schema WHERE name = :name")
            if database.is_sqlite
            else text("SELECT 1 FROM pg_tables WHERE tablename = :name")
        )
        if session.execute(exists, {"name": table}).first() is None:
            return []
        order = "" if database.is_sqlite else " ORDER BY ctid"
        found = session.execute(text(f'SELECT {hidden}* FROM "{table}"{order}'))  # noqa: S608  Our own names.
        return [dict(row) for row in found.mappings()]
