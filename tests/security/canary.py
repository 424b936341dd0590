"""Looking for words in whatever a program answers with: pages, tables, PDF files, ZIP files.

A room that makes files of another kind adds how to read them to `texts_in`.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
import pypdf

from tests.pages.client import Client
from tests.security.attempts import address
from tests.security.conftest import BlankPress
from tests.security.routes import routes_of
from tests.security.scene import Scene

WALKERS = (
    "public",
    "lead",
    "moderator",
    "officer",
    "administrator",
    "recruiter",
    "appraiser",
    "secretary",
    "far lead",
    "far moderator",
    "its appraisee",
)
"""One for each thing that somebody can be; who may open what is in the table of permissions."""

CANARY = "Zwitschernd"
"""A word that no text of the program has, in a single case and without blanks."""


class ListeningPress(BlankPress):
    """A press that remembers what it was to print: the words in a PDF are those of its page."""

    def __init__(self) -> None:
        """Start with nothing heard."""
        super().__init__(processes=1)
        self.heard: list[str] = []

    def print_page(self, html: str) -> bytes:
        """Remember a page, and print what is printed of it in these tests."""
        self.heard.append(html)
        return super().print_page(html)


def has_canary(content: bytes) -> bool:
    """Say whether the word stands anywhere in a file, whatever its kind."""
    return any(CANARY.casefold() in text.casefold() for text in texts_in(content))


def texts_in(content: bytes) -> Iterator[str]:
    """Yield everything in a file that can be read."""
    yield content.decode("utf-8", errors="replace")
    # As JSON and Python write other letters, and as some tables encode them.
    yield content.decode("utf-16-le", errors="replace")
    if content.startswith(b"%PDF"):
        yield from _pdf_texts(content)
    elif content.startswith(b"\x1f\x8b"):
        yield from texts_in(gzip.decompress(content))
    elif content.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name
                yield from texts_in(archive.read(name))


def _pdf_texts(content: bytes) -> Iterator[str]:
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        yield page.extract_text()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream):
                try:
                    yield item.read_bytes().decode("utf-8", errors="replace")
                except pikepdf.PdfError:
                    continue
            elif isinstance(item, pikepdf.Dictionary):
                # Texts of forms and of metadata.
                yield repr(item)


@dataclass
class Walk:
    """Everybody at every address that can be read, and where the word was seen."""

    scene: Scene
    parts: dict[str, str]
    """The parts of addresses of the response that has the word."""
    seen: dict[str, set[str]] = field(default_factory=dict)
    """For each route on which somebody saw the word, who did."""
    opened: set[str] = field(default_factory=set)
    """The routes that answered with a page or a file to anybody."""
    _answers: dict[str, list[bytes]] = field(default_factory=dict)
    """For each address the digests of what people got, in the order in which they asked."""
    _found: dict[bytes, bool] = field(default_factory=dict)
    """Whether the word is in an answer, by its digest: the same file is looked through once."""

    def everywhere(self, *people: str) -> Walk:
        """Open every address as these people, or as one of each kind."""
        known = {**self.scene.snapshot.addresses, **self.parts}
        for who in people or WALKERS:
            browser = self.scene.browser(who)
            for route in routes_of(self.scene.program.app):
                path = address(route.rule, known)
                if route.method == "GET" and not self._is_for_everybody(path):
                    self._open(browser, who, route.rule, path)
        return self

    def _open(self, browser: Client, who: str, rule: str, path: str) -> None:
        response = browser.flask.get(path)
        digest = hashlib.sha256(response.data).digest()
        if response.status_code == 200:
            self.opened.add(rule)
            self._answers.setdefault(path, []).append(digest)
        if digest not in self._found:
            self._found[digest] = has_canary(response.data)
        if self._found[digest] or CANARY in str(response.headers):
            self.seen.setdefault(rule, set()).add(who)

    def _is_for_everybody(self, path: str) -> bool:
        # A page says who reads it. What the first two got alike to the byte, somebody without an
        # account and a lead, is a file that says nothing about who asks.
        first = self._answers.get(path, [])[:2]
        return len(first) == 2 and first[0] == first[1]
