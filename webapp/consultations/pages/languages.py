"""In which languages a response was answered, and in which words each question was asked."""

from __future__ import annotations

from collections.abc import Iterable

from frameworks.questions import AnswerKey, Question
from webapp.consultations.asking import Asking
from webapp.consultations.response import SentAnswer


def as_asked(asking: Asking, answers: Iterable[SentAnswer]) -> dict[AnswerKey, Question]:
    """Return the question of each answer in the words in which it was asked, where it is known."""
    asked: dict[AnswerKey, Question] = {}
    for answer in answers:
        item = asking.as_answered(answer.language, answer.questionnaire_version).items.get(
            answer.key.item
        )
        question = item.by_key.get(answer.key) if item else None
        if question is not None:
            asked[answer.key] = question
    return asked


def answered_in(asking: Asking, answers: Iterable[SentAnswer]) -> str:
    """Return the names of the languages that the questions were answered in.

    Empty where the consultation can be read in one language alone.
    """
    languages = asking.languages
    if len(languages) == 1:
        return ""
    used = {answer.language.partition(".")[0] for answer in answers}
    return ", ".join(each.name for each in languages if each.tag in used)
