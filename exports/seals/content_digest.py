"""A digest of what a PDF file shows and does, whichever program saved it last.

It goes through everything that can be reached from the catalogue, in an order of its own, and
leaves out what filling a form in or saving a file again may change: the values of fields, how
fields of text are drawn, dates, metadata, object numbers, compression. What is left is all that
counts: pages, fonts, structure, actions, scripts, annotations, attached files, the fields with
their names, labels, options and the drawings of their boxes.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Name, Object

from exports.seals.appearances import stays_in_its_field

_PLACES = Decimal("0.001")
"""Programs write fractions with seven digits at least, so three after the point always agree."""

_MOST_DIGITS = 20
_READ_ONLY = 1
# What describes how a stream is packed, and not what is in it.
_PACKING = frozenset({"/Length", "/Filter", "/DecodeParms", "/DL"})
_CATALOGUE_LEAVES_OUT = frozenset({"/Metadata", "/PieceInfo", "/Version", "/Extensions"})
# Programs draw the texts of fields with fonts of their own, and say so in /DR and /DA.
_FORM_LEAVES_OUT = frozenset({"/NeedAppearances", "/DR", "/DA"})
_FIELD_LEAVES_OUT = frozenset({"/V", "/DV", "/AS", "/M"})
_TEXT_FIELD_LEAVES_OUT = _FIELD_LEAVES_OUT | {"/AP", "/MK", "/DA", "/RV"}
# Pictures stay packed: what unpacks them differs from program to program.
_KEPT_PACKED = frozenset({"/DCTDecode", "/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode"})
_INHERITED_FROM = 50


class TooMuch(Exception):
    """The file holds more than a document of ours ever does: it may be made to do harm."""


@dataclass(frozen=True, slots=True)
class Caps:
    """How much of a file is looked at: values, and bytes of its streams once unpacked."""

    values: int = 3_000_000
    stream_bytes: int = 150_000_000


def content_digest(pdf: pikepdf.Pdf, caps: Caps | None = None) -> str:
    """Return 64 hexadecimal digits that are the same while the file shows and does the same.

    Raises TooMuch beyond the caps, and what pikepdf raises for damaged files.
    """
    return _Walk(pdf, caps or Caps()).digest()


@dataclass(frozen=True, slots=True)
class _Close:
    """Ends a container on the stack of what is still to do."""

    mark: bytes


class _Walk:
    """One way through a file; what is left to do is on a stack of its own, not on Python's."""

    def __init__(self, pdf: pikepdf.Pdf, caps: Caps) -> None:
        self._root = pdf.Root
        self._hash = hashlib.sha256()
        self._values_left = caps.values
        self._bytes_left = caps.stream_bytes
        # Where each object was met first: its number in the file says nothing.
        self._places: dict[tuple[int, int], bytes] = {}

    def digest(self) -> str:
        waiting: list[tuple[bytes, Any] | _Close] = [(_ROOT, self._root)]
        while waiting:
            step = waiting.pop()
            if isinstance(step, _Close):
                self._hash.update(step.mark)
                continue
            self._values_left -= 1
            if self._values_left < 0:
                raise TooMuch("the file has more parts than a document of ours")
            place, value = step
            waiting.extend(self._met(place, value))
        return self._hash.hexdigest()

    def _met(self, place: bytes, value: Any) -> list[tuple[bytes, Any] | _Close]:
        """Take one value in and return what stands in it, last part first."""
        if not isinstance(value, Object) or not isinstance(
            value, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream
        ):
            self._hash.update(_plain(value))
            return []
        if value.is_indirect:
            before = self._places.setdefault(value.objgen, place)
            if before is not place:
                self._hash.update(b"=" + before)
                return []
        if isinstance(value, pikepdf.Array):
            self._hash.update(b"[")
            parts = [(_step(place, b"%d" % at), each) for at, each in enumerate(value.as_list())]
            return [_Close(b"]"), *reversed(parts)]
        self._hash.update(b"<")
        entries = [
            (_step(place, name.encode(errors="surrogateescape")), name, each)
            for name, each in self._entries(place, value)
        ]
        if isinstance(value, pikepdf.Stream):
            self._take_stream(value)
        found: list[tuple[bytes, Any] | _Close] = [_Close(b">")]
        for step, name, each in reversed(entries):
            found += [(step, each), (step, Name(name))]
        return found

    def _entries(self, place: bytes, value: Object) -> Iterator[tuple[str, Any]]:
        """Give what counts of a dictionary, in the order of the names."""
        bare = value.stream_dict if isinstance(value, pikepdf.Stream) else value
        items: dict[str, Any] = dict(bare.items())
        left_out, read_only_too = self._left_out(place, value, items)
        for name in sorted(items):
            if name in left_out:
                continue
            each = items[name]
            if name == "/Ff" and read_only_too and isinstance(each, int):
                each &= ~_READ_ONLY
                if not each:
                    continue
            yield name, each

    def _left_out(
        self, place: bytes, value: Object, items: dict[str, Any]
    ) -> tuple[frozenset[str], bool]:
        """Return the names that do not count, and whether the read-only flag is one of them."""
        if isinstance(value, pikepdf.Stream):
            return _PACKING, False
        if place == _ROOT:
            return _CATALOGUE_LEAVES_OUT, False
        if "/FT" in items or items.get("/Subtype") == Name.Widget:
            if _inherited(value, "/FT") != Name.Tx:
                return _FIELD_LEAVES_OUT, True
            if stays_in_its_field(items.get("/AP")):
                return _TEXT_FIELD_LEAVES_OUT, True
            return _TEXT_FIELD_LEAVES_OUT - {"/AP"}, True
        if place == _FORM:
            return _FORM_LEAVES_OUT, False
        return frozenset(), False

    def _take_stream(self, stream: pikepdf.Stream) -> None:
        content = self._unpacked(stream)
        self._hash.update(b"s%d:" % len(content) + hashlib.sha256(content).digest())

    def _unpacked(self, stream: pikepdf.Stream) -> bytes:
        filters = _names(stream.get("/Filter"))
        raw = stream.read_raw_bytes()
        if not filters or set(filters) & _KEPT_PACKED:
            self._hash.update("".join(filters).encode())
            content = raw
        elif len(filters) == 1 and filters[0] == "/FlateDecode" and "/DecodeParms" not in stream:
            content = self._inflated(raw)
        else:
            # A filter upon a filter can unpack a few bytes into more than any memory.
            self._inflated_at_most(raw, filters)
            content = stream.read_bytes()
        self._bytes_left -= len(content)
        if self._bytes_left < 0:
            raise TooMuch("the file unpacks into more than a document of ours")
        return content

    def _inflated(self, raw: bytes) -> bytes:
        try:
            unpacking = zlib.decompressobj()
            content = unpacking.decompress(raw, self._bytes_left + 1)
        except zlib.error:
            return b"damaged:" + raw
        if len(content) > self._bytes_left:
            raise TooMuch("the file unpacks into more than a document of ours")
        return content

    def _inflated_at_most(self, raw: bytes, filters: list[str]) -> None:
        packing = [each for each in filters if each not in ("/ASCII85Decode", "/ASCIIHexDecode")]
        if len(packing) > 1:
            raise TooMuch("the file is packed several times over")
        if packing == ["/FlateDecode"] and len(filters) == 1:
            self._inflated(raw)
        elif packing and len(raw) * _MOST_PACKED > self._bytes_left:
            raise TooMuch("the file unpacks into more than a document of ours")


