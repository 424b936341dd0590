"""Every page looks as it did when somebody last looked at it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from exports.document import Document
from exports.pdf import make_pdf
from exports.templating import page
from tests.references.pictures import (
    FOLDER,
    NAMES,
    STAMP,
    file_of,
    in_few_shades,
    kept_of,
    look_the_same,
    pictures_of,
)

ANEW = "look at it, and if it is meant so: python -m tests.references"
# A side with a table of levels and a box, in dots of 60 an inch.
A_SIDE = file_of("scorecard-interview", 3)


def kept(file: Path) -> Image.Image:
    with Image.open(file) as picture:
        return picture.convert("L")


@pytest.mark.parametrize("name", NAMES)
def test_a_document_looks_as_it_did_when_it_was_reviewed(
    name: str, documents: Mapping[str, Document], tmp_path: Path
) -> None:
    pictures = list(pictures_of(name, make_pdf(page(documents[name], STAMP))))
    assert len(pictures) == len(kept_of(name)), ANEW
    for number, (picture, file) in enumerate(zip(pictures, kept_of(name), strict=True), start=1):
        new = tmp_path / f"{name}-{number}.png"
        picture.save(new)
        assert look_the_same(picture, kept(file)), f"{new} is not {file}: {ANEW}"


def test_no_picture_is_kept_of_what_is_no_sample() -> None:
    folders = {each.name for each in FOLDER.iterdir() if each.is_dir()} - {"__pycache__"}
    assert folders == set(NAMES)


def test_all_pictures_together_stay_small() -> None:
    assert sum(file.stat().st_size for file in FOLDER.rglob("*.png")) < 1_500_000


class TestWhatIsSeen:
    """The comparison must not be blind."""

    def test_the_same_picture_looks_the_same(self) -> None:
        assert look_the_same(kept(A_SIDE), kept(A_SIDE))

    def test_a_block_that_moved_by_two_dots_is_seen(self) -> None:
        whole = kept(A_SIDE)
        moved = whole.copy()
        block = whole.crop((60, 90, 440, 140))
        moved.paste(255, (60, 90, 440, 140))
        moved.paste(block, (60, 92))
        assert not look_the_same(moved, whole)
        assert not look_the_same(whole, moved)

    def test_a_box_that_lost_one_thin_side_is_seen(self) -> None:
        whole = kept(A_SIDE)
        bottom = _last_line(whole)
        without = whole.copy()
        ImageDraw.Draw(without).rectangle((50, bottom - 2, 460, bottom + 2), fill=255)
        assert not look_the_same(without, whole)
        assert not look_the_same(whole, without)

    def test_a_letter_drawn_a_little_smoother_is_not(self) -> None:
        whole = kept(A_SIDE)
        smoother = in_few_shades(whole.point([min(255, shade + 20) for shade in range(256)]))
        assert look_the_same(smoother, whole)


def _last_line(picture: Image.Image) -> int:
    """Return the lowest row above the page's foot that has a line across it."""
    rows = range(640, 0, -1)
    return next(row for row in rows if not picture.crop((100, row, 400, row + 1)).histogram()[255])
