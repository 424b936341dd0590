"""Long-lived child processes that do one kind of task, each task within limits.

The parent side is `Processes`, which any thread may call. The child side is a module that is run
with `python -m` and calls `serve`. They speak over pipes: a line of JSON that says how many bytes
follow, then the bytes. Nothing is pickled.
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
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

_HEADER_BYTES = 65_536
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "HOME", "XDG_CACHE_HOME", "TMPDIR")
# What a library does when the memory is gone: it aborts, or the kernel ends it.
_OUT_OF_MEMORY = frozenset({signal.SIGABRT, signal.SIGTRAP, signal.SIGKILL})
# The status with which a child ends that has not even the memory to say so.
_NO_MEMORY_TO_ANSWER = 77

Answer = Callable[[dict[str, Any], bytes], bytes]
"""What a child does with one task: what is asked and the bytes in, the bytes of the reply out."""


class ProcessesBusy(Exception):
    """As many tasks are waiting as may wait; ask again in a moment."""


class TaskTooLarge(Exception):
    """The task needs more than one task may have: `of` is `time` or `memory`."""

    def __init__(self, of: str) -> None:
        """Remember what there was too little of."""
        super().__init__(f"the task needs more {of} than one task may have")
        self.of = of


class TaskFailed(Exception):
    """The task ended without an answer; the reason is in the log of the service."""


@dataclass(frozen=True, slots=True)
class TaskLimits:
    """What one task may use, and how many tasks a process does before it is replaced."""

    cpu_seconds: int
    wall_seconds: float
    memory_bytes: int
    waiting_seconds: float
    tasks_a_process: int
    reply_bytes: int


class Processes:
    """A fixed number of processes that run `module`; safe to call from many threads.

    `processes` tasks are done at once and `waiting` more may wait. Nothing is started before the
    first task.
    """

    def __init__(self, module: str, processes: int, waiting: int, limits: TaskLimits) -> None:
        """Take the name of the module that calls `serve`, and the sizes."""
        self._waiting_seconds = limits.waiting_seconds
        self._places = threading.BoundedSemaphore(processes + waiting)
        # The last one used is the first one taken, so that a quiet service starts one only.
        self._idle: queue.LifoQueue[_Process] = queue.LifoQueue()
        self._all = tuple(_Process(module, limits) for _ in range(processes))
        for each in reversed(self._all):
            self._idle.put(each)

    def ask(self, content: bytes, **asked: Any) -> bytes:
        """Return what a process answers to `content` and what is `asked` about it.

        Raises ProcessesBusy, TaskTooLarge or TaskFailed. Whatever happened, the next task is
        done.
        """
        with self._turn() as process:
            return process.ask(asked, content)

    @property
    def running(self) -> tuple[int, ...]:
        """The ids of the processes that were started and not ended from here."""
        return tuple(each.process_id for each in self._all if each.process_id is not None)

    def close(self) -> None:
        """End the processes; a further task starts new ones."""
        for each in self._all:
            each.close()

    @contextmanager
    def _turn(self) -> Iterator[_Process]:
        if not self._places.acquire(blocking=False):
            raise ProcessesBusy("as many tasks are waiting as may wait")
        try:
            process = self._idle.get(timeout=self._waiting_seconds)
            try:
                yield process
            finally:
                self._idle.put(process)
        except queue.Empty:
            raise ProcessesBusy("no task was finished while this one waited") from None
        finally:
            self._places.release()


class _Process:
    """One process and the pipes to it; used by one thread at a time."""

    def __init__(self, module: str, limits: TaskLimits) -> None:
        self._module = module
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._done = 0

    @property
    def process_id(self) -> int | None:
        """The id of the process, or None where none was started."""
        return None if self._process is None else self._process.pid

    def ask(self, asked: dict[str, Any], content: bytes) -> bytes:
        """Return the answer to one task; the process is replaced where it came to harm."""
        process = self._running()
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        clock = threading.Timer(self._limits.wall_seconds, give_up)
        clock.start()
        try:
            return self._converse(process, asked, content, late)
        finally:
            clock.cancel()

    def close(self) -> None:
        """End the process, at once if it is busy."""
        process, self._process, self._done = self._process, None, 0
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
        if ended or self._done >= self._limits.tasks_a_process:
            self.close()
        if self._process is None:
            self._process = _start(self._module, self._limits)
        self._done += 1
        return self._process

    def _converse(
        self,
        process: subprocess.Popen[bytes],
        asked: dict[str, Any],
        content: bytes,
        late: threading.Event,
    ) -> bytes:
        if process.stdin is None or process.stdout is None:
            raise ValueError("a process needs both pipes")
        try:
            _send(process.stdin, {"cpu_seconds": self._limits.cpu_seconds, **asked}, content)
            reply = _receive(process.stdout, self._limits.reply_bytes)
        except OSError:
            reply = None
        except BaseException:
            # The rest of this conversation would be taken for the beginning of the next.
            self.close()
            raise
        if reply is None:
            status = process.wait()
            self.close()
            raise _what_ended_it(-status, late.is_set())
        header, answer = reply
        if header["outcome"] == "done":
            return answer
        # It may still hold whatever was too much for it.
        self.close()
        if header["outcome"] == "too large":
            raise TaskTooLarge("memory")
        raise TaskFailed(header["reason"])


def _what_ended_it(ended_by: int, was_late: bool) -> Exception:
    if was_late or ended_by == signal.SIGXCPU:
        return TaskTooLarge("time")
    if ended_by in _OUT_OF_MEMORY or -ended_by == _NO_MEMORY_TO_ANSWER:
        return TaskTooLarge("memory")
    return TaskFailed(f"the process ended with {-ended_by}")


def _start(module: str, limits: TaskLimits) -> subprocess.Popen[bytes]:
    # Its own environment: secrets of the service have no business there.
    environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    environment |= {"LANG": "C.UTF-8", "PYTHONPATH": str(Path(__file__).parents[1])}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, str(limits.memory_bytes)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    )


def _send(pipe: IO[bytes], header: dict[str, Any], content: bytes) -> None:
    line = json.dumps({**header, "bytes": len(content)}).encode() + b"\n"
    if len(line) > _HEADER_BYTES:
        raise ValueError("what is asked belongs in the content where it is this long")
    pipe.write(line)
    pipe.write(content)
    pipe.flush()


def _receive(pipe: IO[bytes], most: int | None = None) -> tuple[dict[str, Any], bytes] | None:
    """Return the next message, or None where the other side is gone.

    TaskTooLarge where it says more than `most` bytes.
    """
    line = pipe.readline(_HEADER_BYTES)
    if not line.endswith(b"\n"):
        return None
    header: dict[str, Any] = json.loads(line)
    if most is not None and header["bytes"] > most:
        raise TaskTooLarge("memory")
    content = pipe.read(header["bytes"])
    return (header, content) if len(content) == header["bytes"] else None


def serve(prepare: Callable[[], Answer]) -> None:
    """Run the child side: do tasks until the parent closes the pipe.

    `prepare` is called once the memory is capped, and loads whatever the tasks need.
    """
    memory_bytes = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Ctrl+C reaches the whole group; the parent decides when its processes end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Standard output is kept for the messages alone.
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    requests = io.BufferedReader(io.FileIO(sys.stdin.fileno()))
    try:
        _answer_all(prepare(), requests, replies)
    except (MemoryError, SystemError):
        os._exit(_NO_MEMORY_TO_ANSWER)


def _answer_all(answer: Answer, requests: IO[bytes], replies: IO[bytes]) -> None:
    while (request := _receive(requests)) is not None:
        asked, content = request
        _arm_cpu_limit(asked["cpu_seconds"])
        try:
            outcome, reply = {"outcome": "done"}, answer(asked, content)
        # C code that finds no memory sometimes forgets to say what went wrong.
        except (MemoryError, SystemError):
            outcome, reply = {"outcome": "too large"}, b""
        except Exception as error:
            # The text of an error may quote a person's words, so only its kind and place.
            traceback.print_tb(error.__traceback__)
            sys.stderr.write(f"{type(error).__name__}\n")
            outcome, reply = {"outcome": "failed", "reason": type(error).__name__}, b""
        # Outside the handlers: they keep alive what the failed task holds.
        _send(replies, outcome, reply)


def _arm_cpu_limit(seconds: int) -> None:
    """Allow this much more processor time from now on; the kernel ends the process after it."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = math.ceil(usage.ru_utime + usage.ru_stime)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, hard))
