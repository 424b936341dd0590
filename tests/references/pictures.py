"""Pictures of a document's pages, and what tells two of them apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from exports.samples import samples
from exports.seals.stamp import Stamp

FOLDER = Path(__file__).parent
STAMP = Stamp("7K3M-9QWX-2B4D-H8NT", "https://boards.example.org")
# Of what looks like another sample on every other page, the first page is enough.
FIRST_ONLY = frozenset(
    {"review-draft", "review-superseded", "scorecard-presentation", "scorecard-reference"}
)
NAMES = tuple(samples())

_DOTS_AN_INCH = 60
_SHADES = 16
_SHADE_STEP = 255 // (_SHADES - 1)
# A line half as thick as a dot is still seen; the same letter drawn a little smoother is not.
_FAINTEST = 2 * _SHADE_STEP - 1
_MOST_DOTS = 6


def pictures_of(name: str, pdf: bytes) -> Iterator[Image.Image]:
    """Yield the pages of a sample as small grey pictures, as many as are kept of it."""
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        for number in range(1 if name in FIRST_ONLY else len(document)):
            bitmap = document[number].render(scale=_DOTS_AN_INCH / 72, may_draw_forms=True)
            yield in_few_shades(bitmap.to_pil().convert("L"))


def in_few_shades(picture: Image.Image) -> Image.Image:
    """Return a grey picture in the few shades that keep its file small."""
    return picture.point([round(shade / _SHADE_STEP) * _SHADE_STEP for shade in range(256)])


def kept_of(name: str) -> list[Path]:
    """Return the files of the pictures that are kept of a sample, in page order."""
    return sorted((FOLDER / name).glob("page-*.png"))


def file_of(name: str, number: int) -> Path:
    """Return where the picture of a page is kept; pages count from 1."""
    return FOLDER / name / f"page-{number:02}.png"


def keep(name: str, pictures: Iterator[Image.Image]) -> None:
    """Keep these pictures of a sample and no others."""
    (FOLDER / name).mkdir(exist_ok=True)
    for file in kept_of(name):
        file.unlink()
    for number, picture in enumerate(pictures, start=1):
        # Sixteen colours take half a byte a dot.
        palette = picture.quantize(_SHADES)
        palette.save(file_of(name, number), compress_level=9, bits=4)


def look_the_same(one: Image.Image, other: Image.Image) -> bool:
    """Say whether two pictures show the same, but for a dot's breadth and how smooth a line is."""
    if one.size != other.size:
        return False
    return _dots_without(one, other) <= _MOST_DOTS and _dots_without(other, one) <= _MOST_DOTS


def _dots_without(one: Image.Image, other: Image.Image) -> int:
    """Count the dots of one picture that are darker than all round their place in the other."""
    darkest_near = other.filter(ImageFilter.MinFilter(3))
    darker = ImageChops.subtract(darkest_near, one)
    return sum(darker.histogram()[_FAINTEST:])
