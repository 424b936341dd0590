"""Makes every sample as another machine would: `python -m tests.unit.exports.another_machine`.

It takes a folder to write to and a day that the clock shall show. Beside the samples it writes
pages that are planted to differ from machine to machine.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import time_machine

from exports.document import Document
from exports.forms.prefill import Base, copy_of
from exports.issuing import Issuer, stamp_of, statement_of
from exports.pdf import make_pdf
from exports.samples import samples
from exports.seals.sealing import seal_pdf
from exports.seals.signing import Keyring, SigningKey
from exports.templating import page
from frameworks.questions import AnswerKey

ISSUER = Issuer("https://boards.example.org", Keyring(SigningKey(b"k" * 32)))
PEOPLE = ("Zoë Llŷn-O’Connor", "محمد الفاتح (張偉)")

PLANTED: Mapping[str, Callable[[], str]] = {
    "clock": lambda: f"{dt.datetime.now():%B %Y}",  # noqa: DTZ005  It shall be the local one.
    "zone": lambda: f"{dt.datetime.fromtimestamp(0):%d %H}",  # noqa: DTZ006  The same.
    "hash seed": lambda: " ".join({f"word {n}" for n in range(20)}),
    "home": lambda: str(Path.home()),
    "folder": lambda: str(Path.cwd()),
    "language": lambda: os.environ["LANG"],
    "umask": lambda: f"{os.umask(0o022):o}",
}
"""What a document must not show, each planted in a page of its own."""


class ThisPress:
    """A press that prints in this very process, which is all there is of the other machine."""

    def print_page(self, html: str) -> bytes:
        """Return the page as a PDF file."""
        return make_pdf(html)


def files_of(name: str, document: Document) -> Iterator[tuple[str, bytes]]:
    """Return a document as it is printed, sealed and, if it is a form, copied for people."""
    stamp = stamp_of(document, ISSUER.address)
    printed = make_pdf(page(document, stamp))
    yield f"{name}, printed", printed
    sealed, _ = seal_pdf(printed, statement_of(document, stamp.identifier), ISSUER.keyring)
    yield f"{name}, sealed", sealed
    keys = {field.key for field in document.fields}
    person = AnswerKey("about", "person")
    if person in keys:
        base = Base.of(sealed)
        for each in PEOPLE:
            copy = copy_of(base, {person: each}, ISSUER.keyring, ThisPress())
            yield f"{name}, copy for {each}", copy.content


def planted_files() -> Iterator[tuple[str, bytes]]:
    """Return a page for each thing that a document must not show."""
    texts = {name: make() for name, make in PLANTED.items()}
    for name, text in texts.items():
        html = f'<html lang="en-GB"><head><title>A page</title></head><body>{text}</body></html>'
        yield f"planted, {name}", make_pdf(html)


def main(folder: Path, day: dt.date) -> None:
    """Write every file into the folder, as if on this day."""
    with time_machine.travel(dt.datetime.combine(day, dt.time(12), dt.UTC)):
        for title, content in planted_files():
            (folder / f"{title}.pdf").write_bytes(content)
        for name, document in samples().items():
            for title, content in files_of(name, document):
                (folder / f"{title}.pdf").write_bytes(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]), dt.date.fromisoformat(sys.argv[2]))
