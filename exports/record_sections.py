"""The sections of a review record: what was asked, what was answered, and how it is laid out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from exports.answers import Choice, Room, Said, said
from exports.document import LONGEST_LEAD
from exports.fields import Field
from frameworks.questions import AnswerKey, Given, OneOf
from frameworks.review import Group, Section

# In characters; a row of the levels as tall as a page would lose the heads of its columns.
_LONGEST_IN_A_ROW = 1200


@dataclass(frozen=True, slots=True)
class Level:
    """A competency with the level chosen on the scale."""

    title: str
    statement: str
    prompts: tuple[str, ...]
    choices: tuple[Choice, ...]
    labels: tuple[str, ...]
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Questions that stand together under a heading, or in a numbered row of a table."""

    title: str
    is_row: bool
    prompts: tuple[str, ...]
    answers: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class RecordSection:
    """A section: its levels as one table, then its other questions part by part."""

    key: str
    title: str
    guidance: str
    scale: tuple[str, ...]
    levels: tuple[Level, ...]
    parts: tuple[Part, ...]

    @property
    def fields(self) -> Iterator[Field]:
        """The fields of its questions, in printed order."""
        levels = (level.field for level in self.levels)
        answers = (answer.field for answer in self._answers)
        yield from (field for field in (*levels, *answers) if field is not None)

    @property
    def has_long_statements(self) -> bool:
        """Whether its levels are marked below each statement: a row could not hold it."""
        return any(len(each.statement) > _LONGEST_IN_A_ROW for each in self.levels)

    @property
    def fills_sides(self) -> bool:
        """Whether its answers are few and long, so that each may take its share of a side."""
        return (
            len(self.parts) == 1
            and not self.parts[0].is_row
            and bool(self.lengthy)
            and self._characters <= LONGEST_LEAD
        )

    @property
    def brief(self) -> tuple[Said, ...]:
        """Its answers that are a mark or a line."""
        return tuple(each for each in self._answers if each.room is not Room.LINES)

    @property
    def lengthy(self) -> tuple[Said, ...]:
        """Its answers that are written at length."""
        return tuple(each for each in self._answers if each.room is Room.LINES)

    @property
    def _characters(self) -> int:
        """How much stands above its first long answer."""
        levels = (text for each in self.levels for text in (each.statement, *each.prompts))
        prompts = (text for part in self.parts for text in part.prompts)
        return sum(map(len, (self.guidance, *levels, *prompts)))

    @property
    def _answers(self) -> Iterator[Said]:
        return (answer for part in self.parts for answer in part.answers)

    @property
    def is_short(self) -> bool:
        """Whether it has nothing to write at length, so that another may follow on its page."""
        return not self.levels and not self.lengthy

    @property
    def is_roomy(self) -> bool:
        """Whether it has so few questions that one answer may fill most of a page."""
        return not self.levels and sum(len(part.answers) for part in self.parts) <= 2


def make_section(
    section: Section, answers: Mapping[AnswerKey, Given], *, is_blank: bool
) -> RecordSection:
    """Return a section with its answers; a blank one keeps every numbered row."""
    scale = _common_scale(section)
    levels = tuple(group for group in section.groups if scale and _asks_only_a_level(group))
    others = tuple(group for group in section.groups if group not in levels)
    parts = tuple(_part(group, answers) for group in others)
    return RecordSection(
        key=section.key,
        title=section.title,
        guidance=section.guidance,
        scale=scale,
        levels=tuple(_level(group, answers) for group in levels),
        parts=parts if is_blank else _written(parts),
    )


def _common_scale(section: Section) -> tuple[str, ...]:
    """Return the labels of the scale that the section's levels share, or nothing."""
    scales = {
        tuple(option.label for option in question.options)
        for group in section.groups
        if _asks_only_a_level(group)
        for question in group.questions
        if isinstance(question, OneOf)
    }
    return scales.pop() if len(scales) == 1 else ()


def _asks_only_a_level(group: Group) -> bool:
    return (
        group.row is None
        and len(group.questions) == 1
        and isinstance(group.questions[0], OneOf)
        and group.questions[0].key.question == "level"
    )


def _level(group: Group, answers: Mapping[AnswerKey, Given]) -> Level:
    answer = said(group.questions[0], answers)
    return Level(
        title=group.title,
        statement=answer.question,
        prompts=group.prompts,
        choices=answer.choices,
        labels=answer.labels,
        field=answer.field,
    )


def _part(group: Group, answers: Mapping[AnswerKey, Given]) -> Part:
    return Part(
        title=group.title,
        is_row=group.row is not None,
        prompts=group.prompts,
        answers=tuple(said(question, answers) for question in group.questions),
    )


def _written(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Leave out the numbered rows that nobody used; everything else is shown, even unanswered."""
    return tuple(
        part
        for part in parts
        if not part.is_row or not all(answer.is_blank for answer in part.answers)
    )
