"""What a file that came back would change: its answers, what it was issued with, what is stored."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from frameworks.questions import AnswerKey, Given, LongText, Question, SomeOf
from frameworks.review import ReviewForm
from webapp.appraisals.reviews import Draft
from webapp.appraisals.seals import seal_answer


class Fate(StrEnum):
    """What becomes of an answer in a file."""

    SAME = "same"
    """The file says what is stored."""
    CHANGES = "changes"
    CLASHES = "clashes"
    """The file and the web were both changed since the copy was issued: somebody chooses."""
    STAYS = "stays"
    """Changed in the web alone: the file says what it was issued with."""
    NOT_THEIRS = "not theirs"
    """Whoever brings the file may not write this now."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What a copy was issued with: the salted digest of each answer that was not blank."""

    salt: str
    digests: Mapping[AnswerKey, str]

    def holds(self, key: AnswerKey, given: Given) -> bool:
        """Say whether an answer is the one that the copy was issued with."""
        if key not in self.digests:
            return given.is_blank
        return seal_answer(key, given, self.salt).digest == self.digests[key]


@dataclass(frozen=True, slots=True)
class Line:
    """One answer: what is stored under which revision, what the file says, what becomes of it."""

    section: str
    title: str
    question: Question
    stored: Given
    revision: int
    filed: Given
    fate: Fate

    @property
    def key(self) -> AnswerKey:
        """The answer's key."""
        return self.question.key


@dataclass(frozen=True, slots=True)
class Merge:
    """Every answer of the form, and what stands on its continuation pages."""

    lines: tuple[Line, ...]
    continued: tuple[tuple[AnswerKey, str], ...] = ()
    homes: tuple[Question, ...] = ()
    """The questions to which whoever brings the file may add what is continued."""

    def of(self, *fates: Fate) -> tuple[Line, ...]:
        """Return the answers with one of these fates, in the form's order."""
        return tuple(line for line in self.lines if line.fate in fates)

    @property
    def seen(self) -> str:
        """What a preview of this shows, in short: what changes or clashes, at which revision."""
        plain = [
            [str(line.key), line.revision, line.fate]
            for line in self.of(Fate.CHANGES, Fate.CLASHES)
        ]
        return hashlib.sha256(json.dumps(plain).encode()).hexdigest()

    @property
    def changes_nothing(self) -> bool:
        """Whether there is nothing to take."""
        return not self.continued and not self.of(Fate.CHANGES, Fate.CLASHES)


class ChoiceMissing(Exception):
    """Somebody has yet to choose, or what they chose does not fit; the text says why.

    `about` is the answer that clashes, or the continuation.
    """

    def __init__(self, about: AnswerKey, message: str) -> None:
        """Take what it is about and what to do."""
        super().__init__(message)
        self.about = about


def merge(
    form: ReviewForm,
    drafts: Mapping[AnswerKey, Draft],
    filed: Mapping[AnswerKey, Given],
    *,
    carried: Carried,
    writable: Collection[str],
    continued: Iterable[tuple[AnswerKey, str]] = (),
) -> Merge:
    """Return what becomes of each answer; `writable` are the keys of sections."""
    lines = []
    for section in form.sections:
        for question in section.questions():
            draft = drafts.get(question.key)
            stored = draft.given if draft else Given()
            said = filed.get(question.key, Given())
            lines.append(
                Line(
                    section=section.key,
                    title=section.title,
                    question=question,
                    stored=stored,
                    revision=draft.revision if draft else 0,
                    filed=said,
                    fate=_fate(question, stored, said, carried, section.key in writable),
                )
            )
    homes = tuple(
        line.question
        for line in lines
        if line.section in writable and isinstance(line.question, LongText)
    )
    texts = tuple((key, text.strip()) for key, text in continued if text.strip())
    return Merge(tuple(lines), texts, homes)


def decide(
    merged: Merge,
    from_file: Mapping[AnswerKey, bool],
    homes: Mapping[AnswerKey, AnswerKey | None],
) -> dict[AnswerKey, Given]:
    """Return the answers to be saved, by what somebody chose.

    `from_file` says of each clash whether the file is right; `homes` says of each continuation
    to which question it is added, or None to leave it out. Raises ChoiceMissing.
    """
    decided = {line.key: line.filed for line in merged.of(Fate.CHANGES)}
    for line in merged.of(Fate.CLASHES):
        if line.key not in from_file:
            raise ChoiceMissing(line.key, f"Choose which answer to keep: {line.question.text}")
        if from_file[line.key]:
            decided[line.key] = line.filed
    stored = {line.key: line.stored for line in merged.lines}
    questions = {question.key: question for question in merged.homes}
    for place, text in merged.continued:
        if place not in homes:
            raise ChoiceMissing(place, "Choose where this text belongs, or leave it out")
        home = homes[place]
        if home is None:
            continue
        if home not in questions:
            raise ChoiceMissing(place, "Choose one of the questions shown")
        before = decided.get(home, stored[home]).text
        decided[home] = Given(text=f"{before}\n\n{text}" if before else text)
        _check_length(place, questions[home], decided[home])
    return {key: given for key, given in decided.items() if given != stored[key]}


def _check_length(place: AnswerKey, question: Question, given: Given) -> None:
    most = question.max_length if isinstance(question, LongText) else 0
    if len(given.text) > most:
        raise ChoiceMissing(
            place,
            f"With this text the answer would have {len(given.text):,} characters and it may have "
            f"{most:,}: choose another question, or leave the text out and type a shorter one "
            f"afterwards: {question.text}",
        )


def _fate(
    question: Question, stored: Given, filed: Given, carried: Carried, is_theirs: bool
) -> Fate:
    if _same(question, stored, filed):
        return Fate.SAME
    if carried.holds(question.key, filed):
        return Fate.STAYS
    if not is_theirs:
        return Fate.NOT_THEIRS
    return Fate.CHANGES if carried.holds(question.key, stored) else Fate.CLASHES


def _same(question: Question, one: Given, other: Given) -> bool:
    if isinstance(question, SomeOf):
        return set(one.choices) == set(other.choices)
    return one == other
