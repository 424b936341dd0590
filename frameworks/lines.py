"""On which line of a file each value stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from yaml.events import (
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from frameworks.problems import Path
from frameworks.strict_yaml import event_source, line_of


@dataclass(slots=True)
class _Node:
    """Where a value began, and where its parts did."""

    line: int
    keys: dict[str, tuple[int, _Node]] = field(default_factory=dict)
    items: list[_Node] = field(default_factory=list)


class Lines:
    """On which line of a text each value stands; the text is read again only when asked."""

    def __init__(self, text: str) -> None:
        """Keep a text that `load` has read."""
        self._text = text
        self._root: _Node | None = None

    def at(self, path: Path) -> int:
        """Return the line of a value, or of the nearest value around it that there is."""
        if self._root is None:
            self._root = _Marker(self._text).root()
        node = self._root
        line = node.line
        for step in path:
            if isinstance(step, str) and step in node.keys:
                line, node = node.keys[step]
            elif isinstance(step, int) and step < len(node.items):
                node = node.items[step]
                line = node.line
            else:
                break
        return line


class _Marker:
    """The same walk as the builder's, keeping lines instead of values."""

    def __init__(self, text: str) -> None:
        self._next = event_source(text.encode())

    def root(self) -> _Node:
        self._next()
        self._next()
        return self._node(self._next())

    def _node(self, event: Event) -> _Node:
        node = _Node(line_of(event))
        if isinstance(event, SequenceStartEvent):
            while not isinstance(event := self._next(), SequenceEndEvent):
                node.items.append(self._node(event))
        elif isinstance(event, MappingStartEvent):
            while not isinstance(event := self._next(), MappingEndEvent):
                key = self._node(event)
                value = self._node(self._next())
                if isinstance(event, ScalarEvent):
                    node.keys.setdefault(event.value, (key.line, value))
        return node
