"""Who uses an installation now: servers, workers and commands together, or a restore alone."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from webapp.operations.backup.errors import StillRunning

NAME = "in-use"


@contextmanager
def in_use(home: Path) -> Iterator[None]:
    """Say that a server, worker or command runs; raises StillRunning while a restore does."""
    with _locked(home, fcntl.LOCK_SH, "A restore is running on this installation: wait for it"):
        yield


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Let no server, worker or command start meanwhile; raises StillRunning where one runs.

    The kernel lets go of the lock with the process, so that nothing has to be tidied.
    """
    with _locked(
        home,
        fcntl.LOCK_EX,
        "A server, worker or command of this installation is running: stop it first, on every "
        "machine",
    ):
        yield


@contextmanager
def _locked(home: Path, kind: int, refusal: str) -> Iterator[None]:
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(home / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StillRunning(refusal) from error
        yield
    finally:
        os.close(descriptor)
