"""The program as it is really served: a process of its own that can be killed at any moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.browser.server import free_port

PATIENCE = 120.0
"""Seconds for a start on a machine that does much else."""

SERVE = ("-m", "webapp.cli", "serve")


@dataclass
class Server:
    """`boardmark serve` with a home and a database of its own."""

    home: Path
    database_url: str
    command: tuple[str, ...] = SERVE
    settings: dict[str, str] = field(default_factory=dict)
    """Further variables of its environment."""
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    orphans: set[int] = field(default_factory=set)
    """Processes whose server was killed, and which should be gone soon."""

    def start(self) -> None:
        """Start it; returns before it answers."""
        mine = {
            "BOARDMARK_HOME": str(self.home),
            "BOARDMARK_PORT": str(self.port),
            "BOARDMARK_DATABASE_URL": self.database_url,
            # Sixteen people of a test are quicker than people.
            "BOARDMARK_STARTS_A_MINUTE": "1000000",
            "BOARDMARK_SENDS_A_MINUTE": "1000000",
        }
        with (self.home / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *self.command],
                env=os.environ | mine | self.settings,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl+C reaches the test, which then ends it.
                start_new_session=True,
            )

    def wait_until_up(self) -> None:
        """Wait until it answers; AssertionError if it ended or takes too long."""
        wait_until(self.is_up, "the server did not come up: " + str(self.home / "serve.log"))

    def is_up(self) -> bool:
        """Say whether it answers."""
        assert self.process is not None
        assert self.process.poll() is None, self.log[-3000:]
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/receipts")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    @property
    def log(self) -> str:
        """What it said so far."""
        return (self.home / "serve.log").read_text("utf-8", "replace")

    def kill(self) -> None:
        """Kill it as a machine does that runs out of memory: it can do nothing more."""
        assert self.process is not None
        self.orphans |= set(children_of(self.process.pid))
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """Ask it to stop, and wait until it has."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill()

    def left_behind(self) -> set[int]:
        """Return which processes outlive their server, after having had some seconds to end."""
        end = time.monotonic() + PATIENCE / 4
        while self.orphans and time.monotonic() < end:
            self.orphans = {each for each in self.orphans if is_running(each)}
            time.sleep(0.1)
        return self.orphans


def wait_until(happens: Callable[[], bool], otherwise: str) -> None:
    """Wait until something is so; AssertionError if that takes too long."""
    end = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < end, otherwise
        time.sleep(0.05)


def children_of(process: int) -> list[int]:
    """Return the processes that a process has started and that run."""
    lists = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for path in lists for child in path.read_text().split()]


def is_running(process: int) -> bool:
    """Say whether there is such a process and it has not ended."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
