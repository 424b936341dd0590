"""Whatever is written, each text is rendered into its own box and into nothing else."""

from __future__ import annotations

import io
import itertools
import re

import pikepdf
import pytest

from exports.forms.field_objects import TextField
from exports.forms.field_rendering import render_texts, rendered_into
from exports.forms.prefill import Base
from exports.worker import Press
from tests.factories.forms import a_form

SIZES = ((41.3, 12.0), (120.0, 18.6), (469.58, 31.4))
ODD = (
    "محمد بن سلمان " * 60,
    "م" * 5_000,
    "王" * 5_000,
    "ب\n" * 300,
    "a\u2028ب\u2029c\x85d",
    "\u200d\u200d",
    "\u0301\u0301",
    "\u202e\u2067",
    "\u3000",
    "\ufeff",
    "\ue000\U0010ffff",
    "\v\fب",
    "</span><p>ب</p>",
    "👩\u200d👩\u200d👧 🇬🇧",
)


class ABox:
    """What a text is set in."""

    def __init__(self, width: float, height: float, *, multiline: bool) -> None:
        self.width = width
        self.height = height
        self.multiline = multiline
        self.text_size = 10.0


def boxes() -> list[tuple[ABox, str]]:
    """Return every odd text in boxes of every size."""
    return [
        (ABox(width, height * (5 if multiline else 1), multiline=multiline), text)
        for (width, height), multiline, text in itertools.product(SIZES, (False, True), ODD)
    ]


def words_in(appearance: pikepdf.Object) -> bytes:
    """Return the commands of an appearance that show something."""
    content = appearance.read_bytes()
    assert content.startswith(b"/Tx BMC")
    assert content.rstrip().endswith(b"EMC")
    assert not re.search(rb"\b(BDC|MP|DP)\b", content)
    return b" ".join(re.findall(rb"[^\n]* T[Jj]\b", content))


def test_every_text_has_one_appearance_of_the_size_of_its_box(press: Press) -> None:
    texts = boxes()
    with pikepdf.new() as pdf:
        looks = rendered_into(pdf, texts, press)
        assert len(looks) == len(texts)
        for look, (box, _) in zip(looks, texts, strict=True):
            assert [float(each) for each in look.BBox] == pytest.approx(
                [0, 0, box.width, box.height], abs=0.01
            )
            words_in(look)


def test_the_same_texts_are_rendered_the_same(press: Press) -> None:
    texts = boxes()[: len(ODD)]
    with pikepdf.new() as one, pikepdf.new() as other:
        first, second = (rendered_into(pdf, texts, press) for pdf in (one, other))
        assert [look.read_bytes() for look in first] == [look.read_bytes() for look in second]


def test_only_what_is_new_to_the_form_is_written(press: Press) -> None:
    base = Base.of(a_form())
    texts = [(field, "王小明") for field in base.fields.values() if isinstance(field, TextField)]
    rendered = render_texts(base.content, base.ending.size, texts, press)
    assert min(rendered.objects) == base.ending.size
    assert sorted(rendered.objects) == list(
        range(base.ending.size, base.ending.size + len(rendered.objects))
    )
    with pikepdf.open(io.BytesIO(base.content)) as pdf:
        assert len(pdf.objects) == base.ending.size - 1


def test_a_long_name_is_set_smaller_and_stays_on_its_line(press: Press) -> None:
    texts = [
        (ABox(150, 18, multiline=False), "王小明"),
        (ABox(150, 18, multiline=False), "王小明" * 7),
    ]
    with pikepdf.new() as pdf:
        short, long = rendered_into(pdf, texts, press)
        sizes = [re.search(rb"/\S+ (-?[\d.]+) Tf", look.read_bytes()) for look in (short, long)]
        glyphs = [len(re.findall(rb"[0-9a-fA-F]{4}", words_in(look))) for look in (short, long)]
    # The layout counts in pixels, of which 96 are 72 points.
    small, usual = (float(found[1]) * 0.75 for found in reversed(sizes) if found)
    assert 6.5 <= small < 7
    assert usual == pytest.approx(10, abs=0.01)
    assert glyphs[1] >= 7 * glyphs[0]
