"""The typeface of form fields, in the file once and whole.

Its program serves two fonts. `/BmText` is what readers write with: a simple font, which the
standard asks of a field's default appearance. `/BmWide` is what we write with: every character
that we can draw without shaping, under its own code point, so that a text is encoded as UTF-16
and comes out of the file as it went in.
"""

from __future__ import annotations

import functools
import io
import itertools
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

from exports import typefaces

TEXT = "/BmText"
WIDE = "/BmWide"
_FILE = "SourceSans3-Regular.ttf"
_NAME = Name("/SourceSans3-Regular")
_UNITS = 1000
# Latin, Greek, Cyrillic, punctuation, currency, letter-like signs, numbers, arrows, mathematics,
# shapes, ligatures. What is beyond is symbols that the emoji font draws better.
_BLOCKS = (
    range(0x20, 0x300),
    range(0x370, 0x530),
    range(0x1D00, 0x2600),
    range(0x2713, 0x2718),
    range(0xA720, 0xA800),
    range(0xAB30, 0xAB70),
    range(0xFB00, 0xFB07),
)
# Marks must be placed by the letter they are on, signs of steering draw nothing.
_NOT_ALONE = frozenset({"Mn", "Mc", "Me", "Cf", "Cc", "Co", "Cs"})
# Codes that Windows' character set leaves open are bullets, and two are drawn as others are.
_WIN_ANSI_ALIASES = {0xA0: 0x20, 0xAD: 0x2D}
_BULLET = 0x2022
_NONSYMBOLIC = 32
_STEM = 84


@dataclass(frozen=True, slots=True)
class Typeface:
    """The program and the measures of the field font, in thousandths of its size."""

    program: bytes
    advances: Mapping[str, int]
    """How wide each character is that can be drawn; the others are not in it."""
    glyphs: Mapping[int, int]
    """Code point → number of the glyph in the program."""
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int


@functools.cache
def typeface() -> Typeface:
    """Return the typeface of fields; FileNotFoundError where set-up has not been run."""
    file = typefaces.FOLDER / _FILE
    # The time of making is left as it is in the file, so that the bytes are always the same.
    with TTFont(file, recalcTimestamp=False) as font:
        covered = {each for each in font.getBestCmap() if _is_ours(each)}
        subsetter = subset.Subsetter(_smallest())
        subsetter.populate(unicodes=covered)
        subsetter.subset(font)
        program = io.BytesIO()
        font.save(program)
    with TTFont(io.BytesIO(program.getvalue())) as font:
        names, metrics = font.getBestCmap(), font["hmtx"]
        head, measures = font["head"], font["OS/2"]
        if head.unitsPerEm != _UNITS:
            raise ValueError(f"{_FILE} is not measured in thousandths")
        return Typeface(
            program=program.getvalue(),
            advances=MappingProxyType({chr(each): metrics[names[each]][0] for each in names}),
            glyphs=MappingProxyType({each: font.getGlyphID(names[each]) for each in names}),
            box=(head.xMin, head.yMin, head.xMax, head.yMax),
            ascent=font["hhea"].ascent,
            descent=font["hhea"].descent,
            cap_height=measures.sCapHeight,
        )


def field_fonts(pdf: pikepdf.Pdf) -> Dictionary:
    """Put the typeface into a file and return what goes under /DR /Font: both fonts by name."""
    face = typeface()
    program = _packed(pdf, face.program)
    program.Length1 = len(face.program)
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=_NAME,
            Flags=_NONSYMBOLIC,
            FontBBox=Array(face.box),
            ItalicAngle=0,
            Ascent=face.ascent,
            Descent=face.descent,
            CapHeight=face.cap_height,
            StemV=_STEM,
            FontFile2=program,
        )
    )
    return Dictionary(
        {
            TEXT: pdf.make_indirect(_simple(pdf, face, descriptor)),
            WIDE: pdf.make_indirect(_composite(pdf, face, descriptor)),
        }
    )


