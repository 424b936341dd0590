"""The seal of a document: what we made, when and from what, appended to the file and signed.

A printed file has room for it: the catalogue's /PieceInfo names a stream of ours. Sealing appends
one section (PDF's own incremental save) that puts the seal into that stream, so that not a byte of
what was printed changes, and the seal can say what those bytes were.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Name

from exports.fields import Field, as_data, from_data
from exports.seals.content_digest import content_digest
from exports.seals.identifiers import new_identifier, parse_identifier
from exports.seals.incremental import Ending, ending_of, section
from exports.seals.signing import Keyring, Signature

FORMAT = 1
_LARGEST = 1_000_000
"""How many bytes a seal or a list of fields has at most, unpacked."""


class NotSealable(Exception):
    """The file has no place for a seal: it was not printed by us."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What we state about a file that we made; it names no person.

    `base` is the identifier of what a prefilled copy was made from. `form` is what is needed to
    make the form again, such as its position. `content` is the content digest of what was printed.
    `written` names the fields that we filled and locked, `values` is the digest of what they hold.
    `length` and `sha256` are of the bytes before the seal's section.
    """

    identifier: str
    kind: str
    citation: str
    digest: str
    made_on: dt.date
    content: str
    length: int
    sha256: str
    base: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[Field, ...] = ()
    written: tuple[str, ...] = ()
    values: str = ""
    key_id: str = ""
    signature: str = ""

    def signed_by(self, keyring: Keyring) -> Seal:
        """Return the seal with the signature of the keyring's present key, if there is one."""
        named = dataclasses.replace(self, key_id=keyring.key_id, signature="")
        signature = keyring.sign(_statement(named, _fields_sha256(self.fields)))
        return dataclasses.replace(named, signature=signature.hex())

    def check(self, keyring: Keyring) -> Signature:
        """Say what is known about who signed the seal."""
        try:
            signature = bytes.fromhex(self.signature)
        except ValueError:
            return Signature.FORGED
        bare = dataclasses.replace(self, signature="")
        return keyring.check(self.key_id, _statement(bare, _fields_sha256(self.fields)), signature)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file keeps its seal: the number of the stream, and of that with the fields.

    `fields` is 0 where the file has no such stream.
    """

    seal: int
    fields: int = 0


@dataclass(frozen=True, slots=True)
class Sealed:
    """A seal with the place where it was found."""

    seal: Seal
    place: Place


@dataclass(frozen=True, slots=True)
class Statement:
    """What a seal says about a document before its bytes are known."""

    identifier: str
    kind: str
    citation: str
    digest: str
    made_on: dt.date
    form: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[Field, ...] = ()


def seal_pdf(pdf: bytes, statement: Statement, keyring: Keyring) -> tuple[bytes, Seal]:
    """Return a printed file with its seal appended, and the seal.

    Signed if the keyring has a key. NotSealable or NotAppendable if the file is not as we print.
    """
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        place = _place_in(opened)
        content = content_digest(opened)
    if place is None:
        raise NotSealable("the file has no place for a seal")
    seal = Seal(
        identifier=statement.identifier,
        kind=statement.kind,
        citation=statement.citation,
        digest=statement.digest,
        made_on=statement.made_on,
        content=content,
        length=len(pdf),
        sha256=hashlib.sha256(pdf).hexdigest(),
        form=dict(statement.form),
        fields=statement.fields,
    ).signed_by(keyring)
    return pdf + sealing_section(ending_of(pdf), seal, place), seal


def sealing_section(ending: Ending, seal: Seal, place: Place) -> bytes:
    """Return the section that puts a seal into its place.

    The fields of a copy are those of its base, so they are written where none stand yet.
    """
    if place.fields or not seal.fields:
        return section(ending, {place.seal: seal_body(seal, place)})
    both = Place(place.seal, ending.size)
    return section(
        ending,
        {both.seal: seal_body(seal, both), both.fields: _fields_body(seal.fields)},
    )


def seal_body(seal: Seal, place: Place) -> bytes:
    """Return the stream of a seal, as it stands between `obj` and `endobj`."""
    data = {**_as_data(seal, _fields_sha256(seal.fields)), "signature": seal.signature}
    content = _canonical(data)
    fields = b"/Fields %d 0 R " % place.fields if place.fields else b""
    return b"<< %b/Length %d >>\nstream\n%b\nendstream" % (fields, len(content), content)


def copy_seal(
    base: Seal, *, identifier: str, values: Mapping[str, str], length: int, sha256: str
) -> Seal:
    """Return the unsigned seal of a prefilled copy.

    `values` are what was written into fields that are then locked, by the name of the PDF field;
    `length` and `sha256` are of the copy's bytes before its seal.
    """
    return dataclasses.replace(
        base,
        identifier=identifier,
        base=base.identifier,
        written=tuple(sorted(values)),
        values=values_digest(values),
        length=length,
        sha256=sha256,
        key_id="",
        signature="",
    )


def copy_identifier(keyring: Keyring, base: str, values: Mapping[str, str]) -> str:
    """Return the identifier of a copy, from its base's and everything that was written into it.

    It is the same for the same values and key, and tells nobody else what the values are.
    """
    return new_identifier(keyring.derive(f"{base}\n{values_digest(values)}".encode()))


def values_digest(values: Mapping[str, str]) -> str:
    """Return 64 hexadecimal digits of the values of fields, or an empty text for none."""
    if not values:
        return ""
    return hashlib.sha256(_canonical(dict(values))).hexdigest()


def read_seal(pdf: bytes) -> Sealed | None:
    """Return the seal of a file of ours, or None where there is none that can be read.

    For files that we made; those that others sent are opened by the examiner alone.
    """
    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            return seal_in(opened)
    except pikepdf.PdfError:
        return None


def seal_in(pdf: pikepdf.Pdf) -> Sealed | None:
    """Return the seal of an open file, or None where there is none that can be read."""
    place = _place_in(pdf)
    if place is None:
        return None
    stream = pdf.get_object(place.seal, 0)
    try:
        data = json.loads(_short_stream(stream))
        listed = _short_stream(pdf.get_object(place.fields, 0)) if place.fields else b"[]"
        # Fields that are not those that were sealed make the signature a wrong one.
        return Sealed(_from_data(data, from_data(json.loads(listed))), place)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, zlib.error):
        return None


def _place_in(pdf: pikepdf.Pdf) -> Place | None:
    found: Any = pdf.Root
    for name in (Name.PieceInfo, Name.Boardmark, Name.Private):
        if not isinstance(found, pikepdf.Dictionary) or name not in found:
            return None
        found = found[name]
    if not isinstance(found, pikepdf.Stream) or not found.is_indirect:
        return None
    fields = found.stream_dict.get(Name.Fields)
    if isinstance(fields, pikepdf.Stream) and fields.is_indirect:
        return Place(found.objgen[0], fields.objgen[0])
    return Place(found.objgen[0])


def _short_stream(stream: Any) -> bytes:
    """Return what a stream holds; ValueError where that is not of our making."""
    raw: bytes = stream.read_raw_bytes()
    filters = stream.stream_dict.get(Name.Filter)
    if isinstance(filters, pikepdf.Array) and len(filters) == 1:
        filters = filters[0]
    if filters == Name.FlateDecode and Name.DecodeParms not in stream.stream_dict:
        raw = zlib.decompressobj().decompress(raw, _LARGEST + 1)
    elif filters is not None:
        raise ValueError("packed by a method that we do not use")
    if len(raw) > _LARGEST:
        raise ValueError("longer than any seal")
    return raw


def _fields_body(fields: tuple[Field, ...]) -> bytes:
    packed = zlib.compress(_fields_json(fields), 9)
    return b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(packed), packed)


def _fields_json(fields: tuple[Field, ...]) -> bytes:
    return _canonical(as_data(fields)) if fields else b""


_last_fields: tuple[tuple[Field, ...], str] = ((), "")


def _fields_sha256(fields: tuple[Field, ...]) -> str:
    """Return the digest of a list of fields, at once for the list that was asked for last."""
    global _last_fields  # noqa: PLW0603  A thousand copies share one list.
    known, digest = _last_fields
    if known is not fields or not digest:
        digest = _sha256(_fields_json(fields))
        _last_fields = (fields, digest)
    return digest


def _statement(seal: Seal, fields_sha256: str) -> bytes:
    """Return what is signed: everything that the seal says but the signature."""
    return _canonical(_as_data(seal, fields_sha256))


def _as_data(seal: Seal, fields_sha256: str) -> dict[str, Any]:
    return {
        "seal": FORMAT,
        "identifier": seal.identifier,
        "base": seal.base,
        "kind": seal.kind,
        "citation": seal.citation,
        "digest": seal.digest,
        "made_on": seal.made_on.isoformat(),
        "form": dict(seal.form),
        "content": seal.content,
        "fields": fields_sha256,
        "written": list(seal.written),
        "values": seal.values,
        "length": seal.length,
        "sha256": seal.sha256,
        "key_id": seal.key_id,
    }


def _from_data(data: Any, fields: tuple[Field, ...]) -> Seal:
    """Return the seal of plain data; KeyError, TypeError or ValueError where it is not such."""
    if data["seal"] != FORMAT:
        raise ValueError("a seal of another kind")
    for name in ("identifier", "base"):
        if data[name] and parse_identifier(data[name]) != data[name]:
            raise ValueError("not an identifier as we write it")
    texts = ("kind", "citation", "digest", "content", "values", "sha256", "key_id", "signature")
    form, written, length = data["form"], data["written"], data["length"]
    plain = [data[name] for name in texts] + [*form.keys(), *form.values(), *written]
    if not all(isinstance(each, str) for each in plain) or type(length) is not int or length < 0:
        raise TypeError("a seal holds texts and one length")
    return Seal(
        identifier=str(data["identifier"]),
        base=str(data["base"]),
        made_on=dt.date.fromisoformat(data["made_on"]),
        form=form,
        fields=fields,
        written=tuple(written),
        length=length,
        **{name: data[name] for name in texts},
    )


def _canonical(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=True, separators=(",", ":"), sort_keys=True).encode()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
