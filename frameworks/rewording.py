"""A suggested wording as an edit of the words that were asked about."""

from __future__ import annotations

from frameworks.questions import Given, Question, Rewording, is_an_answer
from frameworks.wording import TextChange, compare_texts, edits, edits_text


def change_of(question: Question, given: Given) -> TextChange | None:
    """Return what an answer changes in the present words, None where it changes none."""
    if not isinstance(question, Rewording) or not is_an_answer(question, given):
        return None
    return compare_texts(question.present, given.text)


def operations_of(question: Question, given: Given) -> str:
    """Return how an answer is made from the present words, as it is stored; empty for others.

    Applied to the present words of the item whose digest stands beside them, they give the answer.
    """
    if not isinstance(question, Rewording) or given.is_blank:
        return ""
    return edits_text(edits(question.present, given.text))
