"""The press: long-lived processes that turn print pages into PDF files, each within limits.

The parent side is `Press`, which any thread may call. The child side is `python -m
exports.worker`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from exports.document import Document
from exports.processes import (
    Answer,
    Processes,
    ProcessesBusy,
    TaskFailed,
    TaskLimits,
    TaskTooLarge,
    serve,
)
from exports.templating import page

_PDF_BYTES = 500_000_000


class PressBusy(Exception):
    """As many documents are waiting as may wait; ask again in a moment."""


class DocumentTooLarge(Exception):
    """The document needs more time or memory than one document may have."""


class DocumentFailed(Exception):
    """The document could not be made; the reason is in the log of the service."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may use, and how many documents a process makes before it is replaced."""

    cpu_seconds: int = 60
    wall_seconds: float = 120
    memory_bytes: int = 1_500_000_000
    page_characters: int = 5_000_000
    waiting_seconds: float = 30
    documents_a_process: int = 200


class Press:
    """Makes PDF files in a fixed number of processes; safe to call from many threads.

    `processes` documents are made at once and `waiting` more may wait. Nothing is started
    before the first document is asked for.
    """

    def __init__(self, processes: int = 2, waiting: int = 16, limits: Limits | None = None) -> None:
        """Take the sizes; `limits` are the usual ones if not given."""
        self._limits = limits or Limits()
        task = TaskLimits(
            cpu_seconds=self._limits.cpu_seconds,
            wall_seconds=self._limits.wall_seconds,
            memory_bytes=self._limits.memory_bytes,
            waiting_seconds=self._limits.waiting_seconds,
            tasks_a_process=self._limits.documents_a_process,
            reply_bytes=_PDF_BYTES,
        )
        self._processes = Processes("exports.worker", processes, waiting, task)

    def make(self, document: Document) -> bytes:
        """Return the document as a PDF file; see `print_page` for what may go wrong."""
        return self.print_page(page(document))

    def print_page(self, html: str) -> bytes:
        """Return a whole print page as a PDF file.

        Raises PressBusy, DocumentTooLarge or DocumentFailed. Whatever happened, the next
        document is made.
        """
        if len(html) > self._limits.page_characters:
            raise DocumentTooLarge("the document has more text than one document may have")
        try:
            # Half a surrogate pair cannot be sent; it is shown by its number instead.
            return self._processes.ask(html.encode(errors="backslashreplace"))
        except ProcessesBusy:
            raise PressBusy("as many documents are being made as this service can make") from None
        except TaskTooLarge as error:
            what = f"the document needs more {error.of} than one document may have"
            raise DocumentTooLarge(what) from None
        except TaskFailed as error:
            raise DocumentFailed(str(error)) from None

    @property
    def running(self) -> tuple[int, ...]:
        """The ids of the processes that were started and not ended by the press."""
        return self._processes.running

    def close(self) -> None:
        """End the processes; the press may be used again and then starts new ones."""
        self._processes.close()


def _printer() -> Answer:
    # Only here: the service itself never loads the layout library.
    from exports.pdf import make_pdf

    def print_one(_asked: dict[str, Any], content: bytes) -> bytes:
        return make_pdf(content.decode())

    return print_one


if __name__ == "__main__":
    serve(_printer)
