"""The cells of a table that say which question is answered, and how."""

from __future__ import annotations

from collections.abc import Mapping

from frameworks.questions import (
    Day,
    Given,
    LongText,
    OneOf,
    Question,
    Rewording,
    ShortText,
    SomeOf,
)
from webapp.consultations.asking import Asking, Item
from webapp.consultations.response import kept, plain_lines
from webapp.intake.table_notes import Notes, by_name, plain, read_date, short


class AnswerCells:
    """Reads what rows answer, for one consultation."""

    def __init__(self, asking: Asking, notes: Notes) -> None:
        """Take what is asked, and where mistakes are kept."""
        self._asking, self._notes = asking, notes
        self._items = _items_by_name(asking)
        self._positions = {
            plain(name): key
            for key, title in asking.position_titles.items()
            for name in (key, title)
        }

    def read(self, row: int, said: Mapping[str, str]) -> tuple[Question, Given] | None:
        """Return the question and the answer of a row; None where something is wrong."""
        question = self._question(row, said)
        if question is None:
            return None
        given = self._given(row, question, said.get("answer", ""), said.get("text", ""))
        return None if given is None else (question, given)

    def _question(self, row: int, said: Mapping[str, str]) -> Question | None:
        item = self._item(row, said)
        position = self._position(row, said)
        name = plain(said.get("question", ""))
        if not name:
            self._notes.add(row, "question", "the question is missing")
        if item is None or position is None or not name:
            return None
        of_name = [each for each in item.questions if plain(each.key.question) == name]
        if not of_name:
            known = dict.fromkeys(each.key.question for each in item.questions)
            hint = self._notes.hint("question", said["question"], known)
            self._notes.add(
                row,
                "question",
                f"there is no question “{short(said['question'])}” about “{item.title}”{hint}",
            )
            return None
        if not of_name[0].key.position and position:
            self._notes.add(
                row, "position", "this question is not asked for each position: leave it empty"
            )
            return None
        if of_name[0].key.position and not position:
            self._notes.add(
                row, "position", "the position is missing: this is asked for each position"
            )
            return None
        found = [each for each in of_name if each.key.position == position]
        if not found:
            self._notes.add(row, "position", "this question is not asked for that position")
        return found[0] if found else None

    def _position(self, row: int, said: Mapping[str, str]) -> str | None:
        typed = said.get("position", "")
        if not typed:
            return ""
        key = self._positions.get(plain(typed))
        if key is None:
            hint = self._notes.hint("position", typed, self._asking.position_titles)
            self._notes.add(row, "position", f"there is no position “{short(typed)}”{hint}")
        return key

    def _given(self, row: int, question: Question, answer: str, text: str) -> Given | None:
        match question:
            case OneOf() | SomeOf():
                if text:
                    self._notes.add(row, "text", "this question has options: use the column answer")
                    return None
                return self._chosen(row, question, answer)
            case ShortText() | LongText() | Rewording():
                if answer:
                    self._notes.add(
                        row, "answer", "this question is answered in words: use the column text"
                    )
                    return None
                return self._worded(row, question, text)
            case Day():
                day = read_date(answer or text)
                if day is None:
                    self._notes.add(row, "answer", "this is no date, such as 2026-06-01")
                    return None
                return Given(text=day.isoformat())

    def _chosen(self, row: int, question: OneOf | SomeOf, answer: str) -> Given | None:
        if not answer:
            self._notes.add(row, "answer", "the answer is missing")
            return None
        known = by_name(question.options)
        # The words of an option may have a semicolon of their own.
        whole = known.get(plain(answer))
        parts = [answer] if whole else [each for each in answer.split(";") if each.strip()]
        choices = []
        for part in parts:
            key = known.get(plain(part))
            if key is None:
                hint = self._notes.hint(
                    "answer", part.strip(), [each.key for each in question.options]
                )
                self._notes.add(row, "answer", f"there is no option “{short(part.strip())}”{hint}")
                return None
            choices.append(key)
        if isinstance(question, OneOf) and len(set(choices)) > 1:
            self._notes.add(row, "answer", "this question takes one option, and there are several")
            return None
        return Given(choices=tuple(dict.fromkeys(choices)))

    def _worded(
        self, row: int, question: ShortText | LongText | Rewording, text: str
    ) -> Given | None:
        words = plain_lines(text)
        if not words:
            self._notes.add(row, "text", "the text is missing")
            return None
        too_many = len(words) - question.max_length
        if too_many > 0:
            self._notes.add(
                row,
                "text",
                f"this is {too_many:,} characters too long: at most {question.max_length:,} fit."
                " Put the rest under the question about the framework as a whole",
            )
            return None
        return kept(question, Given(text=words))

    def _item(self, row: int, said: Mapping[str, str]) -> Item | None:
        typed = said.get("item", "")
        if not typed:
            self._notes.add(row, "item", "the item is missing")
            return None
        found = self._items.get(plain(typed))
        if found is None:
            hint = self._notes.hint("item", typed, self._asking.items)
            self._notes.add(row, "item", f"this consultation has no “{short(typed)}”{hint}")
        return found


def _items_by_name(asking: Asking) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for item in asking.items.values():
        if item.competency and item.competency.code:
            found.setdefault(plain(item.competency.code), item)
    return found | {plain(key): item for key, item in asking.items.items()}
