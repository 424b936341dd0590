"""The part of YAML that cannot surprise: text in, plain data out, and on which line it stood.

No aliases, anchors, tags, merge keys or duplicate keys; size and depth are bounded. Unquoted
`null`, `true`, `false` and decimal numbers are what they look like; everything else is text, so
that `NO`, `010` and `2026-04-01` stay as they were written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from yaml import CBaseLoader, YAMLError
from yaml.error import Mark
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from frameworks.yaml_faults import NotYaml, not_yaml

MAX_BYTES = 4_000_000
MAX_DEPTH = 40

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]

# The first characters of what might not be text.
_MAY_BE_VALUE = frozenset("-+.0123456789tfn~")
_WORDS: dict[str, Plain] = {"": None, "~": None, "null": None, "true": True, "false": False}
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})", re.ASCII)
_DECIMAL = re.compile(r"-?[0-9]{1,18}\.[0-9]{0,18}(?:[eE][-+]?[0-9]{1,3})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Document:
    """The plain data of a text, and what was refused on the way: (line, message) pairs."""

    data: Plain
    refused: tuple[tuple[int, str], ...]


def load(text: str) -> Document:
    """Return the data of a YAML text; raises NotYaml where it cannot be read on."""
    try:
        content = text.encode()
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise NotYaml(line, "holds half a character: save the file as UTF-8") from error
    if len(content) > MAX_BYTES:
        raise NotYaml(1, f"is larger than {MAX_BYTES // 1_000_000} MB: split it")
    try:
        return _Builder(content).document()
    except YAMLError as error:
        raise not_yaml(error, text) from error


class _Builder:
    """One walk over the parser's events, straight to plain data."""

    def __init__(self, content: bytes) -> None:
        self._next = event_source(content)
        self._refused: list[tuple[int, str]] = []

    def document(self) -> Document:
        self._next()
        begin = self._next()
        if isinstance(begin, StreamEndEvent):
            raise NotYaml(1, "is empty")
        data = self._value(self._next(), 0)
        self._next()
        more = self._next()
        if not isinstance(more, StreamEndEvent):
            raise NotYaml(line_of(more), "a second document begins here; a file holds one")
        return Document(data, tuple(self._refused))

    def _value(self, event: Event, depth: int) -> Plain:
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        if isinstance(event, AliasEvent):
            self._refuse(event, f"alias *{event.anchor}: write the value out")
            return None
        begin = cast("CollectionStartEvent", event)
        if depth == MAX_DEPTH:
            raise NotYaml(line_of(event), f"is nested more than {MAX_DEPTH} deep")
        if begin.anchor is not None or begin.tag is not None:
            self._refuse_decoration(begin)
        if isinstance(begin, MappingStartEvent):
            return self._mapping(depth + 1)
        return self._sequence(depth + 1)

    def _scalar(self, event: ScalarEvent) -> Plain:
        if event.anchor is not None or event.tag is not None:
            self._refuse_decoration(event)
        value: str = event.value
        if event.implicit[0] and (not value or value[0] in _MAY_BE_VALUE):
            return _resolve(value)
        return value

    def _sequence(self, depth: int) -> list[Plain]:
        values: list[Plain] = []
        event = self._next()
        while not isinstance(event, SequenceEndEvent):
            values.append(self._value(event, depth))
            event = self._next()
        return values

    def _mapping(self, depth: int) -> dict[str, Plain]:
        values: dict[str, Plain] = {}
        event = self._next()
        while not isinstance(event, MappingEndEvent):
            key = self._key(event, depth)
            value = self._value(self._next(), depth)
            if key in values:
                self._refuse(event, f"key “{key}” stands here a second time: keep one")
            elif key is not None:
                values[key] = value
            event = self._next()
        return values

    def _key(self, event: Event, depth: int) -> str | None:
        if not isinstance(event, ScalarEvent):
            self._refuse(event, "a key is text, not a list, a mapping or an alias")
            self._value(event, depth)
            return None
        if event.anchor is not None or event.tag is not None:
            self._refuse_decoration(event)
        key: str = event.value
        if key == "<<" and event.implicit[0]:
            self._refuse(event, "merge key <<: write the keys out")
            return None
        return key

    def _refuse_decoration(self, event: ScalarEvent | CollectionStartEvent) -> None:
        if event.anchor is not None:
            self._refuse(event, f"anchor &{event.anchor}: take it away and write the value out")
        if event.tag is not None:
            self._refuse(event, f"tag {event.tag}: take it away")

    def _refuse(self, event: Event, message: str) -> None:
        self._refused.append((line_of(event), message))


def _resolve(value: str) -> Plain:
    if value in _WORDS:
        return _WORDS[value]
    if _WHOLE.fullmatch(value):
        return int(value)
    # A decimal is nowhere allowed; known for one, it can be reported as an unquoted number.
    return float(value) if _DECIMAL.fullmatch(value) else value


def event_source(content: bytes) -> Callable[[], Event]:
    """Return what gives the next event of UTF-8 text; nothing may be asked for after the end."""
    # Bytes, because the parser would encode a text once more.
    return cast("Callable[[], Event]", CBaseLoader(content).get_event)


def line_of(event: Event) -> int:
    """Return the line on which an event begins, counted from 1."""
    return cast("Mark", event.start_mark).line + 1
