"""What equality questions must have, so that nobody is pressed and everybody knows why."""

from __future__ import annotations

from collections.abc import Iterator

from frameworks.problems import Finding
from frameworks.questionnaire import AskedKind, AskedOf, Purpose, Questionnaire

PREFER_NOT_TO_SAY = "prefer-not-to-say"


def check_equality_questions(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Yield what is wrong with a set of equality questions; nothing for another questionnaire."""
    if questionnaire.purpose is not Purpose.EQUALITY:
        return
    for position, asked in enumerate(questionnaire.questions):
        path = ("questions", position)
        if asked.asked_of is not AskedOf.CONSULTATION:
            message = f"“{asked.key}” is about a {asked.asked_of}: equality questions are not"
            yield Finding((*path, "asked_of"), message)
        if asked.kind is not AskedKind.ONE_OF:
            # Words, and unusual combinations of answers, could tell who gave them.
            message = f"“{asked.key}” is an equality question, so its kind is one_of"
            yield Finding((*path, "kind"), message)
        elif PREFER_NOT_TO_SAY not in {option.key for option in asked.options}:
            message = f"“{asked.key}” needs an option with the key {PREFER_NOT_TO_SAY}"
            yield Finding((*path, "options"), message)
        if not asked.hint.strip():
            message = f"“{asked.key}” needs a hint that says why it is asked"
            yield Finding(path, message)
