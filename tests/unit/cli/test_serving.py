from __future__ import annotations

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Terminal
from webapp.cli.refusals import Refused
from webapp.cli.serving import allow_open_files

PATIENCE_SECONDS = 150


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_until(happens: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not happens():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def command_of(process: int) -> list[str]:
    try:
        return Path(f"/proc/{process}/cmdline").read_text().split("\0")
    except OSError:
        return []


def is_running(process: int) -> bool:
    # What has ended and was not waited for has no command line any more.
    return command_of(process) not in ([], [""])


@dataclass
class Server:
    """A server in a process of its own, as `boardmark serve` starts it."""

    home: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] = field(init=False)

    def start(self, **settings: str) -> None:
        mine = {"BOARDMARK_HOME": str(self.home), "BOARDMARK_PORT": str(self.port)}
        settings = {f"BOARDMARK_{name}": value for name, value in settings.items()}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "webapp.cli", "serve"],
            env=os.environ | mine | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def health(self) -> dict[str, object] | None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=5) as page:
                found: dict[str, object] = json.load(page)
                return found
        except OSError:
            return None

    def worker(self) -> int | None:
        """Return the number of the worker's process, as Linux lists it."""
        children = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        for child in " ".join(path.read_text() for path in children).split():
            if is_running(int(child)) and "worker" in command_of(int(child)):
                return int(child)
        return None

    def is_up(self) -> bool:
        assert self.process.poll() is None, self.process.communicate()
        return self.health() is not None and self.worker() is not None

    def end(self, number: int) -> tuple[int, str, str]:
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode, out, err


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "home")
    yield server
    if server.process.poll() is None:
        server.end(signal.SIGTERM)


class TestServing:
    def test_the_example_is_served_with_its_mail_until_it_is_asked_to_stop(
        self, server: Server
    ) -> None:
        server.start(DEMO="1")
        wait_until(server.is_up)
        worker = server.worker()
        assert worker is not None
        mail = server.home / "mail"
        wait_until(lambda: mail.is_dir() and len(list(mail.glob("*.eml"))) >= 5)
        code, out, err = server.end(signal.SIGTERM)
        assert code == 0
        assert f"Boardmark is at http://127.0.0.1:{server.port}" in out
        assert "amara.okafor@example.org  consultation lead" in out
        assert err == ""
        assert not is_running(worker)

    def test_a_worker_that_dies_is_started_again(self, server: Server) -> None:
        server.start()
        wait_until(server.is_up)
        first = server.worker()
        assert first is not None
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: server.worker() not in (None, first))
        code, out, err = server.end(signal.SIGINT)
        assert code == 0
        assert "the worker ended with -9 and is started again" in err
        assert "Mail is written to " in out

    def test_a_server_that_is_killed_leaves_no_worker_behind(self, server: Server) -> None:
        server.start()
        wait_until(server.is_up)
        worker = server.worker()
        assert worker is not None
        server.end(signal.SIGKILL)
        wait_until(lambda: not is_running(worker))


class TestRefusing:
    def test_an_address_in_use_is_one_line(self, server: Server) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", server.port))
            other.listen()
            server.start()
            out, err = server.process.communicate(timeout=PATIENCE_SECONDS)
        assert server.process.returncode == 1
        assert out == ""
        assert err.startswith(f"boardmark: 127.0.0.1:{server.port} cannot be used")
        assert len(err.splitlines()) == 1

    def test_a_library_that_was_changed_is_not_served(self, terminal: Terminal) -> None:
        library = terminal.home / "library"
        library.mkdir(parents=True)
        (library / "stray.yaml").write_text("slug: stray\n")
        line = terminal.wrong("serve")
        assert line.startswith("the library is not whole: ")
        assert "stray.yaml" in line

    def test_too_few_open_files_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(_which: int, _limits: tuple[int, int]) -> None:
            raise ValueError("not allowed to raise maximum limit")

        monkeypatch.setattr(resource, "getrlimit", lambda _which: (256, 256))
        monkeypatch.setattr(resource, "setrlimit", refuse)
        with pytest.raises(Refused, match="Only 256 files may be open"):
            allow_open_files(4096)

    def test_the_limit_of_open_files_is_raised(self, monkeypatch: pytest.MonkeyPatch) -> None:
        raised: list[tuple[int, int]] = []
        monkeypatch.setattr(resource, "getrlimit", lambda _which: (256, 65_536))
        monkeypatch.setattr(resource, "setrlimit", lambda _which, limits: raised.append(limits))
        allow_open_files(4096)
        assert raised == [(4096, 65_536)]


class TestExampleCommand:
    def test_it_goes_into_an_empty_database_once(self, terminal: Terminal) -> None:
        shown = terminal.ok("demo")
        assert "priya.nair@example.org  Priya Nair, board secretary\n" in shown
        assert "an empty one only" in terminal.wrong("demo")
