"""What is wrong with a questionnaire is told on its line."""

import pytest

from frameworks.problems import Unreadable
from frameworks.reader import read_questionnaire
from frameworks.writer import write_questionnaire
from tests.factories.frameworks import a_questionnaire

GOOD = write_questionnaire(a_questionnaire())
FATE = "    kind: some_of\n    text: What should happen to “{item}”?\n"

BREAKS = {
    "question twice": (
        "- key: fate",
        "- key: necessity",
        "- key: necessity\n    asked_of: competency\n    kind: some",
        "question “necessity” stands here twice",
    ),
    "option twice": (
        "{key: reword,",
        "{key: keep,",
        "{key: keep, label: Reword",
        "option “keep” stands here twice",
    ),
    "no options": (
        "kind: some_of",
        "kind: long_text",
        "    options:\n      - {key: keep",
        "“fate” is answered by a text, so it has no options",
    ),
    "one option": (
        "      - {key: reword, label: Reword it}\n      - {key: remove, label: Remove it}\n",
        "",
        "- key: fate",
        "“fate” needs at least two options",
    ),
    "length of a choice": (
        FATE,
        f"{FATE}    max_length: 30\n",
        "max_length",
        "“fate” has options, so no max_length",
    ),
    "unknown placeholder": (
        "Anything else about “{item}”?",
        "Anything else about “{item}”, {name}?",
        "Anything else",
        "unknown placeholder {name} in “comment”: it may have {item}",
    ),
    "brace that is never closed": (
        "Anything else about “{item}”?",
        "Anything else about “{item}” {?",
        "Anything else",
        "unknown placeholder { in “comment”",
    ),
    "position where none is asked for": (
        "Anything else about “{item}”?",
        "Anything about “{item}” for {position}?",
        "Anything about",
        "unknown placeholder {position}",
    ),
    "item of the whole": (
        "anything else you want to say?",
        "anything else on {item}?",
        "anything else on",
        "unknown placeholder {item} in “overall”: it may have no placeholder",
    ),
    "control that names nothing": (
        "Anything else about “{item}”?",
        "Anything else?",
        "Anything else?",
        "“comment” does not name what it asks about: use {item}",
    ),
    "position that is not named": (
        "How necessary is “{item}” for {position}?",
        "How necessary is “{item}”?",
        "How necessary",
        "“necessity” is asked for each position: name it with {position}",
    ),
    "domain for each position": (
        "asked_of: competency\n    per_position: true",
        "asked_of: domain\n    per_position: true",
        "per_position",
        "“necessity” is asked of a domain, so not for each position",
    ),
    "rewording of a profile": (
        "asked_of: profile\n    kind: long_text",
        "asked_of: profile\n    kind: rewording",
        "kind: rewording\n    text: Are",
        "“weights” cannot reword a profile: it has no text",
    ),
    "unknown kind": ("kind: some_of", "kind: any_of", "kind: any_of", "is “any_of”, not one of"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_questionnaire_is_told_on_its_line(name: str) -> None:
    old, new, at, message = BREAKS[name]
    assert old in GOOD
    text = GOOD.replace(old, new, 1)

    with pytest.raises(Unreadable) as caught:
        read_questionnaire(text, "asked.yaml")

    (problem,) = caught.value.problems
    assert message in problem.message
    assert problem.line == text[: text.index(at)].count("\n") + 1
