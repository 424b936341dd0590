"""What makes a questionnaire whole: keys, options, and what a text may fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frameworks.problems import Finding, Path
from frameworks.questionnaire import Asked, AskedKind, AskedOf, Questionnaire
from frameworks.repeats import repeats

_CHOICES = {AskedKind.ONE_OF, AskedKind.SOME_OF}
_PLACEHOLDER = re.compile(r"\{[^{}]*\}|[{}]")


def check_questions(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Yield what is wrong with the questions of a questionnaire."""
    where: Path = ("questions",)
    yield from repeats(questionnaire.questions, lambda each: each.key, where, "key", "question")
    for position, asked in enumerate(questionnaire.questions):
        path = (*where, position)
        yield from _options(asked, path)
        yield from _positions(asked, path)
        yield from _placeholders(asked, path)
        wants_a_text = asked.asked_of in (AskedOf.COMPETENCY, AskedOf.DOMAIN)
        if asked.kind is AskedKind.REWORDING and not wants_a_text:
            message = f"“{asked.key}” cannot reword a {asked.asked_of}: it has no text"
            yield Finding((*path, "kind"), message)


def placeholders(text: str) -> list[str]:
    """Return the placeholders of a text, and braces that make none, in its order."""
    return _PLACEHOLDER.findall(text)


def _options(asked: Asked, path: Path) -> Iterator[Finding]:
    where = (*path, "options")
    yield from repeats(asked.options, lambda each: each.key, where, "key", "option")
    if asked.kind in _CHOICES:
        if len(asked.options) < 2:
            yield Finding(path, f"“{asked.key}” needs at least two options to choose from")
        if asked.max_length is not None:
            yield Finding((*path, "max_length"), f"“{asked.key}” has options, so no max_length")
    elif asked.options:
        yield Finding(where, f"“{asked.key}” is answered by a text, so it has no options")


def _positions(asked: Asked, path: Path) -> Iterator[Finding]:
    if not asked.per_position:
        return
    if asked.asked_of is not AskedOf.COMPETENCY:
        message = f"“{asked.key}” is asked of a {asked.asked_of}, so not for each position"
        yield Finding((*path, "per_position"), message)
    if "{position}" not in asked.text:
        message = f"“{asked.key}” is asked for each position: name it with {{position}}"
        yield Finding((*path, "text"), message)


def _placeholders(asked: Asked, path: Path) -> Iterator[Finding]:
    known = {"{item}"} if asked.asked_of is not AskedOf.CONSULTATION else set()
    if asked.per_position:
        known.add("{position}")
    for field, text in (("text", asked.text), ("hint", asked.hint)):
        for found in placeholders(text):
            if found not in known:
                allowed = " and ".join(sorted(known)) or "no placeholder"
                message = f"unknown placeholder {found} in “{asked.key}”: it may have {allowed}"
                yield Finding((*path, field), message)
    # One label a control that names what it is about.
    if asked.asked_of is not AskedOf.CONSULTATION and "{item}" not in asked.text:
        message = f"“{asked.key}” does not name what it asks about: use {{item}}"
        yield Finding((*path, "text"), message)
