"""A later version of a questionnaire that may take the place of an earlier one while it is asked.

Whoever has answered the earlier version need not answer again: every question and every choice is
still there under its key, so both sets of answers can be read side by side. Words may change, and
what changed is shown in full.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from frameworks.questionnaire import Asked, Questionnaire, longest_answer
from frameworks.versions import SemVer
from frameworks.wording import TextChange, compare_texts


@dataclass(frozen=True, slots=True)
class WordChange:
    """One text of a question before and after; `option` is the key where it is a choice's."""

    field: str
    change: TextChange
    option: str = ""


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """A question that reads otherwise than before, or that was not asked before.

    `before` is None for a new one. `words` are the texts that differ; a choice that was added
    stands among them with nothing before it.
    """

    before: Asked | None
    after: Asked
    words: tuple[WordChange, ...]
    longest_before: int
    longest_after: int

    @property
    def key(self) -> str:
        """The key of the question."""
        return self.after.key

    @property
    def is_new(self) -> bool:
        """Whether the earlier version did not ask it."""
        return self.before is None

    @property
    def may_be_longer(self) -> bool:
        """Whether answers may be longer than before."""
        return self.longest_before != self.longest_after


def problems_with_revision(before: Questionnaire, after: Questionnaire) -> tuple[str, ...]:
    """Return everything that keeps `after` from taking the place of `before` while it is asked.

    In plain English, one sentence a problem; empty where nothing does.
    """
    return tuple(_problems(before, after))


def changed_questions(before: Questionnaire, after: Questionnaire) -> tuple[QuestionChange, ...]:
    """Return every question that changed or is new, in the order of the later version."""
    known = {asked.key: asked for asked in before.questions}
    changes = (_change(known.get(asked.key), asked) for asked in after.questions)
    return tuple(each for each in changes if each.is_new or each.words or each.may_be_longer)


def reworded(before: Asked, after: Asked) -> bool:
    """Say whether a question, its help or one of its choices reads otherwise than before."""
    return any(_words(before, after))


def _problems(before: Questionnaire, after: Questionnaire) -> Iterator[str]:
    name = after.reference
    if after.slug != before.slug:
        yield f"{name} is another questionnaire than {before.reference}."
    elif not SemVer.parse(before.version) < SemVer.parse(after.version):
        yield f"{name} is no later version than {before.version}."
    if after.purpose is not before.purpose:
        yield f"{name} is for another purpose: {after.purpose}, and not {before.purpose}."
    if after.language != before.language:
        yield f"{name} is in another language: {after.language}, and not {before.language}."
    known = {asked.key: asked for asked in after.questions}
    for asked in before.questions:
        if asked.key in known:
            yield from _problems_of_question(asked, known[asked.key])
        else:
            yield f"The question “{asked.key}” is gone: what was answered to it would be lost."


def _problems_of_question(before: Asked, after: Asked) -> Iterator[str]:
    key = before.key
    if after.kind is not before.kind:
        yield f"“{key}” is answered in another way: {after.kind}, and not {before.kind}."
        return
    if after.asked_of is not before.asked_of:
        yield f"“{key}” is asked of each {after.asked_of}, and not of each {before.asked_of}."
    if after.per_position and not before.per_position:
        yield f"“{key}” is asked for each position, and was asked once."
    if before.per_position and not after.per_position:
        yield f"“{key}” is asked once, and was asked for each position."
    offered = {option.key for option in after.options}
    for option in before.options:
        if option.key not in offered:
            yield f"“{key}” no longer offers “{option.key}”, which people may have chosen."
    longest = longest_answer(before), longest_answer(after)
    if longest[1] < longest[0]:
        yield (
            f"An answer to “{key}” may have {longest[1]:,} characters, and could have"
            f" {longest[0]:,}: what was written may be too long."
        )


def _change(before: Asked | None, after: Asked) -> QuestionChange:
    longest = longest_answer(after)
    earlier = longest_answer(before) if before else longest
    return QuestionChange(before, after, tuple(_words(before, after)), earlier, longest)


def _words(before: Asked | None, after: Asked) -> Iterator[WordChange]:
    was = _texts(before) if before else {}
    for (field, option), text in _texts(after).items():
        change = compare_texts(was.get((field, option), ""), text)
        if change.is_change:
            yield WordChange(field, change, option)


def _texts(asked: Asked) -> dict[tuple[str, str], str]:
    texts = {("text", ""): asked.text, ("hint", ""): asked.hint}
    texts |= {("option", option.key): option.label for option in asked.options}
    return texts
