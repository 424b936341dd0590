"""The code on a document leads where it can be checked, and says so in words."""

from __future__ import annotations

import pypdfium2
import segno

from exports.pdf import make_pdf
from exports.seals.stamp import Stamp

STAMP = Stamp("7K3M-9QWX-2B4D-H8NT", "https://boards.example.org")
MILLIMETRES = 40
SCALE = 4


def test_it_leads_to_the_page_of_the_document() -> None:
    assert STAMP.link == "https://boards.example.org/verify/7K3M-9QWX-2B4D-H8NT"
    assert f"<title>QR code that leads to {STAMP.link}</title>" in STAMP.qr


def test_an_address_is_never_mark_up() -> None:
    qr = Stamp("7K3M-9QWX-2B4D-H8NT", 'https://a.example/"><script>').qr
    assert "<script>" not in qr


def test_what_is_printed_is_the_code_of_the_link() -> None:
    page = (
        '<!doctype html><html lang="en-GB"><head><title>A code</title>'
        f"<style>@page {{ size: {MILLIMETRES}mm; margin: 0 }} body {{ margin: 0 }}"
        " svg { display: block; width: 40mm; height: 40mm }</style></head>"
        f"<body>{STAMP.qr}</body></html>"
    )
    document = pypdfium2.PdfDocument(make_pdf(page))
    picture = document[0].render(scale=SCALE).to_pil().convert("L")
    document.close()
    code = segno.make(STAMP.link, error="m", micro=False)
    expected = [[bool(dark) for dark in row] for row in code.matrix_iter(border=4)]
    size = len(expected)
    seen = [
        [
            picture.getpixel(
                (
                    int((column + 0.5) * picture.width / size),
                    int((row + 0.5) * picture.height / size),
                )
            )
            < 128
            for column in range(size)
        ]
        for row in range(size)
    ]
    assert seen == expected
