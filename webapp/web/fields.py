"""Questions as fields of a web form: what to show, what was posted, what is wrong."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from werkzeug.datastructures import MultiDict

from frameworks.questions import (
    AnswerKey,
    Day,
    Given,
    LongText,
    OneOf,
    Question,
    Rewording,
    ShortText,
    SomeOf,
)
from frameworks.rewording import change_of
from frameworks.wording import TextChange, compare_texts
from webapp.web.days import PARTS, read_day

NO_ANSWER = ""
REVISION_PREFIX = "revision:"


@dataclass
class QuestionField:
    """One question with what is in it now; macros render it, `errors` fill the summary."""

    question: Question
    given: Given
    revision: int = 0
    errors: list[str] = field(default_factory=list)
    parts: tuple[str, str, str] = ("", "", "")
    meanwhile: Given | None = None
    """What somebody else saved since this page was opened; None where nobody did."""
    taken_out: str = ""
    """A wording that somebody has just given up for the present one, to put back."""

    @property
    def name(self) -> str:
        """The name of the form field: the answer's key."""
        return str(self.question.key)

    @property
    def id(self) -> str:
        """The id of the first control, usable in an address and a selector."""
        stem = re.sub(r"[^a-z0-9-]+", "-", self.name)
        return f"{stem}-day" if isinstance(self.question, Day) else stem

    @property
    def change(self) -> TextChange | None:
        """What a suggested wording changes in the present one; None where there is none."""
        return change_of(self.question, self.given)

    @property
    def meanwhile_text(self) -> str:
        """What somebody else saved, in words."""
        return in_words(self.question, self.meanwhile) if self.meanwhile else ""

    @property
    def meanwhile_change(self) -> TextChange:
        """What is different between what somebody else saved and what is typed here."""
        return compare_texts(self.meanwhile_text, in_words(self.question, self.given))


class AnswerForm:
    """The questions of one page, bound to stored and posted answers.

    `given` and `revisions` are what is stored. With posted values those win, and every
    text that was typed is kept whatever is wrong with it.
    """

    def __init__(
        self,
        questions: Sequence[Question],
        given: Mapping[AnswerKey, Given],
        posted: MultiDict[str, str] | None = None,
        revisions: Mapping[AnswerKey, int] | None = None,
    ) -> None:
        """Bind every question; a question that was not posted at all keeps what is stored."""
        stored = revisions or {}
        self.fields: dict[AnswerKey, QuestionField] = {}
        for question in questions:
            key = question.key
            bound = QuestionField(question, _start(question, given.get(key, Given())))
            bound.revision = stored.get(key, 0)
            if isinstance(question, Day):
                bound.parts = _parts(bound.given.text)
            if posted is not None:
                _read(bound, posted)
            self.fields[key] = bound

    def __iter__(self) -> Iterator[QuestionField]:
        """Yield the fields in the order of the page."""
        return iter(self.fields.values())

    def __getitem__(self, key: AnswerKey) -> QuestionField:
        """Return the field of a question; KeyError if it is not on this page."""
        return self.fields[key]

    def find(self, name: str) -> QuestionField | None:
        """Return the field of that name, None where the page has none."""
        return next((each for each in self if each.name == name), None)

    def validate(self) -> bool:
        """Check every field, collecting all messages; True where there is none."""
        for each in self:
            each.errors.extend(_problems(each))
        return not any(each.errors for each in self)

    def answers(self) -> dict[AnswerKey, Given]:
        """Return what each question holds now, blank ones too."""
        return {each.question.key: each.given for each in self}

    def revisions(self) -> dict[AnswerKey, int]:
        """Return the revision of each answer that the page was opened with."""
        return {each.question.key: each.revision for each in self}

    def show_conflicts(self, saved: Mapping[AnswerKey, tuple[Given, int]]) -> None:
        """Put what somebody else saved beside what was typed, and continue from there.

        `saved` has the stored answer and its revision for each answer that was stale.
        """
        for key, (given, revision) in saved.items():
            bound = self.fields[key]
            bound.meanwhile = _start(bound.question, given)
            bound.revision = revision
            bound.errors.append(
                f"Somebody else changed this while you were writing: {bound.question.text}"
            )