_MOST_PACKED = 1400
"""How many bytes at most one packed byte becomes, by any of the methods that PDF knows."""


def _step(place: bytes, name: bytes) -> bytes:
    """Return the place of what stands in another under a name; short, however deep it is."""
    return hashlib.blake2b(name, key=place, digest_size=12).digest()


_ROOT = b"catalogue"
_FORM = _step(_ROOT, b"/AcroForm")


def _names(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, pikepdf.Array):
        return [str(each) for each in value.as_list()[:20]]
    return [str(value)]


def _inherited(value: Object, name: str) -> Any:
    """Return an entry of a field or of what it belongs to."""
    for _ in range(_INHERITED_FROM):
        if name in value:
            return value[name]
        parent = value.get("/Parent")
        if not isinstance(parent, pikepdf.Dictionary):
            return None
        value = parent
    return None


def _plain(value: Any) -> bytes:
    """Return a value that holds no others, told apart from all that are not the same."""
    match value:
        case bool():
            return b"t" if value else b"f"
        case int():
            return b"n%d " % value
        case Decimal() | float():
            return b"n%s " % _number(Decimal(value)).encode()
        case None:
            return b"z"
        case pikepdf.Name():
            return _measured(b"/", str(value).encode(errors="surrogateescape"))
        case pikepdf.String():
            return _measured(b"(", bytes(value))
        case pikepdf.Operator():
            return _measured(b"o", str(value).encode(errors="surrogateescape"))
        case _:
            return _measured(b"?", repr(value).encode(errors="surrogateescape"))


def _number(value: Decimal) -> str:
    if not value.is_finite() or value.adjusted() > _MOST_DIGITS:
        return f"{value:e}"
    rounded = format(value.quantize(_PLACES), "f").rstrip("0").rstrip(".")
    return "0" if rounded == "-0" else rounded


def _measured(mark: bytes, content: bytes) -> bytes:
    return mark + b"%d:" % len(content) + content
