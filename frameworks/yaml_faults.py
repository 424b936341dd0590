"""Why a text is not YAML, in words that say what to do."""

from __future__ import annotations

import re

from yaml import YAMLError
from yaml.error import MarkedYAMLError
from yaml.reader import ReaderError

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")

_ADVICE = {
    "cannot start any token": "text that begins with this character needs quotes",
    "mapping values are not allowed": (
        "text with a colon and a space needs quotes, or this line is indented too far"
    ),
    "did not find expected key": (
        "is not in line with its neighbours: check the indentation and the quotes"
    ),
    "'-' indicator": "is not in line with its neighbours: check the indentation and the dashes",
    "could not find expected ':'": (
        "a key needs a colon and a space after it; text over several lines needs | or >"
    ),
    "unexpected end of stream": "a quote that is opened here is never closed",
    "expected ',' or": "a bracket that was opened before this line is not closed",
    "unknown escape character": "a backslash within double quotes: use single quotes",
}


class NotYaml(ValueError):
    """Text that cannot be read to its end; `line` is where reading stopped."""

    def __init__(self, line: int, message: str) -> None:
        """Keep the line, counted from 1."""
        super().__init__(message)
        self.line = line
        self.message = message


def not_yaml(error: YAMLError, text: str) -> NotYaml:
    """Return the fault behind an error of the parser."""
    if isinstance(error, ReaderError):
        found = _CONTROL.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        return NotYaml(line, "holds a control character: delete it")
    if isinstance(error, MarkedYAMLError) and error.problem_mark is not None:
        return NotYaml(_line_of(error), _advice(error, text))
    return NotYaml(1, f"is not YAML: {error}")


def _line_of(error: MarkedYAMLError) -> int:
    # What was begun and never ended is mended where it begins; a tab where it stands.
    scanned = "while scanning" in (error.context or "") and "tab" not in (error.problem or "")
    mark = (error.context_mark if scanned else None) or error.problem_mark
    return mark.line + 1 if mark else 1


def _advice(error: MarkedYAMLError, text: str) -> str:
    problem = error.problem or ""
    if "tab" in problem or ("cannot start any token" in problem and _at(error, text) == "\t"):
        return "a tab: indent with spaces"
    for part, advice in _ADVICE.items():
        if part in problem:
            return advice
    return f"is not YAML: {problem}"


def _at(error: MarkedYAMLError, text: str) -> str:
    mark = error.problem_mark
    if mark is None:
        return ""
    return text.split("\n")[mark.line][mark.column : mark.column + 1]
