"""The press: long-lived processes that turn print pages into PDF files, each within limits.

The parent side is `Press`, which any thread may call. The child side is `python -m
exports.worker`. They speak over pipes: a line of JSON that says how many bytes follow, then the
bytes.
"""

from __future__ import annotations

import io
import json
import math
import os
import queue
import resource
import signal
import subprocess
import sys
import threading
import traceback
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from exports.document import Document
from exports.templating import page

_HEADER_BYTES = 4096
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "HOME", "XDG_CACHE_HOME", "TMPDIR")
# What a library does when the memory is gone: it aborts, or the kernel ends it.
_OUT_OF_MEMORY = frozenset({signal.SIGABRT, signal.SIGTRAP, signal.SIGKILL})
# The status with which a worker ends that has not even the memory to say so.
_NO_MEMORY_TO_ANSWER = 77


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
        self._places = threading.BoundedSemaphore(processes + waiting)
        # The last one used is the first one taken, so that a quiet service starts one only.
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        self._workers = tuple(_Worker(self._limits) for _ in range(processes))
        for worker in reversed(self._workers):
            self._idle.put(worker)

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
        if not self._places.acquire(blocking=False):
            raise PressBusy("as many documents are being made as this service makes at once")
        try:
            worker = self._idle.get(timeout=self._limits.waiting_seconds)
            try:
                return worker.print_page(html)
            finally:
                self._idle.put(worker)
        except queue.Empty:
            raise PressBusy("no document was finished while this one waited") from None
        finally:
            self._places.release()

    @property
    def running(self) -> tuple[int, ...]:
        """The ids of the processes that were started and not ended by the press."""
        return tuple(each.process_id for each in self._workers if each.process_id is not None)

    def close(self) -> None:
        """End the processes; the press may be used again and then starts new ones."""
        for worker in self._workers:
            worker.close()


class _Worker:
    """One process and the pipes to it; used by one thread at a time."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._made = 0

    @property
    def process_id(self) -> int | None:
        """The id of the process, or None where none was started."""
        return None if self._process is None else self._process.pid

    def print_page(self, html: str) -> bytes:
        """Return the PDF file of one page; the process is replaced where it came to harm."""
        process = self._running()
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        clock = threading.Timer(self._limits.wall_seconds, give_up)
        clock.start()
        try:
            return self._converse(process, html, late)
        finally:
            clock.cancel()

    def close(self) -> None:
        """End the process, at once if it is busy."""
        process, self._process, self._made = self._process, None, 0
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    # What could not be sent to a process that is gone is of no interest.
                    with suppress(OSError):
                        pipe.close()
            process.wait()

    def _running(self) -> subprocess.Popen[bytes]:
        ended = self._process is not None and self._process.poll() is not None
        if ended or self._made >= self._limits.documents_a_process:
            self.close()
        if self._process is None:
            self._process = _start(self._limits)
        self._made += 1
        return self._process

    def _converse(
        self, process: subprocess.Popen[bytes], html: str, late: threading.Event
    ) -> bytes:
        if process.stdin is None or process.stdout is None:
            raise ValueError("a worker needs both pipes")
        try:
            # Half a surrogate pair cannot be sent; it is shown by its number instead.
            content = html.encode(errors="backslashreplace")
            _send(process.stdin, {"cpu_seconds": self._limits.cpu_seconds}, content)
            reply = _receive(process.stdout)
        except OSError:
            reply = None
        if reply is None:
            status = process.wait()
            self.close()
            raise _what_ended_it(-status, late.is_set())
        header, content = reply
        if header["outcome"] == "made":
            return content
        # It may still hold whatever was too much for it.
        self.close()
        if header["outcome"] == "too large":
            raise DocumentTooLarge("the document needs more memory than one document may have")
        raise DocumentFailed(header["reason"])


def _what_ended_it(ended_by: int, was_late: bool) -> Exception:
    if was_late or ended_by == signal.SIGXCPU:
        return DocumentTooLarge("the document needs more time than one document may have")
    if ended_by in _OUT_OF_MEMORY or -ended_by == _NO_MEMORY_TO_ANSWER:
        return DocumentTooLarge("the document needs more memory than one document may have")
    return DocumentFailed(f"the process that made the document ended with {-ended_by}")


def _start(limits: Limits) -> subprocess.Popen[bytes]:
    # Its own environment: secrets of the service have no business there.
    environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    environment |= {"LANG": "C.UTF-8", "PYTHONPATH": str(Path(__file__).parents[1])}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "exports.worker", str(limits.memory_bytes)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    )


def _send(pipe: IO[bytes], header: dict[str, Any], content: bytes) -> None:
    pipe.write(json.dumps({**header, "bytes": len(content)}).encode() + b"\n" + content)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """Return the next message, or None where the other side is gone."""
    line = pipe.readline(_HEADER_BYTES)
    if not line.endswith(b"\n"):
        return None
    header: dict[str, Any] = json.loads(line)
    content = pipe.read(header["bytes"])
    return (header, content) if len(content) == header["bytes"] else None


def _serve(requests: IO[bytes], replies: IO[bytes]) -> None:
    """Make documents until the parent closes the pipe."""
    # Only here: the service itself never loads the layout library.
    from exports.pdf import make_pdf

    while (request := _receive(requests)) is not None:
        header, content = request
        _arm_cpu_limit(header["cpu_seconds"])
        try:
            answer, pdf = {"outcome": "made"}, make_pdf(content.decode())
        # C code that finds no memory sometimes forgets to say what went wrong.
        except (MemoryError, SystemError):
            answer, pdf = {"outcome": "too large"}, b""
        except Exception as error:
            traceback.print_exc()
            answer, pdf = {"outcome": "failed", "reason": type(error).__name__}, b""
        # Outside the handlers: they keep alive what the failed document holds.
        _send(replies, answer, pdf)


def _arm_cpu_limit(seconds: int) -> None:
    """Allow this much more processor time from now on; the kernel ends the process after it."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = math.ceil(usage.ru_utime + usage.ru_stime)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, hard))


def main() -> None:
    """Run the child side: memory capped, standard output kept for the messages alone."""
    memory_bytes = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Ctrl+C reaches the whole group; the parent decides when its workers end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    requests = io.BufferedReader(io.FileIO(sys.stdin.fileno()))
    try:
        _serve(requests, replies)
    except (MemoryError, SystemError):
        os._exit(_NO_MEMORY_TO_ANSWER)


if __name__ == "__main__":
    main()
