"""What is written from right to left is set so on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pypdfium2
import pytest

from exports.pdf import make_pdf

ARABIC = "هذا نص باللغة العربية يحتوي على كلمات كثيرة ليمتد على أكثر من سطر واحد في الصفحة. "
HEBREW = "זהו טקסט ארוך בעברית שנמשך על פני יותר משורה אחת בעמוד אחד. "
ENGLISH = "This is a text that goes on for more than one line and then comes to its end. "


@dataclass(frozen=True, slots=True)
class Ink:
    """A character and the box of its ink, in points from the lower left."""

    character: str
    left: float
    right: float
    bottom: float


def ink_of(body: str) -> list[Ink]:
    """Return the characters of a paragraph printed under our style sheet, without the foot."""
    pdf = make_pdf(
        '<html lang="en"><head><title>A page</title>'
        '<link rel="stylesheet" href="boardmark:styles/print.css"></head>'
        f'<body data-citation="" data-digest="">{body}</body></html>'
    )
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    boxes = [(text.get_text_range(n, 1), text.get_charbox(n)) for n in range(text.count_chars())]
    return [
        Ink(character, box[0], box[2], box[1])
        for character, box in boxes
        if character.strip() and box[1] > 100
    ]


def edges(ink: list[Ink]) -> Mapping[str, tuple[float, float]]:
    """Return the left and right edge of the first and the last line."""
    top, bottom = max(each.bottom for each in ink), min(each.bottom for each in ink)
    lines = {
        "first": [each for each in ink if each.bottom > top - 8],
        "last": [each for each in ink if each.bottom < bottom + 8],
    }
    return {
        name: (min(each.left for each in line), max(each.right for each in line))
        for name, line in lines.items()
    }


@pytest.mark.parametrize("text", [ARABIC, HEBREW])
def test_a_paragraph_read_from_the_right_begins_at_the_right(text: str) -> None:
    found = edges(ink_of(f'<p dir="auto">{text * 2}</p>'))
    assert found["last"][1] == pytest.approx(found["first"][1], abs=3)
    assert found["last"][0] > found["first"][0] + 50


def test_a_paragraph_read_from_the_left_stays_at_the_left() -> None:
    found = edges(ink_of(f'<p dir="auto">{ENGLISH * 2}</p>'))
    assert found["last"][0] == pytest.approx(found["first"][0], abs=3)
    assert found["last"][1] < found["first"][1] - 50


@pytest.mark.parametrize("element", ["p", "td", "li", "h2"])
def test_the_full_stop_of_a_line_read_from_the_right_is_at_its_left(element: str) -> None:
    cell = f'<{element} dir="auto">שם ABC (2).</{element}>'
    body = f'<table><tr><th scope="row">Name</th>{cell}</tr></table>' if element == "td" else cell
    ink = [each for each in ink_of(body) if each.character not in "Name•"]
    assert min(ink, key=lambda each: each.left).character == "."


def test_a_line_break_does_not_turn_the_lines_after_it() -> None:
    ink = ink_of('<p dir="auto">שם<br>ABC דוד!</p>')
    assert min(ink, key=lambda each: (round(each.bottom, -1), each.left)).character == "!"