def answer_form(
    questions: Sequence[Question],
    given: Mapping[AnswerKey, Given],
    posted: MultiDict[str, str] | None = None,
    revisions: Mapping[AnswerKey, int] | None = None,
) -> AnswerForm:
    """Return the form of one page of questions; `posted` is None or empty on a first visit."""
    return AnswerForm(questions, given, posted or None, revisions)


def in_words(question: Question, given: Given) -> str:
    """Return an answer as a person would read it; empty for a blank one."""
    match question:
        case OneOf() | SomeOf():
            labels = {option.key: option.label for option in question.options}
            return ", ".join(labels.get(key, key) for key in given.choices)
        case ShortText() | LongText() | Rewording():
            return given.text
        case Day():
            return _day_in_words(given.text)
        case _:
            assert_never(question)


def _start(question: Question, given: Given) -> Given:
    # A suggested wording starts from the present one.
    if isinstance(question, Rewording) and given.is_blank:
        return Given(text=question.present)
    return given


def _read(bound: QuestionField, posted: MultiDict[str, str]) -> None:
    name = bound.name
    revision = posted.get(f"{REVISION_PREFIX}{name}", "")
    if re.fullmatch(r"\d{1,9}", revision):
        bound.revision = int(revision)
    match bound.question:
        case OneOf():
            if name in posted or f"{REVISION_PREFIX}{name}" in posted:
                chosen = posted.get(name, NO_ANSWER)
                bound.given = Given(choices=(chosen,) if chosen else ())
        case SomeOf():
            if name in posted or f"{REVISION_PREFIX}{name}" in posted:
                chosen_once = dict.fromkeys(each for each in posted.getlist(name) if each)
                bound.given = Given(choices=tuple(chosen_once))
        case ShortText():
            if name in posted:
                bound.given = Given(text=posted[name].strip())
        case LongText() | Rewording():
            if name in posted:
                bound.given = Given(text=posted[name].replace("\r\n", "\n").strip())
        case Day():
            if f"{name}-day" in posted:
                bound.parts = tuple(  # type: ignore[assignment]  # three parts in, three out
                    posted.get(f"{name}-{part}", "").strip() for part in PARTS
                )
                bound.given = Given(text=_iso(bound.parts) or "")
        case _:
            assert_never(bound.question)


def _problems(bound: QuestionField) -> Iterator[str]:
    question = bound.question
    match question:
        case OneOf() | SomeOf():
            known = {option.key for option in question.options}
            if not known.issuperset(bound.given.choices):
                yield f"Choose one of the answers shown: {question.text}"
        case ShortText() | LongText() | Rewording():
            too_many = len(bound.given.text) - question.max_length
            if too_many > 0:
                yield (
                    f"Shorten this by {too_many:,} characters, "
                    f"to {question.max_length:,} or fewer: {question.text}"
                )
        case Day():
            if any(bound.parts) and _iso(bound.parts) is None:
                yield f"Enter a real date, such as 27 3 2026: {question.text}"
        case _:
            assert_never(question)
    if question.required and bound.given.is_blank and not any(bound.parts):
        yield f"Answer this: {question.text}"


def _iso(parts: tuple[str, str, str]) -> str | None:
    day = read_day(parts)
    return day.isoformat() if day else None


def _parts(iso: str) -> tuple[str, str, str]:
    try:
        day = dt.date.fromisoformat(iso)
    except ValueError:
        return ("", "", "")
    return (str(day.day), str(day.month), str(day.year))


def _day_in_words(iso: str) -> str:
    try:
        day = dt.date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {day:%B %Y}"
