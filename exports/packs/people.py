"""The people of a pack, read from a table that a spreadsheet saved, with every problem at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from exports.delimited import NotATable, Row, read_rows
from frameworks.problems import did_you_mean
from frameworks.questions import AnswerKey

MOST_PEOPLE = 10_000
LONGEST_VALUE = 200
"""How many characters a cell holds at most: all of them fit the field that they are for."""
_MOST_HINTS = 50


class PackForm(StrEnum):
    """Which form everybody gets."""

    APPRAISAL = "appraisal"
    SCORECARD = "scorecard"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: what it may be called and which field it fills, if any."""

    name: str
    about: AnswerKey | None
    other_names: tuple[str, ...] = ()
    is_needed: bool = False


PROFILE = Column("profile", None, ("profile key", "board position"))
COLUMNS: Mapping[PackForm, tuple[Column, ...]] = {
    PackForm.APPRAISAL: (
        Column("name", AnswerKey("about", "person"), ("person", "full name", "appraisee"), True),
        Column("role", AnswerKey("about", "position"), ("position", "job title", "title")),
        PROFILE,
        Column("organisation", AnswerKey("about", "organisation"), ("trust", "employer")),
        Column("period", AnswerKey("about", "period")),
        Column("appraiser", AnswerKey("about", "appraiser")),
    ),
    PackForm.SCORECARD: (
        Column("candidate", AnswerKey("about", "candidate"), ("name", "candidate name"), True),
        Column("assessor", AnswerKey("about", "assessor"), ("panel member",)),
        PROFILE,
    ),
}
_NAMED_TWICE = {
    PackForm.APPRAISAL: ("name", "organisation", "period"),
    PackForm.SCORECARD: ("candidate", "assessor"),
}
"""What makes somebody the same person twice, together with the profile."""

_ALREADY = {
    PackForm.APPRAISAL: "with the same profile, organisation and period",
    PackForm.SCORECARD: "with the same profile and assessor",
}


@dataclass(frozen=True, slots=True)
class Person:
    """One row: its line in the table, the key of its profile and what it says by column."""

    line: int
    profile: str
    values: tuple[tuple[str, str], ...]

    @property
    def said(self) -> dict[str, str]:
        """What the row says by the name of the column, without what it leaves empty."""
        return dict(self.values)


@dataclass(frozen=True, slots=True)
class LineProblem:
    """Something wrong on a line of the table, in a sentence."""

    line: int
    message: str

    def __str__(self) -> str:
        """Return the sentence with its place."""
        return f"line {self.line}: {self.message}"


