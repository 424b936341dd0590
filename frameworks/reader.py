"""From the text of a file to what it holds, with every problem at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from pydantic import BaseModel

from frameworks.file_shape import file_path, to_model_shape
from frameworks.lines import Lines
from frameworks.misfits import fit
from frameworks.model import Framework
from frameworks.problems import Finding, Problem, Unreadable
from frameworks.questionnaire import Questionnaire
from frameworks.rules import check_framework, check_questionnaire
from frameworks.strict_yaml import Document, Plain, load
from frameworks.variant_rules import check_variant
from frameworks.variants import Variant
from frameworks.yaml_faults import NotYaml

Value = TypeVar("Value", bound=BaseModel)

# What tells a questionnaire from a framework before it is read.
_ASKS = re.compile(r"^questions:", re.MULTILINE)
_HOLDS = re.compile(r"^domains:", re.MULTILINE)
_VARIES = re.compile(r"^variant_of:", re.MULTILINE)

Held = Framework | Questionnaire | Variant
"""What a file of the library may hold."""


def read_framework(text: str | bytes, source: str = "framework") -> Framework:
    """Return the framework that a file holds; `source` is the file's name in messages.

    Raises Unreadable with every problem, in the order of the file.
    """
    return _read(text, source, Framework, to_model_shape, check_framework)


def read_questionnaire(text: str | bytes, source: str = "questionnaire") -> Questionnaire:
    """Return the questionnaire that a file holds; raises Unreadable with every problem."""
    return _read(text, source, Questionnaire, lambda _: [], check_questionnaire)


def read_variant(text: str | bytes, source: str = "variant") -> Variant:
    """Return the language variant that a file holds; raises Unreadable with every problem."""
    return _read(text, source, Variant, lambda _: [], check_variant)


def read_file(content: str | bytes, source: str) -> Held:
    """Return what a file holds, whichever it is; raises Unreadable with every problem."""
    text = _decoded(content, source)
    if _VARIES.search(text):
        return read_variant(text, source)
    if _ASKS.search(text) and not _HOLDS.search(text):
        return read_questionnaire(text, source)
    return read_framework(text, source)


def locate(text: str | bytes, source: str, findings: Iterable[Finding]) -> tuple[Problem, ...]:
    """Return findings about what a file holds as problems on its lines."""
    decoded = _decoded(text, source)
    data = load(decoded).data
    if isinstance(data, dict):
        to_model_shape(data)
    return tuple(_in_order(source, _placed(decoded, data, findings)))


def _read(
    text: str | bytes,
    source: str,
    kind: type[Value],
    shape: Callable[[dict[str, Plain]], list[Finding]],
    check: Callable[[Value], Iterable[Finding]],
) -> Value:
    decoded = _decoded(text, source)
    document = _loaded(decoded, source)
    data = document.data
    if not isinstance(data, dict):
        message = "a file holds keys such as slug, version and title, each with a colon"
        raise Unreadable([Problem(source, 1, message)])
    findings = shape(data)
    value, misfits = fit(kind, data)
    findings += misfits
    if value is not None:
        findings += check(value)
    if value is None or findings or document.refused:
        refused = dict(document.refused)
        # What follows from something refused on the same line would only distract.
        placed = [each for each in _placed(decoded, data, findings) if each[0] not in refused]
        raise Unreadable(_in_order(source, [*document.refused, *placed]))
    return value


def _decoded(text: str | bytes, source: str) -> str:
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8 (byte {text[error.start]:#04x}): save the file as UTF-8"
        raise Unreadable([Problem(source, line, message)]) from error


def _loaded(text: str, source: str) -> Document:
    try:
        return load(text)
    except NotYaml as fault:
        raise Unreadable([Problem(source, fault.line, fault.message)]) from fault


def _placed(text: str, data: Plain, findings: Iterable[Finding]) -> list[tuple[int, str]]:
    lines = Lines(text)
    return [(lines.at(file_path(each.path, data)), each.message) for each in findings]


def _in_order(source: str, placed: Iterable[tuple[int, str]]) -> list[Problem]:
    ordered = sorted(dict.fromkeys(placed), key=lambda each: each[0])
    return [Problem(source, line, message) for line, message in ordered]
