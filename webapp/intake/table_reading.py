"""A table of responses, one row an answer: what it says, with every mistake at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from exports.incoming.answer_rows import TableRow
from frameworks.problems import did_you_mean
from frameworks.questionnaire import profile_item
from frameworks.questions import AnswerKey, Given
from webapp.consultations.asking import Asking
from webapp.consultations.opening import uk_day
from webapp.intake.about_cells import AboutCells
from webapp.intake.answer_cells import AnswerCells
from webapp.intake.columns import ABOUT, NAMES, NEEDED
from webapp.intake.imports import ImportedResponse
from webapp.intake.table_notes import Mistake, Notes, one_line, plain, short

MOST_RESPONSES = 10_000
KEY_LENGTH = 100
_OTHER_NAMES = {
    "received": "received_on",
    "responding as": "responds_as",
    "respondent class": "class",
    "organisation name": "organisation",
    "permission": "publish",
    "competency": "item",
}


@dataclass(frozen=True, slots=True)
class TableRead:
    """What a table says; where there are mistakes nobody should take it for complete."""

    responses: tuple[ImportedResponse, ...]
    mistakes: tuple[Mistake, ...]

    @property
    def answers(self) -> int:
        """How many answers there are in all responses."""
        return sum(len(each.answers) for each in self.responses)


def read_responses(
    rows: Sequence[TableRow], asking: Asking, *, opens_at: dt.datetime, now: dt.datetime
) -> TableRead:
    """Return the responses of a table in the order in which their keys come first."""
    reader = _Reader(asking, uk_day(opens_at), uk_day(now))
    if not rows:
        return TableRead((), (Mistake(1, "", "there is nothing in this table"),))
    header, *others = rows
    columns = reader.read_header(header)
    if columns is not None:
        if not others:
            return TableRead(
                (), (Mistake(header.number, "", "there is no row below the headings"),)
            )
        for row in others:
            reader.read_row(row, columns)
    return TableRead(tuple(reader.finished()), reader.mistakes)


def _place(mistake: Mistake) -> tuple[int, int]:
    column = NAMES.index(mistake.column) if mistake.column in NAMES else -1
    return mistake.row, column


@dataclass
class _Begun:
    """A response of which some rows were read: the row that each thing was said on."""

    row: int
    about: dict[str, tuple[str, int]] = field(default_factory=dict)
    answers: dict[AnswerKey, tuple[Given, int]] = field(default_factory=dict)
    has_mistakes: bool = False


class _Reader:
    """Reads row by row, collecting mistakes."""

    def __init__(self, asking: Asking, opens_on: dt.date, today: dt.date) -> None:
        self._notes = Notes()
        self._asking, self._days = asking, (opens_on, today)
        self._begun: dict[str, _Begun] = {}
        self._answers = AnswerCells(asking, self._notes)
        self._is_full = False

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """Everything that is wrong, in the order of the table."""
        return tuple(sorted(self._notes.mistakes, key=_place))

    def read_header(self, header: TableRow) -> tuple[str, ...] | None:
        """Return the column of each cell, empty for none; None where the table is of no use."""
        columns: list[str] = []
        for cell in header.cells:
            words = plain(cell)
            name = _OTHER_NAMES.get(words, words.replace(" ", "_"))
            if cell and name not in NAMES:
                hint = did_you_mean(name, NAMES)
                self._notes.add(header.number, "", f"there is no column “{short(cell)}”{hint}")
            elif name and name in columns:
                self._notes.add(header.number, name, "this column is there twice")
            columns.append(name if name in NAMES else "")
        missing = [name for name in NEEDED if name not in columns]
        for name in missing:
            self._notes.add(header.number, name, "this column is missing")
        return None if missing else tuple(columns)

    def read_row(self, row: TableRow, columns: Sequence[str]) -> None:
        """Read one answer."""
        said: dict[str, str] = {}
        for number, cell in enumerate(row.cells):
            column = columns[number] if number < len(columns) else ""
            if cell and not column:
                self._notes.add(row.number, "", f"“{short(cell)}” stands below no heading")
            elif cell:
                said[column] = cell
        key = one_line(said.get("key", ""))
        if not key or len(key) > KEY_LENGTH:
            wrong = f"a key has at most {KEY_LENGTH} characters" if key else "the key is missing"
            self._notes.add(row.number, "key", wrong)
            return
        if key not in self._begun and len(self._begun) >= MOST_RESPONSES:
            if not self._is_full:
                message = f"a table has at most {MOST_RESPONSES:,} responses: send it in parts"
                self._notes.add(row.number, "key", message)
            self._is_full = True
            return
        begun = self._begun.setdefault(key, _Begun(row.number))
        before = len(self._notes)
        self._read_about(row.number, said, begun)
        self._read_answer(row.number, said, begun)
        begun.has_mistakes |= len(self._notes) > before

    def finished(self) -> Iterator[ImportedResponse]:
        """Yield the responses of which everything is there, and note what is not."""
        for key, begun in self._begun.items():
            before = len(self._notes)
            response = self._response(key, begun)
            if response and not begun.has_mistakes and len(self._notes) == before:
                yield response

    def _read_about(self, row: int, said: Mapping[str, str], begun: _Begun) -> None:
        for column in ABOUT:
            value = one_line(said.get(column, ""))
            if not value:
                continue
            present, on = begun.about.setdefault(column, (value, row))
            if plain(present) != plain(value):
                self._notes.add(
                    row,
                    column,
                    f"this says “{short(value)}”, and row {on} of the same response says"
                    f" “{short(present)}”",
                )

    def _read_answer(self, row: int, said: Mapping[str, str], begun: _Begun) -> None:
        read = self._answers.read(row, said)
        if read is None:
            return
        question, given = read
        if question.key in begun.answers:
            on = begun.answers[question.key][1]
            self._notes.add(row, "question", f"row {on} of the same response answers this already")
            return
        begun.answers[question.key] = (given, row)

    def _response(self, key: str, begun: _Begun) -> ImportedResponse | None:
        about = AboutCells(begun.row, begun.about, self._notes, days=self._days)
        received_on, respondent = about.received_on(), about.respondent()
        answers = {key: given for key, (given, _) in begun.answers.items() if not given.is_blank}
        if not answers and not begun.has_mistakes:
            self._notes.add(begun.row, "", f"nothing is answered under the key “{short(key)}”")
        if received_on is None or respondent is None:
            return None
        positions = {each.position for each in answers}
        items = {each.item for each in answers}
        return ImportedResponse(
            key,
            received_on,
            replace(
                respondent,
                positions=tuple(
                    each
                    for each in self._asking.position_titles
                    if each in positions or profile_item(each) in items
                ),
            ),
            answers,
        )
