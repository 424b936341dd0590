"""What somebody might send who means no good, and how to see that it did nothing."""

from __future__ import annotations

from bs4 import BeautifulSoup

MARKUP = "<img src=x onerror=alert(1)>\"'></textarea></title><script>alert(1)</script>"
VALUES = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\r\n\r\n",
    MARKUP,
    "{{ 7 * 7 }}{% raw %}",
    "' OR '1'='1' --",
    "9" * 400,
    "-1",
    "1e999",
    "0x10",
    "NaN",
    "\u202e\u200b\ufeff\ufffe",
    "\U0001f4a9" * 50,
    "e\u0301\u0301\u0301",
    "x" * 70_000,
    "../../etc/passwd",
    "//evil.example",
    "null",
    "00000000-0000-0000-0000-000000000000",
    "2026-02-31",
    "\u0663\u0663",
    "%00%ff%c0%af",
)
BODIES = (
    (b"\xff\xfe\xfd=\xff", "application/x-www-form-urlencoded"),
    (b"a=b&a=c&=d&&%", "application/x-www-form-urlencoded"),
    (b'{"csrf_token": 1}', "application/json"),
    (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
    (b"", "multipart/form-data"),
    (b"\x00" * 1000, "text/plain"),
)


def became_markup(html: str) -> bool:
    """Say whether the planted mark-up is in a page as mark-up."""
    soup = BeautifulSoup(html, "lxml")
    planted = soup.select("img[src=x], [onerror]")
    scripts = [each for each in soup.find_all("script") if "alert" in each.get_text()]
    return bool(planted or scripts or ("49" in soup.get_text() and "{{ 7 * 7 }}" in html))
