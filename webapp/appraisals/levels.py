"""How often each level was chosen in a section: counts and never a total, average or score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from frameworks.questions import AnswerKey, Given, OneOf
from frameworks.review import Section


@dataclass(frozen=True, slots=True)
class LevelCounts:
    """(label, how many) for each level chosen on the scale, and apart for those outside it.

    `unanswered` competencies are neither.
    """

    on_scale: tuple[tuple[str, int], ...]
    outside: tuple[tuple[str, int], ...]
    unanswered: int


def count_levels(section: Section, answers: Mapping[AnswerKey, Given]) -> LevelCounts | None:
    """Return the counts of a section, or None where it asks for no levels."""
    asked = [
        question
        for question in section.questions()
        if isinstance(question, OneOf) and question.key.question == "level"
    ]
    if not asked:
        return None
    chosen = Counter(
        option
        for question in asked
        for option in question.options
        if option.key in answers.get(question.key, Given()).choices
    )
    labels = Counter[tuple[str, bool]]()
    for option, number in chosen.items():
        labels[option.label, option.value is None] += number
    # The options of the first question give the order of the scale.
    order = [(option.label, option.value is None) for option in asked[0].options]
    return LevelCounts(
        on_scale=tuple((each[0], labels[each]) for each in order if labels[each] and not each[1]),
        outside=tuple((each[0], labels[each]) for each in order if labels[each] and each[1]),
        unanswered=len(asked) - chosen.total(),
    )
