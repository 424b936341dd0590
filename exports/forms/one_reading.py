"""Whether every reader finds the same document in a file.

A reader that does not find a part where the table of a file says looks through all of it, and takes
whatever it finds last under a number. Such parts could be hidden in a file for some readers alone,
so a file in which the two ways lead to different parts is not read at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pikepdf

# The same bytes must be the beginning for everybody: some count from the mark, some from byte 0.
_BEGINNING = re.compile(rb"%PDF-\d\.\d")
# Blanks and comments; bounded, so that a file cannot make the search a long one.
_BETWEEN = rb"(?:[\s\x00]|%[^\r\n]{0,100}[\r\n]){1,20}"
_NUMBERED = rb"(\d{1,10})" + _BETWEEN + rb"(\d{1,5})" + _BETWEEN
_OBJECT = re.compile(rb"(?<!\d)" + _NUMBERED + rb"obj(?![A-Za-z])")
_COMPRESSED = 2
_SPACE = b"\0\t\n\f\r "


def _name(name: str) -> bytes:
    """Return a pattern for a name, each letter of which may be written by its number."""
    return b"/" + b"".join(b"(?:%c|#(?i:%02x))" % (ord(each), ord(each)) for each in name)


_ROOT = re.compile(_name("Root") + _BETWEEN + _NUMBERED)
_HYBRID = re.compile(_name("XRefStm") + _BETWEEN + rb"\d")
_OBJECT_STREAM = re.compile(_name("ObjStm") + rb"(?![A-Za-z0-9])")


def has_one_reading(pdf: pikepdf.Pdf, content: bytes) -> bool:
    """Say whether the parts of a file are the same for readers that go by its table or by none."""
    return (
        _BEGINNING.match(content) is not None
        and not _HYBRID.search(content)
        and _has_one_catalogue(pdf, content)
        and _objects_are_last(pdf, content)
    )


def _has_one_catalogue(pdf: pikepdf.Pdf, content: bytes) -> bool:
    named = {(int(number), int(generation)) for number, generation in _ROOT.findall(content)}
    return named <= {pdf.Root.objgen}


def _objects_are_last(pdf: pikepdf.Pdf, content: bytes) -> bool:
    """Say whether each object is the last under its number, and none is in no table."""
    table = pdf.get_xref_table()
    entries = {number: entry for (number, _), entry in table.items()}
    is_packed = any(entry.type == _COMPRESSED for entry in entries.values())
    if len(entries) != len(table) or (not is_packed and _OBJECT_STREAM.search(content)):
        return False
    last = {int(found[1]): found.start() for found in _OBJECT.finditer(content)}
    return all(_is_last(content, entries, number, at) for number, at in last.items())


def _is_last(
    content: bytes, entries: Mapping[int, pikepdf.XrefEntry], number: int, at: int
) -> bool:
    """Say whether an object of which no later one has the number is the one of the table."""
    entry = entries.get(number)
    if entry is None:
        return False
    if entry.type == _COMPRESSED:
        # An earlier save had it plain; what holds it now comes later.
        holder = entries.get(entry.obj_stream_number or 0)
        return holder is not None and holder.offset is not None and at < holder.offset
    place = entry.offset
    return place is not None and place <= at and not content[place:at].strip(_SPACE)
