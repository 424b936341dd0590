"""The control: a server that says a response was sent, and commits a moment later.

Run with `python -m tests.faults.early_answer serve`. Everything else is the program itself.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import request

from webapp.cli import program
from webapp.persistence import Session
from webapp.web import answering

LATE_BY = 0.15
"""Seconds between the answer and the commit."""


@contextmanager
def committed_later(*, writing: bool) -> Iterator[Session]:
    """Give the session of a request, and commit what is sent when its sender has been told."""
    database = answering.the_desk().database
    manager = database.writing() if writing else database.reading()
    if not request.path.endswith("/response/send"):
        with manager as session:
            yield session
        return
    session = manager.__enter__()
    try:
        yield session
    except BaseException:
        manager.__exit__(*sys.exc_info())
        raise
    threading.Timer(LATE_BY, manager.__exit__, (None, None, None)).start()


if __name__ == "__main__":
    answering._transaction = committed_later
    program(prog_name="boardmark")
