"""PDF's own incremental save: what changed is appended, and not a byte before it is touched.

A section is the changed objects, a classic cross-reference table of them alone and a trailer that
leads to the table before. Files of which this would not be true (with cross-reference streams,
with both kinds of table, encrypted) are refused.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

_TAIL = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF\s*\Z")
# How far from the end a reader looks for the address of the last table.
_TAIL_BYTES = 1024
_SUBSECTION = re.compile(rb"\s*(\d+) (\d+)\s*?(?:\r\n|\r|\n)")
_ENTRY_BYTES = 20
_OTHER_GENERATION = re.compile(rb"\d{10} (?!00000)\d{5} n")
_TRAILER = re.compile(rb"\s*trailer\s*<<")
_TOKEN = re.compile(
    rb"(?:\s|%[^\r\n]*[\r\n])*"
    rb"(<<|>>|\[|\]|<[0-9A-Fa-f\s]*>|\((?:\\.|[^\\()])*\)|/[^\s/<>\[\](){}%]*|[^\s/<>\[\](){}%]+)",
    re.DOTALL,
)
_OPENING, _CLOSING = frozenset((b"<<", b"[")), frozenset((b">>", b"]"))
_NUMBER = re.compile(rb"\d{1,12}")
_TABLES = 100
_ID_BYTES = 16


class NotAppendable(Exception):
    """A section cannot be appended to this file; the message says what stands in the way."""


@dataclass(frozen=True, slots=True)
class Ending:
    """What the next section must know of a file.

    `length` is the file's in bytes, `startxref` the place of its last table, `size` the first
    object number that is free. `trailer` has the entries that every trailer repeats (/Root and,
    where there is one, /Info), `permanent_id` the first half of /ID or nothing.
    """

    length: int
    startxref: int
    size: int
    trailer: bytes
    permanent_id: bytes = b""


def ending_of(pdf: bytes) -> Ending:
    """Return how a file ends; NotAppendable if it is not one that a section may follow."""
    if not pdf.startswith(b"%PDF-"):
        raise NotAppendable("the file does not begin as a PDF does")
    tail = _TAIL.search(pdf, max(0, len(pdf) - _TAIL_BYTES))
    if not tail:
        raise NotAppendable("the file does not end as a PDF does: it may be cut off")
    newest = startxref = int(tail.group(1))
    entries = last = _trailer_at(pdf, startxref)
    seen = {startxref}
    while b"/Prev" in entries:
        startxref = _number(entries[b"/Prev"])
        if startxref in seen or len(seen) > _TABLES:
            raise NotAppendable("the cross-reference tables lead round in a circle")
        seen.add(startxref)
        entries = _trailer_at(pdf, startxref)
    repeated = [name + b" " + last[name] for name in (b"/Root", b"/Info") if name in last]
    ids = [found.group(1) for found in _TOKEN.finditer(last.get(b"/ID", b""))]
    return Ending(
        length=len(pdf),
        startxref=newest,
        size=_number(last.get(b"/Size", b"")),
        trailer=b" ".join(repeated),
        permanent_id=ids[1] if len(ids) == 4 else b"",
    )


def section(ending: Ending, objects: Mapping[int, bytes]) -> bytes:
    """Return what to append so that the file holds these objects: number → whole body.

    A body is what stands between `obj` and `endobj`. Numbers below `ending.size` replace objects,
    new ones are counted on from there; ValueError for a number that leaves a gap, or for nothing.
    """
    numbers = sorted(objects)
    size = max(ending.size, numbers[-1] + 1) if numbers else 0
    if not numbers or numbers[0] < 1 or size > ending.size + _new(numbers, ending.size):
        raise ValueError("a section needs objects, and new ones are numbered without a gap")
    # The file may end without a line break, so each section brings its own.
    written = [b"\n", *(b"%d 0 obj\n%b\nendobj\n" % (each, objects[each]) for each in numbers)]
    body = b"".join(written)
    offsets = accumulate(map(len, written), initial=ending.length)
    next(offsets)
    places = dict(zip(numbers, offsets, strict=False))
    # The head of the free list comes first, as in every table: some readers count from it.
    return b"%bxref\n0 1\n0000000000 65535 f \n%btrailer\n<< /Size %d /Prev %d %b%b >>\n%b" % (
        body,
        b"".join(_subsections(places)),
        size,
        ending.startxref,
        ending.trailer,
        _file_identifier(ending.permanent_id, body),
        b"startxref\n%d\n%%%%EOF\n" % (ending.length + len(body)),
    )


def ending_after(ending: Ending, appended: bytes) -> Ending:
    """Return how the file ends once this section of it was appended.

    NotAppendable if it is not such a section.
    """
    tail = _TAIL.search(appended, max(0, len(appended) - _TAIL_BYTES))
    if not tail:
        raise NotAppendable("this is not a section that can be followed by another")
    startxref = int(tail.group(1))
    entries = _trailer_at(appended, startxref - ending.length)
    return Ending(
        length=ending.length + len(appended),
        startxref=startxref,
        size=_number(entries.get(b"/Size", b"")),
        trailer=ending.trailer,
        permanent_id=ending.permanent_id,
    )


def _new(numbers: Sequence[int], size: int) -> int:
    return sum(1 for each in numbers if each >= size)


def _subsections(places: Mapping[int, int]) -> Iterator[bytes]:
    """Give the table of ascending numbers, each unbroken run of them under its own head."""
    run: list[bytes] = []
    first = 0
    for number, place in places.items():
        if run and number != first + len(run):
            yield b"%d %d\n%b" % (first, len(run), b"".join(run))
            run = []
        if not run:
            first = number
        run.append(b"%010d 00000 n \n" % place)
    yield b"%d %d\n%b" % (first, len(run), b"".join(run))


def _file_identifier(permanent: bytes, body: bytes) -> bytes:
    """Give /ID its second half, which tells this state of the file from the others."""
    if not permanent:
        return b""
    changing = hashlib.sha256(body).hexdigest()[: 2 * _ID_BYTES].encode()
    return b" /ID [%b<%b>]" % (permanent, changing)


def _trailer_at(pdf: bytes, startxref: int) -> dict[bytes, bytes]:
    """Return the trailer's entries, each value as it is written; NotAppendable for other kinds."""
    if pdf[startxref : startxref + 4] != b"xref" or startxref < 0:
        raise NotAppendable("the file has no classic cross-reference table where it says")
    found = _TRAILER.match(pdf, _end_of_table(pdf, startxref + 4))
    if not found:
        raise NotAppendable("the file's cross-reference table has no trailer")
    entries = dict(_entries(pdf, found.end()))
    if b"/Encrypt" in entries:
        raise NotAppendable("the file is encrypted")
    if b"/XRefStm" in entries:
        raise NotAppendable("the file has cross-reference streams beside its tables")
    if b"/Root" not in entries:
        raise NotAppendable("the file's trailer names no catalogue")
    return entries


