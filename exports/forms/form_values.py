"""The fields of somebody's PDF file with what is in them, whoever wrote it and however.

Nothing is believed: a field may be its own parent, a value may be of any kind, a text may be
written in any of four ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from exports.forms.opening import too_much

# Sixty competencies for fourteen positions, with a box for each option, are some 5,500.
_MOST_FIELDS = 15_000
_DEEPEST = 8
_LONGEST_TEXT = 1_000_000
_NOT_MARKED = frozenset({"", "Off"})
_LANGUAGE = re.compile("\x1b[A-Za-z]{2}(?:[A-Za-z]{2})?\x1b")
_ENCODINGS = (
    (b"\xfe\xff", "utf-16-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xef\xbb\xbf", "utf-8"),
)


class NotAValue(ValueError):
    """Where a text or the name of a choice should be, there is something else."""


class Doubled(ValueError):
    """Two fields have the same name, so that nobody can say which of them counts."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a file: `kind` is /Tx, /Btn, /Ch, /Sig or empty, `value` is as it was found.

    `states` are the names of the marks that its boxes can show, `shown` of those that they do.
    """

    name: str
    kind: str
    flags: int
    value: Any
    boxes: int
    states: frozenset[str]
    shown: frozenset[str]

    def text(self) -> str:
        """Return the value as a text with the line breaks that it has; NotAValue if it is none."""
        return text_of(self.value)

    def marked(self) -> frozenset[str]:
        """Return the marks that are set, by the value or by what a box shows; NotAValue.

        Writers leave out one or the other. Whoever sees a mark takes it for the answer, and so do
        we; where value and boxes say different things, both are returned.
        """
        # Some write the name of a mark as a text, with the slash that names begin with.
        return (self.shown | {text_of(self.value).removeprefix("/")}) - _NOT_MARKED


def form_fields(pdf: pikepdf.Pdf) -> Mapping[str, FormField]:
    """Return the fields of a file by their full names; none where it has no form.

    Raises Doubled, and FileRefused where they are deeper or more than those of a form.
    """
    form = pdf.Root.get(Name.AcroForm)
    if not isinstance(form, pikepdf.Dictionary):
        return {}
    found: dict[str, FormField] = {}
    for field in _Tree().fields(_items(form.get(Name.Fields))):
        if field.name in found:
            raise Doubled(field.name)
        found[field.name] = field
    return found


@dataclass(frozen=True, slots=True)
class _Node:
    """A field that was reached, with what it has from those above it."""

    dictionary: Any
    above: str
    kind: str
    flags: int
    value: Any
    depth: int


class _Tree:
    """One way through the fields of a file, from those at the top down."""

    def __init__(self) -> None:
        self._left = _MOST_FIELDS

    def fields(self, roots: list[Any]) -> Iterator[FormField]:
        """Give every field that has no further fields below it."""
        waiting = [_Node(each, "", "", 0, None, 0) for each in reversed(roots)]
        while waiting:
            node = waiting.pop()
            self._note(node.depth)
            dictionary = node.dictionary
            if not isinstance(dictionary, pikepdf.Dictionary):
                continue
            own = text_of(dictionary.get(Name.T))
            name = f"{node.above}.{own}" if node.above and own else node.above or own
            kind = _name_of(dictionary.get(Name.FT)) or node.kind
            flags = _number_of(dictionary.get(Name.Ff), node.flags)
            value = dictionary.get(Name.V, node.value)
            kids = [
                each
                for each in _items(dictionary.get(Name.Kids))
                if isinstance(each, pikepdf.Dictionary)
            ]
            below = [each for each in kids if Name.T in each]
            if below:
                waiting.extend(
                    _Node(each, name, kind, flags, value, node.depth + 1)
                    for each in reversed(below)
                )
            boxes = [each for each in kids if Name.T not in each]
            for _ in boxes:
                self._note(node.depth + 1)
            if boxes or not below:
                yield _field(name, kind, flags, value, boxes or [dictionary])

    def _note(self, depth: int) -> None:
        # Fields that lead round in a circle are deeper than any; those in a fan are too many.
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST:
            raise too_much()


def _field(name: str, kind: str, flags: int, value: Any, boxes: list[Any]) -> FormField:
    widgets = [each for each in boxes if each.get(Name.Subtype) == Name.Widget]
    shown = frozenset(_name_of(each.get(Name.AS)) for each in widgets)
    states = frozenset(state for each in widgets for state in _states(each))
    return FormField(name, kind, flags, value, len(widgets), states, shown - _NOT_MARKED)


def _states(widget: Any) -> Iterator[str]:
    appearances = widget.get(Name.AP)
    normal = appearances.get(Name.N) if isinstance(appearances, Dictionary) else None
    if isinstance(normal, Dictionary):
        yield from {name[1:] for name in dict(normal.items())} - _NOT_MARKED


def text_of(value: Any) -> str:
    """Return a value as a text, whichever of the allowed ways it is written; NotAValue if none."""
    match value:
        case None:
            return ""
        case pikepdf.String():
            return _decoded(bytes(value))
        case pikepdf.Name():
            return str(value)[1:]
        case pikepdf.Stream():
            return _decoded(_unpacked(value))
        case pikepdf.Dictionary() | pikepdf.Array():
            raise NotAValue("a value is a text")
        case _:
            return str(value)


def _unpacked(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        # No program of good will packs an answer, and less so one that cannot be unpacked.
        raise too_much() from None


def _decoded(content: bytes) -> str:
    if len(content) > _LONGEST_TEXT:
        raise too_much()
    for mark, encoding in _ENCODINGS:
        if content.startswith(mark):
            # A language may be named in between, which is no part of the text.
            text = content[len(mark) :].decode(encoding, errors="replace")
            return _LANGUAGE.sub("", text)
    return content.decode("pdfdoc", errors="replace")


def _items(value: Any) -> list[Any]:
    return list(value.as_list()) if isinstance(value, pikepdf.Array) else []


def _name_of(value: Any) -> str:
    return str(value)[1:] if isinstance(value, pikepdf.Name) else ""


def _number_of(value: Any, otherwise: int) -> int:
    return value if isinstance(value, int) else otherwise
