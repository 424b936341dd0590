"""PDF files that a careless reader never finishes reading, or not in its memory."""

from __future__ import annotations

import functools
import io
import itertools
import zlib
from collections.abc import Mapping

import pikepdf

from exports.forms.filled import Reason
from exports.seals.incremental import ending_of, section

_PIECE = 10_000_000
_HEAD = b"%PDF-1.7\n"


def bombs(form: bytes) -> dict[str, bytes]:
    """Return such files by what is in them; those that can be forms carry the form's seal."""
    return {**_bombs_with_a_seal(form), **_bombs_without_a_seal()}


def _bombs_with_a_seal(form: bytes) -> dict[str, bytes]:
    end = ending_of(form)
    with pikepdf.open(io.BytesIO(form)) as pdf:
        root, pages = _number(pdf.Root), _number(pdf.Root.Pages)
        page, text = _number(pdf.pages[0].obj), _number(pdf.Root.AcroForm.Fields[0])
        seal = _number(pdf.Root.PieceInfo.Boardmark.Private)
        the_page = pdf.get_object(page, 0).unparse(resolved=True)
        the_text = pdf.get_object(text, 0).unparse(resolved=True)

    def appended(objects: Mapping[int, bytes]) -> bytes:
        return form + section(end, objects)

    def in_the_page(content: bytes, entries: bytes) -> bytes:
        reference = b" /Contents %d 0 R >>" % end.size
        return appended(
            {page: the_page.removesuffix(b">>") + reference, end.size: _stream(content, entries)}
        )

    packed = b"/Filter /FlateDecode"
    twice = zlib.compress(zlib.compress(bytes(200_000_000)))
    value = the_text.removesuffix(b">>") + b" /V %d 0 R >>" % end.size
    return {
        "gigabytes in a page": in_the_page(gigabytes(), packed),
        "packed twice over": in_the_page(twice, b"/Filter [/FlateDecode /FlateDecode]"),
        "packed thirty times over": in_the_page(twice, b"/Filter [%b]" % (b"/FlateDecode " * 30)),
        "gigabytes in an answer": appended({text: value, end.size: _stream(gigabytes(), packed)}),
        "gigabytes in the seal": appended({seal: _stream(gigabytes(), packed)}),
        "an answer of nine megabytes": appended(
            {text: the_text.removesuffix(b">>") + b" /V (%b) >>" % (b"a" * 9_000_000)}
        ),
        "a field below itself": appended(
            {text: b"<< /T (about:person) /FT /Tx /Kids [%d 0 R] >>" % text}
        ),
        "fields below each other": appended(
            {
                text: b"<< /T (about:person) /FT /Tx /Kids [%d 0 R] >>" % end.size,
                end.size: b"<< /T (a) /Parent %d 0 R /Kids [%d 0 R] >>" % (text, text),
            }
        ),
        "a parent that is itself": appended(
            {text: the_text.removesuffix(b">>") + b" /Parent %d 0 R >>" % text}
        ),
        "twenty thousand fields": with_fields(form, 20_000),
        "fields a thousand deep": appended(
            _chain(text, end.size, 1_000, b"<< /T (a) /FT /Tx /Kids [%d 0 R] >>")
        ),
        "pages a hundred thousand deep": appended(
            _chain(pages, end.size, 100_000, b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>")
        ),
        "a length that is itself": in_the_page(b"", b"").replace(
            b"/Length 0 >>\nstream", b"/Length %d 0 R >>\nstream" % end.size
        ),
        "arrays in arrays": appended(
            {root: b"<< /Type /Catalog /Pages " + b"[" * 400_000 + b"]" * 400_000 + b" >>"}
        ),
        "dictionaries in dictionaries": appended({root: b"<</A " * 200_000 + b">>" * 200_000}),
        "pages below themselves": appended(
            {pages: b"<< /Type /Pages /Count 9 /Kids [%d 0 R] >>" % pages}
        ),
    }


def _bombs_without_a_seal() -> dict[str, bytes]:
    table = b"xref\n0 450000\n0000000000 65535 f \n" + b"0000000009 00000 n \n" * 449_999
    whole = b"1 0 obj\n<< /Type /Catalog /Pages << /Type /Pages /Kids [] /Count 0 >> >>\nendobj\n"
    return {
        "a table after itself": _file(b"xref\n0 1\n0000000000 65535 f \n", b"/Size 1 /Prev 9"),
        "a table of two thousand million": _file(b"xref\n0 2147483647\n", b"/Size 2147483647"),
        "a table of half a million": _file(table, b"/Size 450000 /Root 1 0 R", whole),
        "a packed table of two thousand million": _with_xref_stream(
            _stream(
                gigabytes(),
                b"/Type /XRef /Size 2147483647 /Index [0 2147483647] /W [1 4 2] /Root 1 0 R"
                b" /Filter /FlateDecode",
            )
        ),
        "objects in a stream that is in itself": _with_xref_stream(
            _stream(
                bytes([0, 0, 0, 2, 2, 0, 2, 2, 0, 1, 9, 0]),
                b"/Type /XRef /Size 4 /W [1 1 1] /Root 1 0 R",
            )
        ),
        "a million objects in a stream": _many_objects(),
    }


def with_fields(form: bytes, number: int) -> bytes:
    """Return the form with so many fields instead of its own."""
    with pikepdf.open(io.BytesIO(form)) as pdf:
        fields = _number(pdf.Root.AcroForm)
    all_fields = b" ".join(b"<< /T (%d) /FT /Tx >>" % each for each in range(number))
    return form + section(ending_of(form), {fields: b"<< /Fields [%b] >>" % all_fields})


def _chain(first: int, free: int, depth: int, link: bytes) -> dict[int, bytes]:
    """Return objects of which each leads to the next; the last leads to nothing."""
    numbers = [first, *range(free, free + depth)]
    return {number: link % after for number, after in itertools.pairwise(numbers)}


@functools.cache
def gigabytes() -> bytes:
    """Return five thousand million zeros, packed into about five million bytes."""
    packing = zlib.compressobj(9)
    first = packing.compress(bytes(_PIECE)) + packing.flush(zlib.Z_FULL_FLUSH)
    # After a full flush the same zeros are packed the same, so one piece serves for all.
    piece = packing.compress(bytes(_PIECE)) + packing.flush(zlib.Z_FULL_FLUSH)
    return first + piece * 499 + packing.flush()


def _many_objects() -> bytes:
    number = 1_000_000
    pairs = b"".join(b"%d 0 " % (each + 10) for each in range(number))
    content = zlib.compress(pairs + b"<< /Type /Catalog >> ")
    objects = _stream(
        content,
        b"/Type /ObjStm /N %d /First %d /Filter /FlateDecode" % (number, len(pairs)),
    )
    entries = bytes([0, 0, 0, 0, 0]) + b"\x02\x00\x00\x02\x00" + b"\x01" + (9).to_bytes(3) + b"\0"
    body = b"2 0 obj\n" + objects + b"\nendobj\n"
    place = len(_HEAD) + len(body)
    table = _stream(entries, b"/Type /XRef /Size 3 /W [1 3 1] /Root 1 0 R")
    return _HEAD + body + b"3 0 obj\n" + table + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % place


def _file(table: bytes, trailer: bytes, body: bytes = b"") -> bytes:
    end = b"trailer << %b >>\nstartxref\n%d\n%%%%EOF\n" % (trailer, len(_HEAD + body))
    return _HEAD + body + table + end


def _with_xref_stream(stream: bytes) -> bytes:
    return _HEAD + b"3 0 obj\n" + stream + b"\nendobj\nstartxref\n9\n%%EOF\n"


def _stream(content: bytes, entries: bytes) -> bytes:
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (entries, len(content), content)


def _number(value: pikepdf.Object) -> int:
    return value.objgen[0]


_TOO_MUCH, _DAMAGED = (Reason.TOO_MUCH,), (Reason.CUT_OFF,)
BOMBS: Mapping[str, tuple[Reason, ...]] = {
    "gigabytes in a page": _TOO_MUCH,
    "packed twice over": _TOO_MUCH,
    "packed thirty times over": _TOO_MUCH,
    "gigabytes in an answer": _TOO_MUCH,
    "gigabytes in the seal": (Reason.NOT_OURS,),
    "an answer of nine megabytes": _TOO_MUCH,
    "a field below itself": _TOO_MUCH,
    "fields below each other": _TOO_MUCH,
    "a parent that is itself": (Reason.ALTERED,),
    "twenty thousand fields": _TOO_MUCH,
    "fields a thousand deep": _TOO_MUCH,
    "pages a hundred thousand deep": _DAMAGED,
    "a length that is itself": _DAMAGED,
    "arrays in arrays": _TOO_MUCH,
    "dictionaries in dictionaries": _TOO_MUCH,
    "pages below themselves": _DAMAGED,
    "a table after itself": _DAMAGED,
    "a table of two thousand million": _DAMAGED,
    "a table of half a million": _DAMAGED,
    "a packed table of two thousand million": _DAMAGED,
    "objects in a stream that is in itself": _DAMAGED,
    "a million objects in a stream": _DAMAGED,
}
"""Every such file by name, with the reasons for which it may be refused."""
