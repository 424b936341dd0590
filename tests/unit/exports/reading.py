"""What a printed file says, without the head and foot of its pages."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

# Points from the top of an A4 page: below the running head, above the running foot.
_TOP = 60
_BOTTOM = 60
LARGE_BOTTOM = 102
"""The same in large print."""
_HEIGHT = 842
_WIDTH = 595


def text_of(pdf: Path, bottom: int = _BOTTOM) -> str:
    """Return the text between heads and feet, in the order of the structure."""
    area = ["-x", "0", "-y", f"{_TOP}", "-W", f"{_WIDTH}", "-H", f"{_HEIGHT - _TOP - bottom}"]
    return _run(pdf, *area, "-raw")


def whole_pages_of(pdf: Path) -> list[str]:
    """Return the text of each page with its head and foot."""
    return _run(pdf, "-raw").rstrip("\f").split("\f")


def laid_out_page_of(pdf: Path, number: int) -> str:
    """Return the text of one page, each line as it lies on the paper."""
    return _run(pdf, "-layout", "-f", str(number), "-l", str(number))


def squeezed(text: str) -> str:
    """Return the text without white space and break points: lines may end anywhere."""
    return re.sub(r"[\s\u200b]+", "", text)


def _run(pdf: Path, *options: str) -> str:
    command = ["pdftotext", "-enc", "UTF-8", *options, str(pdf), "-"]
    return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
