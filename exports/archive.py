"""The last step of every file: what it claims to conform to, the seal's place, and its bytes.

A file is written with a plain cross-reference table and no object streams, so that a section can
be appended to it, and the same file is written the same to the byte.
"""

from __future__ import annotations

import io
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from exports.short_numbers import shorten_numbers

SEAL_OWNER = Name.Boardmark
"""Whose entry of the catalog's /PieceInfo leads to the seal."""

# An annotation that is on paper as well.
_PRINTED = 1 << 2
# Bytes; below it the entry that says how it is compressed costs what is saved.
_WORTH_COMPRESSING = 200
_END_OF_METADATA = b"</rdf:RDF>"
# PDF/A lets a file say only what its metadata explain, and knows nothing of PDF/UA by itself.
_ARCHIVE_CLAIM = (
    b'<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'
    b' pdfaid:part="2" pdfaid:conformance="A"/>'
    b'<rdf:Description rdf:about=""'
    b' xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:name>part</pdfaProperty:name>"
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>Part of ISO 14289 that the file conforms to"
    b"</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
    b"</rdf:Description>"
)


def make_archival(pdf: pikepdf.Pdf, colours: bytes) -> None:
    """Make a PDF/UA-1 file without a form one of PDF/A-2a as well.

    `colours` is the ICC profile that its red, green and blue are meant in. ValueError where the
    metadata are not as the layout library writes them.
    """
    written = pdf.Root.Metadata.read_bytes()
    if written.count(_END_OF_METADATA) != 1:
        raise ValueError("the metadata of a printed file have one end of their description")
    pdf.Root.Metadata.write(written.replace(_END_OF_METADATA, _ARCHIVE_CLAIM + _END_OF_METADATA))
    profile = pdf.make_stream(colours, N=3)
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier=String("sRGB"),
                Info=String("sRGB"),
                DestOutputProfile=profile,
            )
        ]
    )
    for page in pdf.pages:
        for annotation in page.get(Name.Annots, Array()):
            annotation.F = _PRINTED


def leave_place_for_the_seal(pdf: pikepdf.Pdf) -> None:
    """Put an empty stream where a later section may put the seal."""
    dated = pdf.docinfo.get(Name.ModDate) or pdf.docinfo.get(Name.CreationDate) or "D:2000"
    pdf.Root.PieceInfo = Dictionary(
        {
            str(SEAL_OWNER): Dictionary(
                LastModified=String(str(dated)), Private=pdf.make_stream(b"{}")
            )
        }
    )


def as_bytes(pdf: pikepdf.Pdf) -> bytes:
    """Return the file with a plain cross-reference table, the same for the same content."""
    _compress(pdf)
    shorten_numbers(pdf)
    written = io.BytesIO()
    pdf.save(
        written,
        deterministic_id=True,
        # Otherwise the metadata would be written anew in pikepdf's own way.
        fix_metadata_version=False,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        # Streams stay as they are: what is compressed stays so, and the seal's place is not.
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
    )
    return written.getvalue()


def _compress(pdf: pikepdf.Pdf) -> None:
    for each in pdf.objects:
        if not isinstance(each, pikepdf.Stream) or Name.Filter in each:
            continue
        content = each.read_raw_bytes()
        # Metadata are to be found by whoever looks through a file without a PDF library.
        if len(content) >= _WORTH_COMPRESSING and each.get(Name.Type) != Name.Metadata:
            each.write(zlib.compress(content), filter=Name.FlateDecode)