def _packed(pdf: pikepdf.Pdf, content: bytes) -> pikepdf.Stream:
    """Put a compressed stream into the file: whoever saves it may leave streams as they are."""
    stream = pikepdf.Stream(pdf, b"")
    stream.write(zlib.compress(content, 9), filter=Name.FlateDecode)
    return stream


def _is_ours(number: int) -> bool:
    in_a_block = any(number in block for block in _BLOCKS)
    return in_a_block and unicodedata.category(chr(number)) not in _NOT_ALONE


def _smallest() -> subset.Options:
    """Ask for outlines and widths alone: a PDF reader needs no hints, names or features."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.name_IDs = []
    options.notdef_outline = True
    options.drop_tables += ["BASE", "DSIG", "GDEF", "GPOS", "GSUB", "gasp"]
    return options


def _simple(pdf: pikepdf.Pdf, face: Typeface, descriptor: pikepdf.Object) -> Dictionary:
    letters = [_win_ansi(code) for code in range(0x20, 0x100)]
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=_NAME,
        Encoding=Name.WinAnsiEncoding,
        FirstChar=0x20,
        LastChar=0xFF,
        Widths=Array([face.advances[letter] for letter in letters]),
        FontDescriptor=descriptor,
        ToUnicode=_packed(pdf, _to_unicode(dict(enumerate(map(ord, letters), 0x20)), digits=2)),
    )


def _win_ansi(code: int) -> str:
    aliased = _WIN_ANSI_ALIASES.get(code, code)
    try:
        letter = bytes((aliased,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(_BULLET)
    return chr(_BULLET) if unicodedata.category(letter) == "Cc" else letter


def _composite(pdf: pikepdf.Pdf, face: Typeface, descriptor: pikepdf.Object) -> Dictionary:
    glyph_numbers = bytearray(2 * (max(face.glyphs) + 1))
    for character, glyph in face.glyphs.items():
        glyph_numbers[2 * character : 2 * character + 2] = glyph.to_bytes(2, "big")
    widths: list[pikepdf.Object | int] = []
    for run in _runs(sorted(face.glyphs)):
        widths += [run[0], Array([face.advances[chr(character)] for character in run])]
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=_NAME,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=descriptor,
        DW=_UNITS,
        W=pdf.make_indirect(Array(widths)),
        CIDToGIDMap=_packed(pdf, bytes(glyph_numbers)),
    )
    codes = {character: character for character in sorted(face.glyphs)}
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=_NAME,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=_packed(pdf, _to_unicode(codes, digits=4)),
    )


def _runs(numbers: list[int]) -> Iterator[list[int]]:
    """Give ascending numbers as unbroken runs, which end where the upper byte changes."""
    keyed = enumerate(numbers)
    for _, run in itertools.groupby(keyed, key=lambda each: (each[1] - each[0], each[1] >> 8)):
        yield [number for _, number in run]


def _to_unicode(codes: Mapping[int, int], digits: int) -> bytes:
    """Return the map from codes to characters, by which a reader copies and reads aloud."""
    ranges = []
    for run in _runs(list(codes)):
        # The characters of a run of codes need not be a run themselves.
        for offset in _runs_of_characters(run, codes):
            first, last = offset[0], offset[-1]
            ranges.append(f"<{first:0{digits}X}> <{last:0{digits}X}> <{codes[first]:04X}>")
    hundreds = [ranges[start : start + 100] for start in range(0, len(ranges), 100)]
    blocks = [
        f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange\n" for block in hundreds
    ]
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<{'00' * (digits // 2)}> <{'FF' * (digits // 2)}>\n"
        f"endcodespacerange\n{''.join(blocks)}"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()


def _runs_of_characters(run: list[int], codes: Mapping[int, int]) -> Iterator[list[int]]:
    for _, part in itertools.groupby(run, key=lambda code: (codes[code] - code, codes[code] >> 8)):
        yield list(part)
