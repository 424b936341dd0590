"""Chromium, and a program that it can reach."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from exports.worker import Press
from tests.browser.chromium import running, visitor
from tests.browser.server import free_port, serving
from tests.browser.tab import Tab
from tests.program import Program
from webapp.persistence import Database

OpenTab = Callable[..., Tab]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this test process."""
    with running() as browser:
        yield browser


@pytest.fixture(scope="session")
def press() -> Iterator[Press]:
    """The process that makes PDF files; it starts when the first is asked for."""
    press = Press(processes=1)
    yield press
    press.close()


@pytest.fixture
def database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database: what a browser shows does not depend on the kind."""
    path = tmp_path / "boardmark.sqlite3"
    shutil.copyfile(sqlite_template, path)
    found = Database(f"sqlite:///{path}")
    yield found
    found.close()


@pytest.fixture
def program(database: Database, tmp_path: Path, press: Press) -> Iterator[Program]:
    """A fresh installation with one organisation, served."""
    port = free_port()
    found = Program(database, tmp_path, press, url=f"http://127.0.0.1:{port}")
    with serving(found.app, port):
        yield found


@pytest.fixture
def open_tab(chromium: Browser, program: Program) -> Iterator[OpenTab]:
    """Opens a tab with cookies of its own: `open_tab(width=320, scripts=False)`."""
    with ExitStack() as stack:

        def open_one(width: int = 1280, height: int = 800, *, scripts: bool = True) -> Tab:
            context = visitor(chromium, width, height, scripts=scripts)
            stack.callback(context.close)
            return Tab(context.new_page(), program.url, scripts)

        yield open_one


@pytest.fixture
def tab(open_tab: OpenTab) -> Tab:
    """A tab on a desktop, in which nobody is signed in."""
    return open_tab()