def _end_of_table(pdf: bytes, place: int) -> int:
    """Step over the subsections; NotAppendable where an object is not of the first generation."""
    while head := _SUBSECTION.match(pdf, place):
        place = head.end() + _ENTRY_BYTES * int(head.group(2))
        if place > len(pdf):
            raise NotAppendable("the file's cross-reference table is cut off")
        if _OTHER_GENERATION.search(pdf, head.end(), place):
            raise NotAppendable("the file uses numbers of deleted objects again")
    return place


def _entries(pdf: bytes, place: int) -> Iterator[tuple[bytes, bytes]]:
    """Give name and value of the dictionary that was opened just before this place."""
    name, value, depth = b"", list[bytes](), 0
    while token := _TOKEN.match(pdf, place):
        place, text = token.end(), token.group(1)
        if depth == 0 and (text == b">>" or (text.startswith(b"/") and (value or not name))):
            if name:
                yield name, b" ".join(value)
            if text == b">>":
                return
            name, value = text, []
            continue
        depth += (text in _OPENING) - (text in _CLOSING)
        value.append(text)
    raise NotAppendable("the file's trailer cannot be read")


def _number(text: bytes) -> int:
    if not _NUMBER.fullmatch(text):
        raise NotAppendable("the file's trailer cannot be read")
    return int(text)