class PeopleUnreadable(ValueError):
    """A table that cannot be used, with everything that is wrong with it, in its order."""

    def __init__(self, problems: Iterable[LineProblem]) -> None:
        """Keep the problems; the message is all of them, one a line."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def read_people(
    text: str, form: PackForm, profiles: Mapping[str, str], profile: str = ""
) -> tuple[Person, ...]:
    """Return the people of a table in its order.

    `profiles` are the titles of the positions by their keys; a row may say either. `profile` is
    the key for the rows that say none. Raises PeopleUnreadable with every problem at once.
    """
    try:
        rows = read_rows(text)
        header, *others = rows or [Row(1, ())]
    except NotATable as wrong:
        raise PeopleUnreadable([LineProblem(wrong.line, str(wrong))]) from None
    columns, problems = _columns(header, form, needs_profile=not profile)
    if problems:
        # Below a header that is not understood every row would be wrong as well.
        raise PeopleUnreadable(problems)
    if not others:
        problems.append(LineProblem(header.line, "there is nobody below the header"))
    if len(others) > MOST_PEOPLE:
        line = others[MOST_PEOPLE].line
        raise PeopleUnreadable(
            [
                LineProblem(
                    line,
                    f"the table has {len(others)} people and a pack holds {MOST_PEOPLE} at most: "
                    "send it in parts",
                )
            ]
        )
    reader = _Reader(form, columns, profiles, profile)
    people = [reader.read(row) for row in others]
    problems += sorted([*reader.problems, *_repeated(people, form)], key=lambda each: each.line)
    if problems:
        raise PeopleUnreadable(problems)
    return tuple(people)


@dataclass(frozen=True, slots=True)
class _Named:
    """A column as it stands in the table, None for one that is to be passed over."""

    column: Column | None


def _columns(
    header: Row, form: PackForm, *, needs_profile: bool
) -> tuple[tuple[_Named, ...], list[LineProblem]]:
    known = {
        _plain(name): column
        for column in COLUMNS[form]
        for name in (column.name, *column.other_names)
    }
    found: list[_Named] = []
    problems = []
    for typed in header.cells:
        column = known.get(_plain(typed))
        if column is None and typed:
            hint = did_you_mean(_plain(typed), known)
            names = ", ".join(each.name for each in COLUMNS[form])
            problems.append(f"there is no column “{typed}”{hint or f'; the columns are: {names}'}")
        elif column is not None and _Named(column) in found:
            problems.append(f"the column “{column.name}” is there twice")
        found.append(_Named(column))
    for column in COLUMNS[form]:
        needed = column.is_needed or (column is PROFILE and needs_profile)
        if needed and _Named(column) not in found:
            why = " because no position was given for everybody" if column is PROFILE else ""
            problems.append(f"the column “{column.name}” is missing and is needed{why}")
    return tuple(found), [LineProblem(header.line, each) for each in problems]


class _Reader:
    """Reads rows one after the other and notes what is wrong with them."""

    def __init__(
        self,
        form: PackForm,
        columns: Sequence[_Named],
        profiles: Mapping[str, str],
        profile: str,
    ) -> None:
        self.problems: list[LineProblem] = []
        self._columns = columns
        self._needed = [each for each in COLUMNS[form] if each.is_needed]
        self._profiles = profiles
        self._profile = profile
        self._hints: dict[str, str] = {}
        self._untold = f"; the profiles are: {', '.join(profiles)}"
        self._keys = {_plain(title): key for key, title in profiles.items()}
        self._keys |= {_plain(key): key for key in profiles}

    def read(self, row: Row) -> Person:
        """Return what a row says, as far as it can be read."""
        said = dict(self._said(row))
        for column in self._needed:
            if not said.get(column.name):
                self._note(row, f"the {column.name} is missing")
        typed = said.pop(PROFILE.name, "")
        return Person(row.line, self._key(row, typed), tuple(said.items()))

    def _said(self, row: Row) -> Iterator[tuple[str, str]]:
        for number, cell in enumerate(row.cells):
            named = self._columns[number] if number < len(self._columns) else _Named(None)
            if named.column is None:
                if cell:
                    self._note(row, f"“{_short(cell)}” stands below no heading")
            elif len(cell) > LONGEST_VALUE:
                self._note(
                    row,
                    f"the {named.column.name} has {len(cell)} characters and at most "
                    f"{LONGEST_VALUE} fit",
                )
            elif cell:
                yield named.column.name, cell

    def _key(self, row: Row, typed: str) -> str:
        if not typed:
            if not self._profile:
                self._note(row, "the profile is missing")
            return self._profile
        key = self._keys.get(_plain(typed), "")
        if not key:
            hint = self._near(typed.lower()) or self._all_profiles()
            self._note(row, f"there is no profile “{_short(typed)}”{hint}")
        return key

    def _near(self, typed: str) -> str:
        """Return what may have been meant; looked for a few times, as it takes a while."""
        if typed not in self._hints and len(self._hints) < _MOST_HINTS:
            self._hints[typed] = did_you_mean(typed, self._profiles)
        return self._hints.get(typed, "")

    def _all_profiles(self) -> str:
        """Return what ends the first message about a profile: once is enough."""
        known, self._untold = self._untold, ""
        return known

    def _note(self, row: Row, message: str) -> None:
        self.problems.append(LineProblem(row.line, message))


def _repeated(people: Iterable[Person], form: PackForm) -> Iterator[LineProblem]:
    first: dict[tuple[str, ...], int] = {}
    columns = _NAMED_TWICE[form]
    for person in people:
        said = person.said
        if not said.get(columns[0]):
            continue
        same = (person.profile, *(_plain(said.get(column, "")) for column in columns))
        line = first.setdefault(same, person.line)
        if line != person.line:
            name = _short(said[columns[0]])
            yield LineProblem(person.line, f"{name} is on line {line} already, {_ALREADY[form]}")


def _plain(text: str) -> str:
    """Return a text without the differences that nobody means: case, spaces, hyphens."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(folded.replace("_", " ").replace("-", " ").split())


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
